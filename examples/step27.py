"""The sine as a Function, and as a series that is as long as it has to be."""

import math

import numpy as np

from engine import Variable, sin


def series(x, threshold=0.0001):
    y = 0
    for i in range(100_000):
        t = (-1) ** i / math.factorial(2 * i + 1) * x ** (2 * i + 1)
        y = y + t
        if abs(t.data) < threshold:
            break
    return y


for f in (sin, series):
    x = Variable(np.array(np.pi / 4))
    y = f(x)
    y.backward()
    print(y.data, x.grad)
