"""What is said when a large graph was folded as it was opened, with a button that undoes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from gui.canvas import paint
from gui.links import Links
from gui.theme import font, theme, themes

if TYPE_CHECKING:
    from gui.canvas.stage import Stage

GAP = 18
"""Pixels from the lower edge of the canvas."""


class FoldedNotice(QWidget):
    """A line at the foot of the canvas, until it is closed or no longer true."""

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage.viewport())
        self._stage = stage
        self._closed = not stage.canvas.document.was_folded
        self.setAccessibleName("Folded")
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self._words = QLabel()
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setFont(font(13))
        self._show = _button("Show Every Block", "Undo the folding")
        self._show.clicked.connect(self._on_show)
        self._close = _button("Close", "Close this notice; the graph stays folded")
        self._close.clicked.connect(self._on_close)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 8, 6)
        row.setSpacing(8)
        for part in (self._words, self._show, self._close):
            row.addWidget(part)
        document = stage.canvas.document
        self._links = Links(
            (document.edited, self._follow),
            (stage.viewed, self._stay),
            (themes().changed, self._dress),
        )
        self._dress()
        self._follow()

    def let_go(self) -> None:
        """Stop listening."""
        self._links.cut()

    def _follow(self) -> None:
        document = self._stage.canvas.document
        stands = not self._closed and document.was_folded and bool(document.groups.all)
        if stands and not self._words.text():
            count = sum(document.groups.holder(group) is None for group in document.groups.all)
            self._words.setText(
                f"This graph has {len(document.graph):,} blocks. They were folded into {count} "
                "groups along its seams."
            )
            self.adjustSize()
        self.setVisible(stands)
        self._stay()

    def _stay(self) -> None:
        """Stand at the foot: what scrolls takes it along."""
        room = self._stage.viewport().rect()
        self.adjustSize()
        self.move((room.width() - self.width()) // 2, room.height() - self.height() - GAP)

    def _on_show(self) -> None:
        """Take the folding back; if other verbs came after it, open every group instead."""
        self._stage.settle()
        document = self._stage.canvas.document
        if document.undo_stack.index() == 1:
            document.undo(self._stage.fit)
        else:
            self._stage.unfold_all(lambda _: self._stage.fit())
        self._on_close()

    def _on_close(self) -> None:
        self._closed = True
        self._follow()
        self._stage.setFocus()

    def _dress(self) -> None:
        c = theme()
        self._words.setStyleSheet(f"color: {c.ink.name()};")
        style = (
            f"QPushButton {{ color: {c.blue.name()}; border: 0; border-radius: 6px; }}"
            "QPushButton { padding: 5px 8px; }"
            f"QPushButton:hover, QPushButton:focus {{ background: {c.blue_bg.name()}; }}"
        )
        for button in (self._show, self._close):
            button.setStyleSheet(style)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint its ground."""
        del event
        painter, c = QPainter(self), theme()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5)
        paint.box(painter, area, 10, c.panel, paint.pen(c.line))
        painter.end()


def _button(words: str, tip: str) -> QPushButton:
    button = QPushButton(words)
    button.setToolTip(tip)
    button.setAccessibleDescription(tip)
    button.setFont(font(13, bold=True))
    button.setFlat(True)
    button.setCursor(Qt.CursorShape.PointingHandCursor)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
