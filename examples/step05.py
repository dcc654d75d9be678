"""The derivative of a chain is the product of the derivatives of its links."""

import numpy as np

from engine import Variable, exp, grad, square

x = Variable(np.array(0.5))
a = square(x)
b = exp(a)
links = [float(grad(f)(at).data) for f, at in ((square, x), (exp, a), (square, b))]
print(links)
print(links[2] * links[1] * links[0])
