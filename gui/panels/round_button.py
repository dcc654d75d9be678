"""A round button with a sign on it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from gui.panels.icons import Sign, path_of
from gui.panels.painting import focus_ring, smooth
from gui.theme import Theme, mixed, theme, themes

RIM = 4
"""Pixels around the disc, for the focus ring."""


class RoundButton(QAbstractButton):
    """A button of the transport.

    Parameters
    ----------
    sign
        What is drawn on it.
    name
        What it is called by a screen reader.
    keys
        The shortcut, for the tooltip.
    diameter
        In device-independent pixels.
    accent
        Whether it is the one to press first.
    """

    def __init__(
        self,
        sign: Sign,
        name: str,
        keys: str,
        *,
        diameter: int = 36,
        accent: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._accent = accent
        self._keys = keys
        self.setFixedSize(diameter + 2 * RIM, diameter + 2 * RIM)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)  # painted anew when the mouse comes and goes
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        themes().changed.connect(self.update)
        self.show_sign(sign, name)

    def show_sign(self, sign: Sign, name: str) -> None:
        """Become another button: play becomes pause."""
        self._path = path_of(sign)
        self.setAccessibleName(name)
        self.setToolTip(f"{name} ({self._keys})")
        self.update()

    def sizeHint(self) -> QSize:
        """Leave room for the focus ring around the disc."""
        return self.size()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - it is small: paint all
        """Paint the disc and the sign."""
        painter = smooth(QPainter(self))
        area = QRectF(self.rect()).adjusted(RIM, RIM, -RIM, -RIM)
        ground, ink = self._colours(theme())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawEllipse(area)
        if self.hasFocus():
            focus_ring(painter, QRectF(self.rect()), self.width() / 2)
        painter.translate(area.center())
        scale = 1.0 if self._accent else 0.86
        painter.scale(scale, scale)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        painter.drawPath(self._path)
        painter.end()

    def _colours(self, colours: Theme) -> tuple[QColor, QColor]:
        if not self.isEnabled():
            return colours.sel, mixed(colours.sel, colours.dim, 0.55)
        ground, ink = colours.sel, mixed(colours.dim, colours.ink, 0.4)
        if self._accent:
            ground, ink = colours.blue, colours.panel
        if self.isDown():
            return mixed(ground, colours.ink, 0.18), ink
        return (mixed(ground, colours.ink, 0.08) if self.underMouse() else ground), ink
