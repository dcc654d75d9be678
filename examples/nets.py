"""What the steps about nets share: their data, drawn as in the book, and layers to build with."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from engine import Variable, linear, sigmoid

# The book draws from NumPy's global generator, and its numbers are those of that one.


def line_of_points() -> tuple[Variable, Variable]:
    """Draw a hundred points about a line."""
    np.random.seed(0)
    x = np.random.rand(100, 1)
    return Variable(x), Variable(5 + 2 * x + np.random.rand(100, 1))


def sine_of_points() -> tuple[Variable, Variable]:
    """Draw a hundred points about a sine."""
    np.random.seed(0)
    x = np.random.rand(100, 1)
    return Variable(x), Variable(np.sin(2 * np.pi * x) + np.random.rand(100, 1))


def drawn(rows: int, columns: int) -> Variable:
    """Draw small weights."""
    return Variable(0.01 * np.random.randn(rows, columns))


def zeros(*shape: int) -> Variable:
    """Make weights that are 0."""
    return Variable(np.zeros(shape))


class Layer:
    """Weights and a bias, in single precision as the book has them."""

    def __init__(self, inputs: int, outputs: int) -> None:
        weights = np.random.randn(inputs, outputs).astype(np.float32)
        self.weights = Variable(weights * np.float32(np.sqrt(1 / inputs)))
        self.bias = Variable(np.zeros(outputs, np.float32))

    def __call__(self, x: Variable) -> Variable:
        """Compute the layer."""
        y: Variable = linear(x, self.weights, self.bias)
        return y

    def parameters(self) -> Iterator[Variable]:
        """Give what is to be learned."""
        yield self.weights
        yield self.bias

    def cleargrads(self) -> None:
        """Forget the gradients of the last step."""
        for parameter in self.parameters():
            parameter.cleargrad()


class Net:
    """Two layers with a sigmoid between them."""

    def __init__(self, inputs: int, hidden: int, outputs: int) -> None:
        self.layers = Layer(inputs, hidden), Layer(hidden, outputs)

    def __call__(self, x: Variable) -> Variable:
        """Compute the net."""
        first, second = self.layers
        return second(sigmoid(first(x)))

    def parameters(self) -> Iterator[Variable]:
        """Give what is to be learned."""
        for layer in self.layers:
            yield from layer.parameters()

    def cleargrads(self) -> None:
        """Forget the gradients of the last step."""
        for layer in self.layers:
            layer.cleargrads()


class Descent:
    """Gradient descent: each parameter goes down its slope."""

    def __init__(self, model: Net, rate: float) -> None:
        self.model = model
        self.rate = rate

    def update(self) -> None:
        """Take one step."""
        for parameter in self.model.parameters():
            parameter.data -= self.rate * parameter.grad
