"""Four kinds of graph that every question is asked of, and what is true of them.

That is not computed by the engine, but by plain NumPy on complex numbers: the derivative of f is
the imaginary part of f(x + ih) / h, exact to the last digits.
"""

from __future__ import annotations

import numpy as np

from tests.three import NET, NUMBERS

TEXTS = {
    "tutorial": ("square(exp(square(x)))", {"x": 0.5}),
    "fan-out": ("a = square(x); square(a) + square(a)", {"x": 2.0}),
    "net": (NET, NUMBERS),
    "tanh'''": ("tanh(x)", {"x": 1.0}),
}
"""What is typed; the last one is differentiated three times before it is asked."""

FORMULAS = {
    "tutorial": lambda x: np.exp(x**2) ** 2,
    "fan-out": lambda x: 2 * x**4,
    "net": lambda x, w, b, v, t: (((np.tanh(x @ w + b)) @ v - t) ** 2).sum(),
    "tanh'''": lambda x: -2 * (1 - np.tanh(x) ** 2) * (1 - 3 * np.tanh(x) ** 2),
}


def value(name, values):
    """The value of a formula."""
    return float(FORMULAS[name](**{key: np.array(x, dtype=float) for key, x in values.items()}))


def gradient(name, values, by):
    """The gradient of a formula by one of its inputs, by complex steps."""
    arrays = {key: np.array(x, dtype=complex) for key, x in values.items()}
    found, step = np.zeros(np.shape(values[by])), 1e-30
    for index in np.ndindex(found.shape):
        moved = arrays[by].copy()
        moved[index] += 1j * step
        found[index] = FORMULAS[name](**{**arrays, by: moved}).imag / step
    return found
