"""Letting blocks and marks be where they were dragged to; in a large graph beside the window."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF

from engine.document import Place
from engine.graph import Wire
from engine.marks import Box
from gui.build_verbs import AT_HOME, NO_BOXES, Homes
from gui.held import Held
from gui.large_verbs import AT_ONCE

if TYPE_CHECKING:
    from gui.canvas.stage import Stage


def let_be(  # noqa: PLR0913 - all that a hand can do to what it lets go
    view: Stage,
    old: Mapping[str, Place],
    by: QPointF,
    text: str = "move",
    *,
    boxes: Mapping[str, Box] = NO_BOXES,
    homes: Homes = AT_HOME,
    detached: Collection[str] = (),
    onto: Wire | None = None,
) -> None:
    """Let blocks and marks be somewhere else, and blocks, groups and marks in other groups.

    Of a large graph all is looked at anew if a group is another. Until that is done beside the
    window, they are shown where they are going to be.

    Parameters
    ----------
    old
        Where the blocks and the folded groups stood.
    by
        How far they go.
    text
        What that is called.
    boxes, homes
        Where marks go, and into which groups what goes.
    detached
        Blocks that are unplugged from all others.
    onto
        The wire into which the block goes that is moved, if it does.
    """
    canvas, document = view.canvas, view.canvas.document
    count = len(document.graph) if homes else max(len(old), len(detached))

    def verb(held: Held) -> bool:
        there, groups, marks = held.places(), held.groups, held.drawing.marks
        x, y = by.toTuple()
        places = {item: Place(at.x + x, at.y + y) for item, at in old.items() if item in there}
        moved = {mark: box for mark, box in boxes.items() if mark in marks}
        known = {
            item: home
            for item, home in homes.items()
            if (item in there or item in groups or item in marks)
            and (home is None or home in groups)
        }
        if onto is not None:
            return any(held.put_on_wire(b, place, onto, known) for b, place in places.items())
        if detached:
            loose = [block for block in detached if block in held.graph]
            return held.detach(loose, places, moved, known)
        return held.move(places, text, moved, known)

    def end(_: object = None) -> None:
        if canvas.carrying.items is old:
            canvas.drag({})

    if count > AT_ONCE:
        canvas.carrying.show(old, by, boxes, homes)
    name = "Moving" if onto is None else "Inserting"
    document.do(count, "Detaching" if detached else name, verb, end, lost=end)
