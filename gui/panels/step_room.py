"""The room that the parts of a step take: the lower the panel, the less is beside the step.

Words, rules and numbers are what is explained, and stand whole. What is known so far, the work list
and the code give way to them, in this order: the code to the lines around the running one, the
cards to one row, the list to fewer rows, a warning of a number to one line, the cards to a line of
text, the code to the line that runs. Then rules are written smaller, with their numbers beside them
where they fit, and a warning of what cannot run is one line. The line of text, which says again
what the rules say, goes at last, the list becomes a line of text, and, with checks of several
gradients in sight, the line that runs goes.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import cache

from PySide6.QtWidgets import QBoxLayout, QLayout, QVBoxLayout, QWidget

from gui.panels.equation_view import Air, EquationView
from gui.panels.listing_view import ALL_LINES, LINE, ListingView
from gui.panels.panel_scroll import SIDE
from gui.panels.so_far_view import Shape, SoFarView
from gui.panels.warning_card import WarningCard
from gui.panels.work_list_view import WorkListView


@dataclass(frozen=True, slots=True)
class Room:
    """How much room the parts take.

    Attributes
    ----------
    so_far
        What is known so far: as rows of cards, one row, a line, or not at all.
    rows
        Rows of the work list, at most; 0 are a line of text.
    air
        How the rules stand; and all that stands below each other stands closer, too, where they do.
    lines
        Lines of the code, at least; 0 if it is not seen.
    """

    so_far: Shape
    rows: int
    air: Air = "roomy"
    lines: int = 3

    @property
    def is_roomy(self) -> bool:
        """Whether all stands as far apart as it likes."""
        return self.air == "roomy"


ROOMS = (
    Room("rows", 3),
    Room("row", 3),
    Room("row", 2),
    Room("row", 2, "close"),
    Room("line", 2, "close"),
    Room("line", 1, "close"),
    Room("line", 1, "close", lines=1),
    Room("line", 1, "dense", lines=1),
    Room("nothing", 1, "dense", lines=1),
    Room("nothing", 0, "dense", lines=1),
    Room("nothing", 0, "dense", lines=0),
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
    edges, heights = column.contentsMargins(), heights_in(column, inner)
    return edges.top() + edges.bottom() + sum(heights) + column.spacing() * max(len(heights) - 1, 0)


def heights_in(column: QBoxLayout, inner: int, without: Collection[QWidget] = ()) -> list[int]:
    """Measure what stands in a column, one by one, without some of it."""
    heights = list[int]()
    for at in range(column.count()):
        item = column.itemAt(at)
        if item is None or item.isEmpty() or item.widget() in without:
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
    return heights


def _row_height(row: QLayout) -> int:
    items = (row.itemAt(at) for at in range(row.count()))
    sizes = [item.sizeHint().height() for item in items if item is not None and not item.isEmpty()]
    return max(sizes, default=0)


@dataclass(frozen=True, slots=True)
class Beside:
    """The parts that give way, and the rules, which only become smaller."""

    warning: WarningCard
    equations: EquationView
    so_far: SoFarView
    work_list: WorkListView
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
        self._shared = ROOMS[0], 0, 0, 0

    def share_anew(self) -> None:
        """Do so again if the step, or what stands beside it, has become higher or lower."""
        left, others = self._left()
        room = self._shared[0]
        if (room, left, others, self._measure(others)(room)) != self._shared:
            self.share()

    def share(self) -> None:
        """Let what stands beside the step take the room that the step leaves it."""
        parts, (left, others) = self._beside, self._left()
        measure = self._measure(others)
        for room in ROOMS:
            taken = measure(room)
            if taken <= left:
                break
        self._shared = room, left, others, taken
        parts.so_far.set_shape(room.so_far)
        parts.work_list.set_rows(room.rows)
        parts.equations.set_air(room.air)
        parts.warning.set_low(self._warns_low(room))
        gap = APART if room.is_roomy else CLOSE
        if gap != self._column.spacing():  # else all would be laid out anew
            self._column.setSpacing(gap)
        most = ALL_LINES if self._panel.height() >= TALL else FEW_LINES
        more = max(left - taken, 0) // LINE if room.lines else 0
        parts.listing.set_most(min(room.lines + more, most))

    def _warns_low(self, room: Room) -> bool:
        """Tell whether a warning is one line: of a number soon, of what cannot run at last."""
        return room.air == "dense" or (not room.is_roomy and self._beside.warning.is_of_number)

    @property
    def _width(self) -> int:
        return self._panel.width() - 2 * SIDE

    def _left(self) -> tuple[int, int]:
        """Say how much room there is for what gives way, and how many parts give none."""
        parts, column = self._beside, self._column
        giving = (parts.warning, parts.equations, parts.so_far)
        edges, below = column.contentsMargins(), self._loop.contentsMargins()
        fixed = heights_in(column, self._width, giving)
        free = self._panel.height() - edges.top() - edges.bottom() - below.top() - below.bottom()
        return free - sum(fixed) - SLACK, len(fixed)

    def _measure(self, others: int) -> Callable[[Room], int]:
        """Give what says how high all is that gives way, and the gaps between that and others.

        It measures each part once for each way that it can stand in, and not for each room.
        """
        parts, width = self._beside, self._width
        is_warning, has_list = not parts.warning.isHidden(), not parts.work_list.isHidden()
        has_rules = not parts.equations.isHidden()
        so_far = cache(lambda shape: parts.so_far.height_as(shape, width))
        rules = cache(lambda air: parts.equations.height_as(air, width) if has_rules else 0)
        warning = cache(lambda low: parts.warning.height_as(low=low, width=width))
        rows = cache(lambda count: parts.work_list.height_in(count, width))

        def taken(room: Room) -> int:
            heights = [so_far(room.so_far), rules(room.air)]
            if is_warning:
                heights.append(warning(self._warns_low(room)))
            gaps = others + sum(map(bool, heights)) - 1
            above = sum(heights) + max(gaps, 0) * (APART if room.is_roomy else CLOSE)
            loop = [parts.listing.height_of(room.lines)]
            if has_list:
                loop.append(rows(room.rows))
            return above + sum(loop) + self._loop.spacing() * (sum(map(bool, loop)) - 1)

        return taken
