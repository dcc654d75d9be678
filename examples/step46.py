"""An optimiser changes the parameters of a model."""

from engine import mean_squared_error
from examples.nets import Descent, Net, sine_of_points

x, y = sine_of_points()
model = Net(1, 10, 1)
optimiser = Descent(model, rate=0.2)
for i in range(10_000):
    loss = mean_squared_error(y, model(x))
    model.cleargrads()
    loss.backward()
    optimiser.update()
    if i % 1000 == 0:
        print(loss.data)
