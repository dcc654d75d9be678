"""Why do they add up? Every path from a target back to an input, and what arrives along each.

The gradient is the sum over all paths. Along a path of single numbers the local derivatives are
multiplied; along one of arrays, the gradient of the target is led back over the blocks of that
path alone, and all other contributions are left out. The walk back never goes along each path: it
adds up where they meet, which is why it takes so few steps.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

import numpy as np

from engine.asking.back_path import BUDGET, BackPath, Trail
from engine.graph import Wire
from engine.recording import Recording
from engine.values import value_text
from engine.variable import Array
from engine.wording import shape_text, signed, text_fraction

MOST = 60
"""Paths that are listed; there may be more than anybody could."""

SHOWN = 4
"""Products that a sentence adds up before it says no more."""


class Paths:
    """All paths from the target of a recording back to an input.

    Parameters
    ----------
    recording
        The run.
    source
        Id of the input.

    Attributes
    ----------
    recording
        The run.

    Examples
    --------
    >>> from engine.expression import parse_expression
    >>> from engine.recording import record
    >>> graph, y = parse_expression("a = square(x); square(a) + square(a)", {"x": np.array(2.0)})
    >>> paths = Paths(record(graph, y), graph.named("x").id)
    >>> print(paths.sentence)
    2 paths lead from y back to x. Along each the local derivatives are multiplied, and the
    products add up: 32 + 32 = 64.
    >>> graph, y = parse_expression("sum(x * w + x)", {"x": np.ones(2), "w": np.array([3.0, 4.0])})
    >>> paths = Paths(record(graph, y), graph.named("x").id)
    >>> [path.product.tolist() for path in paths.listed]
    [[3.0, 4.0], [1.0, 1.0]]
    """

    def __init__(self, recording: Recording, source: str) -> None:
        self.recording = recording
        self._source = source
        self._counts = self._counted()
        self._locals: dict[Wire, float] = {}

    @property
    def count(self) -> int:
        """How many there are."""
        target = self.recording.course.target
        return 0 if target is None else self._counts.get(target, 0)

    @property
    def ends(self) -> tuple[str, str]:
        """Ids of the target and of the input; twice the input where nothing is differentiated."""
        return self.recording.course.target or self._source, self._source

    @property
    def gradient(self) -> Array:
        """What the walk back has found for the input; 0 where no path leads to it."""
        found = self.recording.gradient(self._source)
        return np.zeros(np.shape(self.recording.values[self._source])) if found is None else found

    @cached_property
    def listed(self) -> tuple[BackPath, ...]:
        """The paths themselves, as far as anybody can look at them."""
        trail = Trail(self.recording, BUDGET)
        return tuple(self._path(wires, trail) for wires in self._ways())

    @property
    def total(self) -> Array | None:
        """What arrives along all of them, added up; None if not all of it has been worked out."""
        products = [path.product for path in self.listed if path.product is not None]
        if not products or len(products) < self.count:
            return None
        with np.errstate(all="ignore"):
            return np.asarray(sum(products[1:], start=products[0]))

    @property
    def sentence(self) -> str:
        """What there is to say."""
        names = self.recording.blocks
        y, x = (names[block].name for block in self.ends)
        if not self.count:
            return f"No path leads back to {x}."
        if self.count == 1:
            return f"A single path leads from {y} back to {x}: there is nothing to add up."
        head = f"{self.count:,} paths lead from {y} back to {x}. "
        total = self.total
        if total is None:
            return head + self._without_numbers()
        if all(path.factors is not None for path in self.listed):
            does, what = "the local derivatives are multiplied", "the products add up"
        else:
            does, what = "the gradient is led back by itself", "what arrives adds up"
        if not _is_short(total):
            gradient = text_fraction(y, x)
            return f"{head}Along each {does}, and {what} to {gradient}, {shape_text(total.shape)}."
        told = [signed(value_text(np.asarray(path.product))) for path in self.listed[:SHOWN]]
        adds = f"{' + '.join(told)}{' + …' if self.count > SHOWN else ''} = {value_text(total)}"
        return f"{head}Along each {does}, and {what}: {adds}."

    def _without_numbers(self) -> str:
        steps = len(self.recording.course.popped)
        walk = (
            "The walk back does not go along each: it adds up where they meet, and is done after "
            f"{steps:,} {'block' if steps == 1 else 'blocks'}."
        )
        if self.count > len(self.listed):
            return walk
        return f"{walk} The arrays are too large to be led back along each path by itself."

    def _ways(self) -> Iterator[tuple[Wire, ...]]:
        """Go along the first paths."""
        target = self.recording.course.target
        waiting: list[_Way | None] = [None] if target is not None else []
        found = 0
        while waiting and found < MOST:
            way = waiting.pop()
            block = target if way is None else way.wire.source
            if block == self._source and way is not None:
                found += 1
                yield way.wires()
                continue
            wires = self.recording.course.receiving.get(block or "", ())
            counts = self._counts
            waiting.extend(_Way(w, way) for w in reversed(wires) if counts.get(w.source))

    def _path(self, wires: tuple[Wire, ...], trail: Trail) -> BackPath:
        ends = (wires[0].target, *(wire.source for wire in wires))
        shapes = tuple(np.shape(self.recording.values[block]) for block in ends)
        factors = None if any(shapes) else self._factors(wires)
        if factors is not None:
            with np.errstate(all="ignore"):  # what overflows is a result
                return BackPath(wires, shapes, factors, np.asarray(np.prod(factors)))
        return BackPath(wires, shapes, None, trail.follow(wires))

    def _factors(self, wires: tuple[Wire, ...]) -> tuple[float, ...] | None:
        factors = []
        for wire in wires:
            if wire not in self._locals:
                upstream = self.recording.gradient(wire.target)
                assert upstream is not None  # noqa: S101 - it has passed it on
                local = self.recording.pulled(wire.target, upstream)[1][wire.port]
                if local is None:
                    return None
                self._locals[wire] = float(local)
            factors.append(self._locals[wire])
        return tuple(factors)

    def _counted(self) -> dict[str, int]:
        """Count the paths from each block back to the input, without going along any."""
        course = self.recording.course
        counts = {self._source: 1}
        for block in course.order:
            wires = course.receiving.get(block, ())
            total = sum(counts.get(wire.source, 0) for wire in wires)
            if total and block != self._source:
                counts[block] = total
        return counts


class _Way(NamedTuple):
    """A wire, and the way to it: ways that begin alike share what they have in common."""

    wire: Wire
    before: _Way | None

    def wires(self) -> tuple[Wire, ...]:
        found, way = [self.wire], self.before
        while way is not None:
            found.append(way.wire)
            way = way.before
        return tuple(reversed(found))


def _is_short(value: Array) -> bool:
    """Tell whether a sentence has room for a value."""
    return "array" not in value_text(value) and "…" not in value_text(value)
