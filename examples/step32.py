"""Without create_graph the way back is not remembered, and costs nothing more."""

import numpy as np

from engine import Variable, as_variable

for create_graph in (False, True):
    x = Variable(np.array(2.0))
    y = x**3
    y.backward(create_graph=create_graph)
    print(type(x.grad).__name__, as_variable(x.grad).data)
