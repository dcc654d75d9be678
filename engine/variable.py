"""Variable and Function: define-by-run, as the tutorial has it.

Calling a Function on Variables computes a value and remembers who made it; `Variable.backward`
follows those memories from the output to the inputs with a work list, never by recursion.
"""

from __future__ import annotations

from typing import Any, ClassVar

import numpy as np

from engine.arrays import Array, as_array, sum_to
from engine.config import using_config
from engine.errors import RunError
from engine.function import Function
from engine.operators import Operators
from engine.work_list import WorkList, walk_back

__all__ = [
    "Array",
    "Constant",
    "Function",
    "Variable",
    "WorkList",
    "as_array",
    "as_variable",
    "sum_to",
    "walk_back",
]

type_error_sentence = "{} is not supported"


class Variable(Operators):
    """An array that knows its gradient and the Function that made it.

    Parameters
    ----------
    data
        An array of any shape, or None for a Variable whose value is still to come.
    name
        What a person calls it.

    Attributes
    ----------
    data
        The value.
    grad
        The gradient of whatever `backward` was called on, of the shape of `data`, or None.
    creator
        The Function that made it; None for an input.
    generation
        Length of the longest way from an input.

    Raises
    ------
    TypeError
        If `data` is neither an array nor None.

    Examples
    --------
    >>> from engine import exp, square
    >>> x = Variable(np.array(0.5))
    >>> y = square(exp(square(x)))
    >>> y.backward()
    >>> print(x.grad)
    3.297442541400256
    """

    __slots__ = ("__weakref__", "creator", "data", "generation", "grad", "name")

    functions: ClassVar[dict[str, type[Function]]] = {}

    is_constant: ClassVar[bool] = False

    def __init__(self, data: Any, name: str | None = None) -> None:
        if data is not None and not isinstance(data, np.ndarray):
            raise TypeError(type_error_sentence.format(type(data)))
        self.data: Any = data
        self.name = name
        self.grad: Any = None
        self.creator: Function | None = None
        self.generation = 0

    @classmethod
    def _operate(cls, name: str, *operands: Any, **settings: Any) -> Any:
        return cls.functions[name].apply(*operands, **settings)

    @property
    def shape(self) -> tuple[int, ...]:
        """Shape of the value."""
        return self.data.shape  # type: ignore[no-any-return]

    @property
    def ndim(self) -> int:
        """Number of axes of the value."""
        return self.data.ndim  # type: ignore[no-any-return]

    @property
    def size(self) -> int:
        """Number of elements of the value."""
        return self.data.size  # type: ignore[no-any-return]

    @property
    def dtype(self) -> np.dtype[Any]:
        """Type of the elements of the value."""
        return self.data.dtype  # type: ignore[no-any-return]

    def __len__(self) -> int:
        return len(self.data)

    def __repr__(self) -> str:
        if self.data is None:
            return "variable(None)"
        return f"variable({str(self.data).replace(chr(10), chr(10) + ' ' * 9)})"

    def set_creator(self, function: Function) -> None:
        """Remember the Function that made this Variable."""
        self.creator = function
        self.generation = function.generation + 1

    def cleargrad(self) -> None:
        """Forget the gradient, so that the next `backward` does not add to it."""
        self.grad = None

    def detach(self) -> Variable:
        """Give a Variable of the same value that no Function made."""
        return Variable(self.data, self.name)

    def unchain(self) -> None:
        """Forget the Function that made this Variable."""
        self.creator = None
        self.generation = 0

    def unchain_backward(self) -> None:
        """Forget every Function that this Variable depends on; the values stay."""
        for function in list(walk_back(self)):
            for x in function.inputs:
                x.unchain()
        self.unchain()

    def backward(self, *, retain_grad: bool | None = None, create_graph: bool = False) -> None:
        """Walk back from here and leave a gradient at every Variable this one depends on.

        Parameters
        ----------
        retain_grad
            Keep the gradients of the Variables in between, as the tutorial does. With False
            only the inputs keep theirs, which is what happens unasked with `create_graph`: a
            second walk would add to what the first has left.
        create_graph
            Leave gradients that are Variables and can be differentiated in turn.

        Raises
        ------
        RunError
            If this Variable has no value, or a Function returns no gradient or one of the
            wrong shape.
        """
        if self.data is None:
            sentence = "There is nothing to differentiate: this Variable has no value yet."
            raise RunError(sentence)
        if self.data.dtype.kind != "f":
            sentence = f"A value of type {self.data.dtype} cannot be differentiated."
            raise RunError(sentence)
        if retain_grad is None:
            retain_grad = not create_graph
        if self.grad is None:
            ones = np.ones_like(self.data)
            self.grad = Variable(ones) if create_graph else ones
        with using_config("enable_backprop", create_graph):
            for function in walk_back(self):
                output = function.output
                for x, gx in zip(function.inputs, function.gradients(output.grad), strict=True):
                    if gx is not None:
                        x.grad = gx if x.grad is None else as_array(x.grad + gx)
                if not retain_grad:
                    output.grad = None


class Constant(Variable):
    """A Variable that nobody asks the gradient of: the 2 in `x ** 2`."""

    __slots__ = ()

    is_constant = True


def as_variable(x: Any) -> Variable:
    """Leave a Variable alone; make a Constant of a number or an array."""
    return x if isinstance(x, Variable) else Constant(np.asarray(x))
