"""Why do they add up? Every path from a target back to an input, and the product along each.

The gradient is the sum over all paths of the products of the local derivatives along them. The walk
back never lists them: it adds up where they meet, which is why it takes so few steps.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from engine.graph import Wire
from engine.recording import Recording
from engine.values import value_text
from engine.wording import signed

MOST = 60
"""Paths that are listed; there may be more than anybody could."""

SHOWN = 4
"""Products that a sentence adds up before it says no more."""


@dataclass(frozen=True, slots=True, eq=False)
class BackPath:
    """One way back.

    Attributes
    ----------
    wires
        The wires along it, from the target to the input.
    factors
        Local derivative at each of them; None where they are no single numbers.
    """

    wires: tuple[Wire, ...]
    factors: tuple[float, ...] | None

    @property
    def product(self) -> float | None:
        """The factors multiplied."""
        return None if self.factors is None else float(np.prod(self.factors))

    @property
    def blocks(self) -> tuple[str, ...]:
        """Ids of the blocks along it, from the target to the input."""
        return (self.wires[0].target, *(wire.source for wire in self.wires))

    def text(self, recording: Recording) -> str:
        """Write the factors by name, such as `∂y/∂b · ∂b/∂a`."""
        name = {block.id: block.name for block in recording.blocks.values()}
        return " · ".join(f"∂{name[w.target]}/∂{name[w.source]}" for w in self.wires)

    def numbers(self) -> str:
        """Write them with their numbers, such as `8 · 4 = 32`."""
        if self.factors is None:
            return ""
        product = value_text(np.asarray(self.product))
        if len(self.factors) == 1:
            return product
        factors = [value_text(np.asarray(factor)) for factor in self.factors]
        return f"{' · '.join([factors[0], *map(signed, factors[1:])])} = {product}"


class Paths:
    """All paths from the target of a recording back to an input.

    Parameters
    ----------
    recording
        The run.
    source
        Id of the input.

    Examples
    --------
    >>> from engine.expression import parse_expression
    >>> from engine.recording import record
    >>> graph, y = parse_expression("a = square(x); square(a) + square(a)", {"x": np.array(2.0)})
    >>> paths = Paths(record(graph, y), graph.named("x").id)
    >>> print(paths.sentence)
    2 paths lead from y back to x. Along each the local derivatives are multiplied, and the
    products add up: 32 + 32 = 64.
    """

    def __init__(self, recording: Recording, source: str) -> None:
        self._recording = recording
        self._source = source
        self._counts = self._counted()

    @property
    def count(self) -> int:
        """How many there are."""
        target = self._recording.course.target
        return 0 if target is None else self._counts.get(target, 0)

    @cached_property
    def listed(self) -> tuple[BackPath, ...]:
        """The paths themselves, as far as anybody can look at them."""
        found: list[BackPath] = []
        target = self._recording.course.target
        waiting: list[tuple[Wire, ...]] = [()] if target is not None else []
        while waiting and len(found) < MOST:
            path = waiting.pop()
            block = path[-1].source if path else target
            if block == self._source and path:
                found.append(BackPath(path, self._factors(path)))
                continue
            wires = self._recording.course.receiving.get(block or "", ())
            waiting.extend(
                (*path, wire) for wire in reversed(wires) if self._counts.get(wire.source)
            )
        return tuple(found)

    @property
    def sentence(self) -> str:
        """What there is to say."""
        names = self._recording.blocks
        x = names[self._source].name
        if not self.count:
            return f"No path leads back to {x}."
        y = names[self._recording.course.target or self._source].name
        if self.count == 1:
            return f"A single path leads from {y} back to {x}: there is nothing to add up."
        head = f"{self.count:,} paths lead from {y} back to {x}. "
        products = [path.product for path in self.listed]
        if any(product is None for product in products) or self.count > len(products):
            steps = len(self._recording.course.popped)
            return (
                f"{head}The walk back does not go along each: it adds up where they meet, and is "
                f"done after {steps:,} {'block' if steps == 1 else 'blocks'}."
            )
        told = [signed(value_text(np.asarray(product))) for product in products[:SHOWN]]
        more = " + …" if len(products) > SHOWN else ""
        total = value_text(np.asarray(sum(p for p in products if p is not None)))
        return (
            f"{head}Along each the local derivatives are multiplied, and the products add up: "
            f"{' + '.join(told)}{more} = {total}."
        )

    def _counted(self) -> dict[str, int]:
        """Count the paths from each block back to the input, without going along any."""
        course = self._recording.course
        counts = {self._source: 1}
        for block in course.order:
            wires = course.receiving.get(block, ())
            total = sum(counts.get(wire.source, 0) for wire in wires)
            if total and block != self._source:
                counts[block] = total
        return counts

    def _factors(self, path: tuple[Wire, ...]) -> tuple[float, ...] | None:
        factors = []
        for wire in path:
            local = self._local(wire)
            if local is None:
                return None
            factors.append(local)
        return tuple(factors)

    def _local(self, wire: Wire) -> float | None:
        value = self._recording.value(wire.target)
        source = self._recording.value(wire.source)
        if value is None or source is None or value.ndim or source.ndim:
            return None
        local = self._recording.pulled(wire.target, np.ones_like(value))[1][wire.port]
        return None if local is None or local.ndim else float(local)
