"""Into which open group something goes: the one in whose outline its middle is let go."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPointF, QRectF

from engine.groups import Groups
from engine.marks import Box

if TYPE_CHECKING:
    from engine.document import Document
    from gui.canvas.scene import CanvasScene


class Homes:
    """The outlines of open groups as they are when a gesture begins, and what it moves.

    An open group of which all is moved goes as a whole, and what is in it stays in it. A frame that
    comes to stand around the whole outline of a group does not go into it.

    Parameters
    ----------
    moved
        Ids of the blocks, the folded groups and the marks that are moved.

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
        members = [item for item in moved if item not in scene.marks]
        self.moved = _wholes(groups, rects, members) if rects else []
        going = set(self.moved)
        self.open = [g for g in rects if going.isdisjoint((*groups.around(g), g))]
        self._rects = [rects[group] for group in self.open]
        homes = {item: groups.holder(item) for item in self.moved}
        drawn = {mark: scene.marks.home(mark) for mark in moved if mark in scene.marks}
        stay = {*self.open, self._level, None}  # what is drawn in a group that goes goes with it
        homes.update((mark, home) for mark, home in drawn.items() if home in stay and rects)
        self.moved = [*homes]
        around = [rects.get(m) or scene.block_rect(m) for m in self.moved]
        self._boxes = {at: around[at] for at, m in enumerate(self.moved) if m in drawn}
        self._middles = np.array([rect.center().toTuple() for rect in around]).reshape(-1, 2)
        numbers = {group: number for number, group in enumerate(self.open)}
        self._now = np.array([numbers.get(home or "", -1) for home in homes.values()], dtype=int)

    def are_in(self, document: Document) -> bool:
        """Tell whether all that goes, and all that it may go into, is in a document."""
        groups, graph, marks = document.groups, document.graph, document.marks
        return all(group in groups for group in self.open) and all(
            moved in graph or moved in groups or moved in marks for moved in self.moved
        )

    def after(self, by: QPointF) -> dict[str, str | None]:
        """Tell what is in another group once it is moved so far, and in which."""
        if not self.open:
            return {}
        x, y = (self._middles + by.toTuple()).T
        found = np.full(len(self.moved), -1)
        for number, rect in enumerate(self._rects):  # the inner ones come last, and count
            across = (rect.left() <= x) & (x <= rect.right())
            inside = across & (rect.top() <= y) & (y <= rect.bottom())
            for at, box in self._boxes.items():
                inside[at] &= not box.translated(by).contains(rect)
            found[inside] = number
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


def home_of(scene: CanvasScene, box: Box) -> str | None:
    """Find the group that a frame or a note belongs to which is drawn at the level looked at.

    It is the innermost open one that it is drawn in, unless it is drawn around all of that.
    """
    rect = QRectF(*box)
    seen = {each.goes_around: each.rect for each in scene.open_groups.outlines()}
    inside = [g for g, r in seen.items() if r.contains(rect.center()) and not rect.contains(r)]
    return inside[-1] if inside else scene.folds.entered


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
