"""What there is to say of a plot: the slope, what a trial finds of it, and the gradient of two."""

from __future__ import annotations

import math

from engine.values import number_text
from engine.writing import number_term

NOTHING = "There is nothing to plot yet: it takes a function of an input that has a value."
"""What is said where there is no number to plot along."""

DIGITS, MOST_DIGITS = 5, 9
"""Significant digits of a slope, and of one found by trial, at most."""

PERCENT = 1e-4
"""Part from which an error is told in percent."""


def curve_sentence(names: tuple[str, str], at: float, value: float, slope: float) -> str:
    """Tell the slope of a curve where an input stands.

    Parameters
    ----------
    names
        What the target and the input are called.

    Examples
    --------
    >>> curve_sentence(("y", "x"), 0.5, 1.6487, 3.297442541400256)
    'At x = 0.5 the tangent has the slope 3.2974: that is the gradient ∂y/∂x.'
    """
    place = f"At {names[1]} = {_written(at)}"
    if not math.isfinite(value):
        return f"{place} {names[0]} is {_written(value)}, and there is no tangent."
    return (
        f"{place} the tangent has the slope {_written(slope)}: "
        f"that is the gradient ∂{names[0]}/∂{names[1]}."
    )


def trial_sentence(nudge: float, slope: float, error: float) -> str:
    """Tell the slope of a secant, and how far it is off.

    Parameters
    ----------
    error
        Relative to the gradient.
    """
    off = "which tells nothing" if math.isnan(error) else f"off by {_share(error)}"
    return (
        f"With h = {_written(nudge, 2)} to both sides the secant has the slope "
        f"{_written(slope, _telling(error))}, {off}. "
        "A coarse h cuts across the bend; a fine one is lost in rounding."
    )


def plane_sentence(name: str, at: tuple[float, float], gradient: tuple[float, float]) -> str:
    """Tell where the gradient of two inputs points.

    Parameters
    ----------
    name
        What the target is called.
    """
    return (
        f"The arrow is the gradient, ({_written(gradient[0])}, {_written(gradient[1])}). "
        f"From ({_written(at[0])}, {_written(at[1])}) it points where {name} rises "
        f"fastest, with a slope of {_written(math.hypot(*gradient))}."
    )


def _telling(error: float) -> int:
    """Give as many digits as tell where a slope that is off by this begins to differ."""
    if not 0 < error < math.inf:
        return MOST_DIGITS
    return min(max(math.ceil(-math.log10(error)) + 2, DIGITS), MOST_DIGITS)


def _written(number: float, digits: int = DIGITS) -> str:
    """Write a number as a book does, with a power of ten that no line break parts from it."""
    text = number_term(number, "text", digits).text
    return text.removeprefix("1 × ").replace(" ", "\u00a0")


def _share(error: float) -> str:
    if error < PERCENT:
        return f"a part of {_written(error, 2)}"
    return f"{number_text(float(f'{100 * error:.2g}'))}\u00a0%"
