"""No circle of references: what nobody needs is freed at once."""

import gc
import weakref

import numpy as np

from engine import Variable, square

gc.disable()
alive = []
for _ in range(10):
    x = Variable(np.array([1.0, 2.0]))
    y = square(square(square(x)))
    alive.append(weakref.ref(y))
    del y
print(sum(ref() is not None for ref in alive))
gc.enable()
