"""What lies behind the blocks of a picture: frames and notes, and outlines of open groups."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from engine.document import Place
from engine.marks import Box, Frame, Mark, Note
from engine.picture import marks
from engine.picture.group_sizes import LONGEST_TAB, TAB_HEIGHT
from engine.picture.sizes import shortened, text_width, wrapped

RADIUS = 10.0

EDGE, LINE, TYPE = 12.0, 18.0, 13
"""Room between the edge of a note and its text, the height of its lines, and that of its font."""


def behind(
    drawn: Collection[Mark], around: Mapping[str, Box], names: Mapping[str, str]
) -> Iterator[str]:
    """Draw frames, notes and the lines around open groups as they lie on one another.

    Large frames lie behind small ones, those of an open group on its ground, and notes on top.

    Parameters
    ----------
    drawn
        The frames and notes.
    around
        The outline of each open group, the outer ones first.
    names
        What these are called.
    """
    frames = [each for each in drawn if isinstance(each, Frame)]
    frames.sort(key=lambda frame: -frame.box.width * frame.box.height)
    yield from (mark(frame) for frame in frames if frame.within not in around)
    for group, box in around.items():
        yield _outline(box, names[group])
        yield from (mark(frame) for frame in frames if frame.within == group)
    yield from (mark(each) for each in drawn if isinstance(each, Note))


def mark(facts: Mark) -> str:
    """Draw a frame or a note."""
    x, y, width, height = facts.box
    drawn = _box(facts.box, f"{facts.colour} mark")
    if isinstance(facts, Frame):
        head = min(TAB_HEIGHT, height)
        drawn += f'<path d="{_tab(facts.box, width, head)}" class="{facts.colour} head"/>'
        words = shortened(facts.text, width - 2 * EDGE, TYPE)
        return drawn + marks.text(Place(x + EDGE, y + head / 2), words, "left title", TYPE)
    lines = wrapped(facts.text, width - 2 * EDGE, TYPE)
    fit = max(int((height - 2 * EDGE + 4) / LINE), 1)
    if len(lines) > fit:
        lines = [*lines[: fit - 1], f"{lines[fit - 1].rstrip()} …"]
    for at, line in enumerate(lines):
        middle = Place(x + EDGE, y + EDGE - 2 + (at + 0.5) * LINE)
        drawn += marks.text(middle, line, "left note", TYPE)
    return drawn


def _outline(box: Box, name: str) -> str:
    """Draw the line around an open group, with its name on a tab."""
    name = shortened(name, LONGEST_TAB - 2 * EDGE, TYPE)
    width = min(text_width(name, TYPE) + 2 * EDGE, LONGEST_TAB, box.width)
    drawn = _box(box, "open")
    drawn += f'<path d="{_tab(box, width, TAB_HEIGHT, rounded=True)}" class="open head"/>'
    middle = Place(box.x + EDGE, box.y + TAB_HEIGHT / 2)
    return drawn + marks.text(middle, name, "left title", TYPE)


def _box(box: Box, kind: str) -> str:
    middle = Place(box.x + box.width / 2, box.y + box.height / 2)
    return marks.box(middle, box.width, box.height, RADIUS, kind)


def _tab(box: Box, width: float, height: float, *, rounded: bool = False) -> str:
    """Give the upper left part of a box as a path, with the corners of the box."""
    round_ = min(RADIUS, height)
    corner = f"a{round_:g} {round_:g} 0 0 1"
    down = f"v{height - round_:g}"
    if rounded:  # it ends in the middle of the edge, and there with a corner of its own
        foot = f"{corner} {-round_:g} {round_:g}H{box.x:g}"
        down = f"v{height - 2 * round_:g}{foot}"
    else:
        down += f"H{box.x:g}"
    across = f"H{box.x + width - round_:g}{corner} {round_:g} {round_:g}"
    return f"M{box.x:g} {box.y + round_:g}{corner} {round_:g} {-round_:g}{across}{down}z"
