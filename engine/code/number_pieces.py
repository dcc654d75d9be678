"""Lines on single numbers in Python: formulas with its own functions, and numbers for NumPy."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping

from engine.reading.hints import Hints
from engine.reading.literals import number_piece, number_text
from engine.reading.pieces import INFIX, Effect, Piece, called, infix, name, negative
from engine.scalars import CALLS
from engine.symbols import Symbol

OPERATORS = {"add": "add", "div": "divide", "mul": "multiply", "pow": "power", "sub": "subtract"}
"""What pieces call the Functions that Python has an operator for."""

SIGNS = frozenset(sign for sign, _, _ in INFIX.values())

SAFE = (" + ", " - ", " * ")

CONSTANTS = ("np.inf", "np.nan")


def formula_piece(
    formula: Symbol, names: Mapping[str, Piece], of_numpy: Collection[Piece] = ()
) -> Piece:
    """Write a formula of single numbers.

    Parameters
    ----------
    formula
        The formula.
    names
        What stands for each name in it.
    of_numpy
        Those of them that NumPy has computed: of these, it would take powers in its own way.

    Examples
    --------
    >>> import numpy as np
    >>> x = Symbol("x")
    >>> formula_piece(2 * np.exp(x) ** 3, {"x": name("x")}).text({})
    '2 * math.exp(x) ** 3'
    """
    if formula.number is not None:
        return number_piece(formula.number, "math")
    head = str(formula.head)
    if not formula.operands:
        return names[head]
    parts = [formula_piece(part, names, of_numpy) for part in formula.operands]
    if head == "neg":
        return negative(parts[0])
    sign = OPERATORS.get(head)
    if sign is not None and not (head == "pow" and any(part in of_numpy for part in parts)):
        return infix(sign, *parts)
    function = CALLS[head]
    if function.__module__ == math.__name__:
        return called(f"math.{function.__name__}", parts)
    # One of these may be what the function gives, and is not to be a whole number of Python's.
    numbers = [part.number for part in formula.operands]
    told = [
        part if number is None else name(number_text(number, "math"))
        for part, number in zip(parts, numbers, strict=True)
    ]
    return called(function.__name__, told)


class NumbersForNumPy:
    """Makes arrays of Python's numbers where lines of NumPy need them.

    NumPy's functions take them as they are; but of 0, Python takes no reciprocal, and no number of
    its own has a sum.

    Parameters
    ----------
    numbers
        The names that stand for single numbers.
    hints
        What to call a piece, if it comes to that.

    Attributes
    ----------
    of_numpy
        Those of the names whose numbers NumPy has computed.

    Examples
    --------
    >>> x = name("x")
    >>> lines = NumbersForNumPy([x], {})
    >>> lines.fit(infix("divide", name("1"), x)).text({})
    '1 / np.array(x)'
    >>> lines.fit(called("np.log", [x])).text({})
    'np.log(x)'
    """

    def __init__(self, numbers: Iterable[Piece], hints: Hints) -> None:
        self._numbers = set(numbers)
        self._hints = hints
        self._fitted: dict[Piece, Piece] = {}
        self.of_numpy: set[Piece] = set()

    def line(self, target: Piece, piece: Piece) -> Piece:
        """Fit what a name is to stand for, and note who computes that."""
        made = self.fit(piece)
        if target in self._numbers and not self._is_plain(made):
            self.of_numpy.add(target)
        return made

    def fit(self, piece: Piece) -> Piece:
        """Put arrays where the numbers in a piece are not enough."""
        if piece.parts and piece not in self._fitted:
            made = self._fitted[piece] = self._made(piece)
            made.effects = [
                Effect(done.glue, tuple(map(self.fit, done.parts))) for done in piece.effects
            ]
            if piece in self._hints:
                self._hints.setdefault(made, self._hints[piece])
        return self._fitted.get(piece, piece)

    def _made(self, piece: Piece) -> Piece:
        first, *others = piece.parts
        if piece.glue[0] == "np.broadcast_to(" and self._is_reshaped(first):
            first = first.parts[0]  # a number takes any shape by itself
        parts = [self.fit(part) for part in (first, *others)]
        at = self._to_be_an_array(piece, parts)
        if at is not None:
            parts[at] = called("np.array", [parts[at]])
        if all(new is old for new, old in zip(parts, piece.parts, strict=True)):
            return piece
        return Piece(piece.glue, tuple(parts), piece.level, piece.needs, piece.rows)

    def _to_be_an_array(self, piece: Piece, parts: list[Piece]) -> int | None:
        """Find the part of a piece that is a number and has to be an array."""
        if piece.is_power:  # which NumPy takes of numbers in another way than of arrays
            single = [self._is_plain(x) or self._is_name(x, self._numbers) for x in parts]
            needed = single[0] and (not _is_literal(parts[0]) or single[1])
        elif piece.glue[1] in SIGNS:
            needed = all(map(self._is_plain, parts)) and not _is_safe(piece.glue[1], parts[1])
        else:
            owned = piece.glue[0] == "" and piece.glue[1][:1] in (".", "[")
            needed = owned and self._is_plain(parts[0])
        if not needed:
            return None
        return next(at for at, part in enumerate(parts) if not _is_literal(part))

    def _is_reshaped(self, piece: Piece) -> bool:
        return piece.glue[:2] == ("", ".reshape(") and piece.parts[0] in self._numbers

    def _is_plain(self, piece: Piece) -> bool:
        """Tell whether a piece is a number to Python, and not to NumPy."""
        if len(piece.parts) == 2 and piece.glue[1] in SIGNS:  # noqa: PLR2004 - left and right
            return all(map(self._is_plain, piece.parts)) and _is_safe(piece.glue[1], piece.parts[1])
        return _is_literal(piece) or self._is_name(piece, self._numbers - self.of_numpy)

    def _is_name(self, piece: Piece, names: Collection[Piece]) -> bool:
        """Tell whether a piece is one of some names, or that with a minus in front."""
        return piece in names or (piece.glue == ("-", "") and self._is_name(piece.parts[0], names))


def _is_literal(piece: Piece) -> bool:
    text = piece.glue[0].lstrip("-")
    return not piece.parts and (text[:1].isdigit() or text in CONSTANTS)


def _is_safe(sign: str, right: Piece) -> bool:
    """Tell whether Python does with an operator on numbers what NumPy does, and never raises."""
    nonzero = _is_literal(right) and right.glue[0].lstrip("-") not in ("0", "0.0")
    return sign in SAFE or (sign == " / " and nonzero)
