"""How wide text is, what of it fits, and how it is set: found once for each text and font.

A frame asks again and again for the same few hundred texts.
"""

from __future__ import annotations

from functools import cache, lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QTextLayout


@lru_cache(maxsize=8192)
def width_of(words: str, face: QFont) -> float:
    """Measure a line of text."""
    return QFontMetricsF(face).horizontalAdvance(words)


@lru_cache(maxsize=4096)
def shortened(words: str, face: QFont, room: float, mode: Qt.TextElideMode) -> str:
    """Give a line of text, or what of it fits, with an ellipsis for the rest."""
    if width_of(words, face) <= room:
        return words
    return QFontMetricsF(face).elidedText(words, mode, room)


def set_line(
    painter: QPainter, area: QRectF, words: str, face: QFont, align: Qt.AlignmentFlag
) -> None:
    """Paint a line of text with the pen of a painter, as `QPainter.drawText` does.

    That sets the letters anew each time, which takes as long as painting them.

    Parameters
    ----------
    area
        Where it stands; what is wider or higher goes beyond.
    align
        Where in it, to the left, the right or in the middle, and at the top or in the middle.
    """
    layout, wide, high = _set(words, face)
    across, down = _shares(align)
    left = area.x() + (area.width() - wide) * across
    painter.setFont(face)  # a picture in vectors asks for it
    layout.draw(painter, QPointF(left, area.y() + (area.height() - high) * down))


@cache
def _shares(align: Qt.AlignmentFlag) -> tuple[float, float]:
    """Say what share of the room that is left is to the left of a text, and above it."""
    flag = Qt.AlignmentFlag
    across = 0.5 if align & flag.AlignHCenter else 1.0 if align & flag.AlignRight else 0.0
    return across, 0.5 if align & flag.AlignVCenter else 0.0


@lru_cache(maxsize=4096)
def _set(words: str, face: QFont) -> tuple[QTextLayout, float, float]:
    """Set a line of text; give that, its width and its height."""
    layout = QTextLayout(words, face)
    layout.setCacheEnabled(True)
    layout.beginLayout()
    line = layout.createLine()
    layout.endLayout()
    # The height of a line would be rounded up; what stands in the middle would stand lower.
    return layout, line.horizontalAdvance() if line.isValid() else 0.0, QFontMetricsF(face).height()
