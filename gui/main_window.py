"""The main window: first its ground, then the workbench on it."""

from __future__ import annotations

import gc
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QSettings, QSize, Qt, QUrl
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QMainWindow

from gui.ground import Ground
from gui.theme import themes

if TYPE_CHECKING:
    from engine.document import Document
    from gui.document import OpenDocument
    from gui.workbench import Workbench


TITLE_BAR = 36
"""Height to leave for what the window manager puts around the window."""

LEAST = QSize(880, 560)
"""The smallest window, where the screen is no smaller."""


class MainWindow(QMainWindow):
    """One window, which may be shown before the engine is loaded.

    Parameters
    ----------
    first_document
        Opens what the window shows first; called once the ground is on the screen.

    Attributes
    ----------
    bench
        What stands on the ground; None until `furnish`.
    """

    def __init__(self, first_document: Callable[[], OpenDocument]) -> None:
        super().__init__()
        self._first_document = first_document
        self.bench: Workbench | None = None
        self.setWindowTitle("Gradwalk")
        self.setAcceptDrops(True)
        room = self.screen().availableSize() - QSize(0, TITLE_BAR)
        # A projector at twice the size has few pixels left; the timeline must be in reach there.
        self.setMinimumSize(LEAST.boundedTo(room))
        self.resize(QSize(1280, 800).boundedTo(room))
        geometry = QSettings().value("geometry")
        if isinstance(geometry, QByteArray):
            self.restoreGeometry(geometry)
        ground = Ground()
        ground.painted.connect(self.furnish)
        self.setCentralWidget(ground)

    def furnish(self) -> Workbench:
        """Load the engine and put the workbench on the ground; done once."""
        if self.bench is None:
            from gui.workbench import Workbench  # noqa: PLC0415 - the first frame does not wait

            themes().dress()
            self.bench = Workbench(self, self._first_document())
            self.setCentralWidget(self.bench)
            alone = self.bench.actions_by_name["canvas_alone"]
            alone.setChecked(self.width() < LEAST.width())
            self.bench.view.fit()
            # Now, and not when Qt comes to it: a window that becomes active in between gives the
            # keyboard to nothing that is hidden.
            self.bench.show()
            self.bench.view.setFocus()
            self.bench.notices.offer_left_behind()
            # What a start leaves behind stays for good: no collection needs to look at it again.
            gc.collect()
            gc.freeze()
        return self.bench

    def open_path(self, path: Path) -> None:
        """Open a file."""
        self.furnish().open_path(path)

    def open_all(self, asked: Sequence[Path | Document]) -> None:
        """Open several files, or documents that have none, each in a tab."""
        for one in asked:
            if isinstance(one, Path):
                self.open_path(one)
            else:
                self.furnish().show_new(one)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask about unsaved changes, and remember the size."""
        if self.bench is not None and not self.bench.may_quit():
            event.ignore()
            return
        QSettings().setValue("geometry", self.saveGeometry())
        event.accept()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files that are dragged in."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open them all."""
        urls: list[QUrl] = event.mimeData().urls()
        event.acceptProposedAction()
        self.open_all([Path(url.toLocalFile()) for url in urls if url.isLocalFile()])
