"""Functions in a chain make a larger one."""

import numpy as np

from engine import Exp, Square, Variable

A, B, C = Square(), Exp(), Square()
x = Variable(np.array(0.5))
y = C(B(A(x)))
print(y.data)
