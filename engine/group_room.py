"""What is seen of groups, and the room that one takes where it is folded or open."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Protocol

from engine.document import Document, Place
from engine.graph import Graph
from engine.groups import Groups
from engine.marks import Box
from engine.order import age

CARD = Place(120.0, 96.0)
"""Width and height that a block is thought to take where room is made, in scene units."""

MARGIN = Place(40.0, 52.0)
"""Room between the outline of a group and what is in it, in scene units."""


class Grouped(Protocol):
    """Whatever has a graph, and groups over it: a document, whoever holds it."""

    @property
    def graph(self) -> Graph:
        """The blocks and wires."""

    @property
    def groups(self) -> Groups:
        """What is seen as one."""


def seen_inside(document: Grouped, group: str | None) -> Iterator[str]:
    """Go through what is seen of a group that is open: its blocks, and its folded groups.

    Parameters
    ----------
    group
        Id of the group; None for the whole document.
    """
    groups = document.groups
    todo = [group] if group is not None else []
    if group is None:
        for member in (*document.graph.blocks, *groups.all):
            if groups.holder(member) is None:
                if member in groups and not groups.group(member).folded:
                    todo.append(member)
                else:
                    yield member
    while todo:
        for member in sorted(groups.group(todo.pop()).members, key=age):
            if member in groups and not groups.group(member).folded:
                todo.append(member)
            else:
                yield member


def seen_of(document: Document, member: str) -> list[str]:
    """List what is seen of a block or a group."""
    if member in document.groups and not document.groups.group(member).folded:
        return list(seen_inside(document, member))
    return [member]


def beside(document: Document, holder: str | None, items: Collection[str]) -> dict[str, Place]:
    """Find where everything else stands that is seen together with items of a group."""
    while holder is not None and not document.groups.group(holder).folded:
        holder = document.groups.holder(holder)
    without = set(items)
    seen = (at for at in seen_inside(document, holder) if at not in without)
    return {at: document.places[at] for at in seen}


def free_for(document: Document, holder: str | None, items: Collection[str]) -> Place:
    """Find the free place nearest to the middle of some items, above it or below."""
    middle = middle_of([document.places[at] for at in items])
    others = beside(document, holder, items).values()
    near = [p.y for p in others if abs(p.x - middle.x) < CARD.x]
    heights = [middle.y, *(y + way * CARD.y * 1.2 for y in near for way in (-1, 1))]
    free = [y for y in heights if all(abs(y - other) >= CARD.y for other in near)]
    return Place(middle.x, min(free, key=lambda y: (abs(y - middle.y), y)))


def room_around(
    document: Document, group: str, inside: list[Place], drawn: Collection[Box] = ()
) -> dict[str, Place]:
    """Push what is around a group outwards, if it would stand in the outline of the open group.

    Parameters
    ----------
    inside
        Where what is in the group is going to stand.
    drawn
        The frames and notes in it.
    """
    others = beside(document, document.groups.holder(group), [group])
    middle = document.places[group]
    reach = Place(
        max(abs(p.x - middle.x) for p in inside) + CARD.x / 2,
        max(abs(p.y - middle.y) for p in inside) + CARD.y / 2,
    )
    for x, y, width, height in drawn:
        across = max(middle.x - x, x + width - middle.x)
        reach = Place(max(reach.x, across), max(reach.y, middle.y - y, y + height - middle.y))
    reach = shifted(reach, MARGIN)

    def is_in_the_way(p: Place) -> bool:
        near_x = abs(p.x - middle.x) < reach.x + CARD.x / 2
        return near_x and abs(p.y - middle.y) < reach.y + CARD.y / 2

    if not any(is_in_the_way(place) for place in others.values()):
        return {}
    by = Place(reach.x - CARD.x / 2, reach.y - CARD.y / 2)
    return {
        at: Place(
            place.x + _outwards(place.x - middle.x, CARD.x / 2) * by.x,
            place.y + _outwards(place.y - middle.y, CARD.y / 2) * by.y,
        )
        for at, place in others.items()
    }


def _outwards(gap: float, still: float) -> int:
    return (gap > still) - (gap < -still)


def middle_of(places: Collection[Place]) -> Place:
    """Give the middle of the rectangle around some places."""
    xs, ys = [p.x for p in places], [p.y for p in places]
    return Place((min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2)


def shifted(place: Place, by: Place) -> Place:
    """Give the place that is so far from another."""
    return Place(place.x + by.x, place.y + by.y)
