"""What the pages about a recording have in common: a title, a scrolled column, and looking late."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from engine.asking.ask import Ask
from engine.recording import Recording
from gui.answer import Answer, going_over, takes_long
from gui.panels.labels import Prose, Text
from gui.panels.painting import write
from gui.panels.panel_scroll import BOTTOM, FADE, SIDE, TOP, PanelScroll
from gui.panels.visibility import is_pictured, show_if
from gui.player import Player
from gui.theme import font, theme

Found = TypeVar("Found")

MOST_STRETCH = 255
"""How much sooner a part gets room than another, at most."""


class RecordingPage(QWidget):
    """A page about the player's recording. It looks at one only while it can be seen.

    Parameters
    ----------
    player
        Whose recording it is about.
    name
        What it is called by a screen reader.
    title
        The question that it answers.
    """

    def __init__(self, player: Player, name: str, title: str) -> None:
        super().__init__()
        self.player = player
        self._seen: Recording | None = None
        self._is_parted = False
        self._answer = Answer(self)
        self._answer.known.connect(self._take)
        self._then: Callable[[object], None] | None = None
        self.setAccessibleName(name)
        self._title = Prose(font(19, bold=True), "ink")
        self._title.show_text(title)
        self.nothing = Prose(font(13), "dim")
        self.content = QWidget()
        self._column = QVBoxLayout(self.content)
        self._column.setSpacing(10)
        self._column.addWidget(self._title)
        self._column.addStretch(1)
        self.scrolled = PanelScroll(self.content)
        self._whole = QVBoxLayout(self)
        self._whole.setContentsMargins(0, 0, 0, 0)
        self._whole.setSpacing(0)
        self._whole.addWidget(self.scrolled)
        player.recording_changed.connect(self.follow)

    def add(self, *parts: QWidget | QLayout) -> None:
        """Put parts below what stands there."""
        for part in parts:
            at = self._column.count() - 1  # above the stretch
            if isinstance(part, QWidget):
                self._column.insertWidget(at, part)
            else:
                self._column.insertLayout(at, part)

    @property
    def asked(self) -> Ask:
        """Which question is answered here, and what it is about."""
        raise NotImplementedError

    def ask(self, ask: Ask) -> None:
        """Ask about something else; to be said before the page is shown."""
        del ask

    def be_pictured(self) -> None:
        """Leave away what only a hand needs: the page is painted into a picture."""
        self.scrolled.be_pictured()

    def let_scroll_alone(self, part: QWidget) -> None:
        """Let nothing but one part scroll, where not all finds room: the rest stays in sight."""
        at = self._column.indexOf(part)
        head, foot = QVBoxLayout(), QVBoxLayout()
        head.setContentsMargins(SIDE, TOP, SIDE, 0)
        foot.setContentsMargins(SIDE, 0, SIDE, BOTTOM)
        for column, count in ((head, at), (foot, self._column.count() - at - 2)):
            column.setSpacing(self._column.spacing())
            for _ in range(count):
                _move(self._column, 0 if column is head else 1, column)
        self._whole.insertLayout(0, head)
        self._whole.addLayout(foot)
        self._whole.addStretch(1)
        self._whole.setStretchFactor(self.scrolled, MOST_STRETCH)
        self._is_parted = True

    def draw_together(self) -> None:
        """Let what stands below a part that scrolls alone follow it, where all of it is seen."""
        layout = self.content.layout()
        if self._is_parted and layout is not None:
            width = max(self.scrolled.viewport().width(), 1)
            wraps = layout.hasHeightForWidth()
            high = layout.totalHeightForWidth(width) if wraps else layout.totalSizeHint().height()
            self.scrolled.setMaximumHeight(high)

    def keep_in_sight(self, part: QWidget, area: QRectF | None) -> None:
        """Scroll so far that an area of a part is seen clear of the edges, if one is told."""
        if area is not None:
            at = area.toRect().translated(part.pos())
            self.scrolled.ensureVisible(at.x(), at.center().y(), 0, at.height() // 2 + 1 + FADE)

    def show_recording(self, recording: Recording) -> None:
        """Say what there is to say of another recording."""
        raise NotImplementedError

    def show_nothing(self, sentence: str, *parts: QWidget) -> None:
        """Show a sentence in place of all parts; none, and the parts are shown."""
        self.nothing.show_text(sentence)
        show_if(self.nothing, bool(sentence))
        for part in parts:
            show_if(part, not sentence)

    def work_out(
        self,
        work: Callable[[], Found],
        show: Callable[[Found], None],
        *parts: QWidget,
        times: int = 1,
    ) -> None:
        """Work something out of the recording, and show it.

        What takes long is done beside the window, and the page says so meanwhile. Nothing comes of
        it any more once something else is to be found, the recording is another one, or the page
        is left.

        Parameters
        ----------
        work
            Works it out, maybe on another thread: it may touch nothing of Qt.
        show
            Shows what was found.
        parts
            What cannot be seen until it is there.
        times
            How many times all numbers of the recording are worked out for it.
        """
        self._forget()
        recording = self.player.recording
        if not takes_long(recording, times):
            self._show_found(parts, show, work())
            return
        self.show_nothing(going_over(recording), *parts)
        self._then = partial(self._show_found, parts, show)
        self._answer.ask(work)

    def _show_found(
        self, parts: tuple[QWidget, ...], show: Callable[[Found], None], found: Found
    ) -> None:
        self.show_nothing("", *parts)
        show(found)

    def _take(self, found: object) -> None:
        then, self._then = self._then, None
        if then is not None:
            then(found)

    def _forget(self) -> None:
        """Want nothing any more that has not been found yet."""
        self._answer.forget()
        self._then = None

    def follow(self) -> None:
        """Take the player's recording, if it can be seen and is another one."""
        recording = self.player.recording
        if self.isVisible() and recording is not self._seen:
            self._seen = recording
            self._forget()
            self.show_recording(recording)

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what has changed while nobody looked."""
        super().showEvent(event)
        self.follow()

    def hideEvent(self, event: QHideEvent) -> None:
        """Want nothing any more that has not been found yet."""
        super().hideEvent(event)
        if self._answer.is_awaited:
            self._forget()
            self._seen = None


class Choice(QComboBox):
    """A list to choose from, whose entries may come and go.

    Parameters
    ----------
    name
        What it is called by a screen reader.
    """

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._preferred = ""

    @property
    def preferred(self) -> str:
        """What will be chosen as soon as it is offered; empty for nothing."""
        return self._preferred

    def prefer(self, entry: str) -> None:
        """Choose an entry as soon as it is offered."""
        self._preferred = entry
        self.setCurrentText(entry)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the field; in a picture, where there is nothing to choose, what is chosen alone."""
        if not is_pictured(self):
            super().paintEvent(event)
            return
        painter, start = QPainter(self), Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        write(painter, QRectF(self.rect()), self.currentText(), font(13), theme().ink, start)
        painter.end()

    def offer(self, entries: list[str]) -> None:
        """Offer other entries; what was chosen stays so, by its name, or its place if renamed."""
        before = [self.itemText(at) for at in range(self.count())]
        if entries == before:
            return
        chosen, place = self._preferred or self.currentText(), self.currentIndex()
        self._preferred = ""
        self.blockSignals(True)  # noqa: FBT003 - Qt takes no keyword here
        self.clear()
        self.addItems(entries)
        at = self.findText(chosen)
        if at < 0 and len(entries) == len(before):
            at = place
        self.setCurrentIndex(max(at, 0))
        self.blockSignals(False)  # noqa: FBT003 - Qt takes no keyword here


def _move(column: QVBoxLayout, at: int, to: QVBoxLayout) -> None:
    """Move a part from one column to the end of another."""
    item = column.takeAt(at)
    widget, layout = (None, None) if item is None else (item.widget(), item.layout())
    if widget is not None:
        to.addWidget(widget)
    elif layout is not None:
        layout.setParent(None)
        to.addLayout(layout)


def row_of(*words_and_boxes: str | QWidget) -> QHBoxLayout:
    """Set words and boxes in a row."""
    row = QHBoxLayout()
    row.setSpacing(8)
    for part in words_and_boxes:
        if isinstance(part, str):
            word = Text(font(13), "dim")
            word.show_text(part)
            row.addWidget(word)
        else:
            row.addWidget(part, 0 if isinstance(part, Text) else 1)
    return row
