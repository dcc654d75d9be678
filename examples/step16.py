"""Ordered by generation, the youngest Function is served first."""

import numpy as np

from engine import Variable, square

x = Variable(np.array(2.0))
a = square(x)
y = square(a) + square(a)
y.backward()
print(y.data, x.grad)
