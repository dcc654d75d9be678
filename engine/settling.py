"""Where new blocks come to stand among others that stay where they are.

What comes in is placed beside what it is wired to, where its wires run behind no block, where it
hides no wire, and where no two labels meet. What stays makes room only where a new block comes in
between.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from engine.document import Bends, MoveBlock, Place
from engine.graph import Graph, Wire
from engine.in_the_way import HIDDEN, MET, Drawn, Spots
from engine.order import forward_order
from engine.placing import ROW, STEP, free_place

MOST = 700
"""New blocks times all blocks up to which it is looked at what lies in the way: it is to be done
between two keys that are pressed, and in a graph of thousands nobody sees a single wire."""

SWEEPS = 3
"""How often all new blocks are looked at again, once all of them have a place."""


def settled(
    graph: Graph,
    places: Mapping[str, Place],
    instead: Mapping[str, Place],
    bends: Mapping[Wire, Bends],
) -> tuple[dict[str, Place], list[MoveBlock]]:
    """Place new blocks beside what they are wired to, and make room where they come in between.

    Parameters
    ----------
    graph
        All blocks, with their wires.
    places
        Where those stand that stay.
    instead
        Where those stood that some of the new ones come instead of: there these stand too, unless
        a wire would be hidden.
    bends
        What the wires are led through that stay.

    Returns
    -------
    tuple
        Where all of them stand, and the moves of what makes room.
    """
    here = {block: at for block in graph.blocks if (at := places.get(block) or instead.get(block))}
    new = [block for block in forward_order(graph) if block not in places]
    drawn = Drawn(graph, bends)
    looks = len(new) * len(graph) <= MOST
    for block in _outwards(graph, [block for block in new if block not in here], here):
        wanted = _wanted(graph, block, here)
        _make_room(graph, block, wanted.x, here)
        here[block] = free_place(wanted, here)
        if looks:
            here[block] = Spots(drawn, block, here).best(wanted, here[block])
    for _ in range(SWEEPS if looks else 0):
        asked = ((block, HIDDEN if block in instead else MET) for block in new)
        if not [block for block, least in asked if _mended(drawn, block, here, least)]:
            break
    pushed = (block for block in places if block in here and here[block] != places[block])
    return here, [MoveBlock(block, places[block], here[block]) for block in pushed]


def _outwards(graph: Graph, new: list[str], here: Mapping[str, Place]) -> Iterator[str]:
    """Go through new blocks so that each is wired to what has a place by then, if it can be."""
    left = dict.fromkeys(new)
    while left:
        found = next((b for b in left if graph.block(b).is_function and _fed(graph, b, here)), None)
        found = found or next((b for b in reversed(left) if _used(graph, b, here)), None)
        found = found or next(iter(left))
        del left[found]
        yield found


def _fed(graph: Graph, block: str, here: Mapping[str, Place]) -> list[Place]:
    """List the places of what feeds a block, as far as it has any."""
    return [here[w.source] for w in graph.wires_into(block) if w and w.source in here]


def _used(graph: Graph, block: str, here: Mapping[str, Place]) -> list[Place]:
    """List the places of what uses a block, as far as it has any."""
    return [here[wire.target] for wire in graph.wires_from(block) if wire.target in here]


def _wanted(graph: Graph, block: str, here: Mapping[str, Place]) -> Place:
    """Find where a block would stand best: behind what it uses, or before what uses it."""
    sources, uses = _fed(graph, block, here), _used(graph, block, here)
    if sources:
        return Place(max(place.x for place in sources) + STEP, sources[0].y)
    if uses:
        return Place(min(use.x for use in uses) - STEP, uses[0].y)
    if graph.block(block).is_function:
        return Place(max((place.x for place in here.values()), default=-STEP) + STEP, 0.0)
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


def _mended(drawn: Drawn, block: str, here: dict[str, Place], least: float) -> bool:
    """Find a better place for a block if that much is in the way; tell whether it moved."""
    spots, before = Spots(drawn, block, here), here[block]
    if spots.cost(before) >= least:
        here[block] = spots.best(_wanted(drawn.graph, block, here), before)
    return here[block] != before
