"""All operators: minus, divided by, to the power of."""

import numpy as np

from engine import Variable

x = Variable(np.array(2.0))
print((-x).data, (2.0 - x).data, (x - 1.0).data)
print((3.0 / x).data, (x / 4.0).data, (x**3).data)
