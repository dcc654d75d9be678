"""The line with the real numbers, cut where it may break and coloured by what came from where."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape

from engine.values import value_text
from engine.variable import Array
from engine.wording import FINE, operand_text
from engine.writing import number_term
from gui.theme import Theme

RAISED = re.compile(r"\^(?:\(([^()]+)\)|(−?[0-9.]+))")
NO_SIGN, BEFORE = "&nbsp;", 2
"""What stands where others have an equals sign, and how many characters that takes with a gap."""

SHORT_ARRAY = re.compile(r"\[\[.{1,36}?\]\]|\[[^\[\]]{1,30}\]")


@dataclass(frozen=True, slots=True)
class Numbers:
    """The numbers of one rule.

    Attributes
    ----------
    parts
        What is equal to each other, from the numbers put in to the result.
    sums
        The same for what is added to what was there; empty the first time.
    upstream
        The ways in which the upstream gradient is written; none on the way forward.
    """

    parts: tuple[str, ...]
    sums: tuple[str, ...] = ()
    upstream: tuple[str, ...] = ()

    @classmethod
    def read(cls, text: str, upstream: Array | None) -> Numbers:
        """Cut the numbers line of a narration.

        Examples
        --------
        >>> import numpy as np
        >>> Numbers.read("3 = 3;  9 + 3 = 12", np.array(3.0))
        Numbers(parts=('3', '3'), sums=('9 + 3', '12'), upstream=('3',))
        """
        product, _, total = _whole(text).partition(";")
        written: dict[str, None] = {}
        if upstream is not None:
            written[_whole(value_text(upstream, FINE if upstream.ndim == 0 else 5))] = None
        if upstream is not None and upstream.ndim:
            written[_whole(operand_text(upstream))] = None  # within a rule of whole arrays
        if upstream is not None and upstream.ndim == 0:
            # Inside a formula, e−3 is written as a power of ten.
            written[number_term(float(upstream), "text", FINE).text] = None
        sums = tuple(total.strip().split(" = ")) if total else ()
        return cls(tuple(product.split(" = ")), sums, tuple(written))

    @property
    def longest(self) -> int:
        """Characters of the longest line, if each equation stands on one."""
        return max(len(" = ".join(parts)) for parts in (self.parts, self.sums) if parts)

    def html(self, colours: Theme, *, broken: bool) -> str:
        """Write it as rich text.

        Parameters
        ----------
        colours
            The theme.
        broken
            Whether each equals sign begins a line of its own; all lines begin below each other.
        """
        strong = (colours.orange if self.upstream else colours.blue).name()
        equations = [parts for parts in (self.parts, self.sums) if parts]
        if not broken:
            return "<br>".join(" = ".join(self._pieces(parts, strong)) for parts in equations)
        lines = [
            f"{'=' if at else NO_SIGN}&nbsp;{piece}"
            for parts in equations
            for at, piece in enumerate(self._pieces(parts, strong))
        ]
        # As a table it would take several times as long to be laid out.
        return "<br>".join(lines)

    @property
    def broken_width(self) -> int:
        """Characters of the longest line, if each equals sign begins one."""
        return BEFORE + max(len(part) for part in (*self.parts, *self.sums))

    def _pieces(self, parts: tuple[str, ...], strong: str) -> list[str]:
        pieces = [self._piece(part, strong) for part in parts[:-1]]
        result = f'<span style="color:{strong}; font-weight:700">{escape(parts[-1])}</span>'
        return [*pieces, result]

    def _piece(self, part: str, strong: str) -> str:
        for upstream in self.upstream:
            rest = part.removeprefix(upstream)
            lit = f'<span style="color:{strong}">{escape(upstream)}</span>'
            if rest != part and (not rest or rest[0] in " ,"):
                return lit + _raised(escape(rest))
            rest = part.removesuffix(f" {upstream}")
            if rest != part:
                return f"{_raised(escape(rest))} {lit}"
        return _raised(escape(part))


def _raised(text: str) -> str:
    """Set a number after ^ as an exponent."""
    return RAISED.sub(r'<sup style="font-size:15px">\1\2</sup>', text)


def _whole(text: str) -> str:
    """Keep a short array together, and a sign with what follows: lines break before them."""
    text = SHORT_ARRAY.sub(lambda found: found[0].replace(" ", "\u00a0"), text)
    return text.replace("· ", "·\u00a0").replace("/ ", "/\u00a0")
