"""The first number of a run that is none to go on with: NaN, infinite, or vanished, and why.

What has vanished is a value or a gradient that is not 0 and yet too small for a float64, so that 0
stands in its place: from there on a gradient is dead.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from engine.block import CONSTANT, function_of, instance_of, title
from engine.function import Function
from engine.steps import BackwardStep, Contribution
from engine.values import value_text
from engine.variable import Array

if TYPE_CHECKING:
    from engine.recording import Recording

Reason = Literal["given", "domain", "pole", "overflow", "underflow"]

WHY: dict[Reason, str] = {
    "given": "",
    "domain": " It is not defined there.",
    "pole": " It has no bound there.",
    "overflow": " That is an overflow: the result is too large for a float64.",
    "underflow": " That is an underflow: the result is not 0, but too small for a float64.",
}

FLAGS: dict[str, Reason] = {
    "invalid value": "domain",
    "divide by zero": "pole",
    "overflow": "overflow",
    "underflow": "underflow",
}
"""What NumPy calls them; of several, the first of these counts."""

SUSPECTS = 50
"""How many zeros are looked into; most are what they should be, as behind a relu."""


@dataclass(frozen=True, slots=True)
class BadNumber:
    """The first number of a run that is not finite, or has vanished.

    Attributes
    ----------
    block
        Id of the block that produced it.
    step
        Index of the step.
    sentence
        What happened, and why, for a person.
    brief
        What happened, in a few words, where there is no room for more.
    reason
        Why: it was given so, the Function is not defined or has no bound there, or the result is
        too large or too small.
    """

    block: str
    step: int
    sentence: str
    brief: str
    reason: Reason


def first_bad_number(recording: Recording) -> BadNumber | None:
    """Find the first, without putting together more steps than need be."""
    return next(_bad_numbers(recording), None)


def _bad_numbers(recording: Recording) -> Iterator[BadNumber]:
    suspects = SUSPECTS
    for index, block in enumerate(recording.course.order):
        value = recording.values[block]
        if not is_finite(value):
            yield _bad_value(recording, block, index)
        elif suspects and has_zero(value) and recording.blocks[block].is_function:
            suspects -= 1
            if _reason(recording, block) == "underflow":
                yield _vanished(recording, block, index)
    for block, index in recording.course.backward_steps.items():
        gradients = [recording.gradients[w.source] for w in recording.course.receiving[block]]
        if all(map(is_finite, gradients)):
            if not (suspects and any(map(has_zero, gradients))):
                continue
            suspects -= 1
        step = recording.steps[index]
        assert isinstance(step, BackwardStep)  # noqa: S101 - as the course has it
        for part in step.contributions:
            found = _bad_gradient(recording, block, index, step.upstream, part)
            if found is not None:
                yield found


def _bad_value(recording: Recording, block: str, index: int) -> BadNumber:
    found = recording.blocks[block]
    word = _bad_word(np.asarray(recording.values[block]))
    if not found.is_function:
        sentence, brief = f"{found.name} is {word}.", f"{found.name} is {_short(word)}"
        return BadNumber(block, index, sentence, brief, "given")
    reason, brief = _reason(recording, block), f"{title(found)} gave {_short(word)}"
    sentence = f"{title(found)} gave {word} at {_inputs_of(recording, block)}.{WHY[reason]}"
    return BadNumber(block, index, sentence, brief, reason)


def _vanished(recording: Recording, block: str, index: int) -> BadNumber:
    name, at = title(recording.blocks[block]), _inputs_of(recording, block)
    sentence = f"{name} gave 0 at {at}.{WHY['underflow']}"
    return BadNumber(block, index, sentence, f"{name} gave 0: underflow", "underflow")


def _bad_gradient(
    recording: Recording, block: str, index: int, upstream: Array, part: Contribution
) -> BadNumber | None:
    by = recording.blocks[part.wire.source].name
    name = title(recording.blocks[block])
    passed = f"{name} passed on a gradient for {by} that is"
    if not is_finite(part.after):
        reason: Reason = "domain" if np.isnan(part.after).any() else "overflow"
        if part.local is not None and np.isinf(part.local).any():
            reason = "pole"
        word = _bad_word(part.after)
        brief = f"{name} passed on {_short(word)}"
        return BadNumber(block, index, f"{passed} {word}.{WHY[reason]}", brief, reason)
    if part.local is None or upstream.shape != part.value.shape != part.local.shape:
        return None
    if ((part.value == 0) & (upstream != 0) & (part.local != 0)).any():
        brief = f"{name} passed on 0: underflow"
        return BadNumber(block, index, f"{passed} 0.{WHY['underflow']}", brief, "underflow")
    return None


def _reason(recording: Recording, block: str) -> Reason:
    """Ask NumPy what went wrong, by doing it again."""
    found = recording.blocks[block]
    if function_of(found).backward is not Function.backward:
        return "given"  # what a reader wrote is not run twice
    function = instance_of(found)
    inputs = [recording.value(wire.source) for wire in recording.wires_into(block)]
    if not all(map(is_finite, inputs)):
        return "given"
    flags = _flags(lambda: function.forward(*inputs, **function.settings))
    return next((FLAGS[flag] for flag in FLAGS if flag in flags), "given")


def _flags(call: Callable[[], Any]) -> set[str]:
    flags: set[str] = set()
    with np.errstate(all="call", call=lambda flag, _: flags.add(flag)):
        call()
    return flags


def is_finite(value: Any) -> bool:
    """Tell whether a number, or all of an array, is finite."""
    if type(value) is float or not value.ndim:
        return math.isfinite(value)
    return bool(np.isfinite(value).all())


def has_zero(value: Any) -> bool:
    """Tell whether a number, or any of an array, is 0."""
    return value == 0.0 if type(value) is float else bool((value == 0.0).any())


def _bad_word(value: Array) -> str:
    if np.isnan(value).any():
        return "NaN (not a number)"
    return "infinity" if np.isposinf(value).any() else "minus infinity"


def _short(word: str) -> str:
    """Leave away what is said in brackets."""
    return word.partition(" (")[0]


def _inputs_of(recording: Recording, block: str) -> str:
    return ", ".join(_given_by(recording, wire.source) for wire in recording.wires_into(block))


def _given_by(recording: Recording, source: str) -> str:
    block, value = recording.blocks[source], recording.value(source)
    text = "?" if value is None else value_text(value)
    return text if block.kind == CONSTANT else f"{block.name} = {text}"
