"""The engine as a package."""

import numpy as np

from engine import Variable

x = Variable(np.array(1.0))
y = (x + 3) ** 2
y.backward()
print(y.data, x.grad)
