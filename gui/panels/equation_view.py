"""The box with a step's rules, each with its real numbers under it."""

from __future__ import annotations

import math
import re

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from engine.equations import Line
from engine.variable import Array
from gui.measuring import width_of
from gui.panels.formula import Formula
from gui.panels.labels import APART, Wrapping
from gui.panels.numbers import Numbers
from gui.panels.painting import fill, smooth
from gui.panels.visibility import show_if
from gui.theme import font, theme, themes

ROOMY, CLOSE = (12, 21, 10), (8, 13, 6)
"""Pixels at the edge of the box, between two rules, and between a rule and its numbers: where there
is room, and where there is little."""

DIGITS = re.compile("[0-9]+")

NARROWEST = 210
"""Pixels that numbers have in the narrowest panel; a layout asks for less, and never gives it."""

FORMS: dict[tuple[str, int], int] = {}
"""How high numbers are, by all of them but the digits, and by the size of the letters."""

MOST_FORMS = 500


class Equation(QWidget):
    """A rule and its numbers."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._formula = Formula()
        self._label = NumbersLabel()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(ROOMY[2])
        self._column.addWidget(self._formula)
        self._column.addWidget(self._label)

    @property
    def has_numbers(self) -> bool:
        """Whether numbers stand below the rule."""
        return not self._label.isHidden()

    def set_gap(self, gap: int) -> None:
        """Put so many pixels between the rule and its numbers."""
        self._column.setSpacing(gap)

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
        self._wide = 0
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

    def heightForWidth(self, width: int) -> int:
        """Be as high as other numbers of the same form, unless a line is too long for the width."""
        if NARROWEST <= width < self._wide:
            return super().heightForWidth(width)
        form = (DIGITS.sub("0", self.text()), self.font().pixelSize())
        if form not in FORMS:
            if len(FORMS) >= MOST_FORMS:
                FORMS.clear()
            FORMS[form] = super().heightForWidth(max(self._wide, width))
        return FORMS[form]

    def _write(self) -> None:
        if self._numbers is None:
            return
        numbers, indent = self._numbers, 0
        faces = (font(size, code=True) for size in (14, 13))
        fitting = (face for face in faces if numbers.longest * width_of("0", face) <= self.width())
        face = next(fitting, None)
        broken = face is None
        if face is None:
            face = font(13, code=True)
            # They stand in the middle, and yet begin below each other.
            wide = numbers.broken_width * width_of("0", face)
            indent = max(round((self.width() - wide) / 2), 0)
        characters = numbers.broken_width if broken else numbers.longest
        self._wide = indent + math.ceil(characters * width_of("0", face)) + 2
        if face != self.font():
            self.setFont(face)
        html = numbers.html(theme(), broken=broken)
        style = f"color:{theme().ink.name()}; margin-left:{indent}px; line-height:{APART}%"
        html = f'<p align="{"left" if broken else "center"}" style="{style}">{html}</p>'
        if html != self.text():
            self.setText(html)


class EquationView(QWidget):
    """The box."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._equations: list[Equation] = []
        self._spacing = ROOMY
        self._column = QVBoxLayout(self)
        self._space()
        themes().changed.connect(self.update)

    def set_close(self, close: bool) -> None:  # noqa: FBT001 - it is the question
        """Stand closer together, or as there is room for."""
        if close != (self._spacing is CLOSE):
            self._spacing = CLOSE if close else ROOMY
            self._space()

    @property
    def spare(self) -> int:
        """How many pixels lower it is when it stands closer, than where there is room."""
        shown = sum(not equation.isHidden() for equation in self._equations)
        told = sum(equation.has_numbers for equation in self._equations if not equation.isHidden())
        edge, between, within = (a - b for a, b in zip(ROOMY, CLOSE, strict=True))
        return 2 * edge + max(shown - 1, 0) * between + told * within

    @property
    def is_close(self) -> bool:
        """Whether it stands closer."""
        return self._spacing is CLOSE

    def _space(self) -> None:
        edge, between, within = self._spacing
        self._column.setContentsMargins(12, edge, 12, edge + 2)
        self._column.setSpacing(between)
        for equation in self._equations:
            equation.set_gap(within)

    def show_lines(self, lines: tuple[Line, ...], upstream: Array | None) -> None:
        """Show other rules."""
        while len(self._equations) < len(lines):
            self._equations.append(Equation(self))
            self._equations[-1].set_gap(self._spacing[2])
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
