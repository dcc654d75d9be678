"""Gradient descent in the valley of Rosenbrock."""

import numpy as np

from engine import Variable


def rosenbrock(x0, x1):
    return 100 * (x1 - x0**2) ** 2 + (x0 - 1) ** 2


x0, x1 = Variable(np.array(0.0)), Variable(np.array(2.0))
for i in range(1000):
    if i % 100 == 0:
        print(x0.data, x1.data)
    y = rosenbrock(x0, x1)
    x0.cleargrad()
    x1.cleargrad()
    y.backward()
    x0.data = x0.data - 0.001 * x0.grad
    x1.data = x1.data - 0.001 * x1.grad
print(x0.data, x1.data)
