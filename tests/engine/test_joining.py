"""Arrays joined, taken apart and rearranged: values as NumPy's, rules against trials, refusals."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

import engine
from engine import FUNCTIONS, Variable
from engine.errors import RunError
from engine.expression import expression_of, parse_expression
from engine.recording import record, record_variable

RANDOM = np.random.default_rng(8)
CUBE = RANDOM.uniform(-2, 2, (2, 3, 4))

CALLS = {
    "expand_dims": [(CUBE, 1), (CUBE, -1), (CUBE, (0, 2)), (np.array(2.0), 0)],
    "squeeze": [(CUBE[:1],), (CUBE[:1, :, :1], 2), (CUBE[:1, :, :1], (0, -1)), (CUBE,)],
    "flip": [(CUBE,), (CUBE, 1), (CUBE, (0, -1)), (np.array(2.0),)],
    "pad": [(CUBE, 1), (CUBE, (1, 2)), (CUBE, ((0, 1), (2, 0), (0, 0))), (CUBE, 0)],
    "concatenate": [([CUBE, CUBE[:1]],), ([CUBE, CUBE[:, :, 1:]], -1), ([CUBE, CUBE[0]], None)],
    "stack": [([CUBE, 2 * CUBE],), ([CUBE, 2 * CUBE, CUBE], -1), ([np.array(1.0)] * 3, 0)],
}


def variables(arrays):
    several = isinstance(arrays, list)
    return [Variable(x) for x in arrays] if several else [Variable(arrays)]


@pytest.mark.parametrize(
    ("name", "x", "settings"),
    [(name, call[0], call[1:]) for name, calls in CALLS.items() for call in calls],
)
def test_numpy_itself_gives_the_same_on_variables_and_the_rules_agree(name, x, settings, agrees):
    numpy = getattr(np, name)
    several = isinstance(x, list)

    def f(*xs):
        return numpy(list(xs) if several else xs[0], *settings)

    y = f(*variables(x))
    assert type(y.creator) is FUNCTIONS[name]
    np.testing.assert_array_equal(y.data, numpy(x, *settings))
    agrees(lambda *xs: f(*xs) ** 2, *(x if several else [x]))


@pytest.mark.parametrize("name", [*CALLS, "split"])
def test_single_precision_and_what_is_empty_are_ordinary(name):
    for shape in ((2, 2), (0, 2)):
        x = Variable(np.ones(shape, np.float32))
        y = FUNCTIONS[name].apply(x, **{"pad": {"pad_width": 1}, "split": {"at": 0}}.get(name, {}))
        y.backward()
        assert (y.dtype, x.grad.dtype, x.grad.shape) == (np.float32, np.float32, shape)


def test_a_frame_of_another_number_gets_no_gradient(agrees):
    y = np.pad(Variable(np.ones(2)), 1, constant_values=5.0)
    np.testing.assert_array_equal(y.data, [5, 1, 1, 5])
    agrees(lambda x: np.pad(x, (0, 2), constant_values=3.0) ** 2, CUBE[0])


@pytest.mark.parametrize(
    ("sections", "axis"), [(3, 1), (2, -1), (1, 0), ((1,), 0), ([1, 1, 2], 1), ((2, 9), 2), ((), 0)]
)
def test_an_array_is_split_into_what_numpy_makes_of_it(sections, axis, agrees):
    parts = np.split(Variable(CUBE), sections, axis)
    expected = np.split(CUBE, sections, axis)
    assert len(parts) == len(expected)
    for at, (part, wanted) in enumerate(zip(parts, expected, strict=True)):
        np.testing.assert_array_equal(part.data, wanted)
        agrees(lambda x, at=at: engine.split(x, sections, axis, at) ** 2, CUBE)


def test_the_parts_of_an_array_carry_their_gradients_back_together():
    x = Variable(np.arange(6.0))
    first, second, third = np.split(x, 3)
    (first * second + 2 * third).backward()
    np.testing.assert_array_equal(x.grad, [2, 3, 0, 1, 2, 2])


@given(arrays.array_shapes(min_dims=1, max_dims=3, min_side=0, max_side=3), st.data())
def test_what_is_joined_and_split_again_is_as_it_was(shape, data):
    axis = data.draw(st.integers(-len(shape), len(shape) - 1))
    count = data.draw(st.integers(1, 4))
    xs = [Variable(np.full(shape, float(n))) for n in range(count)]
    parts = engine.split(np.concatenate(xs, axis=axis), count, axis)
    for n, (part, x) in enumerate(zip(parts, xs, strict=True)):
        np.testing.assert_array_equal(part.data, x.data)
        (part * (n + 1)).backward()
        np.testing.assert_array_equal(x.grad, np.full(shape, n + 1.0))


def test_a_single_variable_is_a_sequence_of_its_rows_as_numpy_has_it():
    x = Variable(CUBE)
    np.testing.assert_array_equal(np.concatenate(x, axis=1).data, np.concatenate(CUBE, axis=1))
    np.testing.assert_array_equal(np.stack(x, 2).data, np.stack(CUBE, 2))


def test_a_variable_and_an_array_can_be_joined():
    x = Variable(np.ones(2))
    y = np.concatenate([np.zeros(1), x])
    (y * y).backward()
    np.testing.assert_array_equal(x.grad, [2.0, 2.0])


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: engine.concatenate(CUBE, CUBE[0]), r"not \(2, 3, 4\) and \(3, 4\)"),
        (lambda: engine.concatenate(CUBE, CUBE[:, :1]), r"the axis 0 alone, not .* \(2, 1, 4\)"),
        (lambda: engine.concatenate(CUBE, axis=3), "no axis 3 in the shape"),
        (lambda: engine.concatenate(np.array(1.0)), "there are: none, for it is a number"),
        (lambda: np.stack([Variable(CUBE), CUBE[0]]), r"of \(2, 3, 4\) and \(3, 4\)"),
        (lambda: engine.stack(CUBE, axis=4), "cannot stand at 4; there are places from -4 to 3"),
        (engine.stack, "at least one input"),
        (lambda: engine.expand_dims(CUBE, (0, 0)), "names an axis twice"),
        (lambda: engine.squeeze(CUBE[:1], 1), "is larger; 0 could go"),
        (lambda: engine.squeeze(CUBE, 1), "is larger; none could go"),
        (lambda: engine.flip(CUBE, 3), "no axis 3"),
        (lambda: engine.split(CUBE, 2, 1), r"\(2, 3, 4\) cannot be split into 2 .*; 1 or 3 would"),
        (lambda: engine.split(CUBE, 0, at=0), "cannot be split into 0 equal sections"),
        (lambda: engine.split(CUBE, 2, at=2), "no part 2; there are: from -2 to 1"),
        (lambda: engine.split(CUBE, "ab", at=0), "neither a number of parts nor a list"),
        (lambda: engine.split(CUBE, 2, None, 0), "axis=None is none"),
        (lambda: engine.pad(CUBE, -1), "pad_width=-1 does not fit"),
        (lambda: engine.pad(CUBE, (1, 2, 3)), r"pad_width=\(1, 2, 3\) does not fit the shape"),
        (lambda: engine.pad(CUBE, 0.5), "pad_width=0.5 does not fit"),
        (lambda: engine.pad(CUBE, 1, "edge"), "mode='constant' alone, not 'edge'"),
        (lambda: engine.pad(CUBE, 1, constant_values=[1, 2]), "one number"),
        (lambda: engine.pad(CUBE), "needs to be told its pad_width"),
    ],
)
def test_what_does_not_fit_is_refused_with_a_sentence(call, sentence):
    with pytest.raises(RunError, match=sentence):
        call()


@pytest.mark.parametrize(
    "text",
    [
        "y = concatenate(x, x, square(x), axis=1)",
        "y = stack(x, x)",
        "y = split(x, at=1, axis=2, sections=3)",
        "y = split(x, axis=1, sections=3)",
        "y = pad(x, constant_values=3.0, pad_width=((0, 1), (2, 0), (0, 0)))",
        "y = expand_dims(squeeze(flip(x), axis=0), axis=(0, 1))",
    ],
)
def test_an_expression_is_written_as_it_is_read(text):
    graph, y = parse_expression(text, {"x": RANDOM.uniform(-1, 1, (1, 3, 3))})
    assert record(graph, y).problems == ()
    assert expression_of(graph, y) == text


def test_code_written_by_hand_is_recorded_with_its_settings():
    x = Variable(CUBE)
    y = np.stack([np.split(x, np.array([1]), axis=1)[1], np.ones((2, 2, 4))], axis=np.int64(0))
    kinds = {b.kind: dict(b.settings) for b in record_variable(y).blocks.values()}
    assert kinds["split"] == {"sections": (1,), "axis": 1, "at": 1}
    assert kinds["stack"] == {"inputs": 2}
