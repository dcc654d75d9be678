"""The palette of a person's own blocks: a folder of files, which can be given to others."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, Signal

from engine.errors import DocumentError, GradwalkError
from engine.own_blocks import SUFFIX, OwnBlock, read_own_block, write_own_block
from gui.mime import OWN

LONGEST_STEM = 60


class OwnBlocks(QObject):
    """The blocks that are kept in the palette.

    Signals
    -------
    changed
        One was kept, or one was taken away.
    """

    changed = Signal()

    @property
    def folder(self) -> Path:
        """Where their files are."""
        data = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppDataLocation)
        return Path(data) / "blocks"

    def all(self) -> dict[str, OwnBlock]:
        """Read those that can be read, by the kind that the palette knows them by."""
        found = {}
        for path in sorted(self.folder.glob(f"*{SUFFIX}")):
            try:
                found[OWN + path.stem] = read_own_block(path)
            except GradwalkError:
                continue  # a file that somebody broke: the others are still there
        return dict(sorted(found.items(), key=lambda item: (item[1].name.casefold(), item[0])))

    def named(self, kind: str) -> OwnBlock:
        """Read the one of a kind.

        Raises
        ------
        DocumentError
            If its file is gone or broken.
        """
        return read_own_block(self._path(kind))

    def keep(self, own: OwnBlock) -> str:
        """Keep a block in the palette; give its kind.

        Raises
        ------
        DocumentError
            If it cannot be written.
        """
        path = self._free(own.name)
        _make(self.folder)
        write_own_block(own, path)
        self.changed.emit()
        return OWN + path.stem

    def take_in(self, file: Path) -> str:
        """Keep a block that somebody else has made; give its kind.

        Raises
        ------
        DocumentError
            If the file holds none.
        """
        return self.keep(read_own_block(file))

    def take_away(self, kind: str) -> None:
        """Keep a block no longer; its file goes to a name that ends in `~`, to be found again."""
        path = self._path(kind)
        if path.exists():
            shutil.move(path, path.with_name(f"{path.name}~"))
        self.changed.emit()

    def _path(self, kind: str) -> Path:
        return self.folder / f"{kind.removeprefix(OWN)}{SUFFIX}"

    def _free(self, name: str) -> Path:
        stem = re.sub(r"[^\w -]+", "", name).strip()[:LONGEST_STEM] or "block"
        path, number = self.folder / f"{stem}{SUFFIX}", 1
        while path.exists():
            number += 1
            path = self.folder / f"{stem} {number}{SUFFIX}"
        return path


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DocumentError(f"{folder} cannot be made: {error.strerror}.") from None


OWN_BLOCKS = OwnBlocks()
"""Those of the person at this computer."""
