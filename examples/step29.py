"""Newton's method with a second derivative that is worked out by hand."""

import numpy as np

from engine import Variable

x = Variable(np.array(2.0))
for _ in range(10):
    print(x.data)
    y = x**4 - 2 * x**2
    x.cleargrad()
    y.backward()
    x.data = x.data - x.grad / (12 * x.data**2 - 4)
