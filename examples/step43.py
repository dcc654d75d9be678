"""A net with one hidden layer follows a sine."""

from engine import linear, mean_squared_error, sigmoid
from examples.nets import drawn, sine_of_points, zeros

x, y = sine_of_points()
parameters = W1, b1, W2, b2 = drawn(1, 10), zeros(10), drawn(10, 1), zeros(1)
for i in range(10_000):
    loss = mean_squared_error(y, linear(sigmoid(linear(x, W1, b1)), W2, b2))
    for parameter in parameters:
        parameter.cleargrad()
    loss.backward()
    for parameter in parameters:
        parameter.data = parameter.data - 0.2 * parameter.grad
    if i % 1000 == 0:
        print(loss.data)
