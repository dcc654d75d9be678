"""The line over the canvas in which a person types what to find."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

from engine.document import Document
from engine.errors import QueryError
from engine.finding import Query, marks_matching, parse_query
from engine.recording import Recording
from gui.answer import Answer, takes_long
from gui.canvas.folds import Folds
from gui.canvas.lighting import Light
from gui.links import Links
from gui.theme import font, theme, themes

if TYPE_CHECKING:
    from gui.canvas.stage import Stage

WIDTH, HEIGHT, GAP = 396, 44, 12
HINT = "Name, function, = 0.5, gradient > 1e3, nan"


class FindBar(QFrame):
    """Finds blocks while it is typed into, and lights them; Enter goes from one to the next.

    Parameters
    ----------
    view
        The canvas that is searched.
    """

    def __init__(self, view: Stage) -> None:
        super().__init__(view)
        self._view = view
        self._query: Query | None = None
        self._found: list[str] = []
        self._at, self._wanted = -1, 0
        self._before: str | None = None
        self._answer = Answer(self)
        self._answer.known.connect(self._take)
        self._links = Links()
        self.setAccessibleName("Find")
        self.setObjectName("findBar")
        self._line = _Line(self)
        self._count = QLabel()
        self._count.setAccessibleName("Found")
        self._count.setFont(font(12))
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 6, 8, 6)
        row.setSpacing(6)
        row.addWidget(self._line, 1)
        row.addWidget(self._count)
        self._buttons = [
            self._button("↑", "Previous", partial(self.go, -1)),
            self._button("↓", "Next", partial(self.go, 1)),
            self._button("✕", "Close", self.close_bar),
        ]
        for button in self._buttons:
            row.addWidget(button)
        self._line.textChanged.connect(self._look)
        themes().changed.connect(self._dress)
        self._dress()
        self.hide()

    def open(self) -> None:
        """Show the line, with what was looked for last."""
        if self.isHidden():
            canvas = self._view.canvas
            self._links = Links(
                (canvas.player.recording_changed, self._look_again),
                (canvas.light_changed, self._on_light),
                (canvas.document.marks_changed, self._look_again),
                (canvas.document.many_changed, self._look_again),
                (self._view.viewed, self.stay),
            )
        self.stay()
        self.show()
        self.raise_()
        self._line.setFocus()
        self._line.selectAll()
        self._look_again()

    def close_bar(self) -> None:
        """Hide the line, and light everything again."""
        self._links.cut()
        # First, or Qt would look for who is next, and the canvas go on to the next block.
        self._view.setFocus()
        self.hide()
        self._answer.forget()
        self._found, self._at = [], -1
        self._view.canvas.set_light(None)

    @property
    def is_looking(self) -> bool:
        """Whether what was typed last is still being looked for."""
        return self._answer.is_awaited

    def look_for(self, text: str) -> None:
        """Look for something, as if it had been typed."""
        self._line.setText(text)

    def go(self, by: int) -> None:
        """Go to the next block that was found, or the one before; first it may have to be found."""
        if self.is_looking:
            self._wanted += by
            return
        if not self._found:
            return
        start = self._at if self._at >= 0 or by > 0 else 0
        self._at = (start + by) % len(self._found)
        block = self._found[self._at]
        self._view.canvas.selection.choose([block])
        self._view.reveal(block)
        self._tell()

    def stay(self) -> None:
        """Stand in the upper right corner of the canvas."""
        room = self._view.viewport().rect()
        width = min(WIDTH, room.width() - 2 * GAP)
        self.setGeometry(room.right() - width - GAP, room.top() + GAP, width, HEIGHT)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the corner."""
        super().resizeEvent(event)
        self.raise_()

    def _look(self, text: str) -> None:
        """Find what is typed, and light it."""
        self._answer.forget()
        self._found, self._at, self._wanted = [], -1, 0
        try:
            self._query = parse_query(text)
        except QueryError as error:
            self._query = None
            self._line.setToolTip(error.sentence)
            self._say(error.sentence)
            self._view.canvas.set_light(None)
            return
        self._line.setToolTip("")
        self._look_again()

    def _look_again(self) -> None:
        """Find the same in the run as it is now."""
        canvas, before = self._view.canvas, self._found[self._at] if self._at >= 0 else None
        if self._query is None:
            self._found, self._at = [], -1
            canvas.set_light(None)
            self._say("")
            return
        document, self._before = canvas.document, before
        run = document.latest
        work = partial(_found, self._query, run, document.kept(), canvas.folds.entered)
        if takes_long(run):
            self._answer.ask(work)
        else:
            self._answer.forget()
            self._take(work())

    def _take(self, found: tuple[list[str], Light]) -> None:
        """Light what was found."""
        canvas, (blocks, light) = self._view.canvas, found
        if self._query is None:
            return
        blocks = [block for block in blocks if block in canvas.document.graph]
        seen = [canvas.marks.mark(mark) for mark in canvas.marks.in_order()]
        self._found = [*blocks, *marks_matching(self._query, seen)]
        self._at = self._found.index(self._before) if self._before in self._found else -1
        canvas.set_light(light)
        self._tell()
        wanted, self._wanted = self._wanted, 0
        for _ in range(abs(wanted)):
            self.go(1 if wanted > 0 else -1)

    def _tell(self) -> None:
        count = len(self._found)
        if not count:
            self._say("Nothing found")
        elif self._at < 0:
            self._say(f"{count:,} found")
        else:
            self._say(f"{self._at + 1:,} of {count:,}")

    def _say(self, words: str) -> None:
        c = theme()
        wide = self.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, 190)
        self._count.setText(wide)
        self._count.setToolTip(words)
        is_bad = bool(words) and not self._found
        self._count.setStyleSheet(f"color: {(c.bad if is_bad else c.dim).name()};")

    def _on_light(self) -> None:
        """Hide the line where somebody else has put out its light."""
        if self._view.canvas.lighting.light is None and self._found:
            self.close_bar()

    def _button(self, sign: str, name: str, pressed: Callable[[], None]) -> QPushButton:
        button = QPushButton(sign, self)
        button.setAccessibleName(name)
        button.setToolTip(name)
        button.setFlat(True)
        button.setFixedSize(26, 28)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda *_: pressed())
        return button

    def _dress(self) -> None:
        c = theme()
        self.setStyleSheet(
            f"#findBar {{ background: {c.panel.name()}; border: 1px solid {c.line.name()};"
            "border-radius: 10px; }"
        )


