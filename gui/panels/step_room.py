"""The room that the parts of a step take: the lower the panel, the less is beside the step.

Words, rules and numbers are what is explained, and stand whole. What is known so far, the work list
and the code give way to them, in this order: the code to the lines around the running one, the
cards to one row, the list to fewer rows, the cards to a line of text, the code to the line that
runs; and the line of text, which says again what the rules say, goes last.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QBoxLayout, QLayout, QVBoxLayout, QWidget

from gui.panels.equation_view import EquationView
from gui.panels.listing_view import ALL_LINES, LINE, ListingView
from gui.panels.panel_scroll import SIDE
from gui.panels.so_far_view import Shape, SoFarView
from gui.panels.work_list_view import WorkListView


@dataclass(frozen=True, slots=True)
class Room:
    """How much room the parts take.

    Attributes
    ----------
    so_far
        What is known so far: as rows of cards, one row, a line, or not at all.
    rows
        Rows of the work list, at most.
    close
        Whether the rules, and all that stands below each other, stand close together.
    lines
        Lines of the code, at least.
    """

    so_far: Shape
    rows: int
    close: bool = False
    lines: int = 3


ROOMS = (
    Room("rows", 3),
    Room("row", 3),
    Room("row", 2),
    Room("row", 2, close=True),
    Room("line", 2, close=True),
    Room("line", 1, close=True),
    Room("line", 1, close=True, lines=1),
    Room("nothing", 1, close=True, lines=1),
)
"""From where there is most room to where there is least."""

SHAPES = tuple(dict.fromkeys(room.so_far for room in ROOMS))
ROWS = tuple(dict.fromkeys(room.rows for room in ROOMS))


TALL, FEW_LINES = 820, 6
"""Height from which all lines of the code are shown where they fit, and how many are below it."""

SLACK = 2
"""Pixels that are left free, for heights that are rounded."""

APART, CLOSE = 12, 8
"""Pixels between two parts, where there is room and where there is little."""


def height_of(widget: QWidget, width: int) -> int:
    """Measure a widget as it is now: layouts remember what was before the last turn of the loop.

    Parameters
    ----------
    width
        The width that it gets.
    """
    layout = widget.layout()
    if isinstance(layout, QVBoxLayout):
        edges = layout.contentsMargins()
        return column_height(layout, width - edges.left() - edges.right())
    if widget.hasHeightForWidth():
        return widget.heightForWidth(width)
    return max(widget.sizeHint().height(), widget.minimumHeight())


def column_height(column: QBoxLayout, inner: int) -> int:
    """Measure a column and what stands in it, which has a width without its edges."""
    edges = column.contentsMargins()
    heights = list[int]()
    for at in range(column.count()):
        item = column.itemAt(at)
        if item is None or item.isEmpty():
            continue
        widget, layout = item.widget(), item.layout()
        if widget is not None:
            heights.append(height_of(widget, inner))
        elif isinstance(layout, QVBoxLayout):
            heights.append(column_height(layout, inner))
        elif layout is not None and layout.hasHeightForWidth():
            heights.append(layout.heightForWidth(inner))
        elif layout is not None:
            heights.append(_row_height(layout))
    return edges.top() + edges.bottom() + sum(heights) + column.spacing() * max(len(heights) - 1, 0)


def _row_height(row: QLayout) -> int:
    items = (row.itemAt(at) for at in range(row.count()))
    sizes = [item.sizeHint().height() for item in items if item is not None and not item.isEmpty()]
    return max(sizes, default=0)


@dataclass(frozen=True, slots=True)
class Beside:
    """The parts that give way, and the rules, which only stand closer together."""

    so_far: SoFarView
    work_list: WorkListView
    equations: EquationView
    listing: ListingView


class StepRoom:
    """Shares the room of a panel out.

    Parameters
    ----------
    panel
        What has the room.
    column, loop
        What scrolls, with the step and what is known so far; below it, the work list and the code.
    beside
        The parts that take what is left.
    """

    def __init__(
        self, panel: QWidget, column: QVBoxLayout, loop: QVBoxLayout, beside: Beside
    ) -> None:
        self._panel, self._column, self._loop, self._beside = panel, column, loop, beside

    def share(self) -> None:
        """Let what stands beside the step take the room that the step leaves it."""
        left, parts, width = self._left(), self._beside, self._width
        listed, others = not parts.work_list.isHidden(), self._others
        known = {shape: parts.so_far.height_as(shape, width) for shape in SHAPES}
        waits = dict.fromkeys(ROWS, 0)
        if listed:
            gap = self._loop.spacing()
            waits = {rows: parts.work_list.height_in(rows, width) + gap for rows in ROWS}
        for room in ROOMS:
            seen = known[room.so_far]
            taken = (seen + APART if seen else 0) + waits[room.rows]
            taken -= self._spare(others + bool(seen)) if room.close else 0
            taken += parts.listing.height_of(room.lines)
            if taken <= left:
                break
        parts.so_far.set_shape(room.so_far)
        parts.work_list.set_rows(room.rows)
        parts.equations.set_close(room.close)
        gap = CLOSE if room.close else APART
        if gap != self._column.spacing():  # else all would be laid out anew
            self._column.setSpacing(gap)
        most = ALL_LINES if self._panel.height() >= TALL else FEW_LINES
        parts.listing.set_most(min(room.lines + max(left - taken, 0) // LINE, most))

    @property
    def _width(self) -> int:
        return self._panel.width() - 2 * SIDE

    def _left(self) -> int:
        """Say how much room the step leaves, with parts that stand as far apart as they like."""
        column, parts, known = self._column, self._beside, 0
        if not parts.so_far.isHidden():
            known = height_of(parts.so_far, self._width)
        step = column_height(column, self._width) - (known + column.spacing() if known else 0)
        if parts.equations.is_close:
            step += self._spare(self._others)
        edges = self._loop.contentsMargins()
        return self._panel.height() - step - edges.top() - edges.bottom() - SLACK

    @property
    def _others(self) -> int:
        """How many parts of the column are seen besides what is known so far."""
        return _count(self._column) - (not self._beside.so_far.isHidden())

    def _spare(self, seen: int) -> int:
        """Say how many pixels it saves to stand close, with so many parts in the column."""
        return self._beside.equations.spare + (seen - 1) * (APART - CLOSE)


def _count(column: QBoxLayout) -> int:
    """Count what is seen in a column."""
    items = (column.itemAt(at) for at in range(column.count()))
    return sum(item is not None and not item.isEmpty() for item in items)
