"""Letting blocks and marks be where they were dragged to; in a large graph beside the window."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from engine.document import Place
from engine.marks import Box
from gui.build_verbs import AT_HOME, NO_BOXES, Homes
from gui.held import Held
from gui.large_verbs import AT_ONCE

if TYPE_CHECKING:
    from gui.canvas.stage import Stage


def let_be(
    view: Stage,
    places: dict[str, Place],
    text: str = "move",
    boxes: Mapping[str, Box] = NO_BOXES,
    homes: Homes = AT_HOME,
) -> None:
    """Let blocks and marks be somewhere else, and blocks and groups in other groups.

    Of a large graph all is looked at anew if a group is another. Until that is done beside the
    window, they are shown where they are going to be.
    """
    canvas, document = view.canvas, view.canvas.document
    count = len(document.graph) if homes else len(places)

    def verb(held: Held) -> bool:
        there, groups, marks = held.places(), held.groups, held.drawing.marks
        return held.move(
            {item: at for item, at in places.items() if item in there},
            text,
            {mark: box for mark, box in boxes.items() if mark in marks},
            {
                item: home
                for item, home in homes.items()
                if (item in there or item in groups or item in marks)
                and (home is None or home in groups)
            },
        )

    def end(_: object = None) -> None:
        if canvas.lines.dragged is places:
            canvas.drag({})

    if len(places) <= AT_ONCE < count:
        canvas.drag(places, boxes, homes)
    document.do(count, "Moving", verb, end, lost=end)
