"""What is needed for the derivative of a derivative: gradients that remember their way."""

import numpy as np

from engine import Variable, sin

x = Variable(np.array(1.0))
y = sin(x)
y.backward()
print(type(x.grad).__name__, x.grad)

x.cleargrad()
y = sin(x)
y.backward(create_graph=True)
print(type(x.grad).__name__, x.grad.data)
