"""The code of the tutorial's steps 1 to 9, unchanged, on this engine."""

from __future__ import annotations

import numpy as np
import pytest

from engine import Exp, Function, Square, Variable, as_array, exp, numerical_diff, square
from engine.moment import Moment
from engine.narration import narrate
from engine.recording import record_variable


def test_step_2_a_function_is_called_like_a_function():
    x = Variable(np.array(10))
    f = Square()
    y = f(x)
    assert type(y) is Variable
    assert y.data == 100


def test_step_3_functions_are_chained():
    A = Square()  # noqa: N806 - the tutorial's names
    B = Exp()  # noqa: N806
    C = Square()  # noqa: N806

    x = Variable(np.array(0.5))
    a = A(x)
    b = B(a)
    y = C(b)
    assert y.data == 1.648721270700128


def test_step_4_a_derivative_is_found_by_trial():
    def f(x):
        A = Square()  # noqa: N806
        B = Exp()  # noqa: N806
        C = Square()  # noqa: N806
        return C(B(A(x)))

    assert numerical_diff(Square(), Variable(np.array(2.0))) == pytest.approx(4.000000000004, 1e-9)
    assert numerical_diff(f, Variable(np.array(0.5))) == pytest.approx(3.2974426293330694, 1e-9)


def test_step_6_the_gradient_is_walked_back_by_hand():
    A = Square()  # noqa: N806
    B = Exp()  # noqa: N806
    C = Square()  # noqa: N806

    x = Variable(np.array(0.5))
    a = A(x)
    b = B(a)
    y = C(b)

    y.grad = np.array(1.0)
    b.grad = C.backward(y.grad)
    a.grad = B.backward(b.grad)
    x.grad = A.backward(a.grad)
    assert x.grad == 3.297442541400256
    assert x.grad.shape == ()


def test_step_7_every_variable_remembers_who_made_it():
    A = Square()  # noqa: N806
    B = Exp()  # noqa: N806
    C = Square()  # noqa: N806

    x = Variable(np.array(0.5))
    a = A(x)
    b = B(a)
    y = C(b)

    assert y.creator == C
    assert y.creator.input == b
    assert y.creator.input.creator == B
    assert y.creator.input.creator.input == a
    assert y.creator.input.creator.input.creator == A
    assert y.creator.input.creator.input.creator.input == x
    assert x.creator is None
    assert C.output is y

    y.grad = np.array(1.0)
    C = y.creator  # noqa: N806
    b = C.input
    b.grad = C.backward(y.grad)
    B = b.creator  # noqa: N806
    a = B.input
    a.grad = B.backward(b.grad)
    A = a.creator  # noqa: N806
    x = A.input
    x.grad = A.backward(a.grad)
    assert x.grad == 3.297442541400256


def test_step_8_backward_does_all_of_it():
    x = Variable(np.array(0.5))
    a = Square()(x)
    b = Exp()(a)
    y = Square()(b)

    y.grad = np.array(1.0)
    y.backward()
    assert x.grad == 3.297442541400256


def test_step_9_functions_are_python_functions_and_the_seed_is_made():
    x = Variable(np.array(0.5))
    y = square(exp(square(x)))
    y.backward()
    assert x.grad == 3.297442541400256
    assert y.grad.dtype == np.float64
    assert y.grad == 1.0


def test_step_9_only_arrays_are_taken():
    x = Variable(np.array(1.0))
    assert x.data == 1.0
    x = Variable(None)
    assert x.data is None
    with pytest.raises(TypeError, match=r"^<class 'float'> is not supported$"):
        x = Variable(1.0)
    with pytest.raises(TypeError, match=r"^<class 'int'> is not supported$"):
        x = Variable(1)


def test_step_9_results_are_arrays_where_numpy_would_give_scalars():
    x = Variable(np.array(0.5))
    y = square(exp(square(x)))
    assert isinstance(y.data, np.ndarray)
    assert y.data.shape == ()
    assert isinstance(as_array(np.float64(2.0)), np.ndarray)
    y.backward()
    assert isinstance(x.grad, np.ndarray)
    assert x.grad.shape == ()


def test_a_creator_can_be_set_by_hand():
    f = Square()
    y = f(Variable(np.array(2.0)))
    z = Variable(np.array(4.0))
    z.set_creator(f)
    assert z.creator is f
    assert z.generation == y.generation == 1


def own_functions():
    """Two Functions as a reader would write them, one of which exists already."""

    class Square(Function):
        def forward(self, x):
            y = x**2
            return y  # noqa: RET504 - as the tutorial has it

        def backward(self, gy):
            x = self.input.data
            gx = 2 * x * gy
            return gx  # noqa: RET504

    class Cube(Function):
        def forward(self, x):
            return x**3

        def backward(self, gy):
            return 3 * self.input.data**2 * gy

    return Square, Cube


def test_a_function_that_a_reader_writes_works_with_all_others():
    own_square, own_cube = own_functions()
    x = Variable(np.array(2.0))
    y = exp(own_cube()(own_square()(x))) * 0.5
    y.backward()
    assert y.data == pytest.approx(np.exp(64.0) / 2)
    assert x.grad == pytest.approx(np.exp(64.0) / 2 * 6 * 2.0**5)


def test_a_function_that_a_reader_writes_is_walked_like_all_others():
    own_square, own_cube = own_functions()
    x = Variable(np.array(0.5), name="x")
    y = own_cube()(own_square()(x))
    recording = record_variable(y)
    assert [type(step).__name__ for step in recording.steps] == [
        *["ForwardStep"] * 3,
        "SeedStep",
        *["BackwardStep"] * 2,
    ]
    cube, square_ = recording.steps[-2:]
    assert cube.contributions[0].local == pytest.approx(3 * 0.25**2)
    assert square_.contributions[0].local == pytest.approx(1.0)
    assert recording.gradient(square_.contributions[0].wire.source) == pytest.approx(6 * 0.5**5)
    told = [narrate(Moment(recording, cursor)) for cursor in range(len(recording))]
    assert told[2].title == "Cube gives b"
    assert told[2].lines[0].numbers == "cube(0.25) = 0.015625"
    assert told[4].title == "Cube passes the gradient on"
    assert told[4].lines[0].numbers == "1 · 0.1875 = 0.1875"


def test_a_function_on_arrays_that_tells_no_local_derivative_is_walked_too():
    class Mean(Function):
        def forward(self, x):
            return x.mean()

        def backward(self, gy):
            return np.full(self.input.shape, gy / self.input.size)

    recording = record_variable(Mean()(Variable(np.array([1.0, 2.0, 6.0]))))
    (part,) = recording.steps[-1].contributions
    assert part.local is None
    assert part.value.tolist() == [1 / 3] * 3
    assert narrate(Moment(recording, 3)).lines[0].numbers.startswith("[0.33333")
