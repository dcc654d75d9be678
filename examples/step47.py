"""Scores become probabilities, and their surprise at the right classes a loss."""

import numpy as np

from engine import Variable, exp, softmax_cross_entropy
from examples.nets import Net

np.random.seed(0)
model = Net(2, 10, 3)
y = model(Variable(np.array([[0.2, -0.4]])))
print(y.data)
print((exp(y) / exp(y).sum()).data)

x = Variable(np.array([[0.2, -0.4], [0.3, 0.5], [1.3, -3.2], [2.1, 0.3]]))
loss = softmax_cross_entropy(model(x), np.array([2, 0, 1, 0]))
loss.backward()
print(loss.data)
