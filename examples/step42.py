"""A straight line through points, by gradient descent."""

from examples.nets import line_of_points, zeros

x, y = line_of_points()
W, b = zeros(1, 1), zeros(1)
for i in range(100):
    apart = y - (x @ W + b)
    loss = (apart**2).sum() / len(apart)
    W.cleargrad()
    b.cleargrad()
    loss.backward()
    for parameter in (W, b):
        parameter.data = parameter.data - 0.1 * parameter.grad
    if i % 10 == 0 or i == 99:
        print(loss.data)
print(*W.data[0], *b.data)
