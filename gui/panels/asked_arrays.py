"""The arrays that an element is asked for of: what it is made of, and where it stands."""

from __future__ import annotations

import numpy as np
from PySide6.QtWidgets import QVBoxLayout, QWidget

from engine.asking.asked_element import COLUMNS, ROWS
from engine.asking.question import Question
from engine.asking.step_arrays import Picture
from engine.picture.cells import shape_text
from engine.variable import Array
from gui.pages.heat_grid import HeatGrid
from gui.panels.labels import Text
from gui.panels.visibility import show_if
from gui.theme import font


class AskedArrays(QWidget):
    """A picture for each of them, one below the other; the element itself is left open."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[tuple[Text, HeatGrid]] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(3)

    def show_question(self, question: Question | None) -> None:
        """Show those of another question; nothing where all of a value is asked for."""
        arrays = () if question is None else question.arrays
        pictures = [picture for picture in arrays if picture.array.ndim]
        while len(self._rows) < len(pictures):
            self._add()
        for row, (head, grid) in enumerate(self._rows):
            is_used = row < len(pictures)
            show_if(head, is_used)
            show_if(grid, is_used)
            if is_used and question is not None:
                picture = pictures[row]
                is_last = picture is question.arrays[-1]
                head.set_ink("orange" if picture.is_gradient else "blue")
                head.show_text(f"{picture.head}  {shape_text(picture.array)}")
                left_open = _open_at(picture, question) if is_last else None
                grid.show_array(
                    picture.head,
                    picture.array,
                    backward=picture.is_gradient,
                    left_open=left_open,
                )
        show_if(self, bool(pictures))

    def _add(self) -> None:
        head, grid = Text(font(12, bold=True), "ink"), HeatGrid((ROWS, COLUMNS))
        self._rows.append((head, grid))
        self._column.addWidget(head)
        self._column.addWidget(grid)


def _open_at(picture: Picture, question: Question) -> Array:
    mask = np.zeros(picture.array.shape, dtype=bool)
    if question.at is not None:
        mask[question.at] = True
    return mask
