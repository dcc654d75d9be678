"""One element that is pointed at: what feeds it and what it feeds, in every step that it is in."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Literal

import numpy as np

from engine.asking.feeding import LARGEST, TOO_LARGE, Index, fed_by, feeds, terms
from engine.asking.multiplying import multiplier, times_from, times_to
from engine.errors import RunError
from engine.graph import CONSTANT, Wire
from engine.recording import BackwardStep, Recording
from engine.syntax import shown
from engine.variable import Array

Relation = Literal["fed by", "feeds", "comes back from", "goes back to"]

NAME = re.compile(r"\s*([^\[\]]*?)\s*(?:\[([^\[\]]*)\])?\s*")

MOST_NAMES = 20
"""Names that a sentence lists before it says no more."""


@dataclass(frozen=True, slots=True)
class Partner:
    """An element that the one pointed at has to do with in a step.

    Attributes
    ----------
    source
        Id of the block whose Variable it belongs to.
    at
        Its index.
    number
        Its value; on the way back, the gradient of that one of the two that it is passed on from.
    local
        On the way back, the derivative of that one by the other; None on the way forward.
    times
        Where that is an element of a value: the id of the block whose Variable it belongs to, and
        its index. So it is in a product of matrices.
    """

    source: str
    at: Index
    number: float
    local: float | None = None
    times: tuple[str, Index] | None = None

    @property
    def product(self) -> float | None:
        """What is passed back from the one to the other; None on the way forward."""
        return None if self.local is None else self.number * self.local


@dataclass(frozen=True, slots=True)
class Meeting:
    """A step that the element is in.

    Attributes
    ----------
    step
        Index of the step.
    block
        Id of the block that is at work.
    relation
        What the element has to do with the others.
    partners
        The others.
    before, after
        Where its gradient is added to, what it was and is; None elsewhere.
    refusal
        Why its partners cannot be told; empty if they can.
    """

    step: int
    block: str
    relation: Relation
    partners: tuple[Partner, ...] = ()
    before: float | None = None
    after: float | None = None
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class Pointed:
    """The element.

    Attributes
    ----------
    recording
        The run that it is in.
    block
        Id of the block whose Variable it belongs to.
    at
        Its index; empty for a single number.
    """

    recording: Recording
    block: str
    at: Index

    @property
    def name(self) -> str:
        """Name of the element, such as a[0, 2]."""
        return element_name(self.recording, self.block, self.at)

    @property
    def value(self) -> float:
        """Its value."""
        return float(_value(self.recording, self.block)[self.at])

    @property
    def gradient(self) -> float | None:
        """Its gradient, once all was added; None if it has none."""
        found = self.recording.gradient(self.block)
        return None if found is None else float(found[self.at])

    def meetings(self) -> Iterator[Meeting]:
        """List the steps that it is in: it is made, used, served, and passes its gradient on.

        Examples
        --------
        >>> from engine.expression import parse_expression
        >>> from engine.recording import record
        >>> graph, y = parse_expression("sum(x * b)", {"x": np.array([1.0, 2.0]), "b": np.ones(2)})
        >>> for met in point_at(record(graph, y), "a[1]").meetings():
        ...     print(met.step + 1, met.relation, [partner.at for partner in met.partners])
        3 fed by [(1,), (1,)]
        4 feeds [()]
        6 comes back from [()]
        7 goes back to [(1,), (1,)]
        """
        course, block = self.recording.course, self.block
        made = course.value_steps.get(block)
        if made is not None and self.recording.blocks[block].is_function:
            yield self._told(made, block, "fed by", self._fed_by)
        users = dict.fromkeys(wire.target for wire in course.wires_from.get(block, ()))
        for step, user in sorted((course.value_steps[u], u) for u in users if self._ran(u)):
            yield self._told(step, user, "feeds", partial(self._feeds, user))
        for step in sorted(course.backward_steps[u] for u in users if u in course.backward_steps):
            yield from self._served(step)
        if block in course.backward_steps:
            step = course.backward_steps[block]
            yield self._told(step, block, "goes back to", self._goes_back_to)

    def _ran(self, block: str) -> bool:
        return block in self.recording.course.value_steps

    def _told(
        self, step: int, block: str, relation: Relation, find: Callable[[], Iterator[Partner]]
    ) -> Meeting:
        """Put a step together; where its partners cannot be found, it says why."""
        wires = self.recording.wires_into(block)
        sizes = [_value(self.recording, each).size for each in (block, *(w.source for w in wires))]
        if max(sizes) > LARGEST:
            return Meeting(step, block, relation, refusal=TOO_LARGE)
        try:
            return Meeting(step, block, relation, tuple(find()))
        except RunError as error:
            return Meeting(step, block, relation, refusal=error.sentence)

    def _fed_by(self) -> Iterator[Partner]:
        for wire, at in self._sources():
            yield Partner(wire.source, at, float(_value(self.recording, wire.source)[at]))

    def _feeds(self, user: str) -> Iterator[Partner]:
        value = _value(self.recording, user)
        found = np.zeros(value.shape, dtype=bool)
        for wire in self.recording.wires_into(user):
            if wire.source == self.block:
                found |= feeds(self.recording, user, wire.port, self.at)
        for at in _indices(found):
            yield Partner(user, at, float(value[at]))

    def _served(self, index: int) -> Iterator[Meeting]:
        """Tell what comes back in a step, one contribution after the other."""
        step = self.recording.steps[index]
        assert isinstance(step, BackwardStep)  # noqa: S101 - as the course has it
        for part in step.contributions:
            if part.wire.source != self.block:
                continue
            met = self._told(
                index, step.block, "comes back from", partial(self._products, step, part.wire.port)
            )
            before = None if part.before is None else float(part.before[self.at])
            yield replace(met, before=before, after=float(part.after[self.at]))

    def _products(self, step: BackwardStep, port: int) -> Iterator[Partner]:
        met, wires = times_to(self.recording, step.block, port, self.at), self._wires(step.block)
        for term in terms(self.recording, step, port, self.at):
            at = None if met is None else met.pairs.get(term.at)
            times = None if met is None or at is None else (wires[met.port].source, at)
            yield Partner(step.block, term.at, term.upstream, term.local, times)

    def _goes_back_to(self) -> Iterator[Partner]:
        one = np.zeros(_value(self.recording, self.block).shape)
        one[self.at] = 1.0
        local, gradient = self.recording.pulled(self.block, one)[0], self.gradient
        assert gradient is not None  # noqa: S101 - it has been passed on
        met = {
            port: self._times_on_the_way(port)
            for port, slope in enumerate(local)
            if slope is not None
        }
        for wire, at in self._sources():
            slope = local[wire.port]
            assert slope is not None  # noqa: S101 - a gradient goes back along this wire
            yield Partner(wire.source, at, gradient, float(slope[at]), met[wire.port].get(at))

    def _times_on_the_way(self, port: int) -> dict[Index, tuple[str, Index]]:
        """Find which elements of a value its gradient is multiplied by on its way to an input."""
        other = multiplier(self.recording, self.block, port)
        if other is None:
            return {}
        source = self._wires(self.block)[other].source
        found = times_from(self.recording, self.block, port, self.at, other)
        return {at: (source, met) for at, met in found.items()}

    def _wires(self, block: str) -> Sequence[Wire]:
        return self.recording.wires_into(block)

    def _sources(self) -> Iterator[tuple[Wire, Index]]:
        """List the elements that it is made of, with the wires that they came along."""
        wires = self._wires(self.block)
        for port, mask in sorted(fed_by(self.recording, self.block, self.at).items()):
            for at in _indices(mask):
                yield wires[port], at


def point_at(recording: Recording, name: str) -> Pointed:
    """Find an element by its name, such as a[0, 2], or x for a single number.

    Raises
    ------
    RunError
        If there is no such Variable, or none that has a value, or no such element.
    """
    read = NAME.fullmatch(name)
    called, inside = (read[1], read[2]) if read is not None else (name, None)
    named = {b.name: b.id for b in recording.blocks.values() if b.kind != CONSTANT}
    if not called:
        raise RunError("Name an element, such as x[0, 0].")
    if called not in named:
        names = list(named)
        known = ", ".join(names[:MOST_NAMES]) + (" …" if len(names) > MOST_NAMES else "")
        raise RunError(f"There is no Variable called {shown(called)}; there are: {known}.")
    block = named[called]
    value = recording.value(block)
    if value is None:
        raise RunError(f"{called} has no value, so it has no elements.", block=block)
    return Pointed(recording, block, _index(called, value.shape, inside))


def element_name(recording: Recording, block: str, at: Index) -> str:
    """Name an element: x, or x[1, 0] of an array."""
    name = recording.blocks[block].name
    return f"{name}[{', '.join(map(str, at))}]" if at else name


def _index(name: str, shape: tuple[int, ...], inside: str | None) -> Index:
    """Read an index; negative ones count from the end, as in Python."""
    if not shape:
        if inside is None:
            return ()
        raise RunError(f"{name} is a single number: point at it as {name}.")
    if not math.prod(shape):
        raise RunError(f"{name} is empty: it has no elements.")
    first = f"{name}[{', '.join('0' for _ in shape)}]"
    has = f"{name} has the shape {shape}, so write {first} for its first element"
    try:
        asked = tuple(int(each) for each in (inside or "").split(","))
    except ValueError:
        raise RunError(f"{has}.") from None
    if len(asked) != len(shape):
        raise RunError(f"{has}.")
    at = tuple(each + size if each < 0 else each for each, size in zip(asked, shape, strict=True))
    if not all(0 <= each < size for each, size in zip(at, shape, strict=True)):
        last = ", ".join(str(size - 1) for size in shape)
        raise RunError(
            f"{name}[{', '.join(map(str, asked))}] is not there: {name} ends at [{last}]."
        )
    return at


def _indices(mask: Array) -> Iterator[Index]:
    return (tuple(map(int, at)) for at in np.argwhere(mask))


def _value(recording: Recording, block: str) -> Array:
    value = recording.value(block)
    if value is None:
        raise RunError("This block has no value yet.", block=block)
    return value
