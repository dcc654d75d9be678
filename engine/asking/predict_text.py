"""Predicting a walk in a terminal: each number is asked for before it is shown."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

import numpy as np

from engine.asking.element_names import unbroken
from engine.asking.elements import Index
from engine.asking.overview import table_shape
from engine.asking.predicting import questions
from engine.asking.question import Question, judge
from engine.moment import Moment
from engine.narration import narrate
from engine.recording import ForwardStep, Recording
from engine.tints import BLUE, BOLD, GLUE, NARROWEST, ORANGE, RED, Paint
from engine.values import json_line, plain_value, value_text
from engine.variable import Array

ABOUT = "Each number is asked for before it is shown. An empty line or ? tells it."
"""What is said before anything else."""

RIGHT = "Right."
"""What is said of a right answer, before why it is right."""

OPEN = "?"
"""What stands in a table for the number that is asked for."""

TELL_ME = ("", "?")
"""Answers of somebody who gives up."""


def predict_lines(
    recording: Recording, answers: Iterator[str], width: int, paint: Paint
) -> Iterator[str]:
    r"""Walk, and ask for each number before it is shown; an answer is taken when a line is due.

    Parameters
    ----------
    answers
        What is typed, a line an answer; the walk ends where they do.
    width
        Columns of the terminal.
    paint
        Sets a text in a colour, given by its escape sequence, or leaves it.

    Examples
    --------
    >>> import numpy as np
    >>> from engine.expression import parse_expression
    >>> from engine.recording import record
    >>> graph, y = parse_expression("square(x)", {"x": np.array(3.0)})
    >>> typed = iter(["6", "9", "6", "?"])
    >>> lines = predict_lines(record(graph, y), typed, 80, lambda text, _: text)
    >>> print("\n".join(line for line in lines if line))
    Each number is asked for before it is shown. An empty line or ? tells it.
    1 →  The walk begins with a value that is given: x is 3.
    2 →  Square gets x = 3. What does it give?
         y = ?
       ✗ Not yet. Square of x = 3.
         y = ?
         Right. Square of x = 3: y = 9.
    3 ←  Here the walk turns round. y changes exactly as fast as itself, so it
         starts with 1.
    4 ←  How steeply does Square rise at x = 3?
         ∂y/∂x = ?
         Right. The local derivative of Square: ∂y/∂x = 6.
         Square gets 1 from above. What does it pass on to the gradient of x?
         ∂y/∂x = ?
         Upstream times local derivative: 1 × 6 = 6.
    2 of 3 told, 1 of them at the first try.
    """
    quiz = _Quiz(answers, width, paint)
    yield ""
    yield ABOUT
    for index, step in enumerate(recording.steps):
        moment = Moment(recording, index)
        forward = isinstance(step, ForwardStep)
        number = f"{index + 1:>{len(str(len(recording)))}} {'→' if forward else '←'}  "
        wanted = questions(moment)
        told = [question.prompt for question in wanted] or [narrate(moment).sentence]
        yield ""
        for at, words in enumerate(told):
            if not quiz.is_over:
                head = number if not at else " " * len(number)
                yield from quiz.said(words, head, BLUE if forward else ORANGE)
                yield from tables(wanted[at], " " * len(number), width) if wanted else ()
                yield from quiz.ask(wanted[at], " " * len(number)) if wanted else ()
        if quiz.is_over:
            break
    yield ""
    yield score(str(quiz.told), str(quiz.asked), str(quiz.at_once))


def score(told: str, asked: str, at_once: str) -> str:
    """Say how it goes, in numbers that are written already."""
    return f"{told} of {asked} told, {at_once} of them at the first try."


def tables(question: Question, indent: str, width: int) -> Iterator[str]:
    """Write the arrays that an element is asked for of, the last one with it left open."""
    for picture in question.arrays:
        if picture.array.ndim:  # a single number stands in the question
            yield f"{indent}{picture.head}"
            open_at = question.at if picture is question.arrays[-1] else None
            for row in _rows(picture.array, open_at, width - len(indent)):
                yield indent + row


def _rows(array: Array, open_at: Index | None, width: int) -> Iterator[str]:
    """Write the rows of a table, with as many digits as there is room for, of 4."""
    columns = table_shape(array.shape)[1]
    for digits in (4, 3, 2):
        cells = [value_text(np.asarray(each), digits) for each in array.flat]
        if open_at is not None:
            cells[int(np.ravel_multi_index(open_at, array.shape))] = OPEN
        wide = max(map(len, cells), default=0) + 2
        if columns * wide <= width:
            break
    for start in range(0, len(cells), columns):
        yield "".join(f"{cell:>{wide}}" for cell in cells[start : start + columns])


class _Quiz:
    """Answers that are taken one by one, and how they go."""

    def __init__(self, answers: Iterator[str], width: int, paint: Paint) -> None:
        self._answers = answers
        self._width = width
        self._paint = paint
        self.asked = self.told = self.at_once = 0
        self.is_over = False

    def said(self, words: str, head: str, tint: str) -> Iterator[str]:
        """Write a sentence behind a head, which is what is tinted."""
        room = max(self._width - len(head), NARROWEST)
        parts = unbroken(words).split("\n")
        lines = [line.replace(GLUE, " ") for part in parts for line in textwrap.wrap(part, room)]
        for at, line in enumerate(lines):
            yield (self._paint(head, tint) if not at else " " * len(head)) + line

    def ask(self, question: Question, indent: str) -> Iterator[str]:
        """Ask until the number is told, or nothing more is answered."""
        wrong = 0
        while not self.is_over:
            yield self._paint(f"{indent}{question.symbol} = ?", BOLD)
            answer = next(self._answers, None)
            if answer is None:
                self.is_over = True
                return
            self.asked += not wrong
            if answer.strip() in TELL_ME:
                yield from self.said(question.explanation, indent, "")
                return
            judged = judge(question, answer)
            if judged.right:
                self.told += 1
                self.at_once += not wrong
                yield from self.said(f"{RIGHT} {judged.sentence}", indent, "")
                return
            wrong += 1
            yield from self.said(judged.sentence, f"{indent[:-2]}✗ ", RED)


def predict_json(recording: Recording) -> Iterator[str]:
    """Write all questions as JSON, an object a number that is asked for, with its answer."""
    for index in range(len(recording)):
        for question in questions(Moment(recording, index)):
            yield json_line(
                {
                    "step": index + 1,
                    "kind": question.kind,
                    "block": question.block,
                    "symbol": question.symbol,
                    "element": None if question.at is None else list(question.at),
                    "question": question.prompt,
                    "answer": plain_value(question.answer),
                    "explanation": question.explanation,
                }
            )