def _found(
    query: Query, run: Recording, document: Document, level: str | None
) -> tuple[list[str], Light]:
    """Find the blocks of a run that are seen at a level, and the wires between them."""
    graph, folds = document.graph, Folds(document)
    folds.enter(level)
    found = [block for block in query.matches(run) if block in graph]
    blocks = [block for block in found if folds.stand_in(block) is not None]
    lit = frozenset(blocks)
    wires = (wire for block in lit for wire in graph.wires_from(block))
    return blocks, Light(lit, frozenset(wire for wire in wires if wire.target in lit))


class _Line(QLineEdit):
    """The text of a FindBar, with its keys."""

    def __init__(self, bar: FindBar) -> None:
        super().__init__(bar)
        self._bar = bar
        self.setAccessibleName("Find what")
        self.setPlaceholderText(HINT)
        self.setFont(font(13))
        self.setMaxLength(200)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on with Enter, back with Shift and Enter, and close with Escape."""
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down, Qt.Key.Key_Up):
            back = event.modifiers() & Qt.KeyboardModifier.ShiftModifier or key == Qt.Key.Key_Up
            self._bar.go(-1 if back else 1)
        elif key == Qt.Key.Key_Escape:
            self._bar.close_bar()
        else:
            super().keyPressEvent(event)


def find_bar(view: Stage) -> FindBar:
    """Give the find bar of a canvas, made when it is first wanted."""
    known = view.findChild(QWidget, "findBar")
    return known if isinstance(known, FindBar) else FindBar(view)
