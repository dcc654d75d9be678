"""Gradients in between may be let go, and the memory of Functions switched off."""

import numpy as np

from engine import Variable, add, no_grad, square, using_config

x0, x1 = Variable(np.array(1.0)), Variable(np.array(1.0))
t = add(x0, x1)
y = add(x0, t)
y.backward(retain_grad=False)
print(y.grad, t.grad)
print(x0.grad, x1.grad)

with using_config("enable_backprop", value=False):
    print(square(x0).creator)
with no_grad():
    print(square(x0).creator)
