"""What goes back to an input, asked for where it is one product: slope, contribution and sum.

That is so of single numbers, and of arrays that are worked on element by element: then it may be
asked of all of it, or of one element.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from engine.asking.asked_element import number
from engine.asking.element_names import element_name
from engine.asking.elements import Index
from engine.asking.question import Question, Trap
from engine.asking.step_arrays import Picture
from engine.graph import Block, title
from engine.recording import BackwardStep, Contribution, Recording
from engine.values import value_text
from engine.variable import Array
from engine.wording import brief, signed, text_fraction


@dataclass(frozen=True, slots=True, eq=False)
class Passing:
    """What one input gets from a step, or one element of it.

    Attributes
    ----------
    block, x
        The block at work, and the one whose Variable gets it.
    at
        Index of the element; None for all.
    target, y, name
        Names of what is differentiated, of what the block gives, and of what gets it.
    upstream, local
        The two that are multiplied; without the second where it is none element by element.
    value
        What is passed on.
    before, after
        The gradient of the input, before that was added and then.
    given, made
        What the block was given, and what it gave.
    """

    block: Block
    x: Block
    at: Index | None
    target: str
    y: str
    name: str
    upstream: Array
    local: Array | None
    value: Array
    before: Array | None
    after: Array
    given: Array | None
    made: Array | None

    @property
    def symbol(self) -> str:
        """How the gradient is written."""
        return text_fraction(self.target, self.name)


def local_of(step: BackwardStep, part: Contribution) -> Array | None:
    """Give the local derivative of each element, where each gets a single product."""
    local = part.local
    if local is None or not local.shape == part.value.shape == step.upstream.shape:
        return None
    return local


def passing(
    recording: Recording, step: BackwardStep, part: Contribution, at: Index | None = None
) -> Passing:
    """Put together what an input gets, or one element of it."""
    block, x = recording.blocks[step.block], recording.blocks[part.wire.source]
    local, given, made = local_of(step, part), recording.value(x.id), recording.value(block.id)
    return Passing(
        block,
        x,
        at,
        recording.blocks[recording.target or step.block].name,
        element_name(recording, block.id, at or ()),
        element_name(recording, x.id, at or ()),
        number(step.upstream, None if local is None else at),
        None if local is None else number(local, at),
        number(part.value, at),
        None if part.before is None else number(part.before, at),
        number(part.after, at),
        None if given is None else number(given, at),
        None if made is None or local is None else number(made, at),
    )


def local_question(of: Passing, arrays: tuple[Picture, ...] = ()) -> Question:
    """Ask for the local derivative."""
    assert of.local is not None  # noqa: S101 - nobody asks otherwise
    traps = [
        (of.made, f"That is the value of {of.y}; its slope is asked for."),
        (of.given, f"That is the value of {of.name}; the slope there is asked for."),
        (of.value, "That is what it passes on. First tell the local derivative alone."),
    ]
    symbol = text_fraction(of.y, of.name)
    where = of.name if of.given is None else f"{of.name} = {brief(of.given)}"
    return Question(
        "local",
        of.block.id,
        symbol,
        f"How steeply does {title(of.block)} rise at {where}?",
        of.local,
        f"The local derivative of {title(of.block)}: {symbol} = {value_text(of.local)}.",
        tuple((value, hint) for value, hint in traps if value is not None),
        of.at,
        arrays,
    )


def contribution_question(of: Passing, arrays: tuple[Picture, ...] = ()) -> Question:
    """Ask for the product that is passed on."""
    came = f"{title(of.block)} gets {value_text(of.upstream)} from above"
    came += "" if of.at is None else f", for {of.y}"
    more = "What does it add to" if of.before is not None else "What does it pass on to"
    return Question(
        "contribution",
        of.x.id,
        of.symbol,
        f"{came}. {more} the gradient of {of.name}?",
        of.value,
        f"Upstream times local derivative: {_product(of)}.",
        (*_added_already(of), *_one_factor(of)),
        of.at,
        arrays,
    )


def sum_question(of: Passing, arrays: tuple[Picture, ...] = ()) -> Question:
    """Ask for the sum of what was there and what comes to it."""
    assert of.before is not None  # noqa: S101 - nobody asks otherwise
    before, value, x = value_text(of.before), value_text(of.value), of.name
    return Question(
        "sum",
        of.x.id,
        of.symbol,
        f"{x} had {before} already, and {value} comes to it. What is its gradient now?",
        of.after,
        f"Contributions add up: {before} + {signed(value)} = {value_text(of.after)}.",
        (
            (of.value, f"That is the new contribution. {x} had {before} already: add."),
            (of.before, f"That was there before. The new contribution, {value}, is added."),
        ),
        of.at,
        arrays,
    )


def _added_already(of: Passing) -> Iterator[Trap]:
    if of.before is not None:
        yield of.after, "That is the sum already. What is the new contribution alone?"


def _one_factor(of: Passing) -> Iterator[Trap]:
    upstream = value_text(of.upstream)
    if of.local is not None:
        told = value_text(of.local)
        alone = "That is the local derivative alone. Multiply it by what came in from above, "
        yield of.local, f"{alone}{upstream}."
        yield of.upstream, f"That is what came in from above. Multiply it by {told}."
        with np.errstate(all="ignore"):
            yield np.asarray(of.upstream + of.local), "Along a chain, slopes multiply; do not add."
    elif of.upstream.shape != of.value.shape:
        hint = f"That has the shape of {of.y}. {of.name} has the shape {of.value.shape}: add up."
        yield of.upstream, hint


def _product(of: Passing) -> str:
    value = value_text(of.value)
    if of.local is None:
        return value
    return f"{value_text(of.upstream)} × {signed(value_text(of.local))} = {value}"
