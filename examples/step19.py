"""A Variable has a name and looks like its array."""

import numpy as np

from engine import Variable

x = Variable(np.array([[1, 2, 3], [4, 5, 6]]), name="x")
print(x.name, x.shape, x.ndim, x.size, x.dtype, len(x))
print(x)
