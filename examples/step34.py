"""The derivatives of the sine, one after the other."""

import numpy as np

from engine import Variable, sin

x = Variable(np.linspace(-7, 7, 200))
y = sin(x)
for _ in range(4):
    print(*y.data[[0, 50, 100, 199]])
    x.cleargrad()
    y.backward(create_graph=True)
    y = x.grad
