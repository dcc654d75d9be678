"""Variable and Function: define-by-run, as the tutorial has it.

Calling a Function on Variables computes a value and remembers who made it; `Variable.backward`
follows those memories from the output to the inputs with a work list, never by recursion.
"""

from __future__ import annotations

import weakref
from collections.abc import Callable
from typing import Any, ClassVar

import numpy as np

from engine.arrays import Array, as_array, sum_to
from engine.errors import RunError
from engine.notation import Notation
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

LocalRule = Callable[..., Any]


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

    def __init__(self, data: Any, name: str | None = None) -> None:
        if data is not None and not isinstance(data, np.ndarray):
            raise TypeError(type_error_sentence.format(type(data)))
        self.data: Any = data
        self.name = name
        self.grad: Any = None
        self.creator: Function | None = None
        self.generation = 0

    @classmethod
    def _operate(cls, name: str, *operands: Any) -> Any:
        return cls.functions[name]()(*operands)

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

    def backward(self, *, retain_grad: bool = True) -> None:
        """Walk back from here and leave a gradient at every Variable this one depends on.

        Parameters
        ----------
        retain_grad
            Keep the gradients of the Variables in between, as the tutorial does. With False
            only the inputs keep theirs.

        Raises
        ------
        RunError
            If this Variable has no value, or a Function returns no gradient or one of the
            wrong shape.
        """
        if self.data is None:
            sentence = "There is nothing to differentiate: this Variable has no value yet."
            raise RunError(sentence)
        if self.grad is None:
            self.grad = np.ones_like(self.data)
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


def as_variable(x: Any) -> Variable:
    """Leave a Variable alone; make a Constant of a number or an array."""
    return x if isinstance(x, Variable) else Constant(np.asarray(x))


class Function:
    """Something that makes a Variable out of Variables, and knows the way back.

    A subclass writes `forward`, which takes and returns arrays, and one of

    - `local`: for a Function that works element by element, one local derivative an input, each
      called with the output and then the inputs, written with ordinary operators and NumPy
      functions. Broadcasting and the chain rule are done here.
    - `backward(self, gy)`: in the tutorial's style, with `self.input.data` at hand.

    Attributes
    ----------
    notation
        How it is written: on its block, in text and in TeX.
    group
        The heading it stands under in the palette.
    ufunc
        The NumPy function that means the same, so that `np.exp(x)` on a Variable works.
    inputs
        The Variables it was called on.
    generation
        That of its youngest input.

    Examples
    --------
    >>> class Cube(Function):
    ...     def forward(self, x):
    ...         return x**3
    ...     def backward(self, gy):
    ...         return 3 * self.input.data**2 * gy
    >>> x = Variable(np.array(2.0))
    >>> Cube()(x).backward()
    >>> print(x.grad)
    12.0
    """

    notation: ClassVar[Notation | None] = None
    group: ClassVar[str] = "Other"
    ufunc: ClassVar[Callable[..., Any] | None] = None
    local: ClassVar[tuple[LocalRule, ...]] = ()

    inputs: tuple[Variable, ...]
    generation: int

    def __call__(self, *inputs: Any) -> Variable:
        """Compute the output, and remember what it was computed from."""
        variables = tuple(as_variable(x) for x in inputs)
        output = Variable(as_array(self.forward(*(x.data for x in variables))))
        self.inputs = variables
        self.generation = max((x.generation for x in variables), default=0)
        # Weak: the output holds its creator, and a circle would wait for a full collection.
        self._output = weakref.ref(output)
        output.set_creator(self)
        return output

    @property
    def input(self) -> Variable:
        """The first input, by the name the tutorial gives it."""
        return self.inputs[0]

    @property
    def output(self) -> Variable:
        """The Variable this Function made.

        Raises
        ------
        ReferenceError
            If nobody holds that Variable any more.
        """
        output = self._output()
        if output is None:
            raise ReferenceError("the output of this Function is gone")
        return output

    @property
    def outputs(self) -> tuple[Variable, ...]:
        """All that this Function made."""
        return (self.output,)

    def forward(self, *xs: Any) -> Any:
        """Compute the output from the inputs; arrays in, array out."""
        raise NotImplementedError

    def backward(self, gy: Any) -> Any:
        """Give the contribution of each input: upstream gradient times local derivative.

        As the tutorial has it, a Function of one input gives an array, others give a tuple.
        """
        contributions = self.contributions(gy, self.local_derivatives())
        return contributions[0] if len(contributions) == 1 else contributions

    def contributions(self, gy: Any, local: tuple[Any, ...]) -> tuple[Any, ...]:
        """Multiply, and add up along the axes that an input was broadcast along."""
        return tuple(
            None if isinstance(x, Constant) else sum_to(as_array(gy * derivative), x.data.shape)
            for x, derivative in zip(self.inputs, local, strict=True)
        )

    def local_derivatives(self) -> tuple[Any, ...]:
        """Evaluate the local derivative of each input; None where nobody asks for it.

        Raises
        ------
        RunError
            If the Function has no rule.
        """
        if len(self.local) != len(self.inputs):
            sentence = f"{type(self).__name__} has no derivative rule for each of its inputs."
            raise RunError(sentence)
        y, xs = self.output.data, [x.data for x in self.inputs]
        return tuple(
            None if isinstance(x, Constant) else as_array(rule(y, *xs))
            for x, rule in zip(self.inputs, self.local, strict=True)
        )

    def gradients(self, gy: Array) -> tuple[Array | None, ...]:
        """Call `backward` and hold its answer against the inputs.

        Parameters
        ----------
        gy
            Upstream gradient, of the shape of the output.

        Returns
        -------
        tuple
            One contribution an input, of that input's shape; None for a Constant.

        Raises
        ------
        RunError
            If an answer is missing or has the wrong shape.
        """
        return self.checked(self.backward(gy))

    def checked(self, answer: Any) -> tuple[Array | None, ...]:
        """Hold the answer of `backward` against the inputs; see `gradients`."""
        answers = answer if isinstance(answer, tuple) else (answer,)
        name = type(self).__name__
        if len(answers) != len(self.inputs):
            sentence = (
                f"{name}.backward gave {len(answers)} gradients for {len(self.inputs)} inputs."
            )
            raise RunError(sentence)
        return tuple(
            None if isinstance(x, Constant) else _checked(name, x, gx)
            for x, gx in zip(self.inputs, answers, strict=True)
        )


def _checked(name: str, x: Variable, gx: Any) -> Array:
    gradient = as_array(gx)
    if not isinstance(gradient, np.ndarray):
        sentence = f"{name}.backward gave {type(gx).__name__} where an array was due."
        raise RunError(sentence)
    if gradient.shape != x.data.shape:
        sentence = (
            f"{name}.backward gave a gradient of shape {gradient.shape} "
            f"for an input of shape {x.data.shape}."
        )
        raise RunError(sentence)
    return gradient
