"""Layers hold their parameters."""

from engine import mean_squared_error, sigmoid
from examples.nets import Layer, sine_of_points

x, y = sine_of_points()
l1, l2 = Layer(1, 10), Layer(10, 1)
for i in range(10_000):
    loss = mean_squared_error(y, l2(sigmoid(l1(x))))
    l1.cleargrads()
    l2.cleargrads()
    loss.backward()
    for parameter in (*l1.parameters(), *l2.parameters()):
        parameter.data -= 0.2 * parameter.grad
    if i % 1000 == 0:
        print(loss.data)
