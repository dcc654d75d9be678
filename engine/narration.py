"""A step in words, with its equations and the chain so far.

The window, the terminal and every export say what is said here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from engine.equations import Line, gradient_line, value_line
from engine.factors import Factor, Factors
from engine.graph import CONSTANT, Block, Wire, title
from engine.moment import Moment
from engine.recording import BackwardStep, ForwardStep, Recording, SeedStep
from engine.variable import Array
from engine.wording import ARRAY, WAITING, brief, listed, name_tex, signed, value_tex


@dataclass(frozen=True)
class Narration:
    """A step, told.

    Attributes
    ----------
    heading
        Where the walk is, such as "Backward · step 6 of 8".
    title
        What happens, in a few words.
    sentence
        What happens, in one sentence, with the numbers.
    lines
        The rules and their numbers, one an input.
    """

    heading: str
    title: str
    sentence: str
    lines: tuple[Line, ...] = ()
    _back: Moment | None = field(default=None, repr=False)

    @cached_property
    def chain(self) -> Sequence[Factor]:
        """The factors of the chain rule so far, from the target to the input.

        Empty on the way forward, and unless the graph is a chain.
        """
        if self._back is None or not self._back.recording.course.is_chain:
            return ()
        return Factors(self._back)


def narrate(moment: Moment) -> Narration:
    """Tell the step under the cursor."""
    recording, step = moment.recording, moment.step
    place = f"step {moment.cursor + 1} of {len(recording)}"
    match step:
        case ForwardStep():
            return _forward(recording, step, f"Forward · {place}")
        case SeedStep():
            return _seed(recording, step, f"Backward · {place}", moment)
        case BackwardStep():
            return _backward(recording, step, f"Backward · {place}", moment)
    if recording.is_waiting:
        return Narration("Nothing to walk yet", "One moment", WAITING)
    return Narration("Nothing to walk yet", "Place a block", _waiting(recording))


def _waiting(recording: Recording) -> str:
    if recording.problems:
        return recording.problems[0].sentence
    return "Drag a function from the list onto the canvas, or press Enter on one."


def _forward(recording: Recording, step: ForwardStep, heading: str) -> Narration:
    block, value = recording.blocks[step.block], brief(step.value)
    if not block.is_function:
        sentence = f"The walk begins with a value that is given: {block.name} is {value}."
        line = Line(
            f"{block.name} = {value}", f"{name_tex(block.name)} = {value_tex(step.value)}", value
        )
        return Narration(heading, f"{block.name} is given", sentence, (line,))
    came_in = listed([_met(recording, wire) for wire in step.inputs])
    sentence = f"{title(block)} takes {came_in} and gives {block.name} = {value}."
    line = value_line(recording, step, block)
    return Narration(heading, f"{title(block)} gives {block.name}", sentence, (line,))


def _seed(recording: Recording, step: SeedStep, heading: str, moment: Moment) -> Narration:
    y = recording.blocks[step.block].name
    sentence = (
        f"Here the walk turns round. {y} changes exactly as fast as itself, so it starts with 1."
    )
    tex = rf"\frac{{\partial {name_tex(y)}}}{{\partial {name_tex(y)}}} = 1"
    line = Line(f"∂{y}/∂{y} = 1", tex, "1")
    return Narration(heading, f"Start from {y} with 1", sentence, (line,), moment)


def _backward(recording: Recording, step: BackwardStep, heading: str, moment: Moment) -> Narration:
    block = recording.blocks[step.block]
    target = recording.blocks[recording.target or step.block].name
    lines = tuple(gradient_line(recording, step, part, target) for part in step.contributions)
    sentence = _backward_sentence(recording, step, block)
    return Narration(heading, f"{title(block)} passes the gradient on", sentence, lines, moment)


def _backward_sentence(recording: Recording, step: BackwardStep, block: Block) -> str:
    upstream = _one(step.upstream)
    if not step.contributions:
        return f"{title(block)} uses constants only, so the gradient {upstream} ends here."
    parts = step.contributions
    first, local = parts[0], [part.local for part in parts if part.local is not None]
    names = listed([recording.blocks[part.wire.source].name for part in parts])
    if len(parts) == 1 and local:
        sentence = f"What came in from above, {upstream}, is multiplied "
        met = _met(recording, first.wire)
        if _goes_by_shape(*local):
            at = names if met.endswith(ARRAY) else met
            sentence += f"element by element by how steeply {title(block)} rises at {at}."
        else:
            sentence += f"by how steeply {title(block)} rises at {met}: {brief(local[0])}."
    else:
        sentence = f"What came in from above, {upstream}, goes to {names}"
        if len(local) < len(parts):
            sentence += "."
        elif _goes_by_shape(*local):
            sentence += f", multiplied by how steeply {title(block)} rises with each of them."
        else:
            sentence += f", multiplied by {listed([brief(value) for value in local])}."
    for part in parts:
        if part.before is not None:
            name = recording.blocks[part.wire.source].name
            if _goes_by_shape(part.before, part.value, part.after):
                sentence += f" It is added to what {name} had."
            else:
                sentence += (
                    f" Added to what {name} had: {brief(part.before)} + "
                    f"{signed(brief(part.value))} = {brief(part.after)}."
                )
    return sentence


AN = re.compile(r"8|1[18]×")
"""How a shape begins that is spoken with a vowel."""


def _one(value: Array) -> str:
    """Write a value within a sentence; of an array that goes by its shape, one."""
    text = brief(value)
    if not text.endswith(ARRAY):
        return text
    return f"{'an' if AN.match(text) else 'a'} {text}"


def _goes_by_shape(*values: Array) -> bool:
    """Tell whether one of these values is so long that its shape stands for it."""
    return any(brief(value).endswith(ARRAY) for value in values)


def named_value(recording: Recording, block: str) -> str:
    """Write a Variable with its name and its value: `a = 0.2500`."""
    value = recording.value(block)
    return f"{recording.blocks[block].name} = {'?' if value is None else brief(value)}"


def _met(recording: Recording, wire: Wire) -> str:
    """Write what comes in along a wire; a constant goes by its value alone."""
    block, said = recording.blocks[wire.source], named_value(recording, wire.source)
    return said.removeprefix(f"{block.name} = ") if block.kind == CONSTANT else said
