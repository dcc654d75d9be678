"""A Function called again on arrays alike: what is compiled gives what it gave before."""

from __future__ import annotations

import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from engine import FUNCTIONS, Constant, Function, Variable, linear, no_grad, register, tanh
from engine.array_calls import MOST, RUNS
from engine.errors import RunError
from engine.functions import caller
from engine.signatures import is_variadic, port_names, settings_of

RANDOM = np.random.default_rng(5)

PLAIN = sorted(name for name, function in FUNCTIONS.items() if not settings_of(function))

LAYOUTS = {
    "by rows": lambda x: x,
    "by columns": np.asfortranarray,
    "with gaps": lambda x: np.repeat(np.repeat(x, 2, axis=-1), 2, axis=0)[::2, ::2],
    "backwards": lambda x: x[::-1, ::-1].copy()[::-1, ::-1],
}


def settled(call, *arrays, kinds=None):
    """Call on new Variables until what is compiled for them is what computes."""
    kinds = kinds or (Variable,) * len(arrays)
    for _ in range(RUNS + 1):
        xs = [kind(x) for kind, x in zip(kinds, arrays, strict=True)]
        y = call(*xs)
    return y, xs


def walked(y, xs, seed=None):
    y.grad = None if seed is None else seed
    y.backward()
    return [y.data, *(x.grad for x in xs)]


def same(found, expected):
    for one, other in zip(found, expected, strict=True):
        if other is None:
            assert one is None
            continue
        assert (one.shape, one.dtype) == (other.shape, other.dtype)
        assert one.tobytes() == other.tobytes()


def compared(name, arrays, kinds=None):
    """Hold a Function as it is compiled against itself as it is written; tell if it was."""
    kinds = kinds or (Variable,) * len(arrays)
    xs = [kind(x) for kind, x in zip(kinds, arrays, strict=True)]
    plain = FUNCTIONS[name]()
    try:
        expected = plain(*xs)
    except (RunError, ValueError, IndexError):
        return None
    y, again = settled(caller(name), *arrays, kinds=kinds)
    seed = RANDOM.normal(size=y.shape).astype(y.dtype) if y.ndim else None
    try:
        gradients = walked(expected, xs, seed)
    except RunError:
        return None
    same(walked(y, again, seed), gradients)
    return y.maker.compiled is not None


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("dtype", ["float64", "float32"])
@pytest.mark.parametrize("name", PLAIN)
def test_not_a_digit_differs_from_the_function_as_it_is_written(name, dtype, layout):
    function = FUNCTIONS[name]
    names = ("x", "w", "b")[:2] if is_variadic(function) else port_names(function)
    arrays = [LAYOUTS[layout](RANDOM.uniform(0.2, 0.9, (4, 4)).astype(dtype)) for _ in names]
    compared(name, arrays)
    kinds = (Variable, *[Constant] * (len(names) - 1))
    compared(name, arrays, kinds)
    compared(name, [*arrays[:-1], LAYOUTS[layout](arrays[-1])], kinds[::-1])


@pytest.mark.parametrize("name", ["add", "div", "exp", "gelu", "linear", "matmul", "pow", "tanh"])
@given(data=st.data())
def test_any_shapes_that_fit_are_as_exact(name, data):
    shapes = hnp.mutually_broadcastable_shapes(num_shapes=2, max_dims=3, max_side=5)
    if name in ("linear", "matmul"):
        shapes = hnp.mutually_broadcastable_shapes(signature="(n,k),(k,m)->(n,m)", max_dims=1)
    count = 1 if name in ("exp", "gelu", "tanh") else 2
    arrays = [RANDOM.uniform(0.2, 0.9, shape) for shape in data.draw(shapes).input_shapes[:count]]
    compared(name, [x if data.draw(st.booleans()) else np.asfortranarray(x) for x in arrays])


def test_what_a_net_is_made_of_is_compiled():
    x, w, b = RANDOM.normal(size=(5, 3)), RANDOM.normal(size=(3, 2)), RANDOM.normal(size=2)
    assert compared("linear", [x, w, b], (Constant, Variable, Variable))
    assert compared("tanh", [x])
    assert compared("mean_squared_error", [x, x + 1], (Variable, Constant))
    assert compared("matmul", [x, w])
    assert compared("add", [x, x])
    assert compared("mul", [x, x])


def test_a_gradient_that_several_get_is_an_array_for_each():
    y, (a, b) = settled(lambda a, b: a + b, np.ones((2, 3)), np.ones((2, 3)))
    walked(y, (a, b))
    a.grad *= 2
    assert b.grad.max() == y.grad.max() == 1


def test_gradients_of_several_uses_are_added_up():
    def f(x):
        return tanh(x) * x + x

    x = RANDOM.normal(size=(3, 3))
    y, (again,) = settled(f, x)
    assert y.maker.compiled is not None
    y.backward()
    np.testing.assert_allclose(again.grad, (1 - np.tanh(x) ** 2) * x + np.tanh(x) + 1)


def test_an_input_that_was_given_other_data_meanwhile_is_asked_for_its_own():
    y, (x, w) = settled(linear, np.ones((2, 3)), np.ones((3, 2)))
    x.data = np.full((2, 3), 5.0)
    y.backward()
    assert w.grad.min() == 10


def test_derivatives_of_derivatives_go_on_as_before():
    y, (x,) = settled(lambda x: tanh(x) * x, np.full((2, 2), 0.5))
    y.backward(create_graph=True)
    slope = x.grad
    x.cleargrad()
    slope.backward()
    t = np.tanh(0.5)
    expected = 2 * (1 - t * t) - 2 * t * (1 - t * t) * 0.5
    np.testing.assert_allclose(x.grad, expected)


def test_nothing_is_remembered_without_the_way_back():
    with no_grad():
        y, _ = settled(tanh, np.ones((2, 2)))
    assert y.creator is None
    assert y.generation == 0


def test_no_warning_is_printed():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        y, (x, _) = settled(lambda a, b: a / b, np.ones((2, 2)), np.zeros((2, 2)))
        y.backward()
    assert np.isinf(x.grad).all()


def test_what_does_not_fit_is_refused_as_ever():
    settled(linear, np.ones((2, 3)), np.ones((3, 2)))
    with pytest.raises(RunError, match="linear takes an input of the shape"):
        linear(Variable(np.ones((2, 4))), Variable(np.ones((3, 2))))
    with pytest.raises(RunError, match="no setting called slope"):
        linear(Variable(np.ones((2, 3))), Variable(np.ones((3, 2))), slope=2)


def test_a_function_of_a_reader_is_called_each_time():
    seen = []

    @register
    class Seen(Function):
        def forward(self, x):
            seen.append(x)
            return x * 1.0

        def backward(self, gy):
            return gy

    settled(caller("seen"), np.ones((2, 2)))
    del FUNCTIONS["seen"]
    assert len(seen) == RUNS + 1


def test_a_net_is_as_exact_at_its_own_size():
    for shapes in (
        ((64, 2), (2, 32), (32,)),
        ((64, 32), (32, 32), (32,)),
        ((64, 32), (32, 1), (1,)),
    ):
        assert compared("linear", [RANDOM.normal(size=shape) for shape in shapes])


def test_shapes_that_never_come_again_are_not_kept():
    for size in range(1, MOST + 50):
        x = Variable(np.ones(size))
        for _ in range(RUNS):
            y = tanh(x)
    y.backward()
    assert x.grad.shape == y.shape
