"""Times and plus as they are written."""

import numpy as np

from engine import Variable

a, b, c = Variable(np.array(3.0)), Variable(np.array(2.0)), Variable(np.array(1.0))
y = a * b + c
y.backward()
print(y.data, a.grad, b.grad)
