"""Each Variable knows its creator, so the way back can be found."""

import numpy as np

from engine import Exp, Square, Variable

A, B, C = Square(), Exp(), Square()
x = Variable(np.array(0.5))
a = A(x)
b = B(a)
y = C(b)
assert (y.creator, y.creator.input) == (C, b)
assert (b.creator, b.creator.input) == (B, a)
assert (a.creator, a.creator.input) == (A, x)

y.backward()
print(x.grad)
