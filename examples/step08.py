"""A loop with a list of Functions takes the place of recursion, however deep the chain."""

import numpy as np

from engine import Exp, Square, Variable

x = Variable(np.array(0.5))
y = Square()(Exp()(Square()(x)))
y.grad = np.array(1.0)
functions = [y.creator]
while functions:
    function = functions.pop()
    before, after = function.input, function.output
    before.grad = function.backward(after.grad)
    if before.creator is not None:
        functions.append(before.creator)
print(x.grad)
