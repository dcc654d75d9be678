"""Kernel: a Function compiled for single numbers, and where those there are are kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from engine.function import Function


class Kernel(NamedTuple):
    """A Function compiled for single numbers.

    Attributes
    ----------
    value
        Takes the inputs and gives the output, all floats.
    call
        Takes the inputs and gives the output, all Variables.
    pass_on
        Takes the upstream gradient, a float, and the output and the tuple of inputs, which are
        Variables; adds to the gradient of each input, or gives False where NumPy must.
    slopes
        For each input, what takes the output and the inputs and gives the local derivative, all
        floats.
    """

    value: Callable[..., float]
    call: Callable[..., Any]
    pass_on: Callable[..., bool]
    slopes: tuple[Callable[..., float], ...]


LEFT_TO_NUMPY = (ArithmeticError, AttributeError, TypeError, ValueError)
"""What Python raises for what is no Variable, for arrays, and where NumPy gives infinity or NaN."""

KERNELS: dict[type[Function], Kernel | None] = {}
"""What computes a Function on single numbers, for those that have been called so far."""

COMPILERS: list[Callable[[type[Function]], Kernel | None]] = []
"""What makes kernels. It reads Functions as formulas, of which this room knows nothing."""


def kernel_for(function: type[Function]) -> Kernel | None:
    """Give what computes a Function on single numbers; None if it takes arrays alone."""
    if function not in KERNELS:
        made = (compiler(function) for compiler in COMPILERS)
        KERNELS[function] = next((kernel for kernel in made if kernel is not None), None)
    return KERNELS[function]
