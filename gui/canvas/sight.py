"""What part of the scene is seen: zooming, panning, fitting, and the ground under it all."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QResizeEvent, QTransform, QWheelEvent
from PySide6.QtWidgets import QGraphicsView

from gui.canvas.far import FarPicture
from gui.canvas.framing import Framing, fitted, fitting
from gui.canvas.overlay import paint_ground
from gui.canvas.scene import CanvasScene
from gui.theme import theme, themes

NEAREST, FARTHEST = 4.0, 0.04
"""Zooms; of a graph that does not fit into the view so, the farther is where it does."""

END = 1e8
"""Scene units that the canvas reaches to all sides."""

WHEEL_NOTCH = 120.0


class Sight(QGraphicsView):
    """A view without scroll bars onto a scene without end.

    Attributes
    ----------
    canvas
        The scene.

    Signals
    -------
    viewed
        Another part of the scene is seen.
    """

    viewed = Signal()

    def __init__(self, canvas: CanvasScene) -> None:
        super().__init__(canvas)
        self.canvas = canvas
        self.far = FarPicture(self)
        self._was_fitted = True
        self.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        self.setFrameShape(QGraphicsView.Shape.NoFrame)
        # Cutting what is painted to many small parts takes longer than painting what is between.
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.BoundingRectViewportUpdate)
        self.setOptimizationFlag(QGraphicsView.OptimizationFlag.DontSavePainterState)
        self.setCacheMode(QGraphicsView.CacheModeFlag.CacheBackground)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setResizeAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # The scene has no end: the view scrolls wherever it is pulled.
        self.setSceneRect(QRectF(-END, -END, 2 * END, 2 * END))
        themes().changed.connect(self._on_theme)

    @property
    def zoom(self) -> float:
        """Pixels a scene unit."""
        return self.transform().m11()

    def set_zoom(self, zoom: float, about: QPointF | None = None) -> None:
        """Zoom so that a point of the scene stays where it is; the middle without one."""
        zoom = min(max(zoom, self._farthest()), NEAREST)
        if about is None:
            about = self.mapToScene(self.viewport().rect().center())
        before = self.mapFromScene(about)
        self.setTransform(QTransform.fromScale(zoom, zoom))
        self.shift(self.mapToScene(before) - about)
        self._was_fitted = False
        self.viewed.emit()

    def shift(self, by: QPointF) -> None:
        """Pull the canvas by so many scene units."""
        middle = self.mapToScene(self.viewport().rect().center())
        self.centerOn(middle - by)
        self._was_fitted = False
        self.viewed.emit()

    def scroll_by(self, pixels: QPoint) -> None:
        """Show what lies so many pixels to the right and further down, exactly."""
        for bar, by in (
            (self.horizontalScrollBar(), pixels.x()),
            (self.verticalScrollBar(), pixels.y()),
        ):
            bar.setValue(bar.value() + by)
        self._was_fitted = False
        self.viewed.emit()

    def fit(self, rect: QRectF | None = None) -> None:
        """Show a part of the scene, or all blocks, as large as fits within reason."""
        content = rect if rect is not None else self.canvas.content_rect()
        framing = fitted(content, self.viewport().size())
        self.setTransform(QTransform.fromScale(framing.zoom, framing.zoom))
        self.horizontalScrollBar().setValue(framing.left)
        self.verticalScrollBar().setValue(framing.top)
        self._was_fitted = rect is None
        self.viewed.emit()

    @property
    def framing(self) -> Framing:
        """What is shown, to be shown again."""
        across, down = self.horizontalScrollBar().value(), self.verticalScrollBar().value()
        return Framing(self.viewport().size(), self.zoom, across, down)

    def _farthest(self) -> float:
        return min(fitting(self.canvas.content_rect(), self.viewport().size()), FARTHEST)

    def reveal(self, block: str) -> None:
        """Bring a block into view if it is not, and move no more than that takes."""
        if not self.canvas.has_item(block) and block not in self.canvas.marks:
            return
        outline = self.canvas.block_rect(block).adjusted(-12, -12, 12, 12)
        seen = self.visible_rect()
        x = _shift(outline.left(), outline.right(), seen.left(), seen.right())
        y = _shift(outline.top(), outline.bottom(), seen.top(), seen.bottom())
        if x or y:
            self.shift(QPointF(x, y))

    def show_more(self, block: str) -> None:
        """Bring a new block and its end into view: fit all again if all was, else move to it."""
        if self.visible_rect().contains(self.canvas.extent(block)):
            return
        if self._was_fitted:
            self.fit()
        else:
            self.reveal(block)

    def visible_rect(self) -> QRectF:
        """The part of the scene that is seen."""
        return self.mapToScene(self.viewport().rect()).boundingRect()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom about the pointer with a wheel; scroll with two fingers."""
        pixels, held = event.pixelDelta(), event.modifiers()
        control = bool(held & Qt.KeyboardModifier.ControlModifier)
        if not pixels.isNull() and not control:
            self.shift(QPointF(pixels) / self.zoom)
        elif held & Qt.KeyboardModifier.ShiftModifier:
            turn = event.angleDelta().y() or event.angleDelta().x()
            self.shift(QPointF(turn / 2, 0) / self.zoom)
        else:
            notches = event.angleDelta().y() / WHEEL_NOTCH
            at = self.mapToScene(event.position().toPoint())
            self.set_zoom(self.zoom * 1.2**notches, at)
        event.accept()

    def drawBackground(self, painter: QPainter, rect: QRectF | QRect) -> None:
        """Paint the ground."""
        paint_ground(painter, QRectF(rect), self.zoom, theme())

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Paint everything anew: the legend in the corner does not scroll with the rest."""
        super().scrollContentsBy(dx, dy)
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep all in view if all was."""
        super().resizeEvent(event)
        if self._was_fitted:
            self.fit()
        self.viewed.emit()

    def _on_theme(self) -> None:
        self.resetCachedContent()
        self.viewport().update()


def _shift(low: float, high: float, least: float, most: float) -> float:
    """Give the smallest shift that brings a stretch between two limits, its low end first."""
    return max(min(0.0, most - high), least - low)
