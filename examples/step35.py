"""The graph of a higher derivative of tanh grows."""

import numpy as np

from engine import Variable, tanh

x = Variable(np.array(1.0))
y = tanh(x)
for _ in range(3):
    x.cleargrad()
    y.backward(create_graph=True)
    y = x.grad
    print(y.data)
