"""What of the canvas something that is moved may line up with: what is in sight and stays."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF

from gui.canvas.guides import Box, Guides

if TYPE_CHECKING:
    from gui.canvas.scene import CanvasScene
    from gui.canvas.stage import Stage

MOST = 500
"""Blocks in sight beyond which they are too small to be lined up with."""


def guides_of(view: Stage, held: str, moved: Collection[str]) -> Guides:
    """Collect what the block, the group or the mark that is held may line up with.

    A frame, and the outline of an open group, stand around blocks. So gaps are those between blocks
    and notes; but where one of these is held, those between frames, outlines, and what is in none.

    Parameters
    ----------
    moved
        Ids of all that is moved with it.
    """
    scene, sight = view.canvas, view.visible_rect()
    items = scene.where.blocks_in(sight)
    stay = [item for item in items if item not in moved] if len(items) <= MOST else []
    blocks = [rect for rect in map(scene.block_rect, stay) if sight.contains(rect.center())]
    notes, around = _notes(scene, sight, moved), list(_around(scene, sight, moved))
    seen = [*blocks, *notes]
    if not _holds_others(scene, held):
        return Guides(map(edges, seen), map(edges, around))
    inside = [any(each.contains(rect.center()) for each in around) for rect in seen]
    free = (rect for rect, within in zip(seen, inside, strict=True) if not within)
    held_there = (rect for rect, within in zip(seen, inside, strict=True) if within)
    return Guides(map(edges, (*around, *free)), map(edges, held_there))


def rect_of(scene: CanvasScene, held: str) -> QRectF:
    """Give the outline of a block or a mark, or of an open group."""
    around = (each.rect for each in scene.open_groups.outlines() if each.goes_around == held)
    return next(around, None) or scene.block_rect(held)


def edges(rect: QRectF) -> Box:
    """Give a rectangle by its edges."""
    return Box(rect.left(), rect.top(), rect.right(), rect.bottom())


def _holds_others(scene: CanvasScene, held: str) -> bool:
    """Tell whether it is a frame or an open group."""
    if held in scene.marks:
        return scene.marks.is_frame(held)
    return any(each.goes_around == held for each in scene.open_groups.outlines())


def _notes(scene: CanvasScene, sight: QRectF, moved: Collection[str]) -> list[QRectF]:
    """List the outlines of the notes in sight that stay where they are."""
    marks = scene.marks
    notes = (marks.rect(m) for m in marks.items if m not in moved and not marks.is_frame(m))
    return [rect for rect in notes if sight.intersects(rect)]


def _around(scene: CanvasScene, sight: QRectF, moved: Collection[str]) -> Iterator[QRectF]:
    """Go through the frames, and the outlines of open groups, of which all stays where it is."""
    marks = scene.marks
    rects = [marks.rect(m) for m in marks.items if m not in moved and marks.is_frame(m)]
    groups = scene.document.groups
    going = {g for item in moved for g in groups.around(item)} if groups else set()
    rects += [each.rect for each in scene.open_groups.outlines() if each.goes_around not in going]
    yield from (rect for rect in rects if sight.intersects(rect))
