"""A step as plain text, with every digit there is."""

from __future__ import annotations

from engine.moment import Moment
from engine.narration import narrate
from engine.recording import BackwardStep, ForwardStep, Recording, SeedStep
from engine.values import source_text, value_text
from engine.variable import Array

MOST = 10_000
"""Elements of an array that are written in full."""


def transcript(moment: Moment) -> str:
    """Write the step under the cursor down, to be pasted somewhere else.

    The numbers at the end are written in full, so that they read back as the same numbers.
    """
    told = narrate(moment)
    lines = [told.heading, told.title, told.sentence, ""]
    for line in told.lines:
        lines += [line.rule] if line.rule.endswith(line.numbers) else [line.rule, line.numbers]
    numbers = _numbers(moment)
    if numbers:
        lines += ["", *numbers]
    return "\n".join(lines).strip() + "\n"


def _numbers(moment: Moment) -> list[str]:
    recording, step = moment.recording, moment.step
    match step:
        case ForwardStep(block=block, value=value):
            return [f"{recording.blocks[block].name} = {_full(value)}"]
        case SeedStep(block=block, gradient=gradient):
            return [f"{_gradient_name(recording, block)} = {_full(gradient)}"]
        case BackwardStep():
            return _contributions(recording, step)
    return []


def _contributions(recording: Recording, step: BackwardStep) -> list[str]:
    lines = [f"upstream {_gradient_name(recording, step.block)} = {_full(step.upstream)}"]
    output = recording.blocks[step.block].name
    for part in step.contributions:
        name = _gradient_name(recording, part.wire.source)
        if part.local is not None:
            source = recording.blocks[part.wire.source].name
            lines.append(f"local ∂{output}/∂{source} = {_full(part.local)}")
        if part.before is None:
            lines.append(f"{name} = {_full(part.after)}")
        else:
            lines.append(f"contribution to {name} = {_full(part.value)}")
            before, value = _full(part.before), _full(part.value)
            lines.append(f"{name} = {before} + {value} = {_full(part.after)}")
    return lines


def _gradient_name(recording: Recording, block: str) -> str:
    target = recording.blocks[recording.target or block].name
    return f"∂{target}/∂{recording.blocks[block].name}"


def _full(value: Array) -> str:
    return source_text(value) if value.size <= MOST else value_text(value)
