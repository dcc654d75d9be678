"""Variable and Function: define-by-run, as the tutorial has it.

Calling a Function on Variables computes a value and remembers who made it; `Variable.backward`
follows those memories from the output to the inputs with a work list, never by recursion.
"""

from __future__ import annotations

import math
import weakref
from collections.abc import Callable, Iterator
from typing import Any, ClassVar

import numpy as np

from engine.arrays import FLOAT64, Array, as_array, sum_to
from engine.config import Config
from engine.errors import RunError
from engine.function import FOREIGN, Function
from engine.operators import Operators
from engine.passing import pass_on
from engine.refusals import check_type
from engine.showing import exports
from engine.work_list import walk_back

__all__ = [
    "Array",
    "Constant",
    "Function",
    "Variable",
    "as_array",
    "as_variable",
    "sum_to",
    "walk_back",
]

type_error_sentence = "{} is not supported"


def held(data: Any) -> Any:
    """Turn a single float64 into the float that a Variable keeps of it, and leave all else."""
    if isinstance(data, np.ndarray) and data.ndim == 0 and data.dtype == FLOAT64:
        return data.item()
    return data


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
    raw, raw_grad
        Value and gradient as they are held: of a single float64 a float, whose array is made
        when `data` or `grad` is asked for.
    maker
        The Function that made it, as `creator`; None for an input.
    generation
        Length of the longest way from an input.

    Raises
    ------
    TypeError
        If `data` is neither an array nor None.
    RunError
        If it is an array of something else than real numbers.

    Examples
    --------
    >>> from engine import exp, square
    >>> x = Variable(np.array(0.5))
    >>> y = square(exp(square(x)))
    >>> y.backward()
    >>> print(x.grad)
    3.297442541400256
    """

    __slots__ = ("__weakref__", "generation", "maker", "name", "raw", "raw_grad")

    functions: ClassVar[dict[str, type[Function]]] = {}
    calls: ClassVar[dict[str, Callable[..., Any]]] = {}

    is_constant: ClassVar[bool] = False

    def __init__(self, data: Any, name: str | None = None) -> None:
        if data is not None and not isinstance(data, np.ndarray):
            raise TypeError(type_error_sentence.format(type(data)))
        if data is not None:
            check_type(data)
        self.raw: Any = data if data is None or data.ndim else held(data)
        self.raw_grad: Any = None
        self.maker: Function | None = None
        self.name = name
        self.generation = 0

    @property
    def data(self) -> Any:
        """The value, an array; of a single number it is made when it is first asked for."""
        if type(self.raw) is float:
            self.raw = np.array(self.raw)
        return self.raw

    @data.setter
    def data(self, data: Any) -> None:
        if isinstance(data, np.ndarray):
            check_type(data)
        self.raw = held(data)

    @property
    def grad(self) -> Any:
        """The gradient, an array; a Variable after `backward(create_graph=True)`, or None."""
        if type(self.raw_grad) is float:
            self.raw_grad = np.array(self.raw_grad)
        return self.raw_grad

    @grad.setter
    def grad(self, grad: Any) -> None:
        self.raw_grad = grad

    @property
    def creator(self) -> Function | None:
        """The Function that made it; None for an input."""
        if self.maker is not None and self.maker.output_ref is None:
            # Whoever looks at a Function may ask for its output; most are never looked at.
            self.maker.output_ref = weakref.ref(self)
        return self.maker

    @property
    def made_of(self) -> tuple[Variable, ...]:
        """The inputs of the Function that made it."""
        return () if self.maker is None else self.maker.inputs

    @property
    def number(self) -> float | None:
        """The value as a float, if it is a single float64."""
        value = held(self.raw)
        return value if type(value) is float else None

    def _repr_svg_(self) -> str | None:
        """Show in a notebook how it came to be; an input shows itself as text."""
        shown: str | None = exports().variable_picture(self)
        return shown

    @classmethod
    def _operate(cls, name: str, *operands: Any, **settings: Any) -> Any:
        if settings:
            return cls.functions[name].apply(*operands, **settings)
        return cls.calls[name](*operands)

    @property
    def shape(self) -> tuple[int, ...]:
        """Shape of the value."""
        return () if type(self.raw) is float else self.raw.shape

    @property
    def ndim(self) -> int:
        """Number of axes of the value."""
        return len(self.shape)

    @property
    def size(self) -> int:
        """Number of elements of the value."""
        return math.prod(self.shape)

    @property
    def dtype(self) -> np.dtype[Any]:
        """Type of the elements of the value."""
        return FLOAT64 if type(self.raw) is float else self.raw.dtype

    def __len__(self) -> int:
        return len(self.data)

    def __iter__(self) -> Iterator[Variable]:
        return (self[at] for at in range(len(self)))

    def __repr__(self) -> str:
        if self.raw is None:
            return "variable(None)"
        return f"variable({str(self.data).replace(chr(10), chr(10) + ' ' * 9)})"

    def set_creator(self, function: Function) -> None:
        """Remember the Function that made this Variable."""
        self.maker = function
        self.generation = function.generation + 1
        function.output_ref = weakref.ref(self)

    def cleargrad(self) -> None:
        """Forget the gradient, so that the next `backward` does not add to it."""
        self.grad = None

    def detach(self) -> Variable:
        """Give a Variable of the same value that no Function made."""
        return Variable(self.data, self.name)

    def unchain(self) -> None:
        """Forget the Function that made this Variable."""
        self.maker = None
        self.generation = 0

    def unchain_backward(self) -> None:
        """Forget every Function that this Variable depends on; the values stay."""
        for output in list(walk_back(self)):
            output.unchain()
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
            If this Variable has no value or depends on nothing, or a Function returns no gradient
            or one of the wrong shape. All gradients are then as they were before.
        """
        self._check_way_back()
        if retain_grad is None:
            retain_grad = not create_graph
        on_the_way = self._on_the_way() if FOREIGN else []
        before = [x.raw_grad for x in on_the_way]
        if self.raw_grad is None:
            self.raw_grad = self._ones(create_graph=create_graph)
        remembering = Config.enable_backprop
        Config.enable_backprop = create_graph
        try:
            with np.errstate(all="ignore"):
                for output in walk_back(self):
                    pass_on(output)
                    if not retain_grad:
                        output.raw_grad = None
        except BaseException:
            for x, gradient in zip(on_the_way, before, strict=True):
                x.raw_grad = gradient
            raise
        finally:
            Config.enable_backprop = remembering

    def _check_way_back(self) -> None:
        if self.raw is None:
            sentence = "There is nothing to differentiate: this Variable has no value yet."
            raise RunError(sentence)
        if self.maker is None:
            sentence = "No function made this Variable, so there is nothing to walk back."
            raise RunError(sentence)
        if self.dtype.kind != "f":
            sentence = f"A value of type {self.dtype} cannot be differentiated."
            raise RunError(sentence)

    def _on_the_way(self) -> list[Variable]:
        """List this Variable and all that it depends on, one that is used twice twice."""
        return [self, *(x for output in walk_back(self) for x in output.made_of)]

    def _ones(self, *, create_graph: bool) -> Any:
        if self.number is not None and not create_graph:
            return 1.0
        ones = np.ones_like(self.data)
        return Variable(ones) if create_graph else ones


