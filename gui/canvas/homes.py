"""Into which open group something goes: the one in whose outline its middle is let go."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPointF, QRectF

from engine.marks import Box
from gui.canvas.table import Floats

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
        marks = scene.marks
        going = scene.open_groups.going(moved) if rects else set()
        self.open = [g for g in rects if going.isdisjoint((*groups.around(g), g))]
        self._rects = [rects[group] for group in self.open]
        homes: dict[str, str | None] = {}
        # What is in a group that goes stays in it.
        for item in (*moved, *going) if self.open else ():
            home = scene.open_groups.home(item)
            if home not in going:
                homes[item] = home
        self.moved = [*homes]
        around = {at: marks.rect(m) for at, m in enumerate(self.moved) if m in marks}
        self._boxes = around
        self._middles = _middles(scene, self.moved)
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
        rows = np.flatnonzero(found != self._now)
        seats = zip(rows.tolist(), found[rows].tolist(), strict=True)
        return {self.moved[row]: homes[seat] for row, seat in seats}


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


def _middles(scene: CanvasScene, items: Sequence[str]) -> Floats:
    """Tell where the middles of blocks, groups and marks are, shape (items, 2)."""
    table, opened = scene.where.blocks, scene.open_groups
    found = np.zeros((len(items), 2))
    plain = np.array([item in table for item in items], dtype=bool)
    boxes = table.numbers[table.rows(items)]
    found[plain] = (boxes[:, :2] + boxes[:, 2:4]) / 2
    for at in np.flatnonzero(~plain).tolist():
        item = items[at]
        rect = opened[item].rect if item in opened else scene.block_rect(item)
        found[at] = rect.center().toTuple()
    return found
