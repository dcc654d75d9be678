"""The value that a block is about to give, asked for: all of it, or an element of an array."""

from __future__ import annotations

from collections.abc import Iterator

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
from engine.asking.feeding import Index, fed_by
from engine.asking.multiplying import multiplier, times_from
from engine.asking.pointing import element_name
from engine.asking.question import Question, Trap
from engine.asking.step_arrays import pictures_of
from engine.errors import RunError
from engine.graph import function_of, title
from engine.narration import named_value
from engine.recording import ForwardStep, Recording
from engine.values import value_text
from engine.wording import listed, shape_text, signed

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
    if len(made_of) > MOST_TERMS:
        return None
    block = recording.blocks[step.block]
    name, pairs = element_name(recording, block.id, at), _pairs(recording, step, at)
    whole = is_shown_whole(step.value, *given)
    return Question(
        "value",
        block.id,
        name,
        f"{title(block)} gets {_asked_of(recording, step, made_of, whole=whole)}. What is {name}?",
        number(step.value, at),
        f"{_explained(recording, made_of, pairs)}: {_worked_out(recording, name, pairs)}"
        f"{value_text(number(step.value, at))}.",
        (*_traps(recording, made_of, pairs), *turned(step.value, at, block.name)),
        at,
        pictures_of(recording, step) if whole else (),
    )


def _made_of(recording: Recording, step: ForwardStep, at: Index) -> list[Element]:
    """List the elements that one is made of, each once."""
    wires = recording.wires_into(step.block)
    found = fed_by(recording, step.block, at)
    return list(
        dict.fromkeys(
            (wires[port].source, tuple(map(int, each)))
            for port, mask in sorted(found.items())
            for each in np.argwhere(mask)
        )
    )


def _pairs(recording: Recording, step: ForwardStep, at: Index) -> list[tuple[Element, Element]]:
    """List the pairs of elements whose products are added up; none where that is not so."""
    block = recording.blocks[step.block]
    wires = recording.wires_into(step.block)
    if function_of(block).is_elementwise() or len(wires) < 2:  # noqa: PLR2004 - it takes two
        return []
    other = multiplier(recording, step.block, 0)
    if other is None:
        return []
    met = times_from(recording, step.block, 0, at, other)
    return [((wires[0].source, one), (wires[other].source, two)) for one, two in met.items()]


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
    recording: Recording, made_of: list[Element], pairs: list[tuple[Element, Element]]
) -> str:
    if len(pairs) > 1:
        first, last = pairs[0], pairs[-1]
        names = [
            f"{element_name(recording, *one)} · {element_name(recording, *two)}"
            for one, two in (first, last)
        ]
        joined = " + ".join(names) if len(pairs) == 2 else " + … + ".join(names)  # noqa: PLR2004
        return f"It is the sum of {len(pairs)} products, {joined}"
    return f"It is made of {listed([told(recording, *element) for element in made_of])}"


def _worked_out(recording: Recording, name: str, pairs: list[tuple[Element, Element]]) -> str:
    """Write the products with their numbers, if there are some."""
    products = [
        f"{signed(text) if at else text}·{signed(_text(recording, two))}"
        for at, (one, two) in enumerate(pairs)
        if (text := _text(recording, one))
    ]
    return f"{name} = {' + '.join(products)} = " if products else f"{name} = "


def _traps(
    recording: Recording, made_of: list[Element], pairs: list[tuple[Element, Element]]
) -> Iterator[Trap]:
    if len(pairs) > 1:
        for one, two in pairs:
            product = np.asarray(_number(recording, one) * _number(recording, two))
            names = f"{element_name(recording, *one)} · {element_name(recording, *two)}"
            yield product, f"That is {names} alone, one of {len(pairs)} products: add them up."
    for element in made_of:
        named = element_name(recording, *element)
        yield (
            np.asarray(_number(recording, element)),
            (f"That is {named}, which comes in. What comes out?"),
        )


def _number(recording: Recording, element: Element) -> float:
    value = recording.value(element[0])
    assert value is not None  # noqa: S101 - it feeds what has a value
    return float(value[element[1]])


def _text(recording: Recording, element: Element) -> str:
    return value_text(np.asarray(_number(recording, element)), 4)
