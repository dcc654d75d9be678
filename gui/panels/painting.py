"""What the panels paint with: rounded grounds, focus rings, and the head of a section."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen

from gui.measuring import set_line, shortened
from gui.theme import Theme, font, theme


def smooth(painter: QPainter) -> QPainter:
    """Turn on anti-aliasing."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    return painter


def fill(
    painter: QPainter, area: QRectF, radius: float, ground: QColor, outline: QColor | None = None
) -> None:
    """Paint a rounded area, with a hairline around it if an outline is given.

    The outline lies inside the area, so that it is never clipped.
    """
    if outline is None:
        painter.setPen(Qt.PenStyle.NoPen)
    else:
        painter.setPen(QPen(outline, 1))
        area = area.adjusted(0.5, 0.5, -0.5, -0.5)
    painter.setBrush(ground)
    painter.drawRoundedRect(area, radius, radius)


def focus_ring(painter: QPainter, area: QRectF, radius: float) -> None:
    """Paint the ring that shows where the keyboard is."""
    painter.setPen(QPen(theme().blue, 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(area.adjusted(1, 1, -1, -1), radius, radius)


def write(
    painter: QPainter,
    area: QRectF,
    text: str,
    face: QFont,
    ink: QColor,
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignCenter,
) -> None:
    """Paint one line of text, shortened with an ellipsis where it does not fit."""
    if face.capitalization() is QFont.Capitalization.AllUppercase:
        text = text.upper()  # a drawing in lines would not know of it
    painter.setPen(ink)
    shown = shortened(text, face, area.width() + 0.5, Qt.TextElideMode.ElideRight)
    set_line(painter, area, shown, face, align)


def head_font() -> QFont:
    """Give the font of a section's head: small capitals, a little apart."""
    face = QFont(font(11, bold=True))
    face.setCapitalization(QFont.Capitalization.AllUppercase)
    face.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, 0.3)
    return face


def walk_colours(colours: Theme, *, backward: bool) -> tuple[QColor, QColor]:
    """Give the colour of one direction of the walk and its pale ground."""
    if backward:
        return colours.orange, colours.orange_bg
    return colours.blue, colours.blue_bg


def handle(painter: QPainter, centre: QPointF, radius: float, ink: QColor, ground: QColor) -> None:
    """Paint a round handle that stands off from its track by a rim in the colour of the panel."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawEllipse(centre, radius + 2, radius + 2)
    painter.setBrush(ink)
    painter.drawEllipse(centre, radius, radius)
