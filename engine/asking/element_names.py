"""Elements of arrays by their names, such as a[0, 2]."""

from __future__ import annotations

import math
import re

from engine.asking.elements import Index
from engine.errors import RunError
from engine.recording import Recording
from engine.tints import GLUE

NAME = re.compile(r"\s*([^\[\]]*?)\s*(?:\[([^\[\]]*)\])?\s*")


INSIDE = re.compile(r"\[[\d:, ]+\]")
"""What stands in the brackets of an element, a row or a column."""


def element_name(recording: Recording, block: str, at: Index) -> str:
    """Name an element: x, or x[1, 0] of an array."""
    name = recording.blocks[block].name
    return f"{name}[{', '.join(map(str, at))}]" if at else name


def unbroken(text: str) -> str:
    r"""Keep the names of elements such as a[1, 2] on one line, wherever the text is broken.

    Examples
    --------
    >>> unbroken("a[1, 2] and w[:, 0]").split(" ")
    ['a[1,\xa02]', 'and', 'w[:,\xa00]']
    """
    return INSIDE.sub(lambda found: found[0].replace(" ", GLUE), text)


def parted(name: str) -> tuple[str, str | None]:
    """Part the name of an element: that of the array, and what stands between the brackets.

    Examples
    --------
    >>> parted("a[0, 2]"), parted(" x ")
    (('a', '0, 2'), ('x', None))
    """
    read = NAME.fullmatch(name)
    return (read[1], read[2]) if read is not None else (name, None)


def index_of(name: str, shape: tuple[int, ...], inside: str | None) -> Index:
    """Read an index; negative ones count from the end, as in Python.

    Parameters
    ----------
    name, shape
        Of the array.
    inside
        What was written between brackets; None if there were none.

    Raises
    ------
    RunError
        If there is no such element, or none is named.

    Examples
    --------
    >>> index_of("x", (2, 3), "-1, 0")
    (1, 0)
    """
    if not shape:
        if inside is None:
            return ()
        raise RunError(f"{name} is a single number: point at it as {name}.")
    if not math.prod(shape):
        raise RunError(f"{name} is empty: it has no elements.")
    first = f"{name}[{', '.join('0' for _ in shape)}]"
    has = f"{name} has the shape {shape}, so write {first} for its first element"
    try:
        asked = tuple(int(each) for each in (inside or "").split(","))
    except ValueError:
        raise RunError(f"{has}.") from None
    if len(asked) != len(shape):
        raise RunError(f"{has}.")
    at = tuple(each + size if each < 0 else each for each, size in zip(asked, shape, strict=True))
    if not all(0 <= each < size for each, size in zip(at, shape, strict=True)):
        last = ", ".join(str(size - 1) for size in shape)
        raise RunError(
            f"{name}[{', '.join(map(str, asked))}] is not there: {name} ends at [{last}]."
        )
    return at
