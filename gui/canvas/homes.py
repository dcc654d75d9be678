"""Into which open group something goes: the one in whose outline its middle is let go."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPointF

from engine.groups import Groups

if TYPE_CHECKING:
    from engine.document import Document
    from gui.canvas.scene import CanvasScene


class Homes:
    """The outlines of open groups as they are when a gesture begins, and what it moves.

    An open group of which all is moved goes as a whole, and what is in it stays in it.

    Parameters
    ----------
    moved
        Ids of the blocks and folded groups that are moved.

    Attributes
    ----------
    moved
        What goes: of these, and of the open groups that they are all of, the outermost.
    open
        The groups that it may go into, the outer ones first.
    """

    def __init__(self, scene: CanvasScene, moved: Collection[str]) -> None:
        rects = {each.goes_around: each.rect for each in scene.open_groups.outlines()}
        groups, self._level = scene.document.groups, scene.folds.entered
        self.moved = _wholes(groups, rects, moved) if rects else []
        going = set(self.moved)
        self.open = [g for g in rects if going.isdisjoint((*groups.around(g), g))]
        self._rects = [rects[group] for group in self.open]
        middles = [(rects.get(m) or scene.block_rect(m)).center() for m in self.moved]
        self._middles = np.array([at.toTuple() for at in middles]).reshape(-1, 2)
        numbers = {group: number for number, group in enumerate(self.open)}
        self._now = np.array([numbers.get(groups.holder(m) or "", -1) for m in self.moved])

    def are_in(self, document: Document) -> bool:
        """Tell whether all that goes, and all that it may go into, is in a document."""
        groups, graph = document.groups, document.graph
        return all(group in groups for group in self.open) and all(
            moved in graph or moved in groups for moved in self.moved
        )

    def after(self, by: QPointF) -> dict[str, str | None]:
        """Tell what is in another group once it is moved so far, and in which."""
        if not self.open:
            return {}
        x, y = (self._middles + by.toTuple()).T
        found = np.full(len(self.moved), -1)
        for number, rect in enumerate(self._rects):  # the inner ones come last, and count
            across = (rect.left() <= x) & (x <= rect.right())
            found[across & (rect.top() <= y) & (y <= rect.bottom())] = number
        homes = [*self.open, self._level]
        return {self.moved[m]: homes[found[m]] for m in np.flatnonzero(found != self._now)}


@contextmanager
def put_in(scene: CanvasScene, at: QPointF) -> Iterator[None]:
    """Let what is added meanwhile be in the open group at a point, if there is one."""
    document, level = scene.document, scene.document.within
    document.within = group_at(scene, at) or level
    try:
        yield
    finally:
        document.within = level


def group_at(scene: CanvasScene, at: QPointF) -> str | None:
    """Find the innermost open group at a point."""
    inside = [each.goes_around for each in scene.open_groups.outlines() if each.rect.contains(at)]
    return inside[-1] if inside else None


def _wholes(groups: Groups, rects: Collection[str], moved: Collection[str]) -> list[str]:
    """Put an open group in place of all that is in it."""
    units = dict.fromkeys(moved)
    todo = dict.fromkeys(holder for holder in map(groups.holder, moved) if holder is not None)
    while todo:
        holder, _ = todo.popitem()
        if holder in rects and groups.group(holder).members <= units.keys():
            units[holder] = None
            above = groups.holder(holder)
            if above is not None:
                todo[above] = None
    return [unit for unit in units if groups.holder(unit) not in units]
