"""Can you tell before? What a step is about to show, asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache, partial

import numpy as np

from engine.asking.asked_element import can_follow, chosen, is_shown_whole
from engine.asking.asked_gradients import (
    contribution_question,
    local_of,
    local_question,
    passing,
    sum_question,
)
from engine.asking.asked_sums import asked_sum
from engine.asking.asked_values import element_of_value, whole_value
from engine.asking.elements import Index
from engine.asking.question import Question
from engine.asking.step_arrays import Picture, pictures_of
from engine.graph import function_of
from engine.moment import Moment
from engine.recording import BackwardStep, Contribution, ForwardStep, Recording
from engine.wording import text_fraction

LARGEST = 6
"""Elements of an array that a person may be asked to tell; of a larger one, one is asked for."""


def questions(moment: Moment) -> tuple[Question, ...]:
    """Ask for the numbers that the step under the cursor is about to show.

    Examples
    --------
    >>> from engine.expression import parse_expression
    >>> from engine.recording import record
    >>> from engine.values import value_text
    >>> graph, y = parse_expression("square(exp(square(x)))", {"x": np.array(0.5)})
    >>> for question in questions(Moment(record(graph, y), 6)):
    ...     print(question.symbol, "=", value_text(question.answer))
    ∂b/∂a = 1.2840
    ∂y/∂a = 3.2974
    >>> graph, y = parse_expression("sum(x @ w)", {"x": np.ones((3, 2)), "w": np.ones((2, 2))})
    >>> [question.symbol for question in questions(Moment(record(graph, y), 6))]
    ['∂y/∂x[2, 0]', '∂y/∂w[0, 1]']
    """
    recording, step = moment.recording, moment.step
    match step:
        case ForwardStep() if recording.blocks[step.block].is_function:
            asked = [*_value(recording, step, moment.cursor)]
        case BackwardStep():
            asked = [*_back(recording, step, moment.cursor)]
        case _:
            return ()
    return tuple(q for q in asked if q.answer.size and bool(np.all(np.isfinite(q.answer))))


def _value(recording: Recording, step: ForwardStep, cursor: int) -> Iterator[Question]:
    size, is_small = step.value.size, step.value.size <= LARGEST
    is_plain = function_of(recording.blocks[step.block]).is_elementwise() or size == 1
    of_element = None
    if not (is_plain and is_small):
        of_element = element_of_value(recording, step, cursor)
    if of_element is not None:
        yield of_element
    elif is_small:
        yield whole_value(recording, step)


def _back(recording: Recording, step: BackwardStep, cursor: int) -> Iterator[Question]:
    pictures = cache(partial(pictures_of, recording, step))
    for part in step.contributions:
        local, is_single = local_of(step, part), not (part.value.ndim or step.upstream.ndim)
        if is_single or (local is not None and part.value.size <= LARGEST):
            yield from _products(recording, step, part, None)
        elif local is not None:
            at = chosen(part.value, cursor, local, step.upstream, part.before)
            if at is not None and can_follow([part.value]):
                yield from _products(recording, step, part, at)
        else:
            yield from _added_up(recording, step, part, pictures, cursor)


def _products(
    recording: Recording, step: BackwardStep, part: Contribution, at: Index | None
) -> Iterator[Question]:
    """Ask for what is one product for each element: the slope, the product, and the sum."""
    of = passing(recording, step, part, at)
    arrays = _Arrays(recording, step, part) if at is not None else None
    if of.local is not None:
        yield local_question(of, arrays.slope if arrays else ())
    yield contribution_question(of, arrays.product if arrays else ())
    if of.before is not None:
        yield sum_question(of, arrays.sum if arrays else ())


def _added_up(
    recording: Recording,
    step: BackwardStep,
    part: Contribution,
    pictures: Callable[[], tuple[Picture, ...]],
    cursor: int,
) -> Iterator[Question]:
    """Ask for what is a sum of products in itself, and for its sum with what was there."""
    asked = asked_sum(recording, step, part, pictures, cursor)
    if asked is None and part.value.size > LARGEST:
        return
    at = None if asked is None else asked.at
    of = passing(recording, step, part, at)
    yield contribution_question(of) if asked is None else asked
    if of.before is not None:
        yield sum_question(of, () if at is None else _Arrays(recording, step, part).sum)


class _Arrays:
    """The arrays that an element is asked for of, where all their numbers can be seen."""

    def __init__(self, recording: Recording, step: BackwardStep, part: Contribution) -> None:
        self._recording, self._step, self._part = recording, step, part
        names, target = recording.blocks, recording.target or step.block
        self._x, self._y = names[part.wire.source].name, names[step.block].name
        self._whole = text_fraction(names[target].name, self._x)
        self._above = text_fraction(names[target].name, self._y)

    @property
    def slope(self) -> tuple[Picture, ...]:
        """Where it is found, and all slopes."""
        value, local = self._recording.value(self._part.wire.source), self._part.local
        if value is None or local is None:
            return ()
        given = Picture(self._x, value, "given")
        return _if_whole(given, Picture(text_fraction(self._y, self._x), local, "times"))

    @property
    def product(self) -> tuple[Picture, ...]:
        """The two factors, and the product."""
        local = self._part.local
        if local is None:
            return ()
        return _if_whole(
            Picture(f"from above {self._above}", self._step.upstream, "above"),
            Picture(f"times {text_fraction(self._y, self._x)}", local, "times"),
            Picture(f"to {self._whole}", self._part.value, "to"),
        )

    @property
    def sum(self) -> tuple[Picture, ...]:
        """What was there, what comes, and what is there then."""
        before = self._part.before
        if before is None:
            return ()
        return _if_whole(
            Picture(f"before {self._whole}", before, "to"),
            Picture(f"added {self._whole}", self._part.value, "to"),
            Picture(f"after {self._whole}", self._part.after, "to"),
        )


def _if_whole(*pictures: Picture) -> tuple[Picture, ...]:
    return pictures if is_shown_whole(*(each.array for each in pictures)) else ()
