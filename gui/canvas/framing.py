"""What part of the scene a view or a picture shows, and how large."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QTransform

LARGEST_FIT = 1.6
"""Zoom up to which a small graph is enlarged to fill the view."""

MARGIN = 26.0
"""Free room around the graph when it is fitted into the view, in scene units."""

BESIDE, ABOVE, BELOW = 40.0, 76.0, 62.0
"""Room around the blocks in a picture of its own size: for labels, chips, glow and the legend."""

NARROWEST, LOWEST = 330, 160
"""Pixels that a picture of its own size has at least; the legend is to fit."""


@dataclass(frozen=True, slots=True)
class Framing:
    """A window onto the scene.

    Attributes
    ----------
    size
        Pixels, as a widget counts them.
    zoom
        Pixels a scene unit.
    left, top
        Pixels from the origin of the scene to the corner.
    """

    size: QSize
    zoom: float
    left: int
    top: int

    @property
    def transform(self) -> QTransform:
        """From the scene to pixels."""
        moved = QTransform.fromTranslate(-self.left, -self.top)
        return QTransform.fromScale(self.zoom, self.zoom) * moved

    @property
    def part(self) -> QRectF:
        """The part of the scene."""
        whole = QRectF(0, 0, self.size.width(), self.size.height())
        inverted, _ = self.transform.inverted()
        return inverted.mapRect(whole)


def fitting(content: QRectF, size: QSize) -> float:
    """Give the zoom at which some content fills a view."""
    around = content.adjusted(-MARGIN, -MARGIN, MARGIN, MARGIN)
    return min(size.width() / around.width(), size.height() / around.height())


def fitted(content: QRectF, size: QSize) -> Framing:
    """Show some content as large as fits within reason."""
    if content.isEmpty():
        content = QRectF(-330, -220, 660, 440)
    zoom = min(fitting(content, size), LARGEST_FIT)
    corner = content.center() * zoom - QPointF(size.width() / 2, size.height() / 2)
    return Framing(size, zoom, round(corner.x()), round(corner.y()))


def around(content: QRectF) -> Framing:
    """Show some content in life size, with room for what stands around blocks."""
    wanted = content.adjusted(-BESIDE, -ABOVE, BESIDE, BELOW)
    width = max(round(wanted.width()), NARROWEST)
    height = max(round(wanted.height()), LOWEST)
    corner = wanted.center() - QPointF(width / 2, height / 2)
    return Framing(QSize(width, height), 1.0, round(corner.x()), round(corner.y()))
