"""The numbers of a rule, written as large as they fit, and no higher than need be."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent, QTextDocument
from PySide6.QtWidgets import QWidget

from gui.measuring import width_of
from gui.panels.labels import APART, Wrapping
from gui.panels.numbers import Numbers
from gui.theme import font, theme, themes

SIZES = (14, 13, 12)
"""Sizes of letters, the larger ones where they fit."""

BROKEN = (13, 12, 11)
"""The same of lines that are broken at the equals signs."""

DIGITS = re.compile("[0-9]+")

NARROWEST = 130
"""Pixels that numbers have at least; a layout asks for less, and never gives it."""

FORMS: dict[tuple[str, int], int] = {}
"""How high numbers are, by all of them but the digits, and by the size of the letters."""

MOST_FORMS = 500


@dataclass(frozen=True, slots=True)
class Written:
    """Numbers as they are written into a width.

    Attributes
    ----------
    html
        The text.
    size
        Size of the letters.
    wide
        Pixels of the longest line.
    """

    html: str
    size: int
    wide: int

    def height(self, width: int) -> int:
        """Say how high it is: as other numbers of the same form, unless a line is too long."""
        if NARROWEST <= width < self.wide:
            return _measured(self, width)
        form = (DIGITS.sub("0", self.html), self.size)
        if form not in FORMS:
            if len(FORMS) >= MOST_FORMS:
                FORMS.clear()
            FORMS[form] = _measured(self, max(self.wide, width))
        return FORMS[form]


class NumbersLabel(Wrapping):
    """The numbers, on one line where they fit and broken at the equals signs where not."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(font(SIZES[0], code=True), parent)
        self._numbers: Numbers | None = None
        self._most, self._beside = SIZES[0], False
        self._ways: dict[tuple[int, int, bool, str], Written] = {}
        self._high: dict[tuple[int, int, bool, str], int] = {}
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter)
        flag = Qt.TextInteractionFlag
        self.setTextInteractionFlags(flag.TextSelectableByMouse | flag.TextSelectableByKeyboard)
        themes().changed.connect(self._write)

    def size_in(self, width: int) -> int | None:
        """Say how large the letters can be in a width; None if lines have to be broken."""
        longest = self._numbers.longest if self._numbers is not None else 0
        return next((size for size in SIZES if longest * _letter(size) <= width), None)

    def height_as(self, width: int, most: int) -> int:
        """Say how high it would be in a width, with letters of at most a size."""
        key = (width, most, self._beside, theme().ink.name())
        if key not in self._high:  # a layout asks many times
            written = self._written(width, most)
            self._high[key] = written.height(width) if written is not None else 0
        return self._high[key]

    def show_numbers(self, numbers: Numbers) -> None:
        """Show other numbers."""
        if numbers != self._numbers:
            self._numbers = numbers
            self._ways.clear()
            self._high.clear()
        self._write()

    def set_way(self, most: int, *, beside: bool) -> None:
        """Have letters of at most a size; begin at the left, beside a rule, or be in the middle."""
        if (most, beside) != (self._most, self._beside):
            self._most, self._beside = most, beside
            self._write()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the lines anew."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._write()

    def heightForWidth(self, width: int) -> int:
        """Be as high as it is when written into the width."""
        return self.height_as(width, self._most)

    def _write(self) -> None:
        written = self._written(self.width(), self._most)
        if written is None:
            return
        face = font(written.size, code=True)
        if face != self.font():
            self.setFont(face)
        if written.html != self.text():
            self.setText(written.html)

    def _written(self, width: int, most: int) -> Written | None:
        if self._numbers is None:
            return None
        key = (width, most, self._beside, theme().ink.name())
        if key not in self._ways:
            size = self.size_in(width)
            self._ways[key] = _write_into(
                self._numbers, width, size and min(size, most), beside=self._beside
            )
        return self._ways[key]


def _write_into(numbers: Numbers, width: int, size: int | None, *, beside: bool) -> Written:
    """Write numbers into a width, in letters of a size; broken if there is none."""
    letters, characters, indent = size or 0, numbers.longest, 0
    if size is None:
        # They stand in the middle, and yet begin below each other.
        characters = numbers.broken_width
        fitting = (each for each in BROKEN if characters * _letter(each) <= width)
        letters = next(fitting, SIZES[-1])
        indent = max(round((width - characters * _letter(letters)) / 2), 0)
    wide = indent + math.ceil(characters * _letter(letters)) + 2
    html = numbers.html(theme(), broken=size is None)
    style = f"color:{theme().ink.name()}; margin-left:{indent}px; line-height:{APART}%"
    side = "left" if size is None or beside else "center"
    return Written(f'<p align="{side}" style="{style}">{html}</p>', letters, wide)


def _letter(size: int) -> float:
    return width_of("0", font(size, code=True))


def _measured(written: Written, width: int) -> int:
    """Lay it out as a label does."""
    text = QTextDocument()
    text.setDocumentMargin(0)
    text.setDefaultFont(font(written.size, code=True))
    text.setHtml(written.html)
    text.setTextWidth(width)
    return math.ceil(text.size().height())
