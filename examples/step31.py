"""A gradient that is a Variable has a creator of its own."""

import numpy as np

from engine import Variable, sin

x = Variable(np.array(1.0))
y = sin(x)
y.backward(create_graph=True)
print(x.grad.creator is not None)
gx = x.grad
x.cleargrad()
gx.backward()
print(x.grad)
