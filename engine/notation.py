"""How a Function is written down: on a block, in a line of text, and in TeX."""

from __future__ import annotations

from dataclasses import dataclass

SUM, PRODUCT, SIGN, POWER, ATOM = range(5)
"""How tightly a term holds together, loosest first."""


@dataclass(frozen=True, slots=True)
class Notation:
    """How one Function is written.

    Attributes
    ----------
    symbol
        A few characters for the face of a block.
    text
        Format of a line of plain text, `{0}` and `{1}` standing for the inputs.
    tex
        The same in TeX.
    level
        How tightly the result holds together.
    needs
        How tightly each input must hold together to stand without parentheses, in text.
    tex_needs
        The same in TeX, where a fraction or a root keeps its inputs together by itself.
    """

    symbol: str
    text: str
    tex: str
    level: int = ATOM
    needs: tuple[int, ...] = (SUM,)
    tex_needs: tuple[int, ...] | None = None


def call(name: str, tex: str | None = None) -> Notation:
    """Write a Function as a name and its input in parentheses."""
    return Notation(name, name + "({0})", (tex or rf"\{name}") + r"\left({0}\right)")
