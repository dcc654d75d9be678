"""Function: a value out of values, and the rule that leads its gradient back."""

from __future__ import annotations

import weakref
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, ClassVar, Self

import numpy as np

from engine.arrays import FLOAT64, as_array, operands, sum_to
from engine.config import Config
from engine.errors import RunError
from engine.kernel import kernel_for
from engine.notation import Notation
from engine.refusals import cannot_run, cannot_walk_back, check_value
from engine.signatures import REQUIRED, bound, check_settings, is_variadic, port_names, settings_of

if TYPE_CHECKING:
    from engine.variable import Variable

FOREIGN: weakref.WeakSet[Variable] = weakref.WeakSet()
"""What has been made by Functions that were written elsewhere."""

LocalRule = Callable[..., Any]


class Lean(type):
    """The class of Functions, in which a subclass that says nothing adds nothing to each.

    An ordinary class adds what weak references to its instances need, and a long chain is made of
    very many.
    """

    def __new__(
        cls, name: str, bases: tuple[type, ...], namespace: dict[str, Any], **options: Any
    ) -> Lean:
        """Make a class of Functions."""
        namespace.setdefault("__slots__", ())
        return super().__new__(cls, name, bases, namespace, **options)


class Function(metaclass=Lean):
    """Something that makes a Variable out of Variables, and knows the way back.

    A subclass writes `forward`, which takes and returns arrays, and one of

    - `local`: for a Function that works element by element, one local derivative an input, each
      called with the output and then the inputs, written with ordinary operators and NumPy
      functions. Broadcasting and the chain rule are done here.
    - `pull`: for any other, the contribution of one input.
    - `backward(self, gy)`: in the tutorial's style, with `self.input.data` at hand.

    What `forward` takes by keyword alone is a setting: it is given when the Function is made and
    handed to `forward`, to every local rule and to `pull`.

    Attributes
    ----------
    notation
        How it is written: on its block, in text and in TeX.
    symbol
        A few characters for the face of its block, where it is written as a call otherwise.
    group
        The heading it stands under in the palette.
    inner
        Whether it is there for the way back of others, and not offered in the palette.
    ufunc
        The NumPy function that means the same, so that `np.exp(x)` on a Variable works.
    numpy
        NumPy functions that are no ufuncs and mean the same, such as `np.sum`.
    leading
        Settings that, given as text, may stand before the inputs, as in `np.einsum`.
    settings
        The settings of this one, by name.
    inputs
        The Variables it was called on.
    generation
        That of its youngest input.
    compiled
        What leads a gradient back, if it is compiled for inputs like these; where they are arrays,
        these and what came of them follow. None otherwise.

    Examples
    --------
    >>> from engine.variable import Variable
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
    symbol: ClassVar[str | None] = None
    group: ClassVar[str] = "Other"
    inner: ClassVar[bool] = False
    ufunc: ClassVar[Callable[..., Any] | None] = None
    numpy: ClassVar[tuple[Callable[..., Any], ...]] = ()
    leading: ClassVar[tuple[str, ...]] = ()
    local: ClassVar[tuple[LocalRule, ...]] = ()

    # No more than these for most, of which a long chain has very many.
    __slots__ = ("__dict__", "compiled", "inputs")

    # Given by `engine.variable`, which needs this class before it can make its own.
    variable: ClassVar[type[Variable]]
    as_variables: ClassVar[Any]

    # Whether it was written elsewhere, so that its way back may fail in the middle of a walk.
    foreign: ClassVar[bool] = False

    settings: Mapping[str, Any] = MappingProxyType({})
    inputs: tuple[Variable, ...]
    compiled: tuple[Any, ...] | None
    # Weak: the output holds its creator, and a circle would wait for a full collection.
    output_ref: weakref.ref[Variable] | None = None

    def __new__(cls, *_: Any, **__: Any) -> Self:
        """Make one, of which nothing is compiled."""
        function = super().__new__(cls)
        function.compiled = None
        return function

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        cls.foreign = not cls.__module__.startswith(("engine.functions.", "engine.transport"))

    def __init__(self, **settings: Any) -> None:
        defaults = settings_of(type(self))
        check_settings(type(self), settings)
        missing = [name for name, value in {**defaults, **settings}.items() if value is REQUIRED]
        if missing:
            raise RunError(f"{type(self).__name__} needs to be told its {' and '.join(missing)}.")
        if defaults:
            told = {k: v.item() if isinstance(v, np.generic) else v for k, v in settings.items()}
            self.settings = MappingProxyType({**defaults, **told})

    def __call__(self, *inputs: Any) -> Variable:
        """Compute the output, and remember what it was computed from.

        Raises
        ------
        RunError
            If the inputs do not fit, or `forward` gives anything but an array of real numbers.
        """
        variables: tuple[Variable, ...] = self.as_variables(inputs)
        output = self.variable(None)
        output.raw = self._on_numbers(variables)
        if output.raw is None:
            output.raw = self._on_arrays(variables)
        if Config.enable_backprop:
            self.inputs = variables
            output.set_creator(self)
            if self.foreign:
                FOREIGN.add(output)
        return output

    def _on_numbers(self, variables: tuple[Variable, ...]) -> float | None:
        """Compute on Python's floats, if the Function and its inputs allow it."""
        kernel = kernel_for(type(self))
        numbers = [x.number for x in variables]
        if kernel is None or None in numbers:
            return None
        try:
            value = kernel.value(*numbers)
        except (ArithmeticError, TypeError, ValueError):
            return None  # NumPy gives an infinity or NaN, or the reason
        self.compiled = (kernel.pass_on,)
        return value

    def _on_arrays(self, variables: tuple[Variable, ...]) -> Any:
        xs: list[Any] = []
        try:
            xs = operands(variables)
            with np.errstate(all="ignore"):
                value = as_array(self.forward(*xs, **self.settings))
        except Exception as error:
            told = cannot_run(self, xs, error)
            if told is error:
                raise
            raise told from (None if isinstance(error, RunError) else error)
        if type(value) is not np.ndarray or value.dtype is not FLOAT64:
            check_value(self, value)
        return value

    def told(self) -> dict[str, Any]:
        """Give the settings as a block holds them: numbers, texts, True, False, None, tuples."""
        return {k: v.tolist() if isinstance(v, np.ndarray) else v for k, v in self.settings.items()}

    @classmethod
    def settled(cls, settings: Mapping[str, Any], block: str) -> Mapping[str, Any]:  # noqa: ARG003 - for those that draw
        """Complete the settings that a block has been told, so that every run of it is alike."""
        return settings

    @classmethod
    def apply(cls, *args: Any, **settings: Any) -> Any:
        """Call the Function as NumPy's own functions are called: inputs first, then settings."""
        simple = args and not settings and _simple(cls) in (len(args), ANY)
        if simple and Config.enable_backprop and not cls.foreign:
            output = cls._of_variables(args)
            if output is not None:
                return output
        inputs, settings = bound(cls, args, settings)
        return cls(**settings)(*inputs)

    @classmethod
    def _of_variables(cls, args: tuple[Variable, ...]) -> Variable | None:
        """Do what is asked for most without the questions that need not be asked then."""
        for x in args:
            if not isinstance(x, cls.variable):
                return None
        function = object.__new__(cls)
        function.inputs = args
        function.compiled = None
        output = object.__new__(cls.variable)
        output.raw = function._on_arrays(args)
        output.raw_grad = output.name = None
        output.maker = function
        output.generation = max([x.generation for x in args]) + 1
        return output

    @property
    def input(self) -> Variable:
        """The first input, by the name the tutorial gives it."""
        return self.inputs[0]

    @property
    def generation(self) -> int:
        """That of the youngest input."""
        return max((x.generation for x in self.inputs), default=0)

    @property
    def output(self) -> Variable:
        """The Variable this Function made.

        Raises
        ------
        ReferenceError
            If nobody holds that Variable any more.
        """
        output = None if self.output_ref is None else self.output_ref()
        if output is None:
            raise ReferenceError("the output of this Function is gone")
        return output

    @property
    def outputs(self) -> tuple[Variable, ...]:
        """All that this Function made."""
        return (self.output,)

    def forward(self, *xs: Any, **settings: Any) -> Any:
        """Compute the output from the inputs; arrays in, array out."""
        raise NotImplementedError

    def pull(self, port: int, gy: Any, y: Any, *xs: Any, **settings: Any) -> Any:
        """Lead an upstream gradient back to one input.

        Parameters
        ----------
        port
            Which input, counted from 0.
        gy
            Upstream gradient, of the shape of the output.
        y, xs
            The output and the inputs: all arrays, or all Variables where the gradient itself
            is to be differentiated.

        Returns
        -------
        array or Variable
            The contribution, of the shape of the input.
        """
        local = self.local[port](y, *xs, **settings)
        if type(gy) is not np.ndarray and type(local) is float and local in (1.0, -1.0):
            # A graph of derivatives grows with each order; a factor of one adds nothing to it.
            return sum_to(gy if local == 1.0 else -gy, xs[port].shape)
        return self._product(gy, local, xs[port].shape)

    def backward(self, gy: Any) -> Any:
        """Give the contribution of each input: upstream gradient times local derivative.

        As the tutorial has it, a Function of one input gives an array, others give a tuple.
        """
        parts = self._by_rule(gy, self.output)
        return parts[0] if len(parts) == 1 else parts

    def _contribution(self, port: int, x: Variable, gy: Any, y: Any, xs: list[Any]) -> Any:
        try:
            gx = self.pull(port, gy, y, *xs, **self.settings)
        except (TypeError, ValueError) as error:
            raise cannot_walk_back(self, port, gy, error) from error
        if type(gx) is np.ndarray and gx.shape == x.shape:
            return gx
        return _checked(type(self).__name__, x, gx)

    def contributions(self, gy: Any, local: tuple[Any, ...]) -> tuple[Any, ...]:
        """Multiply, and add up along the axes that an input was broadcast along."""
        return tuple(
            None if x.is_constant else self._product(gy, derivative, x.data.shape)
            for x, derivative in zip(self.inputs, local, strict=True)
        )

    def _product(self, gy: Any, local: Any, shape: tuple[int, ...]) -> Any:
        part = as_array(gy * local)
        if part.shape not in (shape, gy.shape):
            name = type(self).__name__
            sentence = f"{name}.local makes the shape {part.shape} of a gradient of {gy.shape}."
            raise RunError(sentence)
        return sum_to(part, shape)

    @classmethod
    def is_elementwise(cls) -> bool:
        """Tell whether it has a local derivative for each element."""
        return bool(cls.local) and cls.pull is Function.pull

    def _need_rule(self) -> None:
        if type(self).pull is Function.pull and len(self.local) != len(self.inputs):
            sentence = f"{type(self).__name__} has no derivative rule for each of its inputs."
            raise RunError(sentence)

    def local_derivatives(self, output: Variable) -> tuple[Any, ...]:
        """Evaluate the local derivative of each input; None where nobody asks for it.

        Parameters
        ----------
        output
            What it made.

        Raises
        ------
        RunError
            If the Function has no rule.
        """
        self._need_rule()
        y, xs = output.data, operands(self.inputs)
        return tuple(
            None if x.is_constant else as_array(rule(y, *xs, **self.settings))
            for x, rule in zip(self.inputs, self.local, strict=True)
        )

    def gradients(self, gy: Any, output: Variable) -> tuple[Any, ...]:
        """Call `backward` and hold its answer against the inputs.

        Parameters
        ----------
        gy
            Upstream gradient, of the shape of the output: an array, or a Variable where the
            gradient is to be differentiated again.
        output
            What it made; given along, because a Function does not hold on to it.

        Returns
        -------
        tuple
            One contribution an input, of that input's shape; None for a Constant.

        Raises
        ------
        RunError
            If an answer is missing or has the wrong shape.
        """
        if type(self).backward is not Function.backward:
            self.output_ref = weakref.ref(output)
            return self.checked(self.backward(gy))
        return self._by_rule(gy, output)

    def _by_rule(self, gy: Any, output: Variable) -> tuple[Any, ...]:
        self._need_rule()
        live = type(gy) is not np.ndarray
        y: Any = output if live else output.data
        xs: list[Any] = list(self.inputs) if live else operands(self.inputs)
        return tuple(
            None if x.is_constant else self._contribution(port, x, gy, y, xs)
            for port, x in enumerate(self.inputs)
        )

    def checked(self, answer: Any) -> tuple[Any, ...]:
        """Hold the answer of `backward` against the inputs; see `gradients`."""
        answers = answer if isinstance(answer, tuple) else (answer,)
        name = type(self).__name__
        if len(answers) != len(self.inputs):
            sentence = (
                f"{name}.backward gave {len(answers)} gradients for {len(self.inputs)} inputs."
            )
            raise RunError(sentence)
        return tuple(
            None if x.is_constant else _checked(name, x, gx)
            for x, gx in zip(self.inputs, answers, strict=True)
        )


def _checked(name: str, x: Variable, gx: Any) -> Any:
    gradient = as_array(gx)
    if not isinstance(gradient, np.ndarray) and not hasattr(gradient, "creator"):
        sentence = f"{name}.backward gave {type(gx).__name__} where an array was due."
        raise RunError(sentence)
    if gradient.shape != x.data.shape:
        sentence = (
            f"{name}.backward gave a gradient of shape {gradient.shape} "
            f"for an input of shape {x.data.shape}."
        )
        raise RunError(sentence)
    return gradient


ANY = -1
"""Count of the inputs of a Function that takes any number of them."""

_SIMPLE: dict[type[Function], int] = {}


def _simple(function: type[Function]) -> int:
    """Count the inputs of a Function that has nothing but inputs, and is called as all are.

    Of another it is a number that no call has.
    """
    if function not in _SIMPLE:
        own = (
            function.__init__ is not Function.__init__ or function.__call__ is not Function.__call__
        )
        _SIMPLE[function] = ANY - 1 if own or settings_of(function) else _count(function)
    return _SIMPLE[function]


def _count(function: type[Function]) -> int:
    return ANY if is_variadic(function) else len(port_names(function))
