"""The operators of Python and NumPy, told once for all that can stand in a formula.

A `Variable` computes when it meets `+`, a `Symbol` writes itself down. Both get the operator
from here and differ only in `_operate`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

import numpy as np

REDUCTIONS = {"add": "sum", "multiply": "prod", "maximum": "max", "minimum": "min"}
"""What `reduce` of a ufunc is called."""

JOINING = (np.concatenate, np.stack)
"""What takes a sequence of arrays, and takes a single one for a sequence too."""


class Operators:
    """Base class that turns an operator or a NumPy ufunc into the name of a Function.

    Attributes
    ----------
    ufuncs
        Name of the Function for each NumPy ufunc; filled as Functions are registered.
    is_formula
        Whether it stands for numbers that nobody knows yet.
    """

    __slots__ = ()

    ufuncs: ClassVar[dict[Callable[..., Any], str]] = {}
    is_formula: ClassVar[bool] = False

    @classmethod
    def _operate(cls, name: str, *operands: Any, **settings: Any) -> Any:
        """Apply the Function of this name to the operands."""
        raise NotImplementedError

    def __array_ufunc__(self, ufunc: Any, method: str, *inputs: Any, **options: Any) -> Any:
        """Answer NumPy: `np.exp(x)` is the Function that registered `np.exp`."""
        name = self.ufuncs.get(ufunc)
        if method == "reduce" and ufunc.__name__ in REDUCTIONS:
            name, method = REDUCTIONS[ufunc.__name__], "__call__"
            options = {"axis": 0, **options}  # which np.sum and its like do not have
        if method != "__call__" or name is None:
            return NotImplemented
        return self._operate(name, *inputs, **options)

    def __array_function__(self, function: Any, types: Any, args: Any, options: Any) -> Any:
        """Answer NumPy: `np.sum(x, axis=0)` is the Function that registered `np.sum`."""
        name = self.ufuncs.get(function)
        if name is None:
            return NotImplemented
        if function in JOINING and hasattr(args[0], "_operate"):
            args = (list(args[0]), *args[1:])
        return self._operate(name, *args, **options)

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

    def __abs__(self) -> Any:
        return self._operate("abs", self)

    def __matmul__(self, other: Any) -> Any:
        return self._operate("matmul", self, other)

    def __rmatmul__(self, other: Any) -> Any:
        return self._operate("matmul", other, self)

    def __getitem__(self, index: Any) -> Any:
        return self._operate("getitem", self, index=index)

    @property
    def T(self) -> Any:  # noqa: N802 - NumPy's own name
        """The same with its axes the other way round."""
        return self._operate("transpose", self)

    def transpose(self, *axes: Any) -> Any:
        """Put the axes into another order, by default the other way round."""
        return self._operate("transpose", self, axes=_unpacked(axes) or None)

    def reshape(self, *shape: Any) -> Any:
        """Arrange the elements in another shape."""
        return self._operate("reshape", self, shape=_unpacked(shape))

    def sum(self, axis: Any = None, *, keepdims: bool = False) -> Any:
        """Add up along some axes, or all."""
        return self._operate("sum", self, axis=axis, keepdims=keepdims)

    def mean(self, axis: Any = None, *, keepdims: bool = False) -> Any:
        """Take the mean along some axes, or all."""
        return self._operate("mean", self, axis=axis, keepdims=keepdims)

    def prod(self, axis: Any = None, *, keepdims: bool = False) -> Any:
        """Multiply along some axes, or all."""
        return self._operate("prod", self, axis=axis, keepdims=keepdims)

    def max(self, axis: Any = None, *, keepdims: bool = False) -> Any:
        """Find the largest along some axes, or all."""
        return self._operate("max", self, axis=axis, keepdims=keepdims)

    def min(self, axis: Any = None, *, keepdims: bool = False) -> Any:
        """Find the smallest along some axes, or all."""
        return self._operate("min", self, axis=axis, keepdims=keepdims)


def _unpacked(items: tuple[Any, ...]) -> Any:
    """Take a shape that is given as one tuple or as several numbers."""
    whole = len(items) == 1 and (items[0] is None or isinstance(items[0], list | tuple))
    return items[0] if whole else items
