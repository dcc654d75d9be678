"""In a graph that parts and joins, each Function waits for all that use its output."""

import numpy as np

from engine import Variable, square

x = Variable(np.array(2.0))
a = square(x)
y = square(a) + square(a)
print([v.generation for v in (x, a, y.creator.inputs[0], y)])
