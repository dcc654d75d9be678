"""A number that is asked for before it is shown; and an answer, judged with a hint.

A wrong answer is often the right answer to another question: the local derivative alone, the sum
without what was there before, the value in place of the slope. So it is held against those.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Literal

import numpy as np

from engine.errors import ValueTextError
from engine.values import parse_value
from engine.variable import Array

if TYPE_CHECKING:
    from engine.asking.elements import Index
    from engine.asking.step_arrays import Picture

Kind = Literal["value", "local", "contribution", "sum"]

Trap = tuple[Array, str]
"""A number that stands for a known mistake, and the hint that it calls for."""

WRONG_SIGN = "The size is right, but the sign is not."
"""What there is to say to the right number with the wrong sign."""

STEP_ON = "Step on: the next number is hidden until you have told it."
"""What is said where a step has nothing to ask for."""

CLOSE = 5e-3
"""How far off an answer may be, measured by the number itself: nobody types eight digits."""

COARSEST = 0.05
"""The last digit that is typed says how far off an answer may be, but no farther than this."""


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
        How it is written, such as `∂y/∂a`, or `∂y/∂a[1, 2]`.
    prompt
        The question, in a sentence.
    answer
        What is right.
    explanation
        Why it is right, with the numbers.
    traps
        Numbers that stand for a known mistake, each with the hint that it calls for.
    at
        Index of the element that is asked for; None where all of a value is.
    arrays
        Where an element is asked for: what it is made of, as pictures, and last the array that it
        is an element of.
    """

    kind: Kind
    block: str
    symbol: str
    prompt: str
    answer: Array
    explanation: str
    traps: tuple[Trap, ...] = ()
    at: Index | None = None
    arrays: tuple[Picture, ...] = ()

    @property
    def misfit(self) -> str:
        """What there is to say to an answer of another shape."""
        answer = self.answer
        due = f"an array of shape {answer.shape}" if answer.ndim else "a single number"
        return f"{self.symbol} is {due}."

    @property
    def not_yet(self) -> str:
        """What there is to say to an answer that no mistake explains."""
        return f"Not yet. {self.explanation.partition(': ')[0]}."


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


def judge(question: Question, text: str) -> Judgement:
    """Hold what a person typed against what is right.

    Parameters
    ----------
    text
        A number, a fraction like `pi/4`, or an array like `[1, 2]`.

    Examples
    --------
    >>> from engine.asking.predicting import questions
    >>> from engine.expression import parse_expression
    >>> from engine.moment import Moment
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
    answer, slack = question.answer, _slack(text)
    # First to all digits that were typed: a known mistake may be nearly what is right.
    for is_same in (partial(_is_exact, slack=slack), partial(is_close, slack=slack)):
        if given.shape == answer.shape and is_same(given, answer):
            return Judgement(right=True, sentence=question.explanation)
        for trap, hint in question.traps:
            if trap.shape == given.shape and is_same(given, trap):
                return Judgement(right=False, sentence=hint)
    if given.shape != answer.shape:
        return Judgement(right=False, sentence=question.misfit)
    if is_close(given, -answer, slack):
        return Judgement(right=False, sentence=WRONG_SIGN)
    return Judgement(right=False, sentence=question.not_yet)


def is_close(given: Array, right: Array, slack: float = 0.0) -> bool:
    """Tell whether two numbers are the same for a person with a pencil.

    Parameters
    ----------
    slack
        Half a unit of the last digit that was typed.
    """
    room = np.maximum(CLOSE * np.abs(right), min(slack, COARSEST) * (np.abs(right) >= slack))
    # Nothing is near to an infinity, though all that is finite is less far off than that is large.
    return bool(np.all((np.abs(given - right) <= room) & np.isfinite(right)))


def _is_exact(given: Array, right: Array, slack: float) -> bool:
    """Tell whether two numbers are the same to the digits that were typed, of which there are some.

    What is so near to 0 that nothing is left of it with these digits is not.
    """
    return bool(np.all(np.abs(given - right) <= slack) and np.all(np.abs(right) >= slack))


def _slack(text: str) -> float:
    """Give half a unit of the last digit of a number as it was typed; 0 for anything else."""
    _, point, digits = text.strip().partition(".")
    return 0.5 * 10.0 ** -len(digits) if point and digits.isdigit() else 0.0
