"""Going into an open group, and out of one, by keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF

from engine.document import Document, Place
from engine.marks import Box
from engine.picture.group_sizes import PADDING
from engine.placing import ROOM, free_shift
from gui.canvas.homes import Homes
from gui.canvas.interactions.base import Interaction
from gui.canvas.interactions.letting_be import let_be

if TYPE_CHECKING:
    from gui.canvas.scene import CanvasScene
    from gui.canvas.stage import Stage

FAR_OFF = 1e9
"""Scene units farther than which nothing stands."""


class ChooseGroup(Interaction):
    """Choose the open group that what is selected goes into, with the arrow keys.

    The nearest comes first. Enter goes into it, Escape gives up.

    Attributes
    ----------
    held
        Id of the first that goes.
    pointer
        The middle of where all that goes would stand, in scene units.
    """

    is_led_by_keys = True

    def __init__(self, view: Stage) -> None:
        canvas = view.canvas
        items, marks = canvas.selection.items(), canvas.selection.marks()
        self._from = {item: canvas.document.place(item) for item in items}
        self._boxes = {
            mark: canvas.marks.box(mark) for mark in (*marks, *canvas.marks.carried(items))
        }
        around = _around(canvas, [*items, *marks])
        super().__init__(view, around.center())
        self.pointer = around.center()
        homes = Homes(self.scene, [*items, *marks])
        self._moved, self.held, self._homes_then = homes.moved, (*items, *marks)[0], homes
        # An outline changes its shape while something is shown in it.
        rects = {each.goes_around: each.rect for each in self.scene.open_groups.outlines()}
        self._rects = {
            group: rects[group]
            for group in homes.open
            if any(self.scene.open_groups.home(member) != group for member in self._moved)
        }
        self._choice = sorted(self._rects, key=self._distance)
        self._chosen = 0

    @property
    def choices(self) -> int:
        """How many groups it may go into."""
        return len(self._choice)

    def step(self, by: int) -> None:
        """Show it in the next group, or in the one before."""
        self._chosen = (self._chosen + by) % len(self._choice)
        way = self._way()
        self.scene.carrying.show(self._from, way, _moved(self._boxes, way), self._homes())
        self.pointer = self.start + way
        self.view.ensureVisible(self._rects[self._choice[self._chosen]])
        self.view.viewport().update()

    def finish(self, at: QPointF) -> None:
        """Let it be in that group."""
        del at
        by, homes = self._way(), self._homes()
        self.cancel()
        boxes = _moved(self._boxes, by)
        let_be(self.view, self._from, by, "move into group", boxes=boxes, homes=homes)

    def may_go_on_in(self, document: Document) -> bool:
        """Tell whether all that is to go, and all that it may go into, is still there."""
        there = document.places.keys() | document.marks.keys()
        gone = (self._from.keys() | self._boxes.keys()) - there
        return not gone and self._homes_then.are_in(document)

    def cancel(self) -> None:
        """Leave it where it is."""
        self.scene.drag({})

    def _homes(self) -> dict[str, str | None]:
        return dict.fromkeys(self._moved, self._choice[self._chosen])

    def _way(self) -> QPointF:
        """Tell how far it would go: into the outline, where that is free, or just below."""
        rect, at = self._rects[self._choice[self._chosen]], self.start
        room = rect.adjusted(PADDING, PADDING, -PADDING, -PADDING)
        x = min(max(at.x(), room.left()), room.right()) - at.x()
        y = min(max(at.y(), room.top()), room.bottom()) - at.y()
        return _clear(self.scene, self._from, self._boxes, QPointF(x, y)) if x or y else QPointF()

    def _distance(self, group: str) -> float:
        gap = self._rects[group].center() - self.start
        return float(gap.x() ** 2 + gap.y() ** 2)


def take_out(view: Stage, group: str) -> None:
    """Take what is selected out of an open group: it stands below it then, or above."""
    scene = view.canvas
    items, marks = scene.selection.items(), scene.selection.marks()
    homes = dict.fromkeys((*items, *marks), scene.document.groups.holder(group))
    places = {item: scene.lines.place(item) for item in items}
    boxes = {mark: scene.marks.box(mark) for mark in marks}
    chosen = homes.keys()
    inside = [*scene.open_groups.items_inside(group), *scene.marks.drawn_in(group)]
    rest, by = [item for item in inside if item not in chosen], QPointF()
    if rest:
        around, mine = _around(scene, rest), _around(scene, [*homes])
        down = around.bottom() + 3 * PADDING - mine.top()
        up = around.top() - 4 * PADDING - mine.bottom()
        by = _clear(scene, places, boxes, QPointF(0.0, min(down, up, key=abs)))
    let_be(view, places, by, "take out of group", boxes=_moved(boxes, by), homes=homes)


def _around(scene: CanvasScene, items: list[str]) -> QRectF:
    around = QRectF()
    for item in items:
        around |= scene.block_rect(item)
    return around


def _moved(boxes: dict[str, Box], by: QPointF) -> dict[str, Box]:
    return {mark: box.moved(*by.toTuple()) for mark, box in boxes.items()}


def _clear(
    scene: CanvasScene, old: dict[str, Place], boxes: dict[str, Box], by: QPointF
) -> QPointF:
    """Shift places, and then farther up or down, until no other block stands there."""
    x, y = by.toTuple()
    spots = [*old.values(), *(Place(*box.middle) for box in boxes.values())]
    moved = [Place(at.x + x, at.y + y) for at in spots]
    columns = [at.x for at in moved]
    left, right = min(columns) - ROOM, max(columns) + ROOM
    beside = QRectF(left, -FAR_OFF, right - left, 2 * FAR_OFF)
    near = scene.where.blocks_in(beside)
    here = [scene.lines.place(item) for item in near if item not in old]
    return QPointF(x, y + free_shift(moved, here, -1 if y < 0 else 1))
