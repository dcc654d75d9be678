"""The strip above the canvas: what the document is called, the graph as text, and the search."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from gui.panels.expression_editor import ExpressionEditor
from gui.theme import font, theme, themes

HEIGHT, GAP = 44, 7
LONGEST = 320
"""Pixels for the title; a longer one would make the window wider."""

TYPING = 300
"""Pixels that the expression has while somebody types in it, over the title if need be."""

NARROW, TIGHT = 620, 480
"""Pixels of the strip below which the search says no more than its key, and below which it leaves
its room to the expression; the Help menu has it too."""


class Header(QWidget):
    """Title, a dot while there are unsaved changes, the expression, and the way to every action.

    Attributes
    ----------
    expression
        The field of the expression.

    Signals
    -------
    search_wanted
        The search for an action is to be opened.
    """

    search_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._title = QLabel()
        self._title.setAccessibleName("Document")
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        self._title.setFont(font(15, bold=True))
        self._dot = QLabel("●")
        self._dot.setToolTip("There are unsaved changes")
        self.setFixedHeight(HEIGHT)
        self._room = QWidget()
        self._room.installEventFilter(self)
        self.expression = ExpressionEditor(self)
        self._fold = QToolButton()
        self._fold.setAccessibleName("Pin the expression")
        self._fold.setToolTip("Show all lines of the expression, or the one of the step")
        self._fold.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._fold.clicked.connect(self._turn)
        self._search = QToolButton()
        self._search.setAccessibleName("Find an action")
        self._search.setToolTip("Search everything that can be done (Ctrl+Shift+P)")
        self._search.setFont(font(12))
        self._search.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._search.clicked.connect(self.search_wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 0, 16, 0)
        row.setSpacing(8)
        row.addWidget(self._title)
        row.addWidget(self._dot)
        row.addSpacing(12)
        row.addWidget(self._room, 1)
        row.addWidget(self._fold)
        row.addSpacing(8)
        row.addWidget(self._search)
        self.expression.textChanged.connect(self._offer)
        self.expression.entered.connect(self._place)
        self.expression.left.connect(self._place)
        themes().changed.connect(self._restyle)
        self._restyle()
        self._offer()

    def float_over(self, whole: QWidget) -> None:
        """Let the field lie over all of a widget that this strip is in."""
        self.expression.setParent(whole)
        self.expression.show()
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the room that is left for the field."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move):
            self._place()
        return super().eventFilter(watched, event)

    def set_title(self, title: str, *, modified: bool) -> None:
        """Name the document."""
        metrics = self._title.fontMetrics()
        shown = metrics.elidedText(title, Qt.TextElideMode.ElideMiddle, LONGEST)
        if shown != self._title.text():  # the same again would only lay the row out anew
            self._title.setText(shown)
        self._title.setToolTip(title if shown != title else "")
        self._dot.setVisible(modified)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say less where there is little room."""
        super().resizeEvent(event)
        self._place()
        narrow = self.width() < NARROW
        self._search.setText("Ctrl+Shift+P" if narrow else "Find an action  Ctrl+Shift+P")
        self._search.setVisible(self.width() >= TIGHT)

    def _turn(self) -> None:
        self.expression.pin(pinned=not self.expression.is_pinned)
        self._offer()

    def _offer(self) -> None:
        """Offer to show all lines where there are several."""
        self._fold.setVisible(self.expression.blockCount() > 1)
        self._fold.setArrowType(
            Qt.ArrowType.UpArrow if self.expression.is_pinned else Qt.ArrowType.DownArrow
        )

    def _place(self) -> None:
        """Let the field stand in its room, and reach over the canvas where it is higher."""
        above = self.expression.parentWidget() or self
        corner = self._room.mapTo(above, QPoint(0, 0))
        wide, left = self._room.width(), corner.x()
        if self.expression.hasFocus() and wide < TYPING:
            wide, left = TYPING, min(left, above.width() - TYPING - GAP)
        self.expression.setFixedWidth(wide)
        self.expression.move(left, self.mapTo(above, QPoint(0, GAP)).y())
        self.expression.raise_()

    def _restyle(self) -> None:
        c = theme()
        self._dot.setStyleSheet(f"color: {c.glow.name()};")
        plain = f"QToolButton {{ color: {c.dim.name()}; border: none; padding: 4px 6px; }}"
        lit = f"QToolButton:hover, QToolButton:focus {{ color: {c.blue.name()}; }}"
        for button in (self._fold, self._search):
            button.setStyleSheet(plain + lit)
