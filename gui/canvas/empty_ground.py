"""What stands on a canvas without a block: how to begin."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter

from gui.canvas import paint
from gui.theme import Theme, font

TITLE = "Nothing here yet"
WAYS = (
    ("double-click", "add a block here"),
    ("Tab", "the same by keyboard"),
    ("drag", "bring one in from the left"),
    ("Ctrl+T", "type the graph"),
    ("Ctrl+O", "open a file; File has examples"),
)
"""The ways to begin: what one does, and what comes of it."""

LINE, GAP, KEYS = 34.0, 12.0, 106.0
"""Height of a line, the gap in it, and the width of what is before the gap."""

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


def paint_empty_ground(painter: QPainter, room: QRectF, c: Theme) -> None:
    """Paint the ways to begin in the middle of a view, in pixels; a narrow one gets none."""
    face = font(13)
    words = max(QFontMetricsF(face).horizontalAdvance(what) for _, what in WAYS)
    width, height = KEYS + GAP + words + 2, LINE * (len(WAYS) + 1) + 10
    if room.width() < width or room.height() < height + 2 * LINE:
        return
    area = QRectF(0, 0, width, height)
    area.moveCenter(room.center())
    head = QRectF(area.left(), area.top(), width, LINE)
    paint.text(painter, head, TITLE, font(19, bold=True), c.ink)
    for at, (keys, what) in enumerate(WAYS, start=1):
        line = QRectF(area.left(), area.top() + LINE * at + 10, KEYS, LINE)
        key_face = font(12, code=True)
        key = QFontMetricsF(key_face).horizontalAdvance(keys) + 16
        chip = QRectF(line.right() - key, line.center().y() - 12, key, 24)
        paint.box(painter, chip, 6, c.card, paint.pen(c.line, 1.2))
        paint.text(painter, chip, keys, key_face, c.ink)
        beside = QRectF(line.right() + GAP, line.top(), words + 2, LINE)
        paint.text(painter, beside, what, face, c.dim, LEFT)
