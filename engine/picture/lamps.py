"""What lights blocks and wires in a picture, without drawing the picture anew: an outline each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from engine.graph import Wire
from engine.picture import marks
from engine.picture.seen import Seen

BEYOND = 4.0
"""How far the outline of a lit block stands off it."""

ROUND = 20.0
"""Its corners."""


class Lamps:
    """The lamps of a picture; each is known by a key that a script asks for.

    Parameters
    ----------
    seen
        What is seen of the graph, and where.
    """

    def __init__(self, seen: Seen) -> None:
        self._seen = seen
        seats = (seen.seat(block) for block in seen.graph.blocks)
        self._blocks = {seat: f"b{at}" for at, seat in enumerate(dict.fromkeys(seats))}
        self._wires = {
            one: f"w{at}" for at, wires in enumerate(seen.along.values()) for one in wires
        }

    def block(self, block: str) -> str:
        """Give the key of a block, or of the folded group that it is seen as."""
        return self._blocks[self._seen.seat(block)]

    def wire(self, wire: Wire) -> str | None:
        """Give the key of a wire; None if it is hidden in a folded group."""
        return self._wires.get(wire)

    def keys(self, blocks: Iterable[str], wires: Iterable[Wire] = ()) -> str:
        """Give the keys of several blocks and wires, with a space between them."""
        found = [*map(self.block, blocks), *(key for w in wires if (key := self.wire(w)))]
        return " ".join(dict.fromkeys(found))

    def svg(self) -> Iterator[str]:
        """Draw them all, to lie over the picture."""
        yield '<g class="lamps">'
        for wire, key in zip(self._seen.along, dict.fromkeys(self._wires.values()), strict=True):
            yield f'<path d="{self._seen.line(wire).path}" class="lamp" data-k="{key}"/>'
        for seat, key in self._blocks.items():
            width, height = (side + 2 * BEYOND for side in self._seen.size(seat))
            drawn = marks.box(self._seen.place(seat), width, height, ROUND, "lamp")
            yield drawn.replace("/>", f' data-k="{key}"/>')
        yield "</g>"
