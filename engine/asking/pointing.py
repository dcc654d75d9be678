"""One element that is pointed at: what feeds it and what it feeds, in every step that it is in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from typing import Literal, TypeAlias

import numpy as np

from engine.asking.by_place import Elementwise
from engine.asking.element_names import element_name, index_of, parted
from engine.asking.elements import Index, Masked
from engine.asking.feeding import by_place, fed, feeders
from engine.asking.multiplying import multiplier, times_from, times_to
from engine.asking.terms import slope_between, terms
from engine.errors import RunError
from engine.graph import CONSTANT, Wire
from engine.recording import BackwardStep, Recording
from engine.syntax import shown
from engine.variable import Array

Relation = Literal["fed by", "feeds", "comes back from", "goes back to"]

MOST_NAMES = 20
"""Names that a sentence lists before it says no more."""

MOST = 1_000
"""Elements that are listed in a step; of more, it is told how many there are."""


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


Found: TypeAlias = tuple[int, Iterator[Partner]]
"""How many partners there are, and what lists them."""


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
    more
        How many partners there are that are not listed.
    total
        What the products come to in all; None elsewhere.
    """

    step: int
    block: str
    relation: Relation
    partners: tuple[Partner, ...] = ()
    before: float | None = None
    after: float | None = None
    refusal: str = ""
    more: int = 0
    total: float | None = None


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
        self, step: int, block: str, relation: Relation, find: Callable[[], Found]
    ) -> Meeting:
        """Put a step together; where its partners cannot be found, it says why."""
        try:
            count, partners = find()
            listed = tuple(islice(partners, MOST))
            return Meeting(step, block, relation, listed, more=count - len(listed))
        except RunError as error:
            return Meeting(step, block, relation, refusal=error.sentence)

    def _fed_by(self) -> Found:
        count, sources = self._sources(back=False)
        return count, (self._partner(wire.source, at) for wire, at in sources)

    def _feeds(self, user: str) -> Found:
        wires = [w for w in self.recording.wires_into(user) if w.source == self.block]
        found = [fed(self.recording, user, wire.port, self.at) for wire in wires]
        # By several ways it may feed an element twice.
        some = found[0] if len(found) == 1 else Masked(np.any([f.mask for f in found], axis=0))
        return some.count, (self._partner(user, at) for at in some)

    def _partner(self, source: str, at: Index) -> Partner:
        return Partner(source, at, float(_value(self.recording, source)[at]))

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
            after, total = float(part.after[self.at]), float(part.value[self.at])
            yield replace(met, before=before, after=after, total=total)

    def _products(self, step: BackwardStep, port: int) -> Found:
        count = fed(self.recording, step.block, port, self.at).count
        return count, self._terms(step, port)

    def _terms(self, step: BackwardStep, port: int) -> Iterator[Partner]:
        met, wires = times_to(self.recording, step.block, port, self.at), self._wires(step.block)
        for term in terms(self.recording, step, port, self.at, MOST):
            at = None if met is None else met.pairs.get(term.at)
            times = None if met is None or at is None else (wires[met.port].source, at)
            yield Partner(step.block, term.at, term.upstream, term.local, times)

    def _goes_back_to(self) -> Found:
        count, sources = self._sources(back=True)
        return count, self._passed_on(sources)

    def _passed_on(self, sources: Iterator[tuple[Wire, Index]]) -> Iterator[Partner]:
        gradient, local = self.gradient, self._local()
        met = dict[int, dict[Index, tuple[str, Index]]]()
        assert gradient is not None  # noqa: S101 - it has been passed on
        for wire, at in sources:
            if wire.port not in met:
                met[wire.port] = self._times_on_the_way(wire.port)
            times = met[wire.port].get(at)
            yield Partner(wire.source, at, gradient, local(wire.port, at), times)

    def _local(self) -> Callable[[int, Index], float]:
        """Give what tells how fast this element rises with each element of an input."""
        recording, block = self.recording, self.block
        step = recording.steps[recording.course.backward_steps[block]]
        assert isinstance(step, BackwardStep)  # noqa: S101 - as the course has it
        known = by_place(recording, block)
        if isinstance(known, Elementwise) and known.slope is None:
            parts = {part.wire.port: part.local for part in step.contributions}
            local = {port: part for port, part in parts.items() if part is not None}
            return lambda port, _: float(np.broadcast_to(local[port], known.shape)[self.at])
        if known is not None:
            return lambda port, at: slope_between(recording, block, port, at, self.at) or 0.0
        one = np.zeros(_value(recording, block).shape)
        one[self.at] = 1.0
        slopes = dict(enumerate(recording.pulled(block, one)[0]))
        return lambda port, at: float(np.asarray(slopes[port])[at])

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

    def _sources(self, *, back: bool) -> tuple[int, Iterator[tuple[Wire, Index]]]:
        """Count and list the elements that it is made of, with the wires that they came along."""
        wires = self._wires(self.block)
        found = sorted(feeders(self.recording, self.block, self.at, back=back).items())
        listed = ((wires[port], at) for port, some in found for at in some)
        return sum(some.count for _, some in found), listed


def point_at(recording: Recording, name: str) -> Pointed:
    """Find an element by its name, such as a[0, 2], or x for a single number.

    Raises
    ------
    RunError
        If there is no such Variable, or none that has a value, or no such element.
    """
    called, inside = parted(name)
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
    return Pointed(recording, block, index_of(called, value.shape, inside))


def _value(recording: Recording, block: str) -> Array:
    value = recording.value(block)
    if value is None:
        raise RunError("This block has no value yet.", block=block)
    return value
