"""A model holds its layers."""

from engine import mean_squared_error
from examples.nets import Net, sine_of_points

x, y = sine_of_points()
model = Net(1, 10, 1)
for i in range(10_000):
    loss = mean_squared_error(y, model(x))
    model.cleargrads()
    loss.backward()
    for parameter in model.parameters():
        parameter.data -= 0.2 * parameter.grad
    if i % 1000 == 0:
        print(loss.data)
