"""Arrays that write down what is done with them, in NumPy's own words.

A Function is written once. Fed with these, its `forward` and its derivative rule compute as ever
and leave behind the expression that they come down to: nothing about any Function is told here.
What a rule asks of an array's shape, or of its numbers to see whether it may run, is answered from
the run that is written down.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.lib.mixins import NDArrayOperatorsMixin

from engine.arrays import as_array
from engine.functions import FUNCTIONS
from engine.reading.given import Noted, Shape, arguments, index_piece, piece_of
from engine.reading.literals import number_piece
from engine.reading.pieces import (
    INFIX,
    Effect,
    Piece,
    attribute,
    called,
    infix,
    item,
    method,
    negative,
)
from engine.sampled import Sampled

Array = np.ndarray[Any, Any]


class Written(Noted, Sampled, NDArrayOperatorsMixin):
    """An array that writes down what is done with it.

    Parameters
    ----------
    piece
        What makes it, in Python.
    sample
        Its value in the run that is written down.
    number
        Whether it is a number that stands in the formula itself.

    Examples
    --------
    >>> from engine.reading.pieces import name
    >>> x = Written(name("x"), np.array([1.0, 2.0]))
    >>> (2 * np.exp(x) + 1).piece.text({})
    '2 * np.exp(x) + 1'
    """

    __slots__ = ("number", "piece", "sample")

    is_formula = True

    def __init__(self, piece: Piece, sample: Any, *, number: bool = False) -> None:
        self.piece = piece
        self.sample: Array = as_array(sample)
        self.number = number

    # What a rule may ask

    @property
    def shape(self) -> tuple[int, ...]:
        """Shape of the value, which knows whose it is."""
        if self.piece.is_leaf and not self.number:
            return Shape.of(self.sample.shape, self.piece)
        return super().shape

    @property
    def data(self) -> Written:
        """Itself: what a rule asks a Variable for to get at its array."""
        return self

    def __len__(self) -> int:
        return len(self.sample)

    def __bool__(self) -> bool:
        return bool(self.sample)

    def __format__(self, form: str) -> str:
        return format(self.sample[()], form)

    __hash__ = object.__hash__

    # What a rule may do

    def __array_ufunc__(self, ufunc: Any, form: str, *inputs: Any, **options: Any) -> Any:
        """Write down a ufunc of NumPy."""
        if form == "at":
            _, index, value = inputs
            place = index_piece(index)
            if isinstance(index, tuple):
                place = Piece(("np.s_[", "]"), (place,))
            self._effect(called(f"np.{ufunc.__name__}.at", [self.piece, place, piece_of(value)]))
            ufunc.at(*map(sample_of, inputs))
            return None
        if form != "__call__" or options:
            return NotImplemented
        return applied(ufunc, *inputs)

    def __array_function__(self, function: Any, types: Any, args: Any, options: Any) -> Any:
        """Write down a function of NumPy that is no ufunc."""
        del types
        value = function(*map(sample_of, args), **{k: sample_of(x) for k, x in options.items()})
        if not isinstance(value, np.ndarray | np.generic):
            return NotImplemented
        module = function.__module__.removeprefix("numpy").lstrip(".")
        where = f"np.{module}." if module else "np."
        if function is np.broadcast_to and args[0].shape == tuple(args[1]):
            return args[0]
        return Written(called(f"{where}{function.__name__}", arguments(args, options)), value)

    @classmethod
    def _operate(cls, told: str, *operands: Any, **settings: Any) -> Any:
        if told == "erf":
            return Written(called("erf", [piece_of(operands[0])]), sample_of_erf(operands[0]))
        if told == "sum_to":
            return _sum_to(operands[0], tuple(settings["shape"]))
        if told == "scatter" and isinstance(settings["index"], Written):
            filled: Any = np.zeros_like(operands[0], shape=settings["shape"])
            np.add.at(filled, settings["index"], operands[0])
            return filled
        return FUNCTIONS[told](**settings).forward(*operands, **settings)

    def __getitem__(self, index: Any) -> Written:
        if isinstance(index, tuple) and all(map(_is_whole, index)):
            return self
        return Written(item(self.piece, index_piece(index)), self.sample[sample_of(index)])

    def __setitem__(self, index: Any, value: Any) -> None:
        self.sample[sample_of(index)] = sample_of(value)
        place, filled = item(self.piece, index_piece(index)), piece_of(value)
        sign = " = "
        if filled.glue == ("", " + ", "") and filled.parts[0].text({}) == place.text({}):
            sign, filled = " += ", filled.parts[1]
        self._effect(Piece(("", sign, ""), (place, filled)))

    def _effect(self, done: Piece) -> None:
        self.piece.effects.append(Effect(done.glue, done.parts))

    def astype(self, kind: Any) -> Written:
        """Turn the elements into another type."""
        if np.dtype(kind) == self.dtype:
            return self
        return self._method("astype", self.sample.astype(kind), kind)

    def copy(self) -> Written:
        """Copy it."""
        return self._method("copy", self.sample.copy())

    def reshape(self, *shape: Any) -> Written:
        """Arrange the elements in another shape."""
        wanted = shape[0] if len(shape) == 1 else shape
        value = self.sample.reshape(wanted)
        return self if value.shape == self.shape else self._method("reshape", value, wanted)

    def transpose(self, *axes: Any) -> Written:
        """Put the axes into another order, by default the other way round."""
        order = axes[0] if len(axes) == 1 else axes
        if not order:
            return self if self.ndim < 2 else self.T  # noqa: PLR2004 - nothing to turn round
        if tuple(order) == tuple(range(self.ndim)):
            return self
        if tuple(order) == tuple(range(self.ndim))[::-1]:
            return self.T
        return self._method("transpose", self.sample.transpose(order), *order)

    @property
    def T(self) -> Written:  # noqa: N802 - NumPy's own name
        """The same with its axes the other way round."""
        return Written(attribute(self.piece, "T"), self.sample.T)

    def squeeze(self, axes: Any = None) -> Written:
        """Leave out axes of the size 1."""
        value = self.sample.squeeze(axes)
        return self if value.shape == self.shape else self._method("squeeze", value, axis=axes)

    def sum(self, axis: Any = None, *, keepdims: bool = False) -> Written:
        """Add up along some axes, or all."""
        return self._reduced("sum", axis, keepdims=keepdims)

    def mean(self, axis: Any = None, *, keepdims: bool = False) -> Written:
        """Take the mean along some axes, or all."""
        return self._reduced("mean", axis, keepdims=keepdims)

    def prod(self, axis: Any = None, *, keepdims: bool = False) -> Written:
        """Multiply along some axes, or all."""
        return self._reduced("prod", axis, keepdims=keepdims)

    def max(self, axis: Any = None, *, keepdims: bool = False) -> Written:
        """Find the largest along some axes, or all."""
        return self._reduced("max", axis, keepdims=keepdims)

    def min(self, axis: Any = None, *, keepdims: bool = False) -> Written:
        """Find the smallest along some axes, or all."""
        return self._reduced("min", axis, keepdims=keepdims)

    def any(self) -> Written:
        """Tell whether any element is true."""
        return self._reduced("any", None, keepdims=False)

    def _reduced(self, told: str, axis: Any, *, keepdims: bool) -> Written:
        value = getattr(self.sample, told)(axis=axis, keepdims=keepdims)
        return self._method(told, value, axis=axis, keepdims=keepdims)

    def _method(self, told: str, value: Any, *args: Any, **options: Any) -> Written:
        said = {k: x for k, x in options.items() if (k, x) != ("axis", None)}
        return Written(method(self.piece, told, arguments(args, said)), value)

    def __iadd__(self, other: Any) -> Any:
        return self + other


def applied(ufunc: Any, *inputs: Any) -> Any:
    """Apply a ufunc of NumPy and write it down, unless that changes no digit."""
    value = as_array(_computed(ufunc, inputs))
    if all(_is_number(x) for x in inputs):
        return Written(number_piece(value.item()), value, number=True)
    same = _unchanged(ufunc.__name__, inputs)
    if same is not None and same.shape == value.shape and same.dtype == value.dtype:
        return same
    pieces = [piece_of(x) for x in inputs]
    if ufunc is np.negative:
        return Written(negative(pieces[0]), value)
    if ufunc.__name__ in INFIX:
        return Written(infix(ufunc.__name__, *pieces), value)
    told = "abs" if ufunc is np.absolute else ufunc.__name__
    return Written(called(f"np.{told}", pieces), value)


def _computed(ufunc: Any, inputs: tuple[Any, ...]) -> Any:
    samples = [sample_of(x) for x in inputs]
    if ufunc is np.power:
        return samples[0] ** samples[1]  # which knows some powers better than the ufunc does
    return ufunc(*samples)


def _is_number(x: Any) -> bool:
    return x.number if isinstance(x, Written) else not np.ndim(x)


def _unchanged(ufunc: str, inputs: tuple[Any, ...]) -> Any:
    """Find what is left of 1·x, x/1, x¹ and “x and true”, and −1·x as −x."""
    if len(inputs) == 1:
        return None
    left, right = ((float(sample_of(x)) if _is_number(x) else None) for x in inputs)
    if ufunc in ("multiply", "divide", "power", "bitwise_and") and right == 1:
        return inputs[0]
    if ufunc == "multiply" and left == 1:
        return inputs[1]
    if ufunc == "multiply" and -1 in (left, right):
        return -inputs[1 if left == -1 else 0]
    return None


def _is_whole(part: Any) -> bool:
    return isinstance(part, slice) and (part.start, part.stop, part.step or 1) == (None, None, 1)


def _sum_to(x: Any, shape: tuple[int, ...]) -> Any:
    added = x.ndim - len(shape)
    kept = [at for at, n in enumerate(shape, start=added) if n == 1 and x.shape[at] != 1]
    total = x.sum(axis=(*range(added), *kept), keepdims=bool(kept))
    return total.reshape(shape)


def sample_of_erf(x: Any) -> Any:
    """Compute the error function of what is written down."""
    return FUNCTIONS["erf"]().forward(sample_of(x))


def sample_of(x: Any) -> Any:
    """Give the arrays that those written down stand for, within lists and tuples too."""
    if isinstance(x, Written):
        return x.sample
    if type(x) in (list, tuple):
        return type(x)(map(sample_of, x))
    return x
