"""The groups that are seen open on a canvas, and where wires come into the one that was entered."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QRectF

from gui.build_verbs import AT_HOME, Homes
from gui.canvas.drafting import OUT
from gui.canvas.gate_item import GateItem
from gui.canvas.group_outline import GroupOutline
from gui.canvas.table import Floats

if TYPE_CHECKING:
    from gui.canvas.scene import CanvasScene


class OpenGroups:
    """An outline around each open group, and a gate for each wire from or to outside.

    Attributes
    ----------
    homes
        What is dragged and would be in another group if it were let go, and in which.
    coming, leaving
        The groups that any of it would come into, and those that it would leave.
    """

    def __init__(self, canvas: CanvasScene) -> None:
        self._canvas = canvas
        self._outlines: dict[str, GroupOutline] = {}
        self._ranks: dict[str, int] = {}
        self._grounds: Floats | None = None
        self._gates: list[GateItem] = []
        self.homes = AT_HOME
        self.coming: frozenset[str] = frozenset()
        self.leaving: frozenset[str] = frozenset()

    def __contains__(self, group: object) -> bool:
        return group in self._outlines

    def __getitem__(self, group: str) -> GroupOutline:
        return self._outlines[group]

    def outlines(self) -> list[GroupOutline]:
        """Give the outlines of all groups that are open."""
        return list(self._outlines.values())

    def refold(self) -> None:
        """Draw the outlines and the gates anew."""
        canvas, graph = self._canvas, self._canvas.document.graph
        for old in (*self._outlines.values(), *self._gates):
            canvas.removeItem(old)
        self._outlines = {
            group: GroupOutline(group, len(canvas.document.groups.around(group)))
            for group in canvas.folds.opened()
        }
        self._grounds = None
        made = {}
        for port, at in canvas.lines.gates.items():
            name = graph.block(port.block).name
            made[at.x(), at.y()] = GateItem(name, at, comes_in=port.number == OUT)
        self._gates = list(made.values())
        for new in (*self._outlines.values(), *self._gates):
            canvas.addItem(new)

    def ground_of(self, mark: str) -> float | None:
        """Tell how far up the ground lies that a mark of an open group is seen on."""
        home = self._canvas.marks.home(mark)
        return self._outlines[home].zValue() if home in self._outlines else None

    def set_homes(self, homes: Homes) -> None:
        """Show around what the outlines would be."""
        if homes == self.homes:
            return
        groups = self._canvas.document.groups
        before = self.coming | self.leaving
        self.homes = homes
        self.coming = frozenset(home for home in {*homes.values()} if home is not None)
        self.leaving = frozenset(home for home in {*map(self.home, homes)} if home is not None)
        if self._canvas.carrying.is_picture:
            return  # none becomes larger or smaller, and all of the view is painted
        for group in before | self.coming | self.leaving:
            for around in (*groups.around(group), group) if group in groups else ():
                if around in self._outlines:
                    self._outlines[around].follow()

    def follow(self, item: str) -> None:
        """Let the outlines be around a block, a group or a mark that is elsewhere now."""
        for group in self.groups_around(item) if self._outlines else ():
            if group in self._outlines:
                self._outlines[group].follow()

    def home(self, item: str) -> str | None:
        """Give the group that a block, a group or a mark is in, if it is in one."""
        return self._canvas.document.groups.holder(item) or self._canvas.marks.home(item)

    def groups_around(self, item: str) -> tuple[str, ...]:
        """List the groups that a block, a group or a mark is in, the outermost first."""
        home = self.home(item)
        return () if home is None else (*self._canvas.document.groups.around(home), home)

    def content(self) -> QRectF:
        """The smallest rectangle around all outlines and gates."""
        around = QRectF()
        for outline in self._outlines.values():
            around |= outline.rect
        for gate in self._gates:
            around |= gate.outline.translated(gate.pos())
        return around

    def rect_inside(self, group: str) -> QRectF:
        """The smallest rectangle around what is seen of an open group."""
        canvas, around = self._canvas, QRectF()
        there = canvas.document.groups.group(group).members | canvas.marks.drawn_in(group)
        homes = (
            AT_HOME if canvas.carrying.is_picture else self.homes
        )  # what stays is not elsewhere yet
        there = (there - homes.keys()) | {item for item, home in homes.items() if home == group}
        for outline in there & self._outlines.keys():
            around |= self._outlines[outline].rect
        for mark in there & canvas.marks.items.keys():
            around |= canvas.marks.rect(mark)
        return around | canvas.where.around(there)

    def around(self, items: Iterable[str]) -> str | None:
        """Give the innermost open group that all of these blocks, groups and marks are in."""
        around = [self.groups_around(item) for item in items]
        shared = [g for g in around[0] if all(g in other for other in around)] if around else []
        return next((group for group in reversed(shared) if group in self._outlines), None)

    def going(self, items: Collection[str]) -> set[str]:
        """Find the open groups of which all that is in them is among some items."""
        groups, there = self._canvas.document.groups, set(items)
        for group in reversed(self._outlines) if there else ():  # the inner ones first
            if groups.group(group).members <= there:
                there.add(group)
        return there & self._outlines.keys()

    def items_inside(self, group: str) -> list[str]:
        """List the blocks and the folded groups that are seen in an open group."""
        inside = {*self._canvas.document.groups.inside(group)}
        return [item for item in self._canvas.where.blocks.keys if item in inside]

    def is_hidden(self, group: str, part: QRectF) -> bool:
        """Tell whether a part of an outline lies behind the ground of another, and is not seen."""
        if self._grounds is None:
            stacked = sorted(self._outlines.values(), key=GroupOutline.zValue)
            self._ranks = {outline.goes_around: at for at, outline in enumerate(stacked)}
            self._grounds = np.array([each.solid.getCoords() for each in stacked])
        left, top, right, bottom = self._grounds[self._ranks[group] + 1 :].T
        across = (left <= part.left()) & (right >= part.right())
        return bool((across & (top <= part.top()) & (bottom >= part.bottom())).any())

    def forget_grounds(self) -> None:
        """Find out anew what lies behind what: an outline is elsewhere."""
        self._grounds = None
