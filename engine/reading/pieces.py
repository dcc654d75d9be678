"""Pieces of Python: an expression as a tree that knows how tightly it holds together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from engine.notation import ATOM, POWER, PRODUCT, SIGN, SUM

COMPARISON, ANYTHING = SUM - 2, SUM - 3
"""How tightly `a == b` holds together, and what may stand between commas."""

SIMPLE = re.compile(r"[\w.]+")

SIMPLE_POWER = re.compile(r"-?[\w.]+")


class Piece:
    """An expression.

    Attributes
    ----------
    glue
        The text before, between and behind the parts: one more than there are parts.
    parts
        The expressions it is made of.
    level
        How tightly it holds together.
    needs
        How tightly each part must hold together to stand without parentheses.
    effects
        What is done with its value before it is used: the statements that fill an array.
    rows
        Of an array that is written out: its elements, nested lists of text.
    """

    __slots__ = ("effects", "glue", "level", "needs", "parts", "rows")

    def __init__(
        self,
        glue: tuple[str, ...],
        parts: tuple[Piece, ...] = (),
        level: int = ATOM,
        needs: tuple[int, ...] | None = None,
        rows: Any = None,
    ) -> None:
        self.glue = glue
        self.parts = parts
        self.level = level
        self.needs = needs if needs is not None else (ANYTHING,) * len(parts)
        self.effects: list[Effect] = []
        self.rows = rows

    @property
    def is_leaf(self) -> bool:
        """Whether it is so short that it needs no name of its own."""
        return not self.parts and self.rows is None and not self.effects

    @property
    def is_power(self) -> bool:
        """Whether it is one number to the power of another."""
        return self.glue == POWER_OF

    def below(self) -> Iterator[Piece]:
        """Go through the pieces that it is made of and those that its effects need."""
        yield from self.parts
        for effect in self.effects:
            yield from (part for part in effect.parts if part is not self)

    def text(self, names: Mapping[Piece, str]) -> str:
        """Write it in one line.

        Parameters
        ----------
        names
            The pieces that have a name by now.
        """
        if self in names:
            return names[self]
        return self.own_text(names)

    def own_text(self, names: Mapping[Piece, str]) -> str:
        """Write it in one line, also where it has a name."""
        texts = [
            part.text(names) if part in names or part.level >= need else f"({part.text(names)})"
            for part, need in zip(self.parts, self.needs, strict=True)
        ]
        if self.is_power:
            close = SIMPLE.fullmatch(texts[0]) and SIMPLE_POWER.fullmatch(texts[1])
            return ("{}**{}" if close else "{} ** {}").format(*texts)
        rest = zip(texts, self.glue[1:], strict=True)
        return self.glue[0] + "".join(text + glue for text, glue in rest)


class Effect:
    """A statement that changes the value of a piece, such as `y[1:] += x`.

    Attributes
    ----------
    glue, parts
        As those of a `Piece`.
    """

    __slots__ = ("glue", "parts")

    def __init__(self, glue: tuple[str, ...], parts: tuple[Piece, ...]) -> None:
        self.glue = glue
        self.parts = parts

    def text(self, names: Mapping[Piece, str]) -> str:
        """Write it in one line."""
        return Piece(self.glue, self.parts).own_text(names)


POWER_OF = ("", " ** ", "")

INFIX = {
    "add": (" + ", SUM, (SUM, PRODUCT)),
    "subtract": (" - ", SUM, (SUM, PRODUCT)),
    "multiply": (" * ", PRODUCT, (PRODUCT, SIGN)),
    "divide": (" / ", PRODUCT, (PRODUCT, SIGN)),
    "matmul": (" @ ", PRODUCT, (PRODUCT, SIGN)),
    "power": (" ** ", POWER, (ATOM, SIGN)),
    "equal": (" == ", COMPARISON, (SUM, SUM)),
    "not_equal": (" != ", COMPARISON, (SUM, SUM)),
    "less": (" < ", COMPARISON, (SUM, SUM)),
    "less_equal": (" <= ", COMPARISON, (SUM, SUM)),
    "greater": (" > ", COMPARISON, (SUM, SUM)),
    "greater_equal": (" >= ", COMPARISON, (SUM, SUM)),
    "bitwise_or": (" | ", SUM - 1, (SUM, SUM)),
    "bitwise_and": (" & ", SUM - 1, (SUM, SUM)),
}
"""NumPy's functions that Python has an operator for."""


def name(text: str) -> Piece:
    """Write a name, or anything else that stands for itself."""
    return Piece((text,))


def infix(ufunc: str, left: Piece, right: Piece) -> Piece:
    """Write an operator between two pieces.

    Examples
    --------
    >>> infix("multiply", name("g"), infix("add", name("x"), name("y"))).text({})
    'g * (x + y)'
    """
    sign, level, needs = INFIX[ufunc]
    return Piece(("", sign, ""), (left, right), level, needs)


def negative(piece: Piece) -> Piece:
    """Write a minus in front."""
    return Piece(("-", ""), (piece,), SIGN, (ATOM,))


def item(piece: Piece, index: Piece) -> Piece:
    """Write the elements that an index points at."""
    return Piece(("", "[", "]"), (piece, index), ATOM, (ATOM, ANYTHING))


def listed(parts: list[Piece], opening: str, closing: str) -> Piece:
    """Write pieces with commas between them."""
    if not parts:
        return name(opening + closing)
    level = ATOM if opening else ANYTHING
    return Piece((opening, *(", ",) * (len(parts) - 1), closing), tuple(parts), level)


def called(function: str, parts: list[Piece]) -> Piece:
    """Write the call of a function.

    Examples
    --------
    >>> called("np.exp", [name("x")]).text({})
    'np.exp(x)'
    """
    return listed(parts, f"{function}(", ")")


def method(piece: Piece, function: str, parts: list[Piece]) -> Piece:
    """Write the call of a method."""
    glue = ("", f".{function}({'' if parts else ')'}", *(", ",) * (len(parts) - 1))
    glue = (*glue, ")") if parts else glue
    return Piece(glue, (piece, *parts), ATOM, (ATOM, *(ANYTHING,) * len(parts)))


def keyword(key: str, piece: Piece) -> Piece:
    """Write an argument that is given by name."""
    return Piece((f"{key}=", ""), (piece,), ANYTHING)


def attribute(piece: Piece, key: str) -> Piece:
    """Write an attribute."""
    return Piece(("", f".{key}"), (piece,), ATOM, (ATOM,))
