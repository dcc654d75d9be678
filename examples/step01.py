"""A Variable is a box for an array."""

import numpy as np

from engine import Variable

x = Variable(np.array(1.0))
print(x.data)
x.data = np.array(2.0)
print(x.data)
