"""Adding reads as a call."""

import numpy as np

from engine import Variable, add

print(add(Variable(np.array(2)), Variable(np.array(3))).data)
