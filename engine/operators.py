"""The operators of Python and NumPy, told once for all that can stand in a formula.

A `Variable` computes when it meets `+`, a `Symbol` writes itself down. Both get the operator
from here and differ only in `_operate`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar


class Operators:
    """Base class that turns an operator or a NumPy ufunc into the name of a Function.

    Attributes
    ----------
    ufuncs
        Name of the Function for each NumPy ufunc; filled as Functions are registered.
    """

    __slots__ = ()

    ufuncs: ClassVar[dict[Callable[..., Any], str]] = {}

    @classmethod
    def _operate(cls, name: str, *operands: Any) -> Any:
        """Apply the Function of this name to the operands."""
        raise NotImplementedError

    def __array_ufunc__(self, ufunc: Any, method: str, *inputs: Any, **options: Any) -> Any:
        """Answer NumPy: `np.exp(x)` is the Function that registered `np.exp`."""
        name = self.ufuncs.get(ufunc)
        if method != "__call__" or options or name is None:
            return NotImplemented
        return self._operate(name, *inputs)

    def __add__(self, other: Any) -> Any:
        return self._operate("add", self, other)

    def __radd__(self, other: Any) -> Any:
        return self._operate("add", other, self)

    def __sub__(self, other: Any) -> Any:
        return self._operate("sub", self, other)

    def __rsub__(self, other: Any) -> Any:
        return self._operate("sub", other, self)

    def __mul__(self, other: Any) -> Any:
        return self._operate("mul", self, other)

    def __rmul__(self, other: Any) -> Any:
        return self._operate("mul", other, self)

    def __truediv__(self, other: Any) -> Any:
        return self._operate("div", self, other)

    def __rtruediv__(self, other: Any) -> Any:
        return self._operate("div", other, self)

    def __pow__(self, other: Any) -> Any:
        return self._operate("pow", self, other)

    def __rpow__(self, other: Any) -> Any:
        return self._operate("pow", other, self)

    def __neg__(self) -> Any:
        return self._operate("neg", self)
