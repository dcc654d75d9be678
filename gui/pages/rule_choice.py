"""The choice of a wrong rule: a row each, with the line of code that is wrong in the chosen one."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from engine.asking.mistakes import Mistake
from gui.panels.painting import fill, focus_ring, smooth, write
from gui.theme import font, mixed, theme, themes

LOW, TALL = 30, 78
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class RuleButton(QAbstractButton):
    """One wrong rule to choose; the chosen one shows its line of code, and the right one below.

    Parameters
    ----------
    mistake
        The rule.
    """

    def __init__(self, mistake: Mistake, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.mistake = mistake
        self.setObjectName(mistake.name)
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setAccessibleName(mistake.title)
        self.setAccessibleDescription(mistake.about)
        self.setToolTip(mistake.about)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)  # painted anew when the mouse comes and goes
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.toggled.connect(self.updateGeometry)
        themes().changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """Be as high as what is shown."""
        return QSize(240, TALL if self.isChecked() else LOW)

    def minimumSizeHint(self) -> QSize:
        """Let the lines be shortened."""
        return QSize(60, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - it is small: paint all
        """Paint the row."""
        painter, c, area = smooth(QPainter(self)), theme(), QRectF(self.rect())
        chosen = self.isChecked()
        ground = mixed(c.sel, c.ink, 0.05) if self.underMouse() and not chosen else c.sel
        fill(painter, area, 8, ground, c.blue if chosen else c.line)
        self._paint_mark(painter)
        first = QRectF(34, 0, area.width() - 44, LOW)
        write(painter, first, self.mistake.title, font(13, bold=chosen), c.ink, LEFT)
        if chosen:
            for at, (sign, line, ink) in enumerate(
                (("−", self.mistake.wrong, c.bad), ("+", self.mistake.right, c.ok))
            ):
                row = QRectF(14, LOW + at * 21, area.width() - 24, 20)
                write(painter, row, sign, font(12, code=True, bold=True), ink, LEFT)
                write(painter, row.adjusted(20, 0, 0, 0), line, font(11.5, code=True), ink, LEFT)
        if self.hasFocus():
            focus_ring(painter, area, 8)
        painter.end()

    def _paint_mark(self, painter: QPainter) -> None:
        c, ring = theme(), QRectF(12, LOW / 2 - 7, 14, 14)
        painter.setBrush(c.card)
        painter.setPen(c.blue if self.isChecked() else c.dim)
        painter.drawEllipse(ring)
        if self.isChecked():
            painter.setBrush(c.blue)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.drawEllipse(ring.adjusted(4, 4, -4, -4))
