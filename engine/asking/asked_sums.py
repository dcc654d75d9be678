"""What goes back to an element, asked for where it is a sum of products: of a matrix, of copies."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from engine.asking.asked_element import (
    MOST_TERMS,
    can_follow,
    chosen,
    is_shown_whole,
    turned,
)
from engine.asking.asked_gradients import Passing, passing
from engine.asking.elements import Index
from engine.asking.lit import lit
from engine.asking.multiplying import Times, times_to
from engine.asking.question import Question, Trap
from engine.asking.step_arrays import Picture
from engine.asking.terms import Term, terms
from engine.errors import RunError
from engine.graph import title
from engine.recording import BackwardStep, Contribution, Recording
from engine.values import value_text
from engine.wording import listed, shape_text, text_fraction


def asked_sum(
    recording: Recording,
    step: BackwardStep,
    part: Contribution,
    pictures: Callable[[], tuple[Picture, ...]],
    cursor: int,
) -> Question | None:
    """Ask for one element of what an input gets; None if too much is added up there.

    Parameters
    ----------
    pictures
        Gives those of the step.
    cursor
        Index of the step.
    """
    wires = recording.wires_into(step.block)
    given = [v for wire in wires if (v := recording.value(wire.source)) is not None]
    arrays = step.upstream, part.value, *given
    value = recording.value(part.wire.source)
    at = chosen(part.value, cursor, value, part.before) if can_follow(arrays) else None
    if at is None:
        return None
    try:
        found = terms(recording, step, part.wire.port, at)
        if not 0 < len(found) <= MOST_TERMS:
            return None
        seen = lit(recording, step, pictures(), _mine(pictures(), part), at)
    except RunError:
        return None
    of, shown = passing(recording, step, part, at), is_shown_whole(*arrays)
    above = text_fraction(of.target, of.block.name)
    met = times_to(recording, step.block, part.wire.port, at)
    return Question(
        "contribution",
        of.x.id,
        of.symbol,
        f"{title(of.block)} gets {_from_above(of, above, step, found, shown=shown)} from above. "
        f"What does it {'pass on' if of.before is None else 'add'} to the gradient of {of.name}?",
        of.value,
        f"{_made_of(above, found, seen.brief)}: {_without(seen.brief, seen.said)}.",
        tuple(_traps(recording, part, of, _Sum(found, above, met))),
        at,
        tuple(_needed(pictures(), part.wire.port)) if shown else (),
    )


class _Sum:
    """The products that are added up.

    Parameters
    ----------
    found
        The products.
    above
        Name of the upstream gradient.
    met
        By which elements of a value it is multiplied, if by such.
    """

    def __init__(self, found: tuple[Term, ...], above: str, met: Times | None) -> None:
        self.terms, self.above, self.met = found, above, met

    def name(self, term: Term) -> str:
        """Name the element of the upstream gradient that a product comes from."""
        place = f"[{', '.join(map(str, term.at))}]" if term.at else ""
        return f"{self.above}{place}"


def _mine(pictures: tuple[Picture, ...], part: Contribution) -> int:
    """Find the picture of what an input gets."""
    ways = [(picture.role, picture.port) for picture in pictures]
    return ways.index(("to", part.wire.port))


def _needed(pictures: tuple[Picture, ...], port: int) -> Iterator[Picture]:
    """List what a person works it out with, and last what it is an element of."""
    yield from (p for p in pictures if p.role == "above")
    yield from (p for p in pictures if (p.role, p.port) == ("times", port))
    yield from (p for p in pictures if (p.role, p.port) == ("to", port))


def _from_above(
    of: Passing, above: str, step: BackwardStep, found: tuple[Term, ...], *, shown: bool
) -> str:
    """Tell what comes from above: its name where it can be seen, or else what is needed of it."""
    if not step.upstream.ndim:
        return value_text(step.upstream)
    if shown:
        return f"{above} ({shape_text(step.upstream.shape)})"
    names = [f"{value_text(np.asarray(t.upstream))} for {_at(of.block.name, t.at)}" for t in found]
    return listed(names)


def _at(name: str, at: Index) -> str:
    return f"{name}[{', '.join(map(str, at))}]" if at else name


def _made_of(above: str, found: tuple[Term, ...], brief: str) -> str:
    if len(found) == 1:
        return f"It comes from {_at(above, found[0].at)} alone"
    rows = brief or f"from {_at(above, found[0].at)} to {_at(above, found[-1].at)}"
    return f"It is the sum of {len(found)} products, {rows}"


def _without(brief: str, said: str) -> str:
    """Leave out of an equation what has been said already."""
    return said.replace(f" = {brief} = ", " = ", 1) if brief else said


def _traps(recording: Recording, part: Contribution, of: Passing, made: _Sum) -> Iterator[Trap]:
    if of.before is not None:
        yield of.after, "That is the sum already. What is the new contribution alone?"
    if len(made.terms) > 1:
        yield from _not_added(of, made)
    yield from _one_factor(recording, of, made)
    assert of.at is not None  # noqa: S101 - an element is asked for
    yield from turned(part.value, of.at, text_fraction(of.target, of.x.name))
    if of.given is not None:
        yield of.given, f"That is the value of {of.name}; its gradient is asked for."
    yield from _other_way(recording, of, made)


def _not_added(of: Passing, made: _Sum) -> Iterator[Trap]:
    """Give each product alone."""
    count = len(made.terms)
    is_copied = all(term.local == made.terms[0].local for term in made.terms)
    for term in made.terms:
        if is_copied:
            hint = (
                f"That comes back from {made.name(term)} alone. {of.name} is used {count} times "
                "there, so what comes back is added up."
            )
        else:
            hint = f"That is the product with {made.name(term)} alone. {add_up(count)}"
        yield np.asarray(term.product), hint
    mean = sum(term.product for term in made.terms) / count
    yield np.asarray(mean), f"That is the mean of {count} products. Add them up."


def add_up(count: int) -> str:
    """Say that so many numbers are to be added up."""
    return "Add both up." if count == 2 else f"Add up all {count} of them."  # noqa: PLR2004


def _one_factor(recording: Recording, of: Passing, made: _Sum) -> Iterator[Trap]:
    """Give the sums of the factors alone."""
    above = sum(term.upstream for term in made.terms)
    local = sum(term.local for term in made.terms)
    single = len(made.terms) == 1
    by = "its local derivative"
    if made.met is not None:
        wire = recording.wires_into(of.block.id)[made.met.port]
        by = recording.blocks[wire.source].name
    if single:
        slope = value_text(np.asarray(local))
        yield np.asarray(above), f"That is what came in from above. Multiply it by {slope}."
        alone = "That is the local derivative alone. Multiply it by what came in from above, "
        yield np.asarray(local), f"{alone}{value_text(np.asarray(above))}."
        return
    yield np.asarray(above), f"That is {made.above} alone, added up. Multiply each by {by} first."
    factors = "Those are the other factors alone. Multiply each by its element of "
    yield np.asarray(local), f"{factors}{made.above} first."


def _other_way(recording: Recording, of: Passing, made: _Sum) -> Iterator[Trap]:
    """Give what comes of a matrix whose rows were taken for its columns."""
    if made.met is None:
        return
    wire = recording.wires_into(of.block.id)[made.met.port]
    value = recording.value(wire.source)
    if value is None or value.ndim < 2:  # noqa: PLR2004 - a row has no columns
        return
    total = 0.0
    for term in made.terms:
        at = made.met.pairs.get(term.at)
        if at is None:
            return
        back = (*at[:-2], at[-1], at[-2])
        if not all(i < n for i, n in zip(back, value.shape, strict=True)):
            return
        total += term.upstream * float(value[back])
    name = recording.blocks[wire.source].name
    yield np.asarray(total), f"Rows of {name} were taken for its columns: it goes back by {name}.T."
