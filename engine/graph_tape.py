"""A whole graph on a tape: run once, forward and back, and written down."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np

from engine.block import CONSTANT, Block, instance_of
from engine.course import Course
from engine.function import Function
from engine.on_numbers import OnNumbers
from engine.tape import Tape, Traced, sample_of


class GraphTape(NamedTuple):
    """A graph on a tape: where on it each block's value and gradient stand.

    Attributes
    ----------
    tape
        The operations.
    inputs
        The number of each input's value, by block.
    values, gradients
        The number of what each block has and gets.
    seed
        The number of the gradient of the target by itself, which is one; None without a target.
    """

    tape: Tape
    inputs: Mapping[str, int]
    values: Mapping[str, int]
    gradients: Mapping[str, int]
    seed: int | None


def tape_of(
    course: Course, blocks: Mapping[str, Block], wanted: frozenset[str] | None = None
) -> GraphTape:
    """Run a graph once, forward and back, and write down its operations.

    Parameters
    ----------
    course, blocks
        The order of its blocks, and they themselves; each input has a value.
    wanted
        The blocks whose gradients are asked for; without it, all are.
    """
    tape = Tape()
    values: dict[str, Any] = {}
    functions: dict[str, Function | OnNumbers] = {}
    with np.errstate(all="ignore"):
        for block in course.order:
            found = blocks[block]
            if not found.is_function:
                values[block] = tape.given(_value(found))
                continue
            function = instance_of(found)
            xs = _inputs(course, blocks, block, values)
            constant = [blocks[wire.source].kind == CONSTANT for wire in course.inputs[block]]
            numbers = OnNumbers.of(function, [sample_of(x) for x in xs], constant)
            functions[block] = numbers or function
            if numbers is None:
                values[block] = tape.call(function, xs, dict(function.settings))
            else:
                values[block] = tape.put("forward", xs, numbers.settings, numbers)
        gradients = _back(tape, course, blocks, functions, values, wanted)
    return GraphTape(
        tape,
        {block: values[block].id for block in course.order if not blocks[block].is_function},
        {block: value.id for block, value in values.items()},
        {block: gradient.id for block, gradient in gradients.items()},
        None if course.target is None else gradients[course.target].id,
    )


def _back(
    tape: Tape,
    course: Course,
    blocks: Mapping[str, Block],
    functions: Mapping[str, Function | OnNumbers],
    values: Mapping[str, Any],
    wanted: frozenset[str] | None,
) -> dict[str, Traced]:
    gradients: dict[str, Traced] = {}
    if course.target is None:
        return gradients
    useful = None if wanted is None else course.leading_to(wanted)
    gradients[course.target] = tape.given(np.ones_like(values[course.target].sample))
    for block in course.popped:
        xs = _inputs(course, blocks, block, values)
        for wire in course.receiving[block]:
            if block not in gradients or (useful is not None and wire.source not in useful):
                continue  # nothing that is asked for lies behind it
            args = (gradients[block], values[block], *xs)
            function = functions[block]
            if isinstance(function, OnNumbers):
                part = tape.put("pull", args, (wire.port, function.settings), function)
            else:
                part = tape.pull(function, wire.port, args)
            before = gradients.get(wire.source)
            gradients[wire.source] = part if before is None else before + part
    return gradients


def _inputs(
    course: Course, blocks: Mapping[str, Block], block: str, values: Mapping[str, Any]
) -> tuple[Any, ...]:
    return tuple(
        values[wire.source] if wire.source in values else _value(blocks[wire.source])
        for wire in course.inputs[block]
    )


def _value(block: Block) -> np.ndarray[Any, Any]:
    assert block.value is not None  # noqa: S101 - a course goes through what has a value
    return block.value
