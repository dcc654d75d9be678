"""Kernel: a Function compiled, for single numbers or for arrays of some shapes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
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
        Takes the upstream gradient, the output, a Variable, and the Function that made it; adds to
        the gradient of each input, or gives False where the Function must be asked.
    slopes
        For each input, what takes the output and the inputs and gives the local derivative, all
        floats.
    """

    value: Callable[..., float]
    call: Callable[..., Any]
    pass_on: Callable[..., bool]
    slopes: tuple[Callable[..., float], ...]


class ArrayKernel(NamedTuple):
    """A Function compiled for arrays of some shapes.

    Attributes
    ----------
    value
        Takes the inputs, all arrays, and gives the output, an array or the float that a Variable
        keeps of one.
    pass_on
        As that of `Kernel`.
    """

    value: Callable[..., Any]
    pass_on: Callable[..., bool]


OUT_OF_RANGE = (ArithmeticError, ValueError)
"""What Python raises where NumPy gives infinity or NaN."""

LEFT_TO_NUMPY = (*OUT_OF_RANGE, AttributeError, TypeError)
"""The same, and what it raises for arrays and for what is no Variable."""

Settings = Mapping[str, Any]

_KERNELS: dict[Any, Kernel | None] = {}
"""What computes a Function on single numbers, for those that have been called so far."""

COMPILERS: list[Callable[[type[Function], Settings], Kernel | None]] = []
"""What makes kernels. It reads Functions as formulas, of which this room knows nothing."""

ARRAY_COMPILERS: list[Callable[[type[Function], tuple[Any, ...]], ArrayKernel | None]] = []
"""What makes kernels for the shapes that some Variables have. It reads Functions, too."""


def kernel_for(
    function: type[Function], settings: Settings = MappingProxyType({})
) -> Kernel | None:
    """Give what computes a Function on single numbers; None if it takes arrays alone."""
    key = (function, *settings.items()) if settings else function
    try:
        return _KERNELS[key]
    except KeyError:
        pass
    except TypeError:
        return None  # it is told a list or an array
    made = (compiler(function, settings) for compiler in COMPILERS)
    kernel = _KERNELS[key] = next((kernel for kernel in made if kernel is not None), None)
    return kernel
