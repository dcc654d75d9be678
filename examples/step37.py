"""On arrays, all works element by element."""

import numpy as np

from engine import Variable

x = Variable(np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]))
c = Variable(np.array([[10.0, 20.0, 30.0], [40.0, 50.0, 60.0]]))
y = (x + c).sum()
y.backward()
print(y.data)
print(x.grad, c.grad)
