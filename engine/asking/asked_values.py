"""The value that a block is about to give, asked for: all of it, or an element of an array."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

import numpy as np

from engine.asking.asked_element import (
    MOST_TERMS,
    can_follow,
    chosen,
    is_shown_whole,
    number,
    told,
    turned,
)
from engine.asking.element_names import element_name
from engine.asking.elements import Index
from engine.asking.feeding import feeders
from engine.asking.products import Products, number_at, products_in, products_text
from engine.asking.question import Question, Trap
from engine.asking.step_arrays import pictures_of
from engine.errors import RunError
from engine.graph import title
from engine.narration import named_value
from engine.recording import ForwardStep, Recording
from engine.values import value_text
from engine.wording import listed, shape_text

Element = tuple[str, Index]
"""Id of a block, and the index of an element of its value."""


def whole_value(recording: Recording, step: ForwardStep) -> Question:
    """Ask for all of a block's value."""
    block = recording.blocks[step.block]
    inputs = [named_value(recording, wire.source) for wire in step.inputs]
    traps = [
        (value, f"That is {recording.blocks[wire.source].name}, which comes in. What comes out?")
        for wire in step.inputs
        if (value := recording.value(wire.source)) is not None
    ]
    given = listed(inputs) if inputs else "nothing"
    return Question(
        "value",
        block.id,
        block.name,
        f"{title(block)} gets {given}. What does it give?",
        step.value,
        f"{title(block)} of {given}: {block.name} = {value_text(step.value)}.",
        tuple(traps),
    )


def element_of_value(recording: Recording, step: ForwardStep, cursor: int) -> Question | None:
    """Ask for one element of a block's value; None if it is made of too many numbers."""
    given = [value for w in step.inputs if (value := recording.value(w.source)) is not None]
    same = [value for value in given if value.shape == step.value.shape]
    at = chosen(step.value, cursor, *same) if can_follow((step.value, *given)) else None
    if at is None:
        return None
    try:
        made_of = _made_of(recording, step, at)
    except RunError:
        return None
    if not 0 < len(made_of) <= MOST_TERMS:
        return None
    block = recording.blocks[step.block]
    name = element_name(recording, block.id, at)
    products = products_in(recording, block.id, at, MOST_TERMS)
    whole = is_shown_whole(step.value, *given)
    return Question(
        "value",
        block.id,
        name,
        f"{title(block)} gets {_asked_of(recording, step, made_of, whole=whole)}. What is {name}?",
        number(step.value, at),
        _explained(recording, at, block.id, made_of, products),
        (*_traps(recording, made_of, products), *turned(step.value, at, block.name)),
        at,
        pictures_of(recording, step) if whole else (),
    )


def _made_of(recording: Recording, step: ForwardStep, at: Index) -> list[Element]:
    """List the elements that one is made of, each once."""
    wires = recording.wires_into(step.block)
    found = sorted(feeders(recording, step.block, at, back=False).items())
    each = ((wires[port].source, index) for port, some in found for index in some)
    return list(dict.fromkeys(islice(each, MOST_TERMS + 1)))


def _asked_of(
    recording: Recording, step: ForwardStep, made_of: list[Element], *, whole: bool
) -> str:
    """Tell what a block gets: its arrays where they can be seen, or else what is needed of them."""
    if not whole:
        return listed([told(recording, *element) for element in made_of])
    names = list[str]()
    for wire in step.inputs:
        value = recording.value(wire.source)
        if value is not None and value.ndim:
            names.append(f"{recording.blocks[wire.source].name} ({shape_text(value.shape)})")
        else:
            names.append(named_value(recording, wire.source))
    return listed(names)


def _explained(
    recording: Recording, at: Index, block: str, made_of: list[Element], products: Products | None
) -> str:
    if products is None:
        made = listed([told(recording, *element) for element in made_of])
        return f"It is made of {made}: {told(recording, block, at)}."
    said = products_text(recording, block, at, products._replace(brief=""))
    brief = products.brief or "added up"
    return f"It is the sum of {products.many} products, {brief}: {said}."


def _traps(
    recording: Recording, made_of: list[Element], products: Products | None
) -> Iterator[Trap]:
    if products is not None and products.many > 1:
        for one, two in products.listed:
            number = number_at(recording, one) * number_at(recording, two)
            names = f"{element_name(recording, *one)} · {element_name(recording, *two)}"
            hint = f"That is {names} alone, one of {products.many} products: add them up."
            yield np.asarray(number), hint
    for element in made_of:
        named = element_name(recording, *element)
        yield (
            np.asarray(number_at(recording, element)),
            (f"That is {named}, which comes in. What comes out?"),
        )
