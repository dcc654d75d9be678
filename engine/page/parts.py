"""What all parts of a page are made of: formulas, choices, numbers, and a way to a step."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from typing import NamedTuple

from engine.asking.side_by_side import Cell
from engine.document import Place
from engine.picture.cells import Cells, is_pictured
from engine.picture.lamps import Lamps
from engine.recording import Recording
from engine.values import value_text
from engine.variable import Array

WIDEST, HIGHEST = 300.0, 132.0
"""Room for the picture of an array among numbers."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the questions of a page are about.

    Attributes
    ----------
    recording
        The walk.
    lamps
        What lights blocks and wires in its picture; None where there is no picture beside.
    walked
        Whether the walk itself stands beside, so that one can go to its steps.
    """

    recording: Recording
    lamps: Lamps | None = None
    walked: bool = True

    def lit(self, keys: str) -> str:
        """Write which lamps something lights, as an attribute; nothing without a picture."""
        return f' data-lights="{keys}"' if keys else ""

    def light_of(self, block: str) -> str:
        """Write that something lights a block, as an attribute; nothing without a picture."""
        return "" if self.lamps is None else self.lit(self.lamps.block(block))

    def way(self, step: int) -> str:
        """Write that something leads to a step, as an attribute; nothing without a walk beside."""
        return f' data-step="{step}"' if self.walked else ""


def formula(tex: str, words: str, display: str = "inline") -> str:
    """Write a formula as MathML, which a browser sets and a screen reader reads.

    Parameters
    ----------
    words
        What stands there if it cannot be set.
    """
    return _set(tex, display) or escape(words)


@lru_cache(maxsize=4096)  # the same fractions stand in many places
def _set(tex: str, display: str) -> str:
    from latex2mathml.converter import convert  # noqa: PLC0415 - only a page wants it

    try:
        found: str = convert(tex, display=display)
    except Exception:  # noqa: BLE001 - it raises what it likes; the plain text stands instead
        return ""
    return found.replace(' xmlns="http://www.w3.org/1998/Math/MathML"', "")


def number(value: Array, kind: str, digits: int = 5) -> str:
    """Write a value among others: in numbers, or as a picture where it is too large for that.

    Parameters
    ----------
    kind
        "v" for a value, "g" for a gradient.
    """
    if not is_pictured(value, WIDEST):
        return f'<span class="num {kind}">{escape(value_text(value, digits))}</span>'
    return pictured(value, kind)


def pictured(value: Array, kind: str) -> str:
    """Draw a value as a picture of its cells."""
    cells = Cells(value, WIDEST, HIGHEST)
    width, height = cells.size
    drawn = cells.svg(Place(width / 2, height / 2), kind)
    return (
        f'<svg class="gw array" viewBox="0 0 {width:g} {height:g}" width="{width:g}" '
        f'height="{height:g}" role="img" aria-label="{escape(value_text(value))}">{drawn}</svg>'
    )


class Choice(NamedTuple):
    """One of several answers.

    Attributes
    ----------
    name
        What it is called.
    answer
        The answer.
    lights
        Which lamps it lights.
    is_first
        Whether it is the one that is chosen at first; without any, the first is.
    """

    name: str
    answer: Iterable[str]
    lights: str = ""
    is_first: bool = False


def choices(label: str, options: Sequence[Choice]) -> Iterator[str]:
    """Write several answers of which a person chooses one; without a script all are seen.

    Parameters
    ----------
    label
        What is chosen, in a word or two.
    """
    if len(options) > 1:
        yield f'<p class="choose"><label>{escape(label)} <select>'
        for option in options:
            chosen = " selected" if option.is_first else ""
            yield f"<option{chosen}>{escape(option.name)}</option>"
        yield "</select></label></p>\n"
    for option in options:
        lights = f' data-lights="{option.lights}"' if option.lights else ""
        yield f'<div class="choice"{lights}><h3>{escape(f"{label} {option.name}")}</h3>\n'
        yield from option.answer
        yield "</div>\n"


def verdict(*sentences: str, good: bool) -> str:
    """Write what came of something, and whether that is well."""
    return said(*sentences, kind="verdict good" if good else "verdict bad")


def side(cell: Cell, kind: str) -> str:
    """Write the numbers of a cell, and those of its arrays as pictures that are too large for it.

    Parameters
    ----------
    kind
        "v" for values, "g" for gradients.
    """
    lines = "".join(f'<span class="num {kind}">{escape(each)}</span>' for each in cell.numbers)
    return f"{lines}{''.join(pictured(array, kind) for array in cell.arrays)}"


def around(at: int, count: int, most: int) -> range:
    """Choose so many of some rows, around one of them.

    Examples
    --------
    >>> around(50, 100, 10), around(2, 100, 10), around(99, 100, 10), around(1, 3, 10)
    (range(45, 55), range(0, 10), range(90, 100), range(0, 3))
    """
    first = max(min(at - most // 2, count - most), 0)
    return range(first, min(first + most, count))


def some(shown: int, count: int, what: str) -> str:
    r"""Say that not all of something is on the page; nothing where it is.

    Examples
    --------
    >>> some(24, 200, "inputs")
    '<p class="dim">Of 200 inputs, 24 are on this page.</p>\n'
    """
    if shown >= count:
        return ""
    return f'<p class="dim">Of {count:,} {what}, {shown:,} are on this page.</p>\n'


def said(*sentences: str, kind: str = "said") -> str:
    """Write what there is to say."""
    words = " ".join(filter(None, sentences))
    return f'<p class="{kind}">{escape(words)}</p>\n' if words else ""
