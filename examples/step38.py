"""A gradient takes the shape of its input back."""

import numpy as np

from engine import Variable

x = Variable(np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]))
y = x.reshape(6)
y.backward()
print(y.data, x.grad)

x.cleargrad()
y = x.T
y.backward()
print(y.shape, x.grad)
