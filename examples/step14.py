"""A Variable that is used twice gets both gradients; a new walk begins with none."""

import numpy as np

from engine import Variable, add

x = Variable(np.array(3.0))
add(x, x).backward()
print(x.grad)

x.cleargrad()
add(add(x, x), x).backward()
print(x.grad)
