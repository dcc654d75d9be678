"""How large blocks and labels are in a picture, in the units of the canvas."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from engine.document import Place
from engine.graph import CONSTANT, INPUT, Block, ports_of
from engine.marks import Box
from engine.values import value_text
from engine.variable import Array

CARD_WIDTH, CARD_HEIGHT, CARD_RADIUS = 96.0, 88.0, 10.0
PILL_HEIGHT, PILL_MIN, PILL_MAX = 52.0, 60.0, 150.0
CONSTANT_HEIGHT, CONSTANT_MIN = 34.0, 44.0
PORT_RADIUS = 5.5
TAIL, ARRAY_TAIL, END = 74.0, 132.0, 48.0
"""From a block that nothing uses to the pill of its Variable, and the width of that pill."""

STUB = 18.0
"""Length of the short wire of a block that nothing uses, where another stands in its way."""

STEM = 44.0
"""From a block to the labels of its Variable where several wires part."""

ARRIVAL_GAP, ARRIVAL_SHARE, FURTHEST_ARRIVAL = 40.0, 0.4, 60.0
"""From the block that a contribution comes back from to its label, along its wire: more on a longer
wire, which may be steep and come close to the labels of another."""

BOW = 0.38
"""How far the curves of a wire with bends bow, of the way from one bend to the next."""

LEVEL = 26.0
"""How far such a wire bows at least where it leaves and enters level."""

LABEL_GAP = 14.0
"""From a wire to the nearer edge of a label above or below it."""

NUMBER_HEIGHT, WIDEST = 24.0, 164.0

LONGEST_PILL = 4
"""Elements of an array that a pill writes out; of a larger one it shows a picture."""

PICTURE, PICTURE_PILL = 44.0, (104.0, 76.0)
"""Height of the picture of an array at a wire, and size of the pill of an input with one in it."""

CHIP = 66.0
"""Width of a local derivative in its chip, as a rule."""

ARRIVAL = 72.0
"""Width that the picture of a contribution may have."""

ADDEND = 64.0
"""Width that a contribution of one number may have, without its sign: there are many of them."""

NUMBER = 13
"""Pixels of the numbers."""

DIGIT = 0.6
"""Width of a character of the monospaced font, as a share of its height."""

NARROW, WIDE = frozenset("fijlrtI.,:;|!'()[]1 "), frozenset("mwMWQ@%")


def size(block: Block) -> tuple[float, float]:
    """Width and height of a block."""
    if block.is_function:
        return CARD_WIDTH, max(CARD_HEIGHT, 34.0 * len(ports_of(block)))
    if has_picture(block):
        return PICTURE_PILL
    words = "" if block.value is None else value_text(block.value)
    number = len(words) * NUMBER * DIGIT
    if block.kind == CONSTANT:
        return min(max(CONSTANT_MIN, number + 24), PILL_MAX), CONSTANT_HEIGHT
    name = text_width(block.name, 15)
    return min(max(PILL_MIN, number + 30, name + 30), PILL_MAX), PILL_HEIGHT


def chips(block: Block, at: Place) -> Box:
    """Tell about where the local derivatives of a block stand, below it."""
    width = CHIP * len(ports_of(block))
    return Box(at.x - width / 2, at.y + size(block)[1] / 2 + 10, width, 26.0)


def has_picture(block: Block) -> bool:
    """Tell whether the pill of an input has the picture of an array in it."""
    value = block.value
    if block.kind != INPUT or value is None or not (value.ndim and value.size):
        return False
    return value.size > LONGEST_PILL or len(value_text(value)) * NUMBER * DIGIT + 24 > PILL_MAX


def arrival_gap(length: float) -> float:
    """Tell how far along a wire of some length that label stands from its end."""
    return min(max(ARRIVAL_GAP, ARRIVAL_SHARE * length), FURTHEST_ARRIVAL, length / 2)


def text_width(words: str, pixels: float) -> float:
    """Tell about how wide some words are in the font of the interface, whichever that is."""
    shares = (0.34 if c in NARROW else 0.95 if c in WIDE else 0.62 for c in words)
    return sum(shares) * pixels


def number_width(words: str) -> float:
    """Width of the pill around a number."""
    return max(len(words) * NUMBER * DIGIT + 16, NUMBER_HEIGHT)


def fitting(value: Array, room: float) -> str:
    """Write a value so that its pill fits: with fewer digits, or as its shape alone.

    Examples
    --------
    >>> import numpy as np
    >>> fitting(np.array([0.125, 1 / 3, 2.0]), 160), fitting(np.array([0.125, 1 / 3, 2.0]), 74)
    ('[0.125, 0.333, 2]', '(3,)')
    """
    for digits, longest in ((5, 4), (3, 4), (3, 2)):
        words = value_text(value, digits, longest)
        if number_width(words) <= room and len(words) * NUMBER * DIGIT + 12 <= WIDEST:
            return words
    return str(value.shape) if value.ndim else value_text(value, 2)


def chip_words(value: Array) -> str:
    """Write a local derivative so that its chip is not much wider than a card.

    Examples
    --------
    >>> import numpy as np
    >>> chip_words(np.array(2.5)), chip_words(np.array([1.0, 0.0])), chip_words(np.ones((9, 9)))
    ('× 2.5', '× [1, 0]', '× 9×9 array')
    """
    words = fitting(value, CARD_WIDTH)
    return f"× {words if number_width(words) <= CARD_WIDTH else 'array'}"


def chip_spots(widths: Sequence[float], *, stacked: bool) -> list[Place]:
    """Tell where chips stand, from the middle of the lower edge of their block.

    Parameters
    ----------
    stacked
        Whether they stand below each other: those of arrays are wide.

    Examples
    --------
    >>> chip_spots((60.0, 80.0), stacked=False)
    [Place(x=-43.0, y=23.0), Place(x=33.0, y=23.0)]
    >>> chip_spots((120.0, 120.0), stacked=True)
    [Place(x=0.0, y=23.0), Place(x=0.0, y=53.0)]
    """
    if stacked:
        return [Place(0.0, CHIP_FALL + at * CHIP_LINE) for at in range(len(widths))]
    left, found = -(sum(widths) + CHIP_GAP * (len(widths) - 1)) / 2, []
    for width in widths:
        found.append(Place(left + width / 2, CHIP_FALL))
        left += width + CHIP_GAP
    return found


CHIP_FALL, CHIP_LINE, CHIP_GAP = 23.0, 30.0, 6.0
"""From the edge of a block to the middle of its chips, from one to the next below it, and between
two beside each other."""


def addend_room(value: Array, room: float) -> float:
    """Tell how wide a contribution may be, where a label may have so much room."""
    return room if value.ndim else min(room, ADDEND)


def added(words: str) -> str:
    """Write a contribution with the sign by which it changes the sum.

    Examples
    --------
    >>> added("0.25"), added("−0.25")
    ('+ 0.25', '− 0.25')
    """
    return f"− {words[1:]}" if words.startswith("−") else f"+ {words}"


@lru_cache(maxsize=512)
def _pieces(words: str) -> tuple[str, ...]:
    return tuple(re.findall(r"[A-Z]*[^A-Z]+|[A-Z]+", words))


def broken(words: str, measure: Callable[[str], float], room: float) -> tuple[str, ...]:
    """Break a name that is too long for one line before a capital, as evenly as may be.

    Examples
    --------
    >>> broken("SoftmaxCrossEntropy", len, 12), broken("Square", len, 12)
    (('Softmax', 'CrossEntropy'), ('Square',))
    """
    pieces = _pieces(words)
    if len(pieces) < 2 or measure(words) <= room:  # noqa: PLR2004 - one piece cannot be broken
        return (words,)
    ways = [("".join(pieces[:at]), "".join(pieces[at:])) for at in range(1, len(pieces))]
    return min(ways, key=lambda lines: max(map(measure, lines)))


def wrapped(text: str, room: float, pixels: float) -> list[str]:
    """Break a text into lines: between words, and in a word that is too long itself.

    Examples
    --------
    >>> wrapped("values go forward" + chr(10) + "and back", 90, 13)
    ['values go', 'forward', 'and back']
    """
    lines: list[str] = []
    for paragraph in text.expandtabs(4).split("\n"):
        line = ""
        for word in paragraph.split(" "):
            longer = f"{line} {word}" if line else word
            if text_width(longer, pixels) <= room:
                line = longer
                continue
            if line:
                lines.append(line)
            line = word
            while text_width(line, pixels) > room and len(line) > 1:
                fits = next(
                    n
                    for n in range(len(line), 0, -1)
                    if n == 1 or text_width(line[:n], pixels) <= room
                )
                lines.append(line[:fits])
                line = line[fits:]
        lines.append(line)
    return lines


def shortened(words: str, room: float, pixels: float) -> str:
    """Leave out the middle of some words that would be too wide."""
    if text_width(words, pixels) <= room:
        return words
    kept = max(int(len(words) * room / text_width(words, pixels)) - 1, 2)
    return f"{words[: (kept + 1) // 2]}…{words[len(words) - kept // 2 :]}"
