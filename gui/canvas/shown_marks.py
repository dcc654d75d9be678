"""The frames and notes that are seen at the level of the canvas that is looked at."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF

from engine.marks import Box, Frame, Mark
from engine.order import age
from engine.visible import marks_seen
from gui.canvas.mark_item import MarkItem, outline

if TYPE_CHECKING:
    from gui.canvas.scene import CanvasScene


class ShownMarks:
    """The items of frames and notes; they follow the document.

    Parameters
    ----------
    canvas
        The scene that the items belong to.

    Attributes
    ----------
    items
        The item of each frame and note that is seen, by id.
    """

    def __init__(self, canvas: CanvasScene) -> None:
        self._canvas = canvas
        self._dragged: Mapping[str, Box] = {}
        self._homes: dict[str, str] = {}
        self._drawn: dict[str, set[str]] = {}
        self.items: dict[str, MarkItem] = {}

    def __contains__(self, mark: object) -> bool:
        return mark in self.items

    # Asking

    def mark(self, mark: str) -> Mark:
        """Give a frame or a note."""
        return self._canvas.document.drawing.marks[mark]

    def box(self, mark: str) -> Box:
        """Give where a frame or a note is; while it is dragged, where it is dragged to."""
        return self._dragged.get(mark) or self.mark(mark).box

    def rect(self, mark: str) -> QRectF:
        """The outline of a frame or a note where it is drawn."""
        return outline(self.box(mark))

    def home(self, mark: str) -> str | None:
        """Give the group that a frame or a note belongs to, if it does to one."""
        return self._homes.get(mark)

    def drawn_in(self, group: str) -> set[str]:
        """Give the frames and notes that belong to a group."""
        return self._drawn.get(group, set())

    def carried(self, items: Collection[str]) -> list[str]:
        """List those that move along with items: what was drawn in open groups all of which go."""
        if not self._homes:
            return []
        going = self._canvas.open_groups.going(items)
        return [mark for mark in self.items if self._homes.get(mark) in going]

    def in_order(self) -> list[str]:
        """List them as a person reads them: from the left, and down."""
        return sorted(self.items, key=lambda mark: (*self.box(mark)[:2], age(mark)))

    def at(self, at: QPointF, reach: float) -> str | None:
        """Find the note at a point, or the frame whose title or edge is there."""
        found = [mark for mark, item in self.items.items() if item.is_at(at, reach)]
        return max(found, key=lambda mark: self.items[mark].zValue(), default=None)

    def touched_by(self, band: QRectF) -> list[str]:
        """List the notes that a rectangle touches, and the frames that lie wholly in it."""
        return [
            mark
            for mark in self.items
            if (band.contains if self.is_frame(mark) else band.intersects)(self.rect(mark))
        ]

    def is_frame(self, mark: str) -> bool:
        """Tell whether it is a frame, and not a note."""
        return isinstance(self.mark(mark), Frame)

    def inside(self, frames: Iterable[str]) -> tuple[set[str], set[str]]:
        """Find the blocks and folded groups, and the marks, that stand in some frames."""
        items: set[str] = set()
        marks: set[str] = set()
        for frame in frames:
            if not self.is_frame(frame):
                continue
            box, rect = self.box(frame), self.rect(frame)
            blocks = self._canvas.where.blocks_in(rect)
            items |= {b for b in blocks if rect.contains(self._canvas.block_rect(b).center())}
            marks |= {m for m in self.items if m != frame and box.holds(self.box(m))}
        return items, marks

    def content(self) -> QRectF:
        """The smallest rectangle around all of them."""
        around = QRectF()
        for mark in self.items:
            around |= self.rect(mark)
        return around

    # Following

    def refold(self) -> None:
        """Have items for what is seen at this level, and for nothing else."""
        seen = set(self._seen())
        for mark in self.items.keys() - seen:
            self._canvas.removeItem(self.items.pop(mark))
        for mark in sorted(seen, key=age):
            self._follow(mark)

    def follow(self, mark: str) -> None:
        """Draw a frame or a note as the document has it, or no longer."""
        self._canvas.open_groups.follow(mark)  # those around where it was
        self.find_homes()
        if mark in set(self._seen()):
            self._follow(mark)
        elif mark in self.items:
            self._canvas.removeItem(self.items.pop(mark))
            self._canvas.selection.set(mark, on=False)

    def drag(self, boxes: Mapping[str, Box]) -> None:
        """Show some of them elsewhere than the document has them; `{}` ends that."""
        touched = {*boxes, *self._dragged}
        self._dragged = boxes
        for mark in touched:
            if mark in self.items:
                self._follow(mark)

    def _seen(self) -> Iterator[str]:
        document, entered = self._canvas.document, self._canvas.folds.entered
        for mark in marks_seen(document.drawing.marks.values(), document.groups, entered):
            yield mark.id

    def _follow(self, mark: str) -> None:
        item = self.items.get(mark)
        if item is None:
            item = self.items[mark] = MarkItem(mark)
            self._canvas.addItem(item)
        item.follow()
        self._canvas.open_groups.follow(mark)

    def find_homes(self) -> None:
        """Find out anew what belongs to which group."""
        marks = self._canvas.document.drawing.marks.values()
        self._homes = {mark.id: mark.within for mark in marks if mark.within is not None}
        self._drawn = {}
        for mark, home in self._homes.items():
            self._drawn.setdefault(home, set()).add(mark)
