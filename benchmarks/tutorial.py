"""An engine in the style of the tutorial's ninth step, as a reader has it after that step.

A Function takes one input, a Variable holds an array, and `backward` goes along a plain stack. It
is here to be measured, and right for chains alone.
"""

from __future__ import annotations

from typing import Any

import numpy as np


class Variable:
    """An array with its gradient and what made it."""

    def __init__(self, data: Any) -> None:
        if not isinstance(data, np.ndarray):
            sentence = f"{type(data)} is not supported"
            raise TypeError(sentence)
        self.data = data
        self.grad: Any = None
        self.creator: Function | None = None

    def backward(self) -> None:
        """Pass the gradient on from Function to Function."""
        if self.grad is None:
            self.grad = np.ones_like(self.data)
        functions = [self.creator]
        while functions:
            function = functions.pop()
            assert function is not None  # noqa: S101 - only what was made is put on the stack
            x, y = function.input, function.output
            x.grad = function.backward(y.grad)
            if x.creator is not None:
                functions.append(x.creator)


class Function:
    """What makes one Variable out of another, and remembers both."""

    def __call__(self, x: Variable) -> Variable:
        """Compute the output, and remember."""
        value = self.forward(x.data)
        y = Variable(np.array(value) if np.isscalar(value) else value)
        y.creator = self
        self.input = x
        self.output = y
        return y

    def forward(self, x: Any) -> Any:
        """Compute the output."""
        raise NotImplementedError

    def backward(self, gy: Any) -> Any:
        """Lead the gradient back."""
        raise NotImplementedError


class Square(Function):
    """The square."""

    def forward(self, x: Any) -> Any:
        """Compute the output."""
        return x**2

    def backward(self, gy: Any) -> Any:
        """Lead the gradient back."""
        return 2 * self.input.data * gy


class Neg(Function):
    """The negative."""

    def forward(self, x: Any) -> Any:
        """Compute the output."""
        return -x

    def backward(self, gy: Any) -> Any:
        """Lead the gradient back."""
        return -gy


class Exp(Function):
    """The exponential."""

    def forward(self, x: Any) -> Any:
        """Compute the output."""
        return np.exp(x)

    def backward(self, gy: Any) -> Any:
        """Lead the gradient back."""
        return np.exp(self.input.data) * gy


def gradient_of_chain(x: Any, depth: int) -> Any:
    """Build exp(-x²) again and again, and walk it back."""
    start = y = Variable(np.asarray(x))
    for _ in range(depth // 3):
        y = Exp()(Neg()(Square()(y)))
    y.backward()
    return start.grad
