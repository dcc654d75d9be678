"""Where the arrow keys lead from a block: along its wires where there are any, else across."""

from __future__ import annotations

from engine.document import Place
from gui.canvas.scene import CanvasScene

ACROSS = 2.0
"""How much farther a block seems that lies to the side of where the arrow points."""

Direction = tuple[int, int]
"""Steps to the right and down, of which one is 0 and the other 1 or -1."""


def next_block(scene: CanvasScene, block: str | None, direction: Direction) -> str | None:
    """Find the block or folded group to which an arrow key leads; None where there is none.

    Right and left follow the wires, to the one that lies straightest; up and down go to the block
    that is nearest there. From nowhere, the walk begins at the first block, or at the last.
    """
    if block is None:
        order = scene.reading_order()
        return order[0 if sum(direction) > 0 else -1] if order else None
    here = scene.lines.place(block)
    wired = _along_wires(scene, block, direction[0])
    if wired:
        return min(wired, key=lambda other: (abs(scene.lines.place(other).y - here.y), other))
    far: dict[str, float] = {}
    for item in scene.where.blocks.keys:
        distance = _distance(here, scene.lines.place(item), direction)
        if distance is not None:
            far[item] = distance
    return min(far, key=lambda other: (far[other], other), default=None)


def _along_wires(scene: CanvasScene, block: str, right: int) -> list[str]:
    graph, folds = scene.document.graph, scene.folds
    found: list[str] = []
    for inner in folds.blocks_of(block) if right else ():
        if right > 0:
            found += [wire.target for wire in graph.wires_from(inner)]
        else:
            found += [wire.source for wire in graph.wires_into(inner) if wire is not None]
    seats = {folds.stand_in(other) for other in found}
    return [seat for seat in seats if seat is not None and seat != block]


def _distance(here: Place, there: Place, direction: Direction) -> float | None:
    """Tell how far a place seems in a direction; None if it lies elsewhere."""
    gap = there.x - here.x, there.y - here.y
    along = gap[0] * direction[0] + gap[1] * direction[1]
    across = abs(gap[0] * direction[1]) + abs(gap[1] * direction[0])
    return along + ACROSS * across if along > 1.0 and across <= ACROSS * along else None
