"""What is around an element: where its number comes from, and where it goes, in the whole graph."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from engine.asking.element_names import element_name
from engine.asking.elements import Elements, Index, Masked, Some
from engine.asking.feeding import fed, feeders
from engine.asking.multiplying import multiplier
from engine.asking.on_the_way import briefly_told, met_on_the_way_from, met_on_the_way_to
from engine.asking.products import products_in, products_text
from engine.asking.seats import Element, Seat
from engine.asking.terms import MOST_TERMS, terms, terms_text
from engine.errors import RunError
from engine.graph import Wire
from engine.moment import Moment
from engine.recording import BackwardStep, Recording
from engine.values import value_text
from engine.variable import Array
from engine.wording import text_fraction


def around(
    recording: Recording, element: Element, seen: Callable[[str], bool] = lambda _: True
) -> dict[Seat, Some]:
    """Find the elements that one has to do with.

    Of a value, those that feed it and those that it feeds. Of a gradient, those that it comes back
    from and those that it goes back to, and what is multiplied by on these ways.

    Parameters
    ----------
    seen
        Tells of a block whether it matters; of the hundred uses of a Variable, few are in sight.

    Examples
    --------
    >>> from engine.expression import parse_expression
    >>> from engine.recording import record
    >>> values = {"x": np.ones((3, 2)), "w": np.ones((2, 2))}
    >>> graph, y = parse_expression("sum(x @ w)", values)
    >>> run, a = record(graph, y), graph.named("a").id
    >>> for seat, some in around(run, Element(Seat(a), (2, 1))).items():
    ...     print(graph.block(seat.block).name, list(some))
    a [(2, 1)]
    x [(2, 0), (2, 1)]
    w [(0, 1), (1, 1)]
    y [()]
    """
    seat, at = element
    shape = np.shape(recording.values.get(seat.block, 0.0))
    found: dict[Seat, Some] = {seat: Elements(shape, at)}
    for look in (_forward, _back)[seat.is_gradient](recording, seat.block, at, seen):
        try:
            for where, some in look():
                found[where] = _joined(found[where], some) if where in found else some
        except RunError:
            continue  # what would have to be tried out in arrays that are too large for it
    return found


Look = Callable[[], Iterator[tuple[Seat, Some]]]


def _forward(
    recording: Recording, block: str, at: Index, seen: Callable[[str], bool]
) -> Iterator[Look]:
    wires, users = recording.wires_into(block), _users(recording, block, seen)
    if recording.blocks[block].is_function and block in recording.course.value_steps:

        def made_of() -> Iterator[tuple[Seat, Some]]:
            for port, some in feeders(recording, block, at, back=False).items():
                yield Seat(wires[port].source), some

        yield made_of
    for wire in users:

        def used(wire: Wire = wire) -> Iterator[tuple[Seat, Some]]:
            yield Seat(wire.target), fed(recording, wire.target, wire.port, at)

        yield used


def _back(
    recording: Recording, block: str, at: Index, seen: Callable[[str], bool]
) -> Iterator[Look]:
    served, wires = recording.course.backward_steps, recording.wires_into(block)
    for wire in _users(recording, block, seen):
        if wire.target not in served:
            continue

        def comes(wire: Wire = wire) -> Iterator[tuple[Seat, Some]]:
            user, port = wire.target, wire.port
            yield Seat(user, is_gradient=True), fed(recording, user, port, at)
            other = multiplier(recording, user, port)
            if other is not None:
                source = recording.wires_into(user)[other].source
                met = met_on_the_way_to(recording, user, port, at, other)
                yield Seat(source), met.some

        yield comes
    if block in served:

        def goes() -> Iterator[tuple[Seat, Some]]:
            for port, some in feeders(recording, block, at).items():
                yield Seat(wires[port].source, is_gradient=True), some
                other = multiplier(recording, block, port)
                if other is not None:
                    met = met_on_the_way_from(recording, block, port, at, other)
                    yield Seat(wires[other].source), met

        yield goes


def _users(recording: Recording, block: str, seen: Callable[[str], bool]) -> list[Wire]:
    course = recording.course
    uses = course.wires_from.get(block, ())
    return [w for w in uses if w.target in course.value_steps and seen(w.target)]


def _joined(one: Some, other: Some) -> Some:
    return Masked(one.mask | other.mask)


def told_of(moment: Moment, element: Element) -> str:
    """Tell of an element what its number is made of, as far as the walk has come.

    Each contribution to a gradient has a line.

    Examples
    --------
    >>> from engine.expression import parse_expression
    >>> from engine.recording import record
    >>> values = {"x": np.array([[1.0, 2.0]]), "w": np.array([[3.0, 5.0], [4.0, 6.0]])}
    >>> graph, y = parse_expression("sum(square(matmul(x, w)))", values)
    >>> run, a = record(graph, y), graph.named("a").id
    >>> end = Moment(run, len(run) - 1)
    >>> print(told_of(end, Element(Seat(a), (0, 1))))
    a[0, 1] = x[0, :] · w[:, 1] = 1·5 + 2·6 = 17
    >>> print(told_of(end, Element(Seat(a, is_gradient=True), (0, 1))))
    ∂y/∂a[0, 1] = 1·34 = 34
    """
    seat, at = element
    if seat.is_gradient:
        return "\n".join(_told_back(moment, seat.block, at))
    return "\n".join(_told_forward(moment.recording, seat.block, at))


def _told_forward(recording: Recording, block: str, at: Index) -> Iterator[str]:
    name, value = element_name(recording, block, at), recording.value(block)
    if recording.blocks[block].is_function and value is not None:
        try:
            products = products_in(recording, block, at, MOST_TERMS)
        except RunError:
            products = None
        if products is not None:
            yield products_text(recording, block, at, products)
            return
    yield name if value is None else f"{name} = {_text(value, at)}"
    if recording.blocks[block].is_function:
        yield from _made_of(recording, block, at)


def _made_of(recording: Recording, block: str, at: Index) -> Iterator[str]:
    try:
        found = feeders(recording, block, at, back=False)
    except RunError as error:
        yield error.sentence
        return
    wires, parts = recording.wires_into(block), list[str]()
    for port, some in found.items():
        source = wires[port].source
        run, value = some.run(recording.blocks[source].name), recording.value(source)
        if some.count == 1 and value is not None:
            (one,) = some
            run = f"{element_name(recording, source, one)} = {_text(value, one)}"
        parts.append(run or f"{some.count:,} elements of {recording.blocks[source].name}")
    if parts:
        yield f"made of {', '.join(dict.fromkeys(parts))}"


def _told_back(moment: Moment, block: str, at: Index) -> Iterator[str]:
    recording, gradient = moment.recording, moment.gradient(block)
    if gradient is None or recording.target is None:
        return
    target = recording.blocks[recording.target].name
    name = text_fraction(target, recording.blocks[block].name)
    place = text_fraction(target, element_name(recording, block, at))
    givers = () if block == recording.target else recording.course.givers.get(block, ())
    come = [wire for wire in givers if moment.has_come_back(wire)]
    for wire in come[:MOST_TERMS]:
        said = _product(recording, wire, name, at)
        user = recording.blocks[wire.target].name
        yield said if len(come) == 1 else said.replace(f"{place} =", f"from {user}:", 1)
    if len(come) != 1:
        yield f"{place} = {_text(gradient, at)}"


def _product(recording: Recording, wire: Wire, name: str, at: Index) -> str:
    """Write what has come back along a wire."""
    step = recording.steps[recording.course.backward_steps[wire.target]]
    assert isinstance(step, BackwardStep)  # noqa: S101 - as the course has it
    part = next(part for part in step.contributions if part.wire == wire)
    try:
        come = fed(recording, wire.target, wire.port, at)
        found, brief = terms(recording, step, wire.port, at, MOST_TERMS), ""
        other = multiplier(recording, wire.target, wire.port) if come.count > 1 else None
        if other is not None:
            met = met_on_the_way_to(recording, wire.target, wire.port, at, other)
            source = recording.wires_into(wire.target)[other].source
            above = text_fraction(name.partition("/")[0][1:], recording.blocks[wire.target].name)
            brief = briefly_told(above, come, recording.blocks[source].name, met)
    except RunError:
        found = ()
    if not found:
        place = f"[{', '.join(map(str, at))}]" if at else ""
        return f"{name}{place} = {_text(part.value, at)}"
    return terms_text(name, at, found, brief, (come.count, float(part.value[at])))


def _text(array: Array, at: Index) -> str:
    return value_text(np.asarray(array[at]))
