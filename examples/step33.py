"""Newton's method with a second derivative that is found by walking back twice."""

import numpy as np

from engine import Variable

x = Variable(np.array(2.0))
for _ in range(10):
    print(x.data)
    y = x**4 - 2 * x**2
    x.cleargrad()
    y.backward(create_graph=True)
    gx = x.grad
    x.cleargrad()
    gx.backward()
    x.data = x.data - gx.data / x.grad
