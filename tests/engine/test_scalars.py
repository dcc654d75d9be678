"""Functions on single numbers, which are Python's floats, held against the same on arrays."""

from __future__ import annotations

import gc
import math
import tracemalloc
import weakref

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import FUNCTIONS, Function, Variable, as_array, exp, neg, register, square
from engine.config import no_grad
from engine.kernel import kernel_for
from engine.signatures import port_names

ELEMENTWISE = sorted(name for name, kind in FUNCTIONS.items() if kind.is_elementwise())

numbers = st.one_of(
    st.floats(-30, 30),
    st.sampled_from([0.0, -0.0, 1.0, -1.0, 800.0, math.inf, -math.inf, math.nan]),
)


@pytest.mark.parametrize("name", ELEMENTWISE)
@given(st.data())
def test_a_number_and_an_array_of_one_give_the_same(name, data):
    values = [data.draw(numbers) for _ in port_names(FUNCTIONS[name])]
    single, array = (
        [Variable(np.array(v)) for v in values],
        [Variable(np.array([v])) for v in values],
    )
    y, ys = FUNCTIONS[name].apply(*single), FUNCTIONS[name].apply(*array)
    same(y.data, ys.data[0])
    if math.isfinite(y.data):
        y.backward()
        ys.backward()
        for x, xs in zip(single, array, strict=True):
            # Where a slope is the small difference of large numbers, the last places are lost.
            same(x.grad, xs.grad[0], atol=1e-14)


def same(got, wanted, atol=1e-300):
    np.testing.assert_allclose(got, wanted, rtol=1e-13, atol=atol)


@pytest.mark.parametrize("name", ELEMENTWISE)
def test_every_function_that_works_element_by_element_is_compiled_for_numbers(name):
    assert kernel_for(FUNCTIONS[name]) is not None


def test_the_array_of_a_number_is_made_once_and_kept():
    x = square(Variable(np.array(3.0)))
    assert type(x.raw) is float
    assert isinstance(x.data, np.ndarray)
    assert x.data is x.data
    x.data[...] = 5.0
    assert square(x).data == 25.0


def test_a_function_that_looks_at_its_value_is_not_read_as_a_formula():
    class Kinked(Function):
        local = (lambda y, x: 1.0,)

        def forward(self, x):
            return x if x > 0 else x * 0

    class Guarded(Function):
        local = (lambda y, x: 1.0,)

        def forward(self, x):
            return as_array(7.0) if x == 0 else x

    register(Kinked)
    register(Guarded)
    try:
        assert Kinked()(Variable(np.array(-2.0))).data == 0.0
        assert Guarded()(Variable(np.array(0.0))).data == 7.0
    finally:
        del FUNCTIONS["kinked"], FUNCTIONS["guarded"]


def test_nothing_is_remembered_without_a_gradient():
    with no_grad():
        assert square(Variable(np.array(3.0))).creator is None


def test_what_python_cannot_compute_numpy_does():
    x = Variable(np.array(0.0))
    y = 1 / x
    y.backward()
    assert (float(y.data), float(x.grad)) == (math.inf, -math.inf)


def test_two_numbers_of_which_one_is_an_array_go_through_numpy():
    x, more = Variable(np.array(2.0)), Variable(np.array([0.0, 3.0]))
    y = np.heaviside(x, more)
    assert y.data.tolist() == [1.0, 1.0]


def chain(depth):
    x = y = Variable(np.array(0.5))
    for _ in range(depth // 3):
        y = exp(neg(square(y)))
    return x, y


def test_a_node_of_a_chain_takes_little_memory():
    chain(9)
    gc.collect()
    tracemalloc.start()
    before, _ = tracemalloc.get_traced_memory()
    kept = chain(3000)
    kept[1].backward()
    after, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (after - before) / 3000 < 300


def test_a_chain_of_a_million_is_walked_and_freed_without_a_collection():
    gc.collect()
    was_on = gc.isenabled()
    gc.disable()
    try:
        x, y = chain(999_999)
        y.backward()
        assert math.isfinite(x.grad)
        middle = weakref.ref(y.creator.input)
        del y
        assert middle() is None
    finally:
        if was_on:
            gc.enable()
