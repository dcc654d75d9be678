"""Going into an open group, and out of one, by keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF

from engine.document import Document, Place
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
        items = view.canvas.selection.items()
        self._from = {item: view.canvas.document.place(item) for item in items}
        around = _around(view.canvas, items)
        super().__init__(view, around.center())
        self.pointer = around.center()
        homes = Homes(self.scene, items)
        self._moved, self.held, self._homes_then = homes.moved, items[0], homes
        groups = self.document.groups
        # An outline changes its shape while something is shown in it.
        rects = {each.goes_around: each.rect for each in self.scene.open_groups.outlines()}
        self._rects = {
            group: rects[group]
            for group in homes.open
            if any(groups.holder(member) != group for member in self._moved)
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
        places = self._places()
        self.scene.drag(places, homes=self._homes())
        self.pointer = _around(self.scene, [*places]).center()
        self.view.ensureVisible(self._rects[self._choice[self._chosen]])
        self.view.viewport().update()

    def finish(self, at: QPointF) -> None:
        """Let it be in that group."""
        del at
        places, homes = self._places(), self._homes()
        self.cancel()
        let_be(self.view, places, "move into group", homes=homes)

    def may_go_on_in(self, document: Document) -> bool:
        """Tell whether all that is to go, and all that it may go into, is still there."""
        return self._from.keys() <= document.places.keys() and self._homes_then.are_in(document)

    def cancel(self) -> None:
        """Leave it where it is."""
        self.scene.drag({})

    def _homes(self) -> dict[str, str | None]:
        return dict.fromkeys(self._moved, self._choice[self._chosen])

    def _places(self) -> dict[str, Place]:
        """Tell where it would stand: in the outline, where that is free, or just below."""
        rect, at = self._rects[self._choice[self._chosen]], self.start
        room = rect.adjusted(PADDING, PADDING, -PADDING, -PADDING)
        x = min(max(at.x(), room.left()), room.right()) - at.x()
        y = min(max(at.y(), room.top()), room.bottom()) - at.y()
        return _shifted(self.scene, self._from, x, y) if x or y else self._from

    def _distance(self, group: str) -> float:
        gap = self._rects[group].center() - self.start
        return float(gap.x() ** 2 + gap.y() ** 2)


def taken_out(scene: CanvasScene, group: str) -> dict[str, Place]:
    """Tell where what is selected stands once it is out of an open group: below it, or above."""
    items = scene.selection.items()
    rest = [item for item in scene.open_groups.items_inside(group) if item not in items]
    if not rest:
        return {}
    inside, mine = _around(scene, rest), _around(scene, items)
    down = inside.bottom() + 3 * PADDING - mine.top()
    up = inside.top() - 4 * PADDING - mine.bottom()
    y = min(down, up, key=abs)
    return _shifted(scene, {item: scene.lines.place(item) for item in items}, 0.0, y)


def _around(scene: CanvasScene, items: list[str]) -> QRectF:
    around = QRectF()
    for item in items:
        around |= scene.block_rect(item)
    return around


def _shifted(scene: CanvasScene, old: dict[str, Place], x: float, y: float) -> dict[str, Place]:
    """Shift places, and then farther up or down, until nothing else stands there."""
    moved = {item: Place(at.x + x, at.y + y) for item, at in old.items()}
    columns = [at.x for at in moved.values()]
    left, right = min(columns) - ROOM, max(columns) + ROOM
    beside = QRectF(left, -FAR_OFF, right - left, 2 * FAR_OFF)
    near = scene.where.blocks_in(beside)
    here = [scene.lines.place(item) for item in near if item not in old]
    more = free_shift(moved.values(), here, -1 if y < 0 else 1)
    return {item: Place(at.x, at.y + more) for item, at in moved.items()}
