"""What all parts of a page are made of: formulas, choices, numbers, and a way to a step."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape

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
    """

    recording: Recording
    lamps: Lamps | None = None

    def lit(self, keys: str) -> str:
        """Write which lamps something lights, as an attribute; nothing without a picture."""
        return f' data-lights="{keys}"' if keys else ""

    def way(self, step: int) -> str:
        """Write that something leads to a step, as an attribute; nothing without a walk beside."""
        return "" if self.lamps is None else f' data-step="{step}"'


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


def number(value: Array, kind: str) -> str:
    """Write a value among others: in numbers, or as a picture where it is too large for that.

    Parameters
    ----------
    kind
        "v" for a value, "g" for a gradient.
    """
    if not is_pictured(value, WIDEST):
        return f'<span class="num {kind}">{escape(value_text(value))}</span>'
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


def choices(label: str, options: Sequence[tuple[str, Iterable[str]]]) -> Iterator[str]:
    """Write several answers of which a person chooses one; without a script all are seen.

    Parameters
    ----------
    label
        What is chosen, in a word or two.
    options
        What each is called, and the answer.
    """
    if len(options) > 1:
        yield f'<p class="choose"><label>{escape(label)} <select>'
        for name, _ in options:
            yield f"<option>{escape(name)}</option>"
        yield "</select></label></p>\n"
    for name, answer in options:
        yield f'<div class="choice"><h3>{escape(f"{label} {name}")}</h3>\n'
        yield from answer
        yield "</div>\n"


def some(shown: int, count: int, what: str) -> str:
    """Say that not all of something is on the page; nothing where it is.

    Examples
    --------
    >>> some(24, 200, "inputs")
    '<p class="dim">200 inputs; these are the first 24.</p>'
    """
    if shown >= count:
        return ""
    return f'<p class="dim">{count:,} {what}; these are the first {shown:,}.</p>\n'


def said(*sentences: str, kind: str = "said") -> str:
    """Write what there is to say."""
    words = " ".join(filter(None, sentences))
    return f'<p class="{kind}">{escape(words)}</p>\n' if words else ""
