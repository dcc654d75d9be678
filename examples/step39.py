"""A sum sends its gradient to all that was added up."""

import numpy as np

from engine import Variable

x = Variable(np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]))
y = x.sum()
y.backward()
print(y.data, x.grad)

x.cleargrad()
y = x.sum(axis=0)
y.backward()
print(y.data, x.grad)
print(Variable(np.ones((2, 3, 4, 5))).sum(keepdims=True).shape)
