"""The lens: the step of the walk from near, while the canvas is too far away to be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QWidget

from gui.canvas import paint
from gui.canvas.framing import Framing
from gui.canvas.magnified import LEGIBLE, framed, room_for, tied
from gui.canvas.near import paint_items
from gui.links import Links
from gui.theme import Theme, theme, themes

if TYPE_CHECKING:
    from gui.canvas.stage import Stage

RADIUS = 10.0

FEW, REST = 300, 120
"""Blocks up to which it follows frame by frame, for painting it is quick then; of more, it comes
when nothing has moved for so many milliseconds."""

MANY = 400
"""Items that may lie about from steps before, where the canvas itself has none."""


class Lens(QWidget):
    """Shows the block of the step in life size, with what feeds it; a click goes there.

    Attributes
    ----------
    wanted
        Whether a person wants it.
    """

    def __init__(self, view: Stage) -> None:
        super().__init__(view.viewport())
        self._view = view
        self.wanted = True
        self.setAccessibleName("The step from near")
        self.setToolTip("The step from near; click to go there")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        # It covers what is behind it, so that the canvas is not painted anew whenever it is.
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.hide()
        self._soon = QTimer(self, singleShot=True)
        self._soon.timeout.connect(self.settle)
        self._links = Links(
            (view.viewed, self._on_viewed),
            (view.canvas.document.edited, self._settle_soon),
            (view.canvas.level_changed, self._settle_soon),
            (themes().changed, self.update),
        )
        self._walk = Links()

    def wake(self) -> None:
        """Follow the player."""
        player = self._view.canvas.player
        self._walk = Links(
            (player.recording_changed, self._settle_soon), (player.moved, self._on_viewed)
        )
        self._settle_soon()

    def rest(self) -> None:
        """Follow it no more, because it goes to another document."""
        self._walk.cut()

    def let_go(self) -> None:
        """Stop listening."""
        self._walk.cut()
        self._links.cut()
        self._soon.stop()

    def want(self, wanted: bool) -> None:  # noqa: FBT001 - what a checkable action sends
        """Show the step from near where that is needed, or never."""
        self.wanted = wanted
        self.settle()

    @property
    def framing(self) -> Framing | None:
        """What it shows; None while it is not needed, or has no room."""
        spot = self._spot()
        return None if spot is None else framed(self._view.canvas, spot.size())

    def settle(self) -> None:
        """Stand where there is room, if the step cannot be read on the canvas itself."""
        was_seen, spot = self.isVisible(), self._spot()
        if spot is not None and framed(self._view.canvas, spot.size()) is None:
            spot = None
        if spot is not None:
            self.setGeometry(spot)
        self.setVisible(spot is not None)
        if was_seen or spot is not None:
            self._view.viewport().update()

    def _spot(self) -> QRect | None:
        view = self._view
        if not self.wanted or view.zoom >= LEGIBLE:
            return None
        minimap = view.minimap
        kept = minimap.geometry() if not minimap.isHidden() else QRect()
        return room_for(view.canvas, view.framing, kept)

    def _on_viewed(self) -> None:
        """Follow at once what goes on frame by frame, or wait until it rests."""
        if len(self._view.canvas.where.blocks) > FEW:
            self._settle_soon()
        elif self.isVisible() or self._view.zoom < LEGIBLE:
            self.settle()

    def _settle_soon(self) -> None:
        is_large = len(self._view.canvas.where.blocks) > FEW
        if is_large:
            self.hide()
        self._soon.start(REST if is_large else 0)

    # Painting

    def paint_tie(self, painter: QPainter, c: Theme) -> None:
        """Paint a frame around what it shows, in pixels of the view, and lines from there to it."""
        framing = self.framing
        if not self.isVisible() or framing is None:
            return
        room = QRectF(self._view.viewport().rect()).adjusted(1.5, 1.5, -1.5, -1.5)
        shown = room & QRectF(self._view.mapFromScene(framing.part).boundingRect())
        if shown.isEmpty():
            return
        ink = self._edge(c)
        painter.setPen(paint.pen(paint.pale(ink, c.bg, 0.35)))
        for line in tied(shown, QRectF(self.geometry())):
            painter.drawLine(line)
        paint.box(painter, shown, RADIUS / 2, None, paint.pen(ink))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the step as the canvas would from near."""
        del event
        framing, c, canvas = self.framing, theme(), self._view.canvas
        painter = QPainter(self)
        painter.fillRect(self.rect(), c.bg)
        if framing is None:
            return
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing
        )
        if not canvas.shown.has_items and len(canvas.shown.blocks) > MANY:
            canvas.show_part(self._view.visible_rect(), self._view.zoom)
        for _ in paint_items(painter, canvas.painted_in(framing.part), framing):
            pass
        around = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.fillPath(_corners(QRectF(self.rect()), around), c.bg)
        paint.box(painter, around, RADIUS, None, paint.pen(self._edge(c)))

    def _edge(self, c: Theme) -> QColor:
        """The colour of the walk, but not so strong that the eye goes to the edge first."""
        ink = c.orange if self._view.canvas.moment.is_backward else c.blue
        return paint.pale(ink, c.bg, 0.6)

    # The mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go where it shows."""
        framing = self.framing
        if event.button() is Qt.MouseButton.LeftButton and framing is not None:
            part = framing.part
            self._view.set_zoom(1.0, part.center())
            self._view.shift(self._view.visible_rect().center() - part.center())
            self._view.setFocus()


def _corners(whole: QRectF, around: QRectF) -> QPainterPath:
    """Give what lies in a rectangle, but not in the rounded one within it."""
    path = QPainterPath()
    path.addRect(whole)
    path.addRoundedRect(around, RADIUS, RADIUS)
    return path
