"""Which element of an array is asked for, and what it is made of.

An array of more than a few elements would be tedious to type. So one of its elements is asked for,
where there is something to be learned: no zero, off the diagonal, so that rows and columns cannot
be taken for each other, and another one at each step. It is a function of the recording and of the
step alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from engine.asking.element_names import element_name
from engine.asking.elements import Index
from engine.asking.feeding import LARGEST
from engine.asking.overview import table_shape
from engine.asking.question import Trap
from engine.recording import Recording
from engine.values import value_text
from engine.variable import Array

ROWS, COLUMNS = 8, 8
"""The corner of a larger array that an element is chosen from: what is shown of it."""

MOST_TERMS = 12
"""Numbers that an element may be made of, so that a person can work it out."""


def chosen(array: Array, step: int, *others: Array | None) -> Index | None:
    """Choose the element of an array that is asked for.

    Parameters
    ----------
    step
        Index of the step, by which the choice goes round.
    others
        Arrays of the same shape whose element there must not be the same number: who takes one for
        the other would be right by chance.

    Returns
    -------
    tuple
        Its index; None if no number of the array is finite.

    Examples
    --------
    >>> chosen(np.array([[3.0, 0.0, 2.0], [0.0, 5.0, 0.0]]), 0)
    (0, 2)
    >>> chosen(np.zeros((2, 3)), 0), chosen(np.full(7, np.nan), 0)
    ((0, 1), None)
    """
    marked = [(_worth(array, at, others), at) for at in _corner(array.shape)]
    most = max((worth for worth, _ in marked), default=-1)
    best = [at for worth, at in marked if worth == most]
    return best[step % len(best)] if most >= 0 else None


def _corner(shape: tuple[int, ...]) -> Iterator[Index]:
    rows, columns = table_shape(shape)
    for row in range(min(rows, ROWS)):
        for column in range(min(columns, COLUMNS)):
            at = np.unravel_index(row * columns + column, shape) if shape else ()
            yield tuple(map(int, at))


def _worth(array: Array, at: Index, others: tuple[Array | None, ...]) -> int:
    """Tell how much is to be learned from an element; less than 0 if it is no number."""
    number = float(array[at])
    if not np.isfinite(number):
        return -1
    taken = any(o is not None and np.isclose(float(o[at]), number) for o in others)
    straight = len(at) > 1 and at[-2] == at[-1]
    return 8 * (number != 0) + 4 * (not taken) + 2 * (abs(number) != 1) + (not straight)


def is_shown_whole(*arrays: Array) -> bool:
    """Tell whether arrays are so small that all their numbers stand beside a question."""
    shapes = [table_shape(array.shape) for array in arrays]
    return all(rows <= ROWS and columns <= COLUMNS for rows, columns in shapes)


def can_follow(arrays: Iterable[Array]) -> bool:
    """Tell whether elements of all of some arrays can be followed, while a person waits."""
    return all(array.size <= LARGEST for array in arrays)


def number(array: Array, at: Index | None) -> Array:
    """Take an element out of an array, as an array; all of it, without an index."""
    return array if at is None else np.asarray(array[at])


def told(recording: Recording, block: str, at: Index | None) -> str:
    """Name a value or an element of it, with its number, such as x[0, 1] = 2."""
    value = recording.value(block)
    name = element_name(recording, block, at or ())
    return name if value is None else f"{name} = {value_text(number(value, at))}"


def turned(array: Array, at: Index, name: str) -> Iterator[Trap]:
    """Give what stands at an index that is turned round, as a trap, if that is another element.

    Parameters
    ----------
    name
        What the array is called.
    """
    back = at[::-1]
    if len(at) > 1 and back != at and all(i < n for i, n in zip(back, array.shape, strict=True)):
        place = ", ".join(map(str, back))
        hint = f"That is {name}[{place}]. The first index counts rows, the second one columns."
        yield np.asarray(array[back]), hint
