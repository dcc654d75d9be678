"""Why a Function could not compute, or lead a gradient back: a sentence for a person."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from engine.arrays import FLOAT64
from engine.errors import CannotRunError, GradwalkError, RunError
from engine.signatures import is_variadic, port_names


def cannot_run(function: Any, xs: Sequence[Any], error: Exception) -> Exception:
    """Make of what `forward` raised an error that names the Function and the shapes.

    Parameters
    ----------
    function
        The Function.
    xs
        The arrays that its `forward` was called on.
    error
        What it raised. What is no matter of inputs, but a slip in code, is given back as it is.
    """
    kind = type(function)
    ports = port_names(kind)
    shapes = " and ".join(str(np.shape(x)) for x in xs)
    if isinstance(error, GradwalkError):
        reason = error.sentence
    elif len(xs) != len(ports) and not is_variadic(kind):
        verb = "is" if len(xs) == 1 else "are"
        reason = f"it takes {_inputs(len(ports))}, and {len(xs)} {verb} given."
    elif not isinstance(error, ValueError):
        return error
    elif _fit(xs):
        reason = f"{error} (its inputs have the shapes {shapes})."
    else:
        reason = (
            f"its inputs have the shapes {shapes}, which do not fit. "
            "Along each axis, counted from the last, sizes are equal or 1."
        )
    return CannotRunError(f"{kind.__name__} cannot run: {reason}")


def _inputs(count: int) -> str:
    return "1 input" if count == 1 else f"{count} inputs"


def _fit(xs: Sequence[Any]) -> bool:
    try:
        np.broadcast_shapes(*map(np.shape, xs))
    except ValueError:
        return False
    return True


def cannot_walk_back(function: Any, port: int, gy: Any, error: Exception) -> RunError:
    """Make of what a rule raised an error that names the Function, the input and the shape."""
    kind = type(function)
    ports = port_names(kind)
    name = ports[port] if port < len(ports) else f"x{port}"
    return RunError(
        f"The rule of {kind.__name__} for its input {name} failed on a gradient of the shape "
        f"{gy.shape}: {error}."
    )


def check_value(function: Any, value: Any) -> None:
    """Raise the reason why something cannot be the output of a Function; return if it can.

    Raises
    ------
    RunError
        If it is no array of real numbers.
    """
    name = type(function).__name__
    if not isinstance(value, np.ndarray):
        raise RunError(f"{name}.forward gave {type(value).__name__} where an array was due.")
    if value.dtype.kind not in REAL:
        raise RunError(f"{name}.forward gave values of type {value.dtype}; {WANTED}.")


REAL = "biuf"
"""Kinds of numbers that a Variable can hold: truth values, whole numbers, floating point."""

WANTED = "a Variable holds real numbers"


def check_type(data: Any) -> None:
    """Raise the reason why a Variable cannot hold an array; return if it can.

    Raises
    ------
    RunError
        If its elements are no real numbers.
    """
    if data.dtype is FLOAT64 or data.dtype.kind in REAL:
        return
    if data.dtype.kind == "c":
        raise RunError(
            f"Values of type {data.dtype} cannot be differentiated: {WANTED}, so make one of "
            "the real and one of the imaginary part."
        )
    raise RunError(f"Values of type {data.dtype} cannot be differentiated: {WANTED}.")
