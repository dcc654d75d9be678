"""Arrays and plain numbers may stand beside Variables."""

import numpy as np

from engine import Variable

x = Variable(np.array(2.0))
print((x + np.array(3.0)).data)
print((3.0 * x + 1.0).data)
