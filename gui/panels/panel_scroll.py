"""The column of a panel, scrolled up and down where it is higher than the panel."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

SIDE, TOP, BOTTOM = 20, 18, 6
"""Pixels around the content. The scroll bar stands at the side, so that nothing moves for it."""


class PanelScroll(QScrollArea):
    """What scrolls.

    Parameters
    ----------
    content
        The column; it has a layout.
    """

    def __init__(self, content: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._content = content
        self.setWidget(content)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setAutoFillBackground(False)
        content.setAutoFillBackground(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the content as wide as it was when the scroll bar comes or goes."""
        super().resizeEvent(event)
        bar = self.width() - self.viewport().width()
        layout = self._content.layout()
        if layout is not None:
            layout.setContentsMargins(SIDE, TOP, SIDE - bar, BOTTOM)
