"""What a picture or a film will look like, small; it can be dragged into another program."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QMimeData, QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QDrag, QImage, QMouseEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget

from gui.panels.painting import smooth
from gui.theme import theme

SIZE = QSize(520, 330)
SQUARE = 8
"""Pixels of the pattern that stands for a ground that is left away."""

THUMB = 240


class Preview(QWidget):
    """A picture that fits in.

    Parameters
    ----------
    carried
        Gives what is dragged out of it.
    """

    def __init__(self, carried: Callable[[], QMimeData | None]) -> None:
        super().__init__()
        self._carried = carried
        self._image = QImage()
        self._pressed: QPoint | None = None
        self.setAccessibleName("Preview")
        self.setToolTip("Drag it into a document, or copy it.")
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        """Be large enough to see what it is."""
        return SIZE

    def minimumSizeHint(self) -> QSize:
        """Leave room for the rest."""
        return SIZE / 2

    @property
    def image(self) -> QImage:
        """What is shown."""
        return self._image

    def show_image(self, image: QImage) -> None:
        """Show another picture; an empty one for none."""
        self._image = image
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - it is small: paint all
        """Paint the picture in the middle, with an edge around it."""
        painter, c = smooth(QPainter(self)), theme()
        painter.fillRect(self.rect(), c.sel)
        if not self._image.isNull():
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            room, size = QRectF(self.rect()).adjusted(12, 12, -12, -12), self._image.size()
            small = size.scaled(room.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio)
            small = small.boundedTo(size)
            box = QRectF(0, 0, small.width(), small.height())
            box.moveCenter(room.center())
            if self._image.hasAlphaChannel():
                _pattern(painter, box)
            ratio = self.devicePixelRatioF()
            shown = self._image.scaled(
                (box.size() * ratio).toSize(),
                Qt.AspectRatioMode.IgnoreAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
            shown.setDevicePixelRatio(1.0)
            painter.drawImage(box, shown)
            painter.setPen(c.line)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(box)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Be ready to be dragged."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed = event.position().toPoint()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Not be dragged after all."""
        del event
        self._pressed = None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go with the mouse, into another program."""
        if self._pressed is None:
            return
        way = event.position().toPoint() - self._pressed
        if way.manhattanLength() < QApplication.startDragDistance():
            return
        self._pressed = None
        data = self._carried()
        if data is None:
            return
        drag = QDrag(self)
        drag.setMimeData(data)
        keep = Qt.AspectRatioMode.KeepAspectRatio
        smoothly = Qt.TransformationMode.SmoothTransformation
        thumb = self._image.scaled(THUMB, THUMB, keep, smoothly)
        drag.setPixmap(QPixmap.fromImage(thumb))
        drag.setHotSpot(thumb.rect().center())
        drag.exec(Qt.DropAction.CopyAction)


def _pattern(painter: QPainter, box: QRectF) -> None:
    """Paint what stands for a ground that is left away: squares, as everywhere."""
    c = theme()
    painter.save()
    painter.setClipRect(box)
    painter.fillRect(box, c.card)
    rows, columns = int(box.height() / SQUARE) + 1, int(box.width() / SQUARE) + 1
    for row in range(rows):
        for column in range(row % 2, columns, 2):
            corner = box.left() + column * SQUARE, box.top() + row * SQUARE
            painter.fillRect(QRectF(*corner, SQUARE, SQUARE), c.bg if not c.dark else c.line)
    painter.restore()
