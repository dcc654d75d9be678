"""Can you tell before? What a step is about to show, asked; and an answer, judged with a hint.

A wrong answer is often the right answer to another question: the local derivative alone, the sum
without what was there before, the value in place of the slope. So it is held against those.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np

from engine.errors import ValueTextError
from engine.graph import title
from engine.moment import Moment
from engine.narration import named_value
from engine.recording import BackwardStep, Contribution, ForwardStep, Recording
from engine.values import parse_value, value_text
from engine.variable import Array
from engine.wording import listed, signed, text_fraction

Kind = Literal["value", "local", "contribution", "sum"]

CLOSE = 5e-3
"""How far off an answer may be, measured by the number itself: nobody types eight digits."""

LARGEST = 6
"""Elements of an array that a person may be asked to tell."""


@dataclass(frozen=True, slots=True, eq=False)
class Question:
    """One number that the walk is about to show.

    Attributes
    ----------
    kind
        A block's value, a local derivative, a contribution, or a sum of contributions.
    block
        Id of the block whose number it is.
    symbol
        How it is written, such as `∂y/∂a`.
    prompt
        The question, in a sentence.
    answer
        What is right.
    explanation
        Why it is right, with the numbers.
    traps
        Numbers that stand for a known mistake, each with the hint that it calls for.
    """

    kind: Kind
    block: str
    symbol: str
    prompt: str
    answer: Array
    explanation: str
    traps: tuple[tuple[Array, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Judgement:
    """What there is to say to an answer.

    Attributes
    ----------
    right
        Whether it is right, for all the digits that were typed; None if the number was told.
    sentence
        Why it is; or a hint that fits the mistake.
    """

    right: bool | None
    sentence: str


def questions(moment: Moment) -> tuple[Question, ...]:
    """Ask for the numbers that the step under the cursor is about to show.

    Examples
    --------
    >>> from engine.expression import parse_expression
    >>> from engine.recording import record
    >>> graph, y = parse_expression("square(exp(square(x)))", {"x": np.array(0.5)})
    >>> for question in questions(Moment(record(graph, y), 6)):
    ...     print(question.symbol, "=", value_text(question.answer))
    ∂b/∂a = 1.2840
    ∂y/∂a = 3.2974
    """
    recording, step = moment.recording, moment.step
    match step:
        case ForwardStep() if recording.blocks[step.block].is_function:
            asked = [_value(recording, step)]
        case BackwardStep():
            asked = [q for part in step.contributions for q in _back(recording, step, part)]
        case _:
            return ()
    return tuple(
        question
        for question in asked
        if question.answer.size <= LARGEST and bool(np.all(np.isfinite(question.answer)))
    )


def judge(question: Question, text: str) -> Judgement:
    """Hold what a person typed against what is right.

    Parameters
    ----------
    text
        A number, a fraction like `pi/4`, or an array like `[1, 2]`.

    Examples
    --------
    >>> from engine.expression import parse_expression
    >>> from engine.recording import record
    >>> graph, y = parse_expression("square(exp(square(x)))", {"x": np.array(0.5)})
    >>> _, contribution = questions(Moment(record(graph, y), 6))
    >>> judge(contribution, "3.297").right
    True
    >>> print(judge(contribution, "1.284").sentence)
    That is the local derivative alone. Multiply it by what came in from above, 2.5681.
    """
    try:
        given = parse_value(text)
    except ValueTextError as error:
        return Judgement(right=False, sentence=error.sentence)
    answer = question.answer
    if given.shape != answer.shape:
        due = f"an array of shape {answer.shape}" if answer.ndim else "a single number"
        return Judgement(right=False, sentence=f"{question.symbol} is {due}.")
    if is_close(given, answer, _slack(text)):
        return Judgement(right=True, sentence=question.explanation)
    for trap, hint in question.traps:
        if trap.shape == given.shape and is_close(given, trap, _slack(text)):
            return Judgement(right=False, sentence=hint)
    if is_close(given, -answer, _slack(text)):
        return Judgement(right=False, sentence="The size is right, but the sign is not.")
    return Judgement(right=False, sentence=f"Not yet. {question.explanation.partition(':')[0]}.")


def is_close(given: Array, right: Array, slack: float = 0.0) -> bool:
    """Tell whether two numbers are the same for a person with a pencil.

    Parameters
    ----------
    slack
        Half a unit of the last digit that was typed.
    """
    room = np.maximum(CLOSE * np.abs(right), min(slack, 0.05) * (np.abs(right) >= slack))
    return bool(np.all(np.abs(given - right) <= room))


def _slack(text: str) -> float:
    """Give half a unit of the last digit of a number as it was typed; 0 for anything else."""
    _, point, digits = text.strip().partition(".")
    return 0.5 * 10.0 ** -len(digits) if point and digits.isdigit() else 0.0


def _value(recording: Recording, step: ForwardStep) -> Question:
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


def _back(recording: Recording, step: BackwardStep, part: Contribution) -> Iterator[Question]:
    block, x = recording.blocks[step.block], recording.blocks[part.wire.source]
    target = recording.blocks[recording.target or step.block]
    whole = text_fraction(target.name, x.name)
    upstream, value = value_text(step.upstream), value_text(part.value)
    local = None
    if part.local is not None and part.local.shape == part.value.shape == step.upstream.shape:
        local = part.local
        yield _local(recording, step, part, local)
    came = _product(step, local, value)
    first = f"{title(block)} gets {upstream} from above. "
    more = "What does it add to" if part.before is not None else "What does it pass on to"
    yield Question(
        "contribution",
        x.id,
        whole,
        f"{first}{more} the gradient of {x.name}?",
        part.value,
        f"Upstream times local derivative: {came}.",
        tuple(_traps_of_product(step, part, local)),
    )
    if part.before is not None:
        before = value_text(part.before)
        yield Question(
            "sum",
            x.id,
            whole,
            f"{x.name} had {before} already, and {value} comes to it. What is its gradient now?",
            part.after,
            f"Contributions add up: {before} + {signed(value)} = {value_text(part.after)}.",
            (
                (part.value, f"That is the new contribution. {x.name} had {before} already: add."),
                (part.before, f"That was there before. The new contribution, {value}, is added."),
            ),
        )


def _local(recording: Recording, step: BackwardStep, part: Contribution, local: Array) -> Question:
    block, x = recording.blocks[step.block], recording.blocks[part.wire.source]
    traps = [
        (recording.value(block.id), f"That is the value of {block.name}; its slope is asked for."),
        (recording.value(x.id), f"That is the value of {x.name}; the slope there is asked for."),
        (part.value, "That is what it passes on. First tell the local derivative alone."),
    ]
    return Question(
        "local",
        block.id,
        text_fraction(block.name, x.name),
        f"How steeply does {title(block)} rise at {named_value(recording, x.id)}?",
        local,
        f"The local derivative of {title(block)}: "
        f"{text_fraction(block.name, x.name)} = {value_text(local)}.",
        tuple((value, hint) for value, hint in traps if value is not None),
    )


def _traps_of_product(
    step: BackwardStep, part: Contribution, local: Array | None
) -> Iterator[tuple[Array, str]]:
    upstream = value_text(step.upstream)
    if part.before is not None:
        yield part.after, "That is the sum already. What is the new contribution alone?"
    if local is not None:
        told = value_text(local)
        alone = "That is the local derivative alone. Multiply it by what came in from above, "
        yield local, f"{alone}{upstream}."
        yield step.upstream, f"That is what came in from above. Multiply it by {told}."
        with np.errstate(all="ignore"):
            yield np.asarray(step.upstream + local), "Along a chain, slopes multiply; do not add."


def _product(step: BackwardStep, local: Array | None, value: str) -> str:
    if local is None:
        return value
    return f"{value_text(step.upstream)} × {signed(value_text(local))} = {value}"
