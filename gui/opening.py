"""Opening a large file: it is read beside the window, which says how far that is."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from engine.document import Change, Document
from engine.errors import GradwalkError
from engine.recording import Recording
from engine.storage import load_with_digest
from gui.background import beside
from gui.canvas.folds import Folds
from gui.panels.painting import fill, smooth
from gui.panels.warning_card import LinkButton
from gui.recorder import run_of
from gui.theme import font, theme

LARGE_FILE = 200_000
"""Bytes from which a file is read beside the window; smaller ones are there within a blink."""

LOOK = 10
"""Milliseconds between two looks how far it is."""

STAGES = ("Reading", "Folding", "Running")
"""What is done to a file, in order."""


def is_large(path: Path) -> bool:
    """Tell whether reading a file would keep the window from answering."""
    try:
        return path.stat().st_size >= LARGE_FILE
    except OSError:
        return False  # whoever reads it tells what is wrong


class Cancelled(Exception):  # noqa: N818 - it is no error
    """A person has thought better of it."""


@dataclass(frozen=True, slots=True)
class Read:
    """All that is known of a file once it has been read.

    Attributes
    ----------
    document, recording
        What it holds, and the run of it.
    folding
        The changes that folded a graph too large to be seen as a whole.
    folds
        What of it is seen then.
    digest
        What the file can be known again by.
    """

    document: Document
    recording: Recording
    folding: tuple[Change, ...]
    folds: Folds
    digest: str


class Opening(QObject):
    """A file on its way to the window.

    Parameters
    ----------
    path
        The file.

    Attributes
    ----------
    stage
        Index of what is being done to it, of `STAGES`.

    Signals
    -------
    went_on
        It has come to another stage.
    finished
        It is there, a `Read`.
    failed
        It cannot be opened; carries the sentence.
    cancelled
        It was given up.
    """

    went_on = Signal()
    finished = Signal(object)
    failed = Signal(str)
    cancelled = Signal()

    def __init__(self, path: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.path = path
        self.stage = 0
        self._reached = 0
        self._is_wanted = True
        self._work: Future[Read] = beside(partial(_read, path, self._reach))
        self._look = QTimer(self, interval=LOOK)
        self._look.timeout.connect(self._follow)
        self._look.start()

    def cancel(self) -> None:
        """Give it up."""
        self._is_wanted = False
        self._work.cancel()
        self._look.stop()
        self.cancelled.emit()

    def _reach(self, stage: int) -> None:
        """Take note, on the other thread, of how far it is."""
        if not self._is_wanted:
            raise Cancelled
        self._reached = stage

    def _follow(self) -> None:
        if self.stage != self._reached:
            self.stage = self._reached
            self.went_on.emit()
        if not self._work.done():
            return
        self._look.stop()
        try:
            found = self._work.result()
        except GradwalkError as error:
            self.failed.emit(error.sentence)
            return
        self.finished.emit(found)


def _read(path: Path, reach: Callable[[int], None]) -> Read:
    document, digest = load_with_digest(path)
    reach(1)
    from gui.levels import fold_large  # noqa: PLC0415 - networkx, only for a large graph

    folding = fold_large(document)
    reach(2)
    recording = run_of(document)
    reach(2)
    document.apply(folding)
    folds = Folds(document)
    if not folds.is_plain:
        folds.lines()
    return Read(document, recording, folding, folds, digest)


class OpeningCard(QWidget):
    """Says over the window how far a file is, and lets a person give it up.

    Parameters
    ----------
    opening
        What it is about.

    Signals
    -------
    cancelled
        The person wants it no more.
    """

    cancelled = Signal()

    def __init__(self, opening: Opening, parent: QWidget) -> None:
        super().__init__(parent)
        self._opening = opening
        self._over = parent
        self.setAccessibleName("Opening a file")
        self._words = QLabel()
        self._words.setFont(font(13))
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        button = LinkButton()
        button.show_link("Cancel", "blue")
        button.clicked.connect(self.cancelled)
        row = QHBoxLayout(self)
        row.setContentsMargins(18, 10, 10, 14)
        row.setSpacing(16)
        row.addWidget(self._words)
        row.addWidget(button)
        opening.went_on.connect(self._follow)
        self._follow()
        parent.installEventFilter(self)
        self._stand()
        self.show()
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay in the middle while the window gets its size."""
        if event.type() is QEvent.Type.Resize:
            self._stand()
        return super().eventFilter(watched, event)

    def _stand(self) -> None:
        self.adjustSize()
        self.move((self._over.width() - self.width()) // 2, self._over.height() // 4)

    def _follow(self) -> None:
        name, stage = self._opening.path.name, STAGES[self._opening.stage]
        self._words.setText(f"{stage} {name} …")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - it is small: paint all
        """Paint the ground, and how far it is."""
        painter, c = smooth(QPainter(self)), theme()
        area = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(c.line)
        painter.setBrush(c.panel)
        painter.drawRoundedRect(area, 10, 10)
        share = (self._opening.stage + 0.5) / len(STAGES)
        track = QRectF(18, self.height() - 10, self.width() - 36, 3)
        fill(painter, track, 1.5, c.line)
        fill(painter, QRectF(track.left(), track.top(), track.width() * share, 3), 1.5, c.blue)
        painter.end()
