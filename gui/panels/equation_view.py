"""The box with a step's rules, each with its real numbers under it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from engine.equations import Line
from engine.variable import Array
from gui.measuring import width_of
from gui.panels.formula import Formula
from gui.panels.labels import Wrapping
from gui.panels.numbers import Numbers
from gui.panels.painting import fill, smooth
from gui.panels.visibility import show_if
from gui.theme import font, theme, themes


class Equation(QWidget):
    """A rule and its numbers."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._formula = Formula()
        self._label = NumbersLabel()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self._formula)
        column.addWidget(self._label)

    def show_line(self, line: Line, upstream: Array | None) -> None:
        """Show another rule; its numbers only where they say more than the rule."""
        self._formula.show_formula(line.tex, line.rule)
        said = not line.numbers or line.rule.endswith(f"= {line.numbers}")
        show_if(self._label, not said)
        self._label.show_numbers(Numbers.read(line.numbers, upstream))
        self._label.setAccessibleName(line.numbers)


class NumbersLabel(Wrapping):
    """The numbers, on one line where they fit and broken at the equals signs where not."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(font(14, code=True), parent)
        self._numbers: Numbers | None = None
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        flag = Qt.TextInteractionFlag
        self.setTextInteractionFlags(flag.TextSelectableByMouse | flag.TextSelectableByKeyboard)
        themes().changed.connect(self._write)

    def show_numbers(self, numbers: Numbers) -> None:
        """Show other numbers."""
        self._numbers = numbers
        self._write()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the lines anew."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._write()

    def _write(self) -> None:
        if self._numbers is None:
            return
        face = font(14, code=True)
        fits = self._numbers.longest * width_of("0", face) <= self.width()
        if not fits:
            face = font(13, code=True)
        self.setFont(face)
        ink = theme().ink.name()
        html = self._numbers.html(theme(), broken=not fits)
        html = f'<div style="color:{ink}">{html}</div>'
        if html != self.text():
            self.setText(html)


class EquationView(QWidget):
    """The box."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._equations: list[Equation] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(12, 12, 12, 14)
        self._column.setSpacing(21)
        themes().changed.connect(self.update)

    def show_lines(self, lines: tuple[Line, ...], upstream: Array | None) -> None:
        """Show other rules."""
        while len(self._equations) < len(lines):
            self._equations.append(Equation(self))
            self._column.addWidget(self._equations[-1])
        for at, equation in enumerate(self._equations):
            show_if(equation, at < len(lines))
            if at < len(lines):
                equation.show_line(lines[at], upstream)
        show_if(self, bool(lines))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - a few strokes
        """Paint the ground, and a line between two rules."""
        painter = smooth(QPainter(self))
        fill(painter, QRectF(self.rect()), 12, theme().sel)
        for equation in self._equations[1:]:
            if not equation.isHidden():
                middle = equation.y() - self._column.spacing() // 2
                painter.fillRect(16, middle, self.width() - 32, 1, theme().line)
        painter.end()
