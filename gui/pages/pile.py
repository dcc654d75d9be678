"""Pages that lie on one another, of which the one on top is seen."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget


class Pile(QWidget):
    """What the pages lie on.

    Each fills it, whatever room it would like: so a page that takes in another step is laid out
    by itself. In a layout of Qt's, its wish would have the whole window laid out and painted anew.
    """

    def __init__(self) -> None:
        super().__init__()
        self._top: QWidget | None = None

    def minimumSizeHint(self) -> QSize:
        """Be content with what there is."""
        return QSize(0, 0)

    def put(self, page: QWidget) -> None:
        """Put a page on top; the one that was there is hidden."""
        if page is self._top:
            return
        below, self._top = self._top, page
        page.setParent(self)
        page.setGeometry(self.rect())
        page.show()
        if below is not None:
            below.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the page on top fill it; another one follows when it is put there."""
        super().resizeEvent(event)
        if self._top is not None:
            self._top.setGeometry(self.rect())
