"""The strip above the canvas: what the document is called, and the graph as an expression."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from gui.theme import font, theme, themes

LONGEST = 320
"""Pixels for the title; a longer one would make the window wider."""


class Header(QWidget):
    """Title, a dot while there are unsaved changes, and the expression that is walked."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(44)
        self._title = QLabel()
        self._title.setAccessibleName("Document")
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        self._title.setFont(font(15, bold=True))
        self._dot = QLabel("●")
        self._dot.setToolTip("There are unsaved changes")
        self._expression = QLabel()
        self._expression.setAccessibleName("Expression")
        self._expression.setFont(font(14, code=True))
        self._expression.setTextFormat(Qt.TextFormat.RichText)
        self._expression.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._expression.setToolTip("The graph as an expression; what the walk stands on is lit")
        self._expression.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 0, 20, 0)
        row.setSpacing(8)
        row.addWidget(self._title)
        row.addWidget(self._dot)
        row.addSpacing(24)
        row.addWidget(self._expression, 1)
        themes().changed.connect(self._restyle)
        self._restyle()

    def set_title(self, title: str, *, modified: bool) -> None:
        """Name the document."""
        metrics = self._title.fontMetrics()
        shown = metrics.elidedText(title, Qt.TextElideMode.ElideMiddle, LONGEST)
        if shown != self._title.text():  # the same again would only lay the row out anew
            self._title.setText(shown)
        self._title.setToolTip(title if shown != title else "")
        self._dot.setVisible(modified)

    def set_expression(self, html: str) -> None:
        """Show the expression."""
        if html != self._expression.text():
            self._expression.setText(html)

    def _restyle(self) -> None:
        c = theme()
        self._dot.setStyleSheet(f"color: {c.glow.name()};")
        self._expression.setStyleSheet(f"color: {c.dim.name()};")
