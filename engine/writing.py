"""Formulas as text: from the Notation of each Function to Python, plain text and TeX.

A formula is put together from the inside out: `compose` takes the finished terms of the inputs
and gives the term of the whole, with parentheses only where they are needed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from engine.errors import RunError
from engine.functions import FUNCTIONS
from engine.indices import index_text
from engine.notation import ATOM, POWER, PRODUCT, SIGN, SUM, Notation, call
from engine.values import number_text

Dialect = Literal["python", "text", "tex"]

PYTHON = {
    "add": ("{0} + {1}", SUM, (SUM, PRODUCT)),
    "sub": ("{0} - {1}", SUM, (SUM, PRODUCT)),
    "mul": ("{0} * {1}", PRODUCT, (PRODUCT, SIGN)),
    "div": ("{0} / {1}", PRODUCT, (PRODUCT, SIGN)),
    "neg": ("-{0}", SIGN, (SIGN,)),
    "pow": ("{0}**{1}", POWER, (ATOM, SIGN)),
}
"""The Functions that Python has an operator for; all others are written as calls."""

RAISED = str.maketrans("0123456789−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")


@dataclass(frozen=True, slots=True)
class Term:
    """A finished piece of formula.

    Attributes
    ----------
    text
        The piece itself.
    level
        How tightly it holds together (`engine.notation`).
    number
        Whether it is a bare number, so that `2x` can be told from `2 · 3`.
    """

    text: str
    level: int = ATOM
    number: bool = False


def number_term(value: float, dialect: Dialect, digits: int | None = None) -> Term:
    r"""Write a number so that it can stand in a formula of this dialect.

    Examples
    --------
    >>> number_term(-2.5e-9, "tex").text
    '-2.5 \\times 10^{-9}'
    """
    text = number_text(value, digits)
    if dialect == "python":
        text = text.replace("−", "-").replace("∞", "inf").replace("NaN", "nan")
    level = SIGN if text[0] in "-−" else ATOM
    if "e" in text and dialect != "python" and text[-1] != "e":
        mantissa, _, exponent = text.partition("e")
        raised = f"10^{{{exponent}}}" if dialect == "tex" else f"10{exponent.translate(RAISED)}"
        text, level = f"{mantissa} × {raised}", PRODUCT
    if dialect == "tex":
        text = text.replace("−", "-").replace("∞", r"\infty").replace("×", r"\times")
        text = text.replace("NaN", r"\mathrm{NaN}")
    return Term(text, level, number=True)


def notation_of(name: str) -> Notation:
    """Give the Notation of a Function; one that has none is written as a call."""
    function = FUNCTIONS.get(name)
    if function is not None and function.notation is not None:
        return function.notation
    upright = name.replace("_", r"\_")
    called = call(name, rf"\operatorname{{{{{upright}}}}}")  # doubled, because it is a format
    symbol = None if function is None else function.symbol
    return called if symbol is None else replace(called, symbol=symbol)


def compose(name: str, terms: Sequence[Term], dialect: Dialect) -> Term:
    """Write the call of a Function on finished terms.

    Examples
    --------
    >>> compose("mul", [Term("2", number=True), Term("x")], "text").text
    '2x'
    >>> compose("square", [compose("add", [Term("x"), Term("y")], "text")], "text").text
    '(x + y)²'
    """
    if dialect == "python":
        return _python(name, terms)
    notation = notation_of(name)
    if name == "mul" and terms[0].number and _may_touch(terms[1], dialect):
        return Term(f"{terms[0].text}{terms[1].text}", PRODUCT)
    if name == "pow" and dialect == "text" and _can_be_raised(terms[1]):
        base = _enclosed(terms[0], ATOM, dialect, first=False)
        return Term(base + terms[1].text.translate(RAISED), POWER)
    needs = notation.needs
    if dialect == "tex" and notation.tex_needs is not None:
        needs = notation.tex_needs
    needs = needs + (SUM,) * (len(terms) - len(needs))
    pieces = [
        _enclosed(term, need, dialect, first=at == 0 or need == SUM != notation.level)
        for at, (term, need) in enumerate(zip(terms, needs, strict=True))
    ]
    form = notation.text if dialect == "text" else notation.tex
    if len(terms) > 1 and "{1}" not in form:
        pieces = [", ".join(pieces)]
    return Term(form.format(*pieces), notation.level)


def _python(name: str, terms: Sequence[Term]) -> Term:
    if name not in PYTHON:
        return Term(f"{name}({', '.join(term.text for term in terms)})")
    form, level, needs = PYTHON[name]
    pieces = [
        term.text if term.level >= need else f"({term.text})"
        for term, need in zip(terms, needs, strict=True)
    ]
    return Term(form.format(*pieces), level)


def item_term(term: Term, settings: Mapping[str, Any]) -> Term:
    """Write elements of an array in Python, as x[1:3] or, with no index that can be read, a call.

    Examples
    --------
    >>> item_term(Term("x"), {"index": "1:3"}).text
    'x[1:3]'
    """
    try:
        index = index_text(settings["index"])
    except KeyError:
        return Term(f"getitem({term.text})")
    except RunError:
        return Term(f"getitem({term.text}, index={settings['index']!r})")
    text = term.text if term.level >= ATOM else f"({term.text})"
    return Term(f"{text}[{index}]")


def _may_touch(term: Term, dialect: Dialect) -> bool:
    """Tell whether a number may stand directly before this term: 2x, not 2 3."""
    if term.level < POWER or term.number:
        return False
    if dialect == "tex":
        return term.text[0].isalpha() or term.text[0] == "\\"
    # 2e^0.25 would read as the number 2e0.
    return term.text[0].isalpha() and not term.text.startswith("e^")


def _can_be_raised(exponent: Term) -> bool:
    return exponent.number and set(exponent.text) <= set("0123456789−")


def _enclosed(term: Term, need: int, dialect: Dialect, *, first: bool) -> str:
    """Put parentheses around a term that is too loose, or that would put two signs in a row."""
    if term.level >= need and (first or term.text[0] not in "-−"):
        return term.text
    return rf"\left({term.text}\right)" if dialect == "tex" else f"({term.text})"
