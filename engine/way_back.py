"""How a Function leads a gradient back to what it was called on."""

from __future__ import annotations

import weakref
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from engine.arrays import as_array, operands, sum_to
from engine.errors import RunError
from engine.refusals import cannot_walk_back

if TYPE_CHECKING:
    from engine.variable import Variable

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


class WayBack(metaclass=Lean):
    """What a Function knows of the way back: one of `local`, `pull` and `backward`, by its author.

    Attributes
    ----------
    local
        Of one that works element by element, the local derivative of each input.
    settings, inputs
        What it was told, and the Variables it was called on.
    """

    local: ClassVar[tuple[LocalRule, ...]] = ()

    settings: Mapping[str, Any] = MappingProxyType({})
    inputs: tuple[Variable, ...]
    # Weak: the output holds its creator, and a circle would wait for a full collection.
    output_ref: weakref.ref[Variable] | None = None

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
        return bool(cls.local) and cls.pull is WayBack.pull

    def _need_rule(self) -> None:
        if type(self).pull is WayBack.pull and len(self.local) != len(self.inputs):
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
        if type(self).backward is not WayBack.backward:
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
