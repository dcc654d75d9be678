"""Finding blocks in a run: by name, by function, by value, or by the size of a gradient."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np

from engine.errors import GradwalkError, QueryError
from engine.graph import Block, title
from engine.marks import Mark
from engine.recording import Recording
from engine.syntax import shown
from engine.values import parse_value
from engine.variable import Array
from engine.writing import notation_of

COMPARISON = re.compile(r"(.*?)(<=|>=|==|!=|=|<|>)(.*)", re.DOTALL)
COMPARISONS: dict[str, Callable[[Array, Array], Array]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
    "==": operator.eq,
    "!=": operator.ne,
}
VALUE, GRADIENT = ("", "value", "val"), ("gradient", "grad", "∂")
BAD: dict[str, Callable[[Array], Array]] = {"nan": np.isnan, "inf": np.isinf}

Test = Callable[[Recording, Block], bool]


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for.

    Attributes
    ----------
    text
        As it was typed.
    words
        The letters of a name that is looked for; "" if a number is.
    """

    text: str
    words: str
    _test: Test | None

    def matches(self, recording: Recording) -> list[str]:
        """List the blocks of a run that are what is looked for, in the order of the run.

        A name that some block or function has in full is meant in full.
        """
        steps = recording.course.value_steps
        blocks = sorted(recording.blocks.values(), key=lambda b: steps.get(b.id, len(recording)))
        if self._test is not None:
            return [block.id for block in blocks if self._test(recording, block)]
        known = [(block.id, _names(block)) for block in blocks]
        exact = [block for block, names in known if self.words in names]
        return exact or [
            block for block, names in known if any(self.words in name for name in names)
        ]


def marks_matching(query: Query, marks: Iterable[Mark]) -> list[str]:
    """List the frames and notes that say what is looked for; a number is looked for in none."""
    if not query.words:
        return []
    told = ((mark.id, " ".join(mark.text.split()).casefold()) for mark in marks)
    return [mark for mark, text in told if query.words in text]


def parse_query(text: str) -> Query | None:
    """Read what somebody looks for; None if that is nothing.

    Parameters
    ----------
    text
        Part of a name or of a function's; `nan`, `inf`; a comparison of values such as `= 0.5` or
        `> 3`, or of gradients by their size such as `gradient > 1e3` or `grad < 1e-8`. A value of
        an array matches if one of its elements does; the size of its gradient is that of the
        largest element.

    Raises
    ------
    QueryError
        If a comparison is not whole; the sentence says what is missing.

    Examples
    --------
    >>> from engine.expression import parse_expression
    >>> from engine.recording import record
    >>> graph, y = parse_expression("y = square(exp(x))", {"x": np.array(0.0)})
    >>> run = record(graph)
    >>> for text in ("exp", "= 1", "grad > 1"):
    ...     print([run.blocks[block].name for block in parse_query(text).matches(run)])
    ['a']
    ['a', 'y']
    ['x', 'a']
    """
    words = " ".join(text.split()).casefold()
    if not words:
        return None
    what, _, rest = words.rpartition(" ")
    if rest in BAD and what in (*VALUE, *GRADIENT):
        return Query(text, "", _bad(BAD[rest], what))
    compared = COMPARISON.fullmatch(words)
    if compared is None:
        return Query(text, words, None)
    what, sign, number = (part.strip() for part in compared.groups())
    if what not in (*VALUE, *GRADIENT):
        sentence = f"“{shown(what)}” cannot be compared; write value > 3 or gradient > 3."
        raise QueryError(sentence)
    return Query(text, "", _comparison(what in GRADIENT, COMPARISONS[sign], _number(number)))


def _number(text: str) -> Array:
    if not text:
        raise QueryError("A number is missing, as in gradient > 1e3.")
    try:
        number = parse_value(text)
    except GradwalkError:
        raise QueryError(f"“{shown(text)}” is no number to compare with.") from None
    if number.ndim:
        raise QueryError("Compare with one number, as in gradient > 1e3.")
    return number


def _names(block: Block) -> set[str]:
    found = {block.name, block.kind, title(block)}
    if block.is_function:
        found.add(notation_of(block.kind).symbol)
    return {name.casefold() for name in found}


def _bad(test: Callable[[Array], Array], what: str) -> Test:
    def is_bad(recording: Recording, block: Block) -> bool:
        asked = []
        if what in VALUE:
            asked.append(recording.value(block.id))
        if what in (*GRADIENT, ""):
            asked.append(recording.gradient(block.id))
        return any(array is not None and bool(np.any(test(array))) for array in asked)

    return is_bad


def _comparison(
    of_gradient: bool,  # noqa: FBT001 - a fact about the query
    compare: Callable[[Array, Array], Array],
    number: Array,
) -> Test:
    def compares(recording: Recording, block: Block) -> bool:
        array = recording.gradient(block.id) if of_gradient else recording.value(block.id)
        if array is None or not array.size:
            return False
        if of_gradient:
            array = np.abs(array).max()
        with np.errstate(invalid="ignore"):
            return bool(np.any(compare(array, number)))

    return compares
