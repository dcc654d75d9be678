"""What was not saved, kept beside the documents for the case that the app ends without warning.

Each running window has a folder of its own and holds a lock on it, which ends with the process,
however that ends. So a folder that can be locked is what a window left behind that died. A draft
is one file: a line that says what document it is of, and then the document.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from engine.document import Document
from engine.errors import DocumentError
from engine.files import read_whole, write_whole
from engine.locks import lock
from engine.storage import loads, pieces

SUFFIX = ".draft"

LOCK = "lock"

UNFINISHED = ".new-"
"""How the name of a folder begins that is not locked yet."""

DAY = 24 * 60 * 60

BREATH = 100
"""Rows that are written between two pauses."""


@dataclass(frozen=True, slots=True)
class Head:
    """What is kept of a document apart from what it holds.

    Attributes
    ----------
    path
        Its file; None if it has none.
    title
        What a person calls it.
    digest
        What the file held when it was last read or saved; None if there is none.
    """

    path: Path | None
    title: str
    digest: str | None


@dataclass(frozen=True, slots=True)
class Draft:
    """A document as it was when it was last kept.

    Attributes
    ----------
    file
        Where it is kept.
    head
        What tells of it.
    """

    file: Path
    head: Head

    def read(self) -> Document:
        """Read the document.

        Raises
        ------
        DocumentError
            If it cannot be read.
        """
        try:
            return loads(read_whole(self.file).partition(b"\n")[2])
        except DocumentError as error:
            raise DocumentError(
                f"What was kept of “{self.head.title}” is lost. {error.sentence}"
            ) from None


class DraftFolder:
    """The folder of one window, locked.

    Attributes
    ----------
    path
        Where it is.
    """

    def __init__(self, path: Path, handle: int) -> None:
        self.path = path
        self._handle: int | None = handle

    @classmethod
    def make(cls, root: Path) -> DraftFolder:
        """Make a folder that no other process takes for one that was left behind.

        Raises
        ------
        OSError
            If that is not possible; nothing is left of it.
        """
        name = secrets.token_hex(8)
        new = root / f"{UNFINISHED}{name}"
        new.mkdir(mode=0o700, parents=True)
        handle: int | None = None
        try:
            handle = os.open(new / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
            lock(handle)
            return cls(new.rename(root / name), handle)
        except BaseException:
            if handle is not None:
                os.close(handle)
            shutil.rmtree(new, ignore_errors=True)
            raise

    @classmethod
    def take(cls, path: Path) -> DraftFolder | None:
        """Take over a folder that was left behind; None if a living process has it."""
        try:
            handle = os.open(path / LOCK, os.O_RDWR)
        except OSError:
            return None
        if lock(handle):
            return cls(path, handle)
        os.close(handle)
        return None

    def drafts(self) -> list[Draft]:
        """List what is in it, in the order in which the documents were opened."""
        found = sorted(self.path.glob(f"*{SUFFIX}"), key=lambda file: (len(file.name), file.name))
        return [draft for file in found if (draft := _draft(file)) is not None]

    def keep(self, number: int, document: Document, head: Head, pause: float = 0.0) -> None:
        """Keep a document, in place of what was kept of it before.

        Parameters
        ----------
        number
            Which document of the window it is.
        head
            What tells of it.
        pause
            Seconds to rest now and then, so that other threads get on.

        Raises
        ------
        DocumentError
            If that is not possible; what was kept before is still there.
        """
        path = None if head.path is None else str(head.path)
        told = {"path": path, "title": head.title, "digest": head.digest}
        written = [json.dumps(told), "\n"]
        for row, piece in enumerate(pieces(document)):
            written.append(piece)
            if pause and row % BREATH == 0:
                time.sleep(pause)
        write_whole(self._file(number), "".join(written).encode())

    def drop(self, number: int) -> None:
        """Keep a document no longer: it is saved, or its changes are not wanted."""
        with suppress(OSError):
            self._file(number).unlink()

    def _file(self, number: int) -> Path:
        return self.path / f"{number}{SUFFIX}"

    def remove(self) -> None:
        """Take the folder away with all that is in it."""
        shutil.rmtree(self.path, ignore_errors=True)
        self.leave()

    def leave(self) -> None:
        """Let another window find what is in it."""
        handle, self._handle = self._handle, None
        if handle is not None:
            os.close(handle)


def left_behind(root: Path) -> Iterator[DraftFolder]:
    """Take over the folders of windows that died; those with nothing in them are taken away."""
    try:
        folders = sorted(path for path in root.iterdir() if path.is_dir())
    except OSError:
        return
    for path in folders:
        if path.name.startswith(UNFINISHED):
            _sweep(path)
            continue
        folder = DraftFolder.take(path)
        if folder is None:
            continue
        if folder.drafts():
            yield folder
        else:
            folder.remove()


def _sweep(path: Path) -> None:
    """Take away a folder that somebody died in the middle of making."""
    with suppress(OSError):
        if time.time() - path.stat().st_mtime > DAY:
            shutil.rmtree(path, ignore_errors=True)


def _draft(file: Path) -> Draft | None:
    try:
        with file.open("rb") as opened:
            told = json.loads(opened.readline(1_000_000))
        path, title, digest = told["path"], told["title"], told["digest"]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None  # no file of ours
    texts = (title, *(text for text in (path, digest) if text is not None))
    if not all(isinstance(text, str) for text in texts):
        return None
    return Draft(file, Head(None if path is None else Path(path), title, digest))
