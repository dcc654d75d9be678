"""A Function takes a Variable and gives another."""

import numpy as np

from engine import Function, Variable


class Square(Function):
    """The input times itself."""

    def forward(self, x):
        return x**2


y = Square()(Variable(np.array(10.0)))
print(type(y).__name__, y.data)
