"""A small card that names something of the graph; clicked, it points at it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from gui.measuring import width_of
from gui.panels.painting import fill, focus_ring, smooth, walk_colours, write
from gui.theme import Theme, font, mixed, theme, themes

Look = Literal["active", "done", "quiet"]

LOW, TALL = 30, 46
"""Heights of a card with one line and with two."""


@dataclass(frozen=True, slots=True)
class Face:
    """What stands on a card.

    Attributes
    ----------
    text
        The first line.
    about
        What it is, in words.
    block
        Id of the block that it names.
    look
        Whether the cursor stands on it, it is past, or it is still to come.
    number
        The second line; none if empty.
    backward
        Which way of the walk it belongs to.
    """

    text: str
    about: str
    block: str
    look: Look = "quiet"
    number: str = ""
    backward: bool = True


def card_width(face: Face) -> int:
    """Say how wide a card with this on it would like to be."""
    upper, lower = _fonts(face)
    return round(max(width_of(face.text, upper), width_of(face.number, lower))) + 22


def _fonts(face: Face) -> tuple[QFont, QFont]:
    italic = bool(face.number)
    return font(13 if italic else 12, bold=True, italic=italic), font(12, code=True)


class Card(QAbstractButton):
    """A card.

    Attributes
    ----------
    face
        What stands on it.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.face = Face("", "", "")
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)  # painted anew when the mouse comes and goes
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        themes().changed.connect(self.update)

    def show_face(self, face: Face) -> None:
        """Become the card of something else."""
        if face != self.face:
            self.face = face
            self.setAccessibleName(face.about)
            self.setToolTip(face.about)
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        """Leave some air around the text."""
        return QSize(card_width(self.face), TALL if self.face.number else LOW)

    def minimumSizeHint(self) -> QSize:
        """Let the text be shortened."""
        return QSize(48, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - it is small: paint all
        """Paint the card."""
        painter = smooth(QPainter(self))
        area = QRectF(self.rect())
        ground, ink, outline = self._colours(theme())
        if self.underMouse():
            ground = mixed(ground, ink, 0.08)
        fill(painter, area, 8, ground, outline)
        text = area.adjusted(5, 0, -5, 0)
        upper, lower = _fonts(self.face)
        if width_of(self.face.text, upper) > text.width():
            upper = font(11, bold=True, italic=upper.italic())
        if self.face.number:
            middle = area.height() / 2
            write(painter, text.adjusted(0, 4, 0, 1 - middle), self.face.text, upper, ink)
            write(painter, text.adjusted(0, middle - 2, 0, -4), self.face.number, lower, ink)
        else:
            write(painter, text, self.face.text, upper, ink)
        if self.hasFocus():
            focus_ring(painter, area, 8)
        painter.end()

    def _colours(self, colours: Theme) -> tuple[QColor, QColor, QColor | None]:
        strong, pale = walk_colours(colours, backward=self.face.backward)
        match self.face.look:
            case "active":
                return pale, strong, colours.glow if self.face.backward else strong
            case "done":
                return pale, strong, None
        return colours.sel, colours.dim if self.face.number else colours.ink, colours.line