class Constant(Variable):
    """A Variable that nobody asks the gradient of: the 2 in `x ** 2`."""

    __slots__ = ()

    is_constant = True


def as_variable(x: Any) -> Variable:
    """Leave a Variable alone; make a Constant of a number or an array.

    Raises
    ------
    TypeError
        If it is something that stands for a number, such as a Symbol.
    RunError
        If no array of real numbers can be made of it.
    """
    if isinstance(x, Variable):
        return x
    if isinstance(x, Operators):
        raise TypeError(type_error_sentence.format(type(x)))
    try:
        return Constant(np.asarray(x))
    except ValueError as error:
        raise RunError(f"This is no array of numbers: {error}.") from None


def as_variables(xs: tuple[Any, ...]) -> tuple[Variable, ...]:
    """Make Variables of the inputs of one call; a plain number takes the type of its neighbours.

    So `2 * x` is float32 where x is, as NumPy has it.
    """
    if all(isinstance(x, Variable) for x in xs):
        return xs
    weak = (bool, int, float)
    others = map(as_variable, (x for x in xs if type(x) not in weak))
    types = [x.dtype if x.is_constant or x.dtype.kind == "f" else FLOAT64 for x in others]
    return tuple(
        Constant(np.asarray(x, np.result_type(x, *types)))
        if type(x) in weak and types
        else as_variable(x)
        for x in xs
    )


Function.variable = Variable
Function.as_variables = staticmethod(as_variables)
