"""The box with a step's rules, each with its real numbers under it, or beside it."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from engine.equations import Line
from engine.variable import Array
from gui.panels.formula import Formula
from gui.panels.numbers import Numbers
from gui.panels.numbers_label import SIZES, NumbersLabel
from gui.panels.painting import fill, smooth
from gui.panels.visibility import show_if
from gui.theme import theme, themes

Air = Literal["roomy", "close", "dense"]
"""As there is room for; closer together; or with smaller rules, and numbers beside them."""

GAPS: dict[Air, tuple[int, int, int]] = {
    "roomy": (12, 21, 10),
    "close": (8, 13, 6),
    "dense": (6, 11, 4),
}
"""Pixels at the edge of the box, between two rules, and between a rule and its numbers."""

EDGE, LOWER, BESIDE = 12, 2, 14
"""Pixels at the sides of the box, those that its foot is lower than its head, and those between a
rule and numbers that stand beside it."""


class Equation(QWidget):
    """A rule and its numbers."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._formula = Formula()
        self._label = NumbersLabel()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self._formula)
        self._column.addWidget(self._label)

    @property
    def rule_width(self) -> int:
        """How wide the rule is where it is written smaller."""
        return self._formula.size_as(small=True).width()

    def fits_beside(self, width: int) -> bool:
        """Tell whether the numbers, if there are any, fit into a width without being broken."""
        return self._label.isHidden() or self._label.size_in(width) is not None

    def letters_in(self, width: int, rule: int) -> int:
        """Say how large the letters of the numbers can be, with a rule of a width beside them."""
        size = None if self._label.isHidden() else self._label.size_in(_room(width, rule))
        return size or SIZES[0]

    def height_as(self, air: Air, width: int, rule: int, letters: int) -> int:
        """Say how high it would be.

        Parameters
        ----------
        air
            How it stands.
        width
            The width that it gets.
        rule
            Width of the rule, if the numbers are to stand beside it; 0 if not.
        letters
            Size of the letters of the numbers, at most.
        """
        formula = self._formula.size_as(small=air == "dense").height()
        if self._label.isHidden():
            return formula
        numbers = self._label.height_as(_room(width, rule), letters)
        return max(formula, numbers) if rule else formula + GAPS[air][2] + numbers

    def set_air(self, air: Air, rule: int, letters: int) -> None:
        """Stand in another way, the numbers below the rule, or beside it if that has a width."""
        # Qt lays out anew whatever is set, be it the same.
        beside = rule > 0 and not self._label.isHidden()
        way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        if way != self._column.direction():
            self._column.setDirection(way)
        gap = BESIDE if beside else GAPS[air][2]
        if gap != self._column.spacing():
            self._column.setSpacing(gap)
        least, most = (rule, rule) if beside else (0, 16777215)
        if most != self._formula.maximumWidth():
            self._formula.setMinimumWidth(least)
            self._formula.setMaximumWidth(most)
        self._formula.set_small(air == "dense")
        self._label.set_way(letters, beside=beside)

    def show_line(self, line: Line, upstream: Array | None) -> None:
        """Show another rule; its numbers only where they say more than the rule."""
        self._formula.show_formula(line.tex, line.rule)
        said = not line.numbers or line.rule.endswith(f"= {line.numbers}")
        show_if(self._label, not said)
        self._label.show_numbers(Numbers.read(line.numbers, upstream))
        self._label.setAccessibleName(line.numbers)


def _room(width: int, rule: int) -> int:
    """Say how wide numbers may be, with a rule of a width beside them; 0 if there is none."""
    return width - rule - BESIDE if rule else width


class EquationView(QWidget):
    """The box."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._equations: list[Equation] = []
        self._air: Air = "roomy"
        self._column = QVBoxLayout(self)
        self._space()
        themes().changed.connect(self.update)

    def height_as(self, air: Air, width: int) -> int:
        """Say how high it would be."""
        edge, between, _ = GAPS[air]
        inner, rule = width - 2 * EDGE, self._rule(air, width)
        letters = self._letters(inner, rule)
        heights = [equation.height_as(air, inner, rule, letters) for equation in self._shown]
        return sum(heights) + between * (len(heights) - 1) + 2 * edge + LOWER if heights else 0

    def set_air(self, air: Air) -> None:
        """Stand closer together, or as there is room for."""
        if air != self._air:
            self._air = air
            self._space()
        self._arrange()

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
        self._arrange()

    @property
    def _shown(self) -> list[Equation]:
        return [equation for equation in self._equations if not equation.isHidden()]

    def _rule(self, air: Air, width: int) -> int:
        """Say how wide rules are that have their numbers beside them; 0 where they have not.

        All have, or none has: then rules stand below rules, and numbers below numbers.
        """
        rule = max((equation.rule_width for equation in self._shown), default=0)
        left = width - 2 * EDGE - rule - BESIDE
        beside = air == "dense" and all(equation.fits_beside(left) for equation in self._shown)
        return rule if beside else 0

    def _letters(self, inner: int, rule: int) -> int:
        """Say how large the letters of numbers are: all alike, but for those that are broken."""
        return min((each.letters_in(inner, rule) for each in self._shown), default=SIZES[0])

    def _space(self) -> None:
        edge, between, _ = GAPS[self._air]
        self._column.setContentsMargins(EDGE, edge, EDGE, edge + LOWER)
        self._column.setSpacing(between)

    def _arrange(self) -> None:
        rule = self._rule(self._air, self.width())
        letters = self._letters(self.width() - 2 * EDGE, rule)
        for equation in self._shown:
            equation.set_air(self._air, rule, letters)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put numbers beside rules, or below them, as the width allows now."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._arrange()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - a few strokes
        """Paint the ground, and a line between two rules."""
        painter = smooth(QPainter(self))
        fill(painter, QRectF(self.rect()), 12, theme().sel)
        for equation in self._shown[1:]:
            middle = equation.y() - self._column.spacing() // 2
            painter.fillRect(16, middle, self.width() - 32, 1, theme().line)
        painter.end()
