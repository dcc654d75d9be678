"""The column of a panel, scrolled up and down where it is higher than the panel."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QLinearGradient, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QScrollBar, QWidget

from gui.panels.clipping import begin_cut, end_cut
from gui.panels.visibility import is_pictured, keep_away, show_if
from gui.theme import theme

SIDE, TOP, BOTTOM = 20, 18, 6
"""Pixels around the content; the scroll bar stands in those at the side."""

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
        # A bar that takes room from the content can change its height so that the bar comes and
        # goes without end. So Qt's stays away, and one that looks alike stands over the edge.
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setAutoFillBackground(False)
        content.setAutoFillBackground(False)
        self._end = CutEnd(self)
        self._bar = QScrollBar(Qt.Orientation.Vertical, self)
        self._bar.valueChanged.connect(self.verticalScrollBar().setValue)
        bar = self.verticalScrollBar()
        bar.valueChanged.connect(self._follow)
        bar.rangeChanged.connect(self._follow)
        self._follow()

    def be_pictured(self) -> None:
        """Show no bar: nobody can scroll a picture."""
        keep_away(self._bar)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Cut off what goes on beyond the edges; the content is painted next."""
        super().paintEvent(event)
        if is_pictured(self):
            painter = QPainter(self.viewport())
            begin_cut(painter, QRectF(self.viewport().rect()))
            painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the bar and the fades at the edges."""
        super().resizeEvent(event)
        layout = self._content.layout()
        if layout is not None:
            layout.setContentsMargins(SIDE, TOP, SIDE, BOTTOM)
        self._follow()

    def _follow(self) -> None:
        """Show how far it is scrolled, where there is more than is seen."""
        bar, wide = self.verticalScrollBar(), self._bar.sizeHint().width()
        self._bar.setRange(bar.minimum(), bar.maximum())
        self._bar.setPageStep(bar.pageStep())
        self._bar.setSingleStep(bar.singleStep())
        self._bar.setValue(bar.value())
        self._bar.setGeometry(self.width() - wide, 0, wide, self.height())
        show_if(self._bar, bar.maximum() > bar.minimum())
        self._place_fades()
        self._bar.raise_()

    def _place_fades(self) -> None:
        """Let the content fade where it goes on beyond an edge."""
        bar, area = self.verticalScrollBar(), self.viewport().geometry()
        for fade, hidden in zip(
            self._fades, (bar.value() > bar.minimum(), bar.value() < bar.maximum()), strict=True
        ):
            fade.show_over(area, wanted=hidden)


class CutEnd(QWidget):
    """What is painted after the content of a panel, and ends that it is cut off."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.resize(1, 1)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - nothing is seen of it
        """End it."""
        if is_pictured(self):
            painter = QPainter(self)
            end_cut(painter)
            painter.end()


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
