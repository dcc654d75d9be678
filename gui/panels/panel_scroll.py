"""The column of a panel, scrolled up and down where it is higher than the panel."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QLinearGradient, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from gui.panels.visibility import show_if
from gui.theme import theme

SIDE, TOP, BOTTOM = 20, 18, 6
"""Pixels around the content. The scroll bar stands at the side, so that nothing moves for it."""

FADE = 20
"""Pixels in which the content fades at an edge that it goes on beyond."""


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
        self._fades = Fade(self, top=True), Fade(self, top=False)
        self.setWidget(content)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setAutoFillBackground(False)
        content.setAutoFillBackground(False)
        bar = self.verticalScrollBar()
        bar.valueChanged.connect(self._place_fades)
        bar.rangeChanged.connect(self._place_fades)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the content as wide as it was when the scroll bar comes or goes."""
        super().resizeEvent(event)
        bar = self.width() - self.viewport().width()
        self._place_fades()
        layout = self._content.layout()
        if layout is not None:
            layout.setContentsMargins(SIDE, TOP, SIDE - bar, BOTTOM)

    def _place_fades(self) -> None:
        """Let the content fade where it goes on beyond an edge."""
        bar, area = self.verticalScrollBar(), self.viewport().geometry()
        for fade, hidden in zip(
            self._fades, (bar.value() > bar.minimum(), bar.value() < bar.maximum()), strict=True
        ):
            fade.show_over(area, wanted=hidden)


class Fade(QWidget):
    """A strip in which the content fades into the panel: there is more beyond it."""

    def __init__(self, parent: QWidget, *, top: bool) -> None:
        super().__init__(parent)
        self._top = top
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def show_over(self, area: QRect, *, wanted: bool) -> None:
        """Stand at the edge of an area, if it is wanted."""
        show_if(self, wanted)
        if wanted:
            top = area.top() if self._top else area.bottom() + 1 - FADE
            self.setGeometry(area.left(), top, area.width(), FADE)
            self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - it is small: paint all
        """Paint the fade."""
        painter, ground = QPainter(self), QColor(theme().panel)
        clear = QColor(ground)
        clear.setAlpha(0)
        grade = QLinearGradient(0, 0, 0, self.height())
        grade.setColorAt(0, ground if self._top else clear)
        grade.setColorAt(1, clear if self._top else ground)
        painter.fillRect(self.rect(), grade)
        painter.end()
