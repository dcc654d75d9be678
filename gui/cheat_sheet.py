"""The cheat sheet: every action and its keys, from the one table of actions."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from itertools import combinations, pairwise

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from gui.actions import ACTIONS
from gui.measuring import width_of
from gui.theme import font, theme

COLUMNS = 3
CANVAS_KEYS = (
    ("Tab", "Add a block, wired to where you are"),
    ("Alt+Arrows", "Walk the blocks along their wires"),
    ("Up, Down", "Walk the ports of a block"),
    ("Enter", "Edit a block; draw a wire from a port"),
    ("Shift+Arrows", "Drawing a wire: reach taken inputs too"),
    ("Ctrl+Arrows", "Move the selected blocks"),
    ("Esc", "Give up what is under way"),
    ("Shift+Tab", "Leave the canvas"),
    ("Alt+Shift+Arrows", "Resize the selected mark"),
    ("Double-click", "Edit; bend a wire; on empty ground, add"),
    ("Shift+drag", "Drawing a wire: replace one"),
    ("Alt+drag", "Cut wires; on a block, detach it"),
    ("Wheel, pinch", "Zoom about the pointer"),
    ("Space+drag", "Pull the canvas about"),
    ("Middle button", "Pull the canvas about"),
)
"""Keys and gestures of the canvas that are no actions."""


class CheatSheet(QDialog):
    """A page of all shortcuts, a heading a menu."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Keyboard Shortcuts")
        groups: dict[str, list[tuple[str, str]]] = {}
        for spec in ACTIONS:
            if spec.keys:
                native = QKeySequence.SequenceFormat.NativeText
                keys = " or ".join(QKeySequence(key).toString(native) for key in spec.keys)
                groups.setdefault(spec.menu, []).append((keys, spec.text.rstrip("…")))
        groups["On the canvas"] = list(CANVAS_KEYS)
        page = QVBoxLayout(self)
        page.setContentsMargins(28, 24, 28, 20)
        shown = QWidget()
        columns = QHBoxLayout(shown)
        columns.setContentsMargins(0, 0, 16, 0)  # room for a scroll bar
        columns.setSpacing(36)
        for names in _columns({name: len(rows) for name, rows in groups.items()}):
            column = QVBoxLayout()
            column.setSpacing(16)
            wide = _widest([keys for name in names for keys, _ in groups[name]])
            for name in names:
                column.addLayout(self._group(name, groups[name], wide))
            column.addStretch(1)
            columns.addLayout(column)
        area = QScrollArea()
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setWidget(shown)
        page.addWidget(area)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        page.addWidget(buttons)
        # As large as it is, but no larger than the window: the rest is scrolled to.
        size = shown.sizeHint() + QSize(72, 60 + buttons.sizeHint().height())
        self.resize(size.boundedTo(parent.window().size()))

    def _group(self, name: str, rows: list[tuple[str, str]], wide: int) -> QGridLayout:
        c, grid = theme(), QGridLayout()
        grid.setHorizontalSpacing(18)
        grid.setVerticalSpacing(2)
        grid.setColumnMinimumWidth(0, wide)
        head = QLabel(name.upper())
        head.setFont(font(11, bold=True))
        head.setStyleSheet(f"color: {c.dim.name()};")
        grid.addWidget(head, 0, 0, 1, 2)
        for row, (keys, what) in enumerate(rows, start=1):
            shown = QLabel(keys)
            shown.setFont(font(12, code=True))
            shown.setStyleSheet(f"color: {c.blue.name()};")
            grid.addWidget(shown, row, 0)
            grid.addWidget(QLabel(what), row, 1)
        grid.setColumnStretch(1, 1)
        grid.setRowStretch(len(rows) + 1, 1)
        grid.setAlignment(Qt.AlignmentFlag.AlignTop)
        return grid


def _widest(keys: Iterable[str]) -> int:
    """Tell how wide the keys of a column are: what they do begins in one line below each other."""
    return math.ceil(max(width_of(each, font(12, code=True)) for each in keys))


def _columns(lengths: Mapping[str, int]) -> list[list[str]]:
    """Spread groups over columns in the order of the menus, so that none is longer than need be."""
    names = list(lengths)
    cuts = combinations(range(1, len(names)), COLUMNS - 1)
    ways = ([names[start:end] for start, end in pairwise((0, *cut, len(names)))] for cut in cuts)
    return min(ways, key=lambda way: max(sum(lengths[n] + 2 for n in column) for column in way))
