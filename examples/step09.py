"""Functions as plain calls, a gradient that begins by itself, and a check of the type."""

import numpy as np

from engine import Variable, exp, square

x = Variable(np.array(0.5))
y = square(exp(square(x)))
y.backward()
print(x.grad)

try:
    Variable(1.0)
except TypeError as error:
    print(error)
