"""What was broadcast on the way there is added up on the way back."""

import numpy as np

from engine import Variable

x0, x1 = Variable(np.array([1.0, 2.0, 3.0])), Variable(np.array([10.0]))
y = x0 + x1
y.backward()
print(y.data)
print(x0.grad, x1.grad)
