"""Where new blocks come to stand among others that stay where they are."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from engine.document import MoveBlock, Place
from engine.graph import Graph
from engine.order import forward_order

STEP = 170.0
"""How far a block that is appended stands from the one before, in scene units."""

ROW = 144.0
"""How far below, where the place is taken: what is written under a block is not to be covered."""

ROOM = 100.0
"""How close to the side of a block no other is put, unless it is a row above or below."""


def places_of_new(
    places: Mapping[str, Place], graph: Graph
) -> tuple[dict[str, Place], list[MoveBlock]]:
    """Place new blocks behind what they use, and make room where they come in between.

    Parameters
    ----------
    places
        Where some of the blocks stand.
    graph
        All blocks, with their wires; those without a place are the new ones.

    Returns
    -------
    tuple
        Where all of them stand, and the moves of what makes room.
    """
    here = {block: places[block] for block in graph.blocks if block in places}
    missing = graph.blocks.keys() - here.keys()
    for block in forward_order(graph):
        if block not in missing:
            continue
        sources = [here[w.source] for w in graph.wires_into(block) if w and w.source in here]
        if sources:
            x = max(place.x for place in sources) + STEP
            wanted = Place(x, sources[0].y)
        elif graph.block(block).is_function:
            right = max((place.x for place in here.values()), default=-STEP)
            wanted = Place(right + STEP, 0.0)
        else:
            wanted = _before_use(graph, block, here)
        _make_room(graph, block, wanted.x, here)
        here[block] = free_place(wanted, here)
    moved = (block for block in here if block in places and here[block] != places[block])
    return here, [MoveBlock(block, places[block], here[block]) for block in moved]


def _before_use(graph: Graph, block: str, here: Mapping[str, Place]) -> Place:
    """Find the place of an input: to the left of its use, or below the other inputs."""
    uses = [here[wire.target] for wire in graph.wires_from(block) if wire.target in here]
    if uses:
        return Place(min(use.x for use in uses) - STEP, uses[0].y)
    others = [here[b.id] for b in graph.blocks.values() if not b.is_function and b.id in here]
    if not others:
        return Place(0.0, 0.0)
    return Place(min(p.x for p in others), max(p.y for p in others) + ROW)


def _make_room(graph: Graph, block: str, x: float, here: dict[str, Place]) -> None:
    """Push what uses a new block to the right, with all behind it, until that fits in."""
    uses = [wire.target for wire in graph.wires_from(block) if wire.target in here]
    missing = max((x + STEP - here[use].x for use in uses), default=0.0)
    if missing <= 0 or not graph.block(block).is_function:
        return
    pushed = {*uses}.union(*(graph.descendants(use) for use in uses))
    before = {each: here.pop(each) for each in sorted(pushed & here.keys())}
    for each, place in before.items():
        here[each] = free_place(Place(place.x + missing, place.y), here)


def free_place(wanted: Place, here: Mapping[str, Place]) -> Place:
    """Go down from a wanted place until no block stands there."""
    place = wanted
    column = [p.y for p in here.values() if abs(p.x - wanted.x) < ROOM and p.y > wanted.y - ROW]
    while any(abs(y - place.y) < ROW for y in column):
        place = Place(place.x, place.y + ROW)
    return place


def free_shift(moved: Collection[Place], here: Collection[Place], way: int = 1) -> float:
    """Tell how far down some places must go, all alike, until none of them is taken.

    Parameters
    ----------
    here
        The places of everything else.
    way
        1 to go down, -1 to go up.

    Examples
    --------
    >>> free_shift([Place(0.0, 0.0), Place(0.0, 200.0)], [Place(10.0, 180.0)])
    144.0
    """
    found = 0.0
    while any(
        abs(other.x - place.x) < ROOM and abs(other.y - place.y - found) < ROW
        for place in moved
        for other in here
    ):
        found += way * ROW
    return found
