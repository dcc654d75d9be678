"""One path, factor by factor: what is multiplied by, and the product as it grows."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from engine.asking.back_path import BackPath, Shape
from engine.asking.path_factors import PathFactor, factors_of
from engine.recording import Recording
from engine.values import value_text
from engine.variable import Array
from engine.wording import shape_text
from gui.pages.heat_grid import HeatGrid
from gui.panels.labels import Ink, Prose, Text, head
from gui.panels.visibility import show_if
from gui.panels.warning_card import LinkButton
from gui.theme import font

FIRST, LAST = 8, 4
"""Factors of a long path that are shown, from its two ends."""

CELLS = 6, 8
"""Rows and columns of a picture at most; of a larger array, the corner."""


class PathView(QWidget):
    """The factors of a path, one below the other.

    Signals
    -------
    block_pointed
        The id of the block of a factor that a person wants to see.
    """

    block_pointed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("The path, factor by factor")
        self._head = head("The product as it grows")
        self._begins = Prose(font(12), "dim")
        self._left_out = Prose(font(12), "dim")
        self._factors: list[FactorView] = []
        self._sum_head, self._sum = Text(font(12, bold=True), "ink"), HeatGrid(CELLS)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 6, 0, 0)
        self._column.setSpacing(10)
        for part in (self._head, self._begins, self._left_out, self._sum_head, self._sum):
            self._column.addWidget(part)

    def show_path(
        self, recording: Recording, path: BackPath, shown: tuple[PathFactor, ...]
    ) -> None:
        """Show the factors of another path, of which those at its ends have been found."""
        names, count = recording.blocks, len(path.wires)
        y, x = (names[block].name for block in path.ends)
        self._begins.show_text(f"It begins with ∂{y}/∂{y} = 1, {shape_text(path.shapes[0])}.")
        while len(self._factors) < len(shown):
            self._add_factor()
        for at, view in enumerate(self._factors):
            show_if(view, at < len(shown))
            if at < len(shown):
                last = at == len(shown) - 1
                view.show_factor(shown[at], f"part of ∂{y}/∂{x}" if last else "so far")
        hidden = count - len(shown)
        show_if(self._left_out, hidden > 0)
        self._left_out.show_text(f"… {hidden:,} factors in between …")

    def show_sum(self, text: str, total: Array | None) -> None:
        """Show what all paths give together; nothing where there is nothing to add up."""
        show_if(self._sum_head, total is not None)
        show_if(self._sum, total is not None)
        if total is not None:
            self._sum_head.show_text(text)
            self._sum.show_array(text, total, backward=True)

    def light(self, block: str) -> None:
        """Light the factor of a block; "" for none."""
        for view in self._factors:
            view.light(block)

    @property
    def lit_area(self) -> QRectF | None:
        """Where the factor stands that is lit; None if none is."""
        lit = (view for view in self._factors if view.is_lit and not view.isHidden())
        return next((QRectF(view.geometry()) for view in lit), None)

    def _add_factor(self) -> None:
        view = FactorView()
        view.block_pointed.connect(self.block_pointed)
        # The sentence about those that are left out stands between the two ends.
        at = 2 + len(self._factors) + (1 if len(self._factors) >= FIRST else 0)
        self._column.insertWidget(at, view)
        self._factors.append(view)


def ends_of(recording: Recording, path: BackPath) -> tuple[PathFactor, ...]:
    """Find the factors of a path that are shown; it may be called on any thread."""
    return tuple(factors_of(recording, path, range(FIRST, len(path.wires) - LAST)))


class FactorView(QWidget):
    """One factor: its name and block, its rule, its local derivative, and the product after it.

    Attributes
    ----------
    is_lit
        Whether the walk stands on its block.

    Signals
    -------
    block_pointed
        The id of its block, which a person wants to see.
    """

    block_pointed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._block = ""
        self.is_lit = False
        self._name = LinkButton(flush=Qt.AlignmentFlag.AlignLeft)
        self._rule = Prose(font(12, code=True), "dim")
        self._name.clicked.connect(lambda: self.block_pointed.emit(self._block))
        self._local, self._so_far = _Picture(backward=False), _Picture(backward=True)
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        for column, picture in enumerate((self._local, self._so_far)):
            grid.addWidget(picture, 0, column)
            grid.setColumnStretch(column, 1)
        top = QHBoxLayout()
        top.addWidget(self._name)
        top.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(2)
        whole.addLayout(top)
        below = QVBoxLayout()
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(2)
        below.addWidget(self._rule)
        below.addLayout(grid)
        whole.addLayout(below)

    def show_factor(self, factor: PathFactor, after: str) -> None:
        """Show another factor.

        Parameters
        ----------
        after
            What the product after it is.
        """
        self._block = factor.wire.target
        self._name.show_link(f"{factor.text}   {factor.block}", "ink")
        self.setAccessibleName(f"{factor.text}, {factor.block}: {factor.rule}")
        self._rule.show_text(factor.rule)
        local = factor.local
        self._local.show_picture("local derivative", None if local is None else local.shape, local)
        self._so_far.show_picture(after, factor.shape, factor.so_far)

    def light(self, block: str) -> None:
        """Light it if it belongs to a block."""
        self.is_lit = block == self._block
        self._name.show_link(self._name.text(), "orange" if self.is_lit else "ink")


class _Picture(QWidget):
    """An array with a line above it."""

    def __init__(self, *, backward: bool) -> None:
        super().__init__()
        self._backward = backward
        self._said, self._grid = Text(font(12), "dim"), HeatGrid(CELLS)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addWidget(self._said)
        column.addWidget(self._grid)
        column.addStretch(1)

    def show_picture(self, said: str, shape: Shape | None, array: Array | None) -> None:
        """Show an array, or a number in words; of what is not known, the shape."""
        number = array is not None and not array.ndim
        show_if(self._said, shape is not None)
        show_if(self._grid, array is not None and not number)
        ink: Ink = "orange" if self._backward else "blue"
        self._said.set_ink(ink if number else "dim")
        if number and array is not None:
            self._said.show_text(f"{said} {value_text(array)}")
        elif shape is not None:
            self._said.show_text(f"{said}, {shape_text(shape)}")
        if array is not None:
            self._grid.show_array(said, array, backward=self._backward)
