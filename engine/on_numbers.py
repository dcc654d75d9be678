"""A Function on single numbers outside of live Variables: by Python's functions, or else by NumPy.

A live Variable goes the same ways (`engine.number_kernels`), so no digit differs.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from engine.arrays import FLOAT64
from engine.function import Function
from engine.kernel import LEFT_TO_NUMPY, Kernel, kernel_for


class OnNumbers:
    """A Function of which all inputs are single numbers.

    Parameters
    ----------
    function
        The Function.
    kernel
        What computes it on them.
    asked
        The inputs that get a gradient.

    Attributes
    ----------
    settings
        Those of the Function.
    """

    def __init__(self, function: Function, kernel: Kernel, asked: Sequence[int]) -> None:
        self._function = function
        self.settings = dict(function.settings)
        self._kernel = kernel
        self._asked = asked

    @classmethod
    def of(
        cls, function: Function, xs: Sequence[Any], constant: Sequence[bool]
    ) -> OnNumbers | None:
        """Take a Function, if it and what it is given are for single numbers; else give None.

        Parameters
        ----------
        function, xs
            The Function, and the arrays it is given.
        constant
            Of which inputs nobody asks the gradient.

        Examples
        --------
        >>> from engine.functions import FUNCTIONS
        >>> exp = OnNumbers.of(FUNCTIONS["exp"](), [np.array(0.0)], [False])
        >>> exp.value([0.0]), exp.parts(2.0, 1.0, [0.0])
        (1.0, {0: 2.0})
        """
        if not all(x.ndim == 0 and x.dtype == FLOAT64 for x in xs):
            return None
        kernel = kernel_for(type(function), function.settings)
        asked = [port for port, is_constant in enumerate(constant) if not is_constant]
        return None if kernel is None else cls(function, kernel, asked)

    def value(self, xs: Sequence[float]) -> float | None:
        """Compute on floats; None where NumPy is needed."""
        try:
            return self._kernel.value(*xs)
        except LEFT_TO_NUMPY:
            return None

    def parts(self, gy: float, y: float, xs: Sequence[float]) -> dict[int, float] | None:
        """Give what each input that gets a gradient gets; None where NumPy is needed for one."""
        try:
            return {port: gy * self._kernel.slopes[port](y, *xs) for port in self._asked}
        except LEFT_TO_NUMPY:
            return None

    def forward(self, *xs: Any, **settings: Any) -> Any:
        """Compute, as the `forward` of the Function does, on what NumPy has of single numbers."""
        value = self.value([float(x) for x in xs])
        if value is not None:
            return np.array(value)
        return self._function.forward(*map(np.asarray, xs), **settings)

    def pull(self, port: int, gy: Any, y: Any, *xs: Any, **settings: Any) -> Any:
        """Lead a gradient back to one input, as the `pull` of the Function does."""
        parts = self.parts(float(gy), float(y), [float(x) for x in xs])
        if parts is not None:
            return np.array(parts[port])
        return self._function.pull(port, *map(np.asarray, (gy, y, *xs)), **settings)
