"""A Function may take more than one Variable."""

import numpy as np

from engine import Function, Variable


class Add(Function):
    """The sum of two inputs."""

    def forward(self, x0, x1):
        return x0 + x1


y = Add()(Variable(np.array(2)), Variable(np.array(3)))
print(y.data)
