"""A row of the page of arrays: a picture, and beside it what a gradient is multiplied by."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from engine.asking.step_arrays import Picture
from engine.picture.cells import shape_text
from engine.variable import Array
from gui.pages.heat_grid import HeatGrid
from gui.panels.labels import Prose, Text, code_label
from gui.panels.visibility import show_if
from gui.theme import font

QWIDGETSIZE_MAX = (1 << 24) - 1
"""What Qt calls no limit."""

GAP = 16
"""Pixels between two pictures of a row."""


class Framed(QWidget):
    """A picture with what stands above it: what it is, its shape, and how it comes about."""

    def __init__(self) -> None:
        super().__init__()
        self.grid = HeatGrid()
        self._what = Text(font(13, bold=True), "ink")
        self._rule, self._shape = code_label(), code_label()
        self._rule_in_lines = Prose(font(12, code=True), "dim")
        self._rule.setMinimumWidth(1)  # it is shortened before it makes the panel wider
        self._head = QHBoxLayout()
        self._head.setSpacing(10)
        self._head.addWidget(self._what)
        self._head.addWidget(self._shape)
        self._head.addWidget(self._rule)
        self._head.addStretch(1)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._column.addLayout(self._head)
        self._column.addWidget(self._rule_in_lines)
        self._column.addWidget(self.grid)
        self._column.addStretch()

    def show_picture(self, picture: Picture, left_open: Array | None = None) -> None:
        """Show another one; elements of a mask are left open, for they are asked for."""
        self._what.show_text(picture.head)
        self._what.set_ink("orange" if picture.is_gradient else "blue")
        self._shape.show_text(shape_text(picture.array))
        self._rule.show_text(picture.rule)
        self._rule_in_lines.show_text(picture.rule)
        self.grid.show_array(
            picture.head, picture.array, backward=picture.is_gradient, left_open=left_open
        )

    @property
    def wanted_width(self) -> int:
        """Pixels that the picture needs for its numbers and its name, without its rule."""
        return max(self._names_width, self.grid.wanted_width)

    @property
    def natural_width(self) -> int:
        """Pixels that it takes where there is enough of them."""
        return max(self._names_width, self.rule_width, self.grid.natural_width)

    @property
    def _names_width(self) -> int:
        return self._what.sizeHint().width() + self._shape.sizeHint().width() + 10

    @property
    def rule(self) -> str:
        """The rule that stands above it; empty if there is none."""
        return self._rule.text()

    @property
    def rule_width(self) -> int:
        """Pixels that its rule needs on a line of its own."""
        return self._rule.sizeHint().width()

    def put_rule(self, room: int, *, below: bool, shown: bool) -> None:
        """Set the rule on a line of its own, or at the end of the first line.

        Where it is longer than that, it has as many lines as it needs.

        Parameters
        ----------
        room
            Pixels that a line has.
        shown
            Whether it has its room, though it may be empty.
        """
        is_long = not below and self._names_width + 10 + self.rule_width > room
        show_if(self._rule, shown and not is_long)
        show_if(self._rule_in_lines, shown and is_long)
        if below and self._column.indexOf(self._rule) < 0:
            self._column.insertWidget(1, self._rule)
        elif not below and self._head.indexOf(self._rule) < 0:
            self._head.insertWidget(2, self._rule)


class ArrayRow(QWidget):
    """One picture, or two: side by side if there is room, or else one below the other."""

    def __init__(self) -> None:
        super().__init__()
        self.framed = Framed(), Framed()
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(GAP)
        self._row.addWidget(self.framed[0], 1)
        self._row.addWidget(self.framed[1], 0)
        self._is_pair = False
        self._column = 0

    def show_pictures(
        self,
        first: Picture,
        beside: Picture | None,
        left_open: Callable[[Picture], Array | None],
    ) -> tuple[Framed, ...]:
        """Show one picture or two, and give where; what is asked for is left open."""
        left, right = self.framed
        left.show_picture(first, left_open(first))
        self._is_pair = beside is not None
        if beside is not None:
            right.show_picture(beside, left_open(beside))
        show_if(right, self._is_pair)
        self._fit()
        return self.framed if self._is_pair else (left,)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Set the two side by side, or one below the other."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    @property
    def column(self) -> int:
        """Pixels that its first picture takes where there is enough of them; 0 if it is alone."""
        return self.framed[0].natural_width if self._is_pair else 0

    def set_column(self, width: int) -> None:
        """Let the second picture begin where those of other rows do, if there is room for that."""
        self._column = width
        self._fit()

    def _fit(self) -> None:
        left, right = self.framed
        wanted = max(left.wanted_width, left.rule_width), right.wanted_width
        beside = self._is_pair and sum(wanted) + GAP <= self.width()
        way = QBoxLayout.Direction
        self._row.setDirection(way.LeftToRight if beside else way.TopToBottom)
        for framed in self.framed:
            framed.put_rule(self.width(), below=beside, shown=bool(left.rule))
        right.setMinimumWidth(wanted[1] if beside else 0)
        # What it is multiplied by stands near it, however wide the page is.
        room = self.width() - GAP - wanted[1]
        widest = min(max(self._column, left.natural_width), room)
        left.setMaximumWidth(widest if beside else QWIDGETSIZE_MAX)
