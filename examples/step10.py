"""A gradient is tested against one found by trial."""

import numpy as np

from engine import Variable, numerical_diff, square

x = Variable(np.array(3.0))
y = square(x)
y.backward()
print(y.data, x.grad)
print(np.allclose(x.grad, numerical_diff(square, x)))
