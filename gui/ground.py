"""The first frame: the rooms of the window, empty, before the engine is there."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from gui.theme import Theme, theme

PALETTE_WIDTH, EXPLANATION_WIDTH = 204, 364
TOP_HEIGHT, BOTTOM_HEIGHT = 44, 94
WIDEST, OF_WIDTH, OF_HEIGHT = 520, 0.25, 0.45
"""How wide the pages on the right may be: in pixels, and as a part of the window. In a low one they
stay narrow: plots are as high as they are wide, and would have to be scrolled."""

DOTS = 24.0


def side_width(window: QSize) -> int:
    """Give the pages on the right their part of a large window.

    Examples
    --------
    >>> [side_width(QSize(*size)) for size in ((1280, 800), (1920, 1080), (1920, 800))]
    [364, 480, 364]
    """
    room = min(OF_WIDTH * window.width(), OF_HEIGHT * window.height(), WIDEST)
    return max(round(room), EXPLANATION_WIDTH)


class Ground(QWidget):
    """Panels and canvas without anything in them.

    NumPy alone takes as long to import as Qt takes to show a window. So the window shows its
    ground first, and is furnished once that is on the screen.

    Signals
    -------
    painted
        The first frame is done.
    """

    painted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._is_first = True

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rooms."""
        del event
        c, painter = theme(), QPainter(self)
        whole = QRectF(self.rect())
        side = side_width(self.size())
        canvas = whole.adjusted(PALETTE_WIDTH, TOP_HEIGHT, -side, -BOTTOM_HEIGHT)
        painter.fillRect(whole, c.panel)
        painter.setClipRect(canvas)
        paint_dots(painter, canvas, DOTS, 1.0, c)
        painter.setClipping(False)
        painter.setPen(c.line)
        painter.drawLine(canvas.topLeft(), canvas.bottomLeft())
        painter.drawLine(canvas.topRight(), canvas.bottomRight())
        painter.drawLine(QPointF(0, canvas.bottom()), QPointF(whole.right(), canvas.bottom()))
        if self._is_first:
            self._is_first = False
            QTimer.singleShot(0, self.painted.emit)


def paint_dots(painter: QPainter, area: QRectF, gap: float, zoom: float, c: Theme) -> None:
    """Paint the ground of the canvas with its dots, `gap` scene units apart."""
    painter.fillRect(area, c.bg)
    painter.setPen(QPen(c.grid, 2.4 / zoom, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    left, top = area.left() - area.left() % gap, area.top() - area.top() % gap
    columns, rows = int(area.width() / gap) + 2, int(area.height() / gap) + 2
    column = QPolygonF([QPointF(0.0, at * gap) for at in range(rows)])
    painter.translate(left, top)
    for _ in range(columns):
        painter.drawPoints(column)
        painter.translate(gap, 0.0)
    painter.translate(-left - columns * gap, -top)
