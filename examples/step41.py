"""The gradient of a matrix product has the shapes of its matrices."""

import numpy as np

from engine import Variable, matmul

x, w = Variable(np.ones((2, 3))), Variable(np.ones((3, 4)))
y = matmul(x, w)
y.backward()
print(x.grad.shape)
print(w.grad.shape)
