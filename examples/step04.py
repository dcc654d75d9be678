"""A derivative can be found by trial: a little more, a little less."""

import numpy as np

from engine import Variable, exp, numerical_diff, square

print(numerical_diff(square, Variable(np.array(2.0))))
print(numerical_diff(lambda x: square(exp(square(x))), Variable(np.array(0.5))))
