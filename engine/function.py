"""Function: a value out of values, and the rule that leads its gradient back."""

from __future__ import annotations

import weakref
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, ClassVar, Self

import numpy as np

from engine.arrays import FLOAT64, as_array, operands
from engine.config import Config
from engine.errors import RunError
from engine.kernel import LEFT_TO_NUMPY, kernel_for
from engine.notation import Notation
from engine.refusals import cannot_run, check_value
from engine.signatures import REQUIRED, bound, check_settings, is_variadic, port_names, settings_of
from engine.way_back import WayBack

if TYPE_CHECKING:
    from engine.variable import Variable

FOREIGN: weakref.WeakSet[Variable] = weakref.WeakSet()
"""What has been made by Functions that were written elsewhere."""


class Function(WayBack):
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

    # No more than these for most, of which a long chain has very many.
    __slots__ = ("__dict__", "compiled", "inputs")

    # Given by `engine.variable`, which needs this class before it can make its own.
    variable: ClassVar[type[Variable]]
    as_variables: ClassVar[Any]

    # Whether it was written elsewhere, so that its way back may fail in the middle of a walk.
    foreign: ClassVar[bool] = False

    compiled: tuple[Any, ...] | None

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
        numbers = [x.number for x in variables]
        kernel = None if None in numbers else kernel_for(type(self), self.settings)
        if kernel is None:
            return None
        self.compiled = (kernel.pass_on,)
        try:
            return kernel.value(*numbers)
        except LEFT_TO_NUMPY:
            return None  # NumPy gives an infinity or NaN, or the reason

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

    def forward(self, *xs: Any, **settings: Any) -> Any:
        """Compute the output from the inputs; arrays in, array out."""
        raise NotImplementedError


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
