"""An open group on the canvas: a line around what is in it, with its name on a tab."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPen, QPolygonF
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from engine.picture.group_sizes import HEAD, LONGEST_TAB, PADDING, TAB_HEIGHT
from gui.canvas import paint
from gui.canvas.item import FAR, VERY_FAR, CanvasItem
from gui.theme import Theme, font, theme

BUTTON = 30.0
"""Width of the part of the tab with the name that folds the group."""

ROUND = 12.0
"""Radius of its corners."""


class GroupOutline(CanvasItem):
    """The line around a group that is seen open.

    Attributes
    ----------
    goes_around
        Id of the group.
    """

    def __init__(self, group: str, depth: int) -> None:
        super().__init__()
        self.goes_around = group
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemUsesExtendedStyleOption)
        self.setZValue(-100 + depth)
        self._is_stale = True
        self._rect = QRectF()
        self._tab = QRectF()

    def follow(self) -> None:
        """Take size and place from what is in the group, when they are asked for."""
        if not self._is_stale:
            self.canvas.open_groups.forget_grounds()
            self.prepareGeometryChange()
            self._is_stale = True
            self.update()

    @property
    def rect(self) -> QRectF:
        """What the line goes around."""
        self._catch_up()
        return self._rect

    @property
    def solid(self) -> QRectF:
        """Where nothing is seen of what lies behind it."""
        return self.rect.adjusted(ROUND, ROUND, -ROUND, -ROUND)

    @property
    def tab(self) -> QRectF:
        """The tab with the name, which the group is taken hold of by."""
        self._catch_up()
        return self._tab

    @property
    def button(self) -> QRectF:
        """The part of the tab that folds the group."""
        tab = self.tab
        return QRectF(tab.left(), tab.top(), BUTTON, tab.height())

    def _catch_up(self) -> None:
        if not self._is_stale:
            return
        self._is_stale = False
        inside = self.canvas.open_groups.rect_inside(self.goes_around)
        self._rect = inside.adjusted(-PADDING, -PADDING - HEAD, PADDING, PADDING)
        name = self.canvas.document.groups.group(self.goes_around).name
        width = QFontMetricsF(font(13, bold=True)).horizontalAdvance(name) + BUTTON + 14
        corner = self._rect.topLeft()
        self._tab = QRectF(corner.x(), corner.y(), min(width, LONGEST_TAB), TAB_HEIGHT)

    def boundingRect(self) -> QRectF:
        """Room for the line."""
        return self.rect.adjusted(-3, -3, 3, 3)

    def shape(self) -> QPainterPath:
        """The tab alone can be hit, so that what is inside can be selected with a rubber band."""
        path = QPainterPath()
        path.addRect(self.tab)
        return path

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        """Paint it."""
        del widget
        c = theme()
        zoom = option.levelOfDetailFromTransform(painter.worldTransform())
        ground, edge = self._looks(c, zoom)
        if zoom < VERY_FAR:
            painter.fillRect(self.rect, ground)  # in less time than to find out if it is seen
            return
        if self.canvas.open_groups.is_hidden(self.goes_around, paint.exposed(painter, option)):
            return
        paint.box(painter, self.rect, ROUND, ground, edge)
        if zoom < FAR:
            return
        tab = self.tab
        paint.box(painter, tab, 12, paint.pale(c.line, c.bg, 0.8), edge)
        middle = QPointF(tab.left() + 16, tab.center().y())
        arrow = [middle + QPointF(-5, -3), middle + QPointF(5, -3), middle + QPointF(0, 4)]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(c.dim)
        painter.drawPolygon(QPolygonF(arrow))
        words = self.canvas.document.groups.group(self.goes_around).name
        room = tab.adjusted(BUTTON - 2, 0, -8, 0)
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        paint.text(painter, room, words, font(13, bold=True), c.ink, left)

    def _looks(self, c: Theme, zoom: float) -> tuple[QColor, QPen]:
        """Give its ground and its line: another one while something comes in or goes out."""
        group, opened = self.goes_around, self.canvas.open_groups
        if group in opened.coming:
            return c.ok_bg, QPen(c.ok, 2.4 / min(zoom, 1.0), Qt.PenStyle.SolidLine)
        ground = paint.pale(c.sel, c.bg, 0.55)
        if group in opened.leaving:
            return ground, QPen(c.dim, 2.0 / min(zoom, 1.0), Qt.PenStyle.DashLine)
        return ground, paint.pen(paint.pale(c.dim, c.bg, 0.55), 1.4)
