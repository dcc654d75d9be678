"""Every Function, every input, both orders: held against trials, on whatever hypothesis draws."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import Variable, grad, hvp, jvp, vjp
from engine.errors import GradwalkError
from engine.graph import Block, Wire
from engine.moment import Moment
from engine.narration import narrate
from engine.recording import BackwardStep, record
from engine.wording import fine, name_tex
from tests.engine.domains import DOMAINS, LAYOUTS, NAMES, cases, drawn, laid_out
from tests.engine.ways import check_all_ways, placed

NUDGE = 1e-5


def test_the_table_has_a_row_for_every_function():
    assert sorted(DOMAINS) == NAMES


def close(got, wanted, by):
    scale = max(1.0, float(np.abs(wanted).max(initial=0.0)))
    np.testing.assert_allclose(got, wanted, rtol=by, atol=by * scale)


def nudged(case, directions, by, ports):
    return [
        x + by * d if at in ports else x
        for at, (x, d) in enumerate(zip(case.inputs, directions, strict=True))
    ]


@pytest.mark.parametrize("name", NAMES)
@drawn
@given(data=st.data())
def test_gradients_of_both_orders_are_those_of_trials(name, data):
    case = data.draw(cases(name))
    layout = data.draw(st.sampled_from(LAYOUTS))
    random = np.random.default_rng(data.draw(st.integers(0, 2**16)))
    xs = [laid_out(x, layout) for x in case.inputs]
    free = [at for at in range(len(xs)) if at not in case.fixed]
    directions = [random.uniform(-1, 1, x.shape) * (at in free) for at, x in enumerate(xs)]
    value, pull = vjp(case.call, *xs)
    upstream = random.uniform(-1, 1, value.shape)
    gradients = pull(upstream)

    def weighted(*inputs):
        return (case.call(*inputs) * upstream).sum()

    def at_nudged(by, ports):
        return float(weighted(*nudged(case, directions, by, ports)).data)

    for port in free:
        slope = (at_nudged(NUDGE, [port]) - at_nudged(-NUDGE, [port])) / (2 * NUDGE)
        close(float((gradients[port] * directions[port]).sum()), slope, 1e-7)
    _, pushed = jvp(case.call, xs, directions)
    there = float((upstream * pushed).sum())
    back = sum(float((g * d).sum()) for g, d in zip(gradients, directions, strict=True))
    close(there, back, 1e-12)

    def slopes(by):
        return vjp(case.call, *nudged(case, directions, by, free))[1](upstream)

    above, below = slopes(NUDGE), slopes(-NUDGE)
    bends = hvp(weighted, xs, directions)
    for port in free:
        close(bends[port], (above[port] - below[port]) / (2 * NUDGE), 2e-6)
    port = free[-1]
    _, forward = jvp(grad(weighted, port), xs, directions)
    close(forward, bends[port], 1e-10)


@pytest.mark.parametrize("name", NAMES)
@drawn
@given(data=st.data())
def test_single_precision_is_kept_and_means_the_same(name, data):
    case = data.draw(cases(name))
    layout = data.draw(st.sampled_from(LAYOUTS))
    wide, gradients, bends = both_orders(case, case.inputs)
    narrow, *rest = both_orders(case, [laid_out(x.astype(np.float32), layout) for x in case.inputs])
    assert narrow.dtype == np.float32
    close(narrow, wide, 1e-4)
    for found, wanted in zip(rest, (gradients, bends), strict=True):
        for got, x in zip(found, wanted, strict=True):
            assert (got.dtype, got.shape) == (np.float32, x.shape)
            close(got, x, 1e-3)


def both_orders(case, inputs):
    """Give the value, the gradients, and the derivative of their sum along ones."""
    xs = [Variable(np.asarray(x)) for x in inputs]
    y = case.call(*xs)
    y.backward(create_graph=True)
    gradients = [x.grad for x in xs]
    total = sum((g.sum() for g in gradients[1:]), start=gradients[0].sum())
    for x in xs:
        x.cleargrad()
    if total.creator is not None:
        total.backward()
    bends = [np.zeros_like(x.data) if x.grad is None else x.grad for x in xs]
    return y.data, [g.data for g in gradients], bends


@pytest.mark.parametrize("name", NAMES)
@drawn
@given(data=st.data())
def test_whole_numbers_are_promoted_before_they_are_differentiated(name, data):
    case = data.draw(cases(name))
    kind = data.draw(st.sampled_from([np.int64, np.uint8, np.bool_]))
    whole = [np.abs(np.rint(x)).astype(kind) for x in case.inputs]
    try:
        wanted = both_orders(case, [x.astype(float) for x in whole])
    except GradwalkError:
        return  # such as a matrix that has no inverse now
    got = both_orders(case, whole)
    assert got[0].dtype == np.float64
    for found, other in zip(flat(got), flat(wanted), strict=True):
        np.testing.assert_allclose(found, other, rtol=1e-13, atol=1e-13)


def flat(found):
    value, gradients, bends = found
    return [value, *gradients, *bends]


ODD = (0.0, -0.0, 1.0, -1.0, 1e308, 5e-324, np.inf, -np.inf, np.nan)


@pytest.mark.parametrize("name", NAMES)
@drawn
@given(data=st.data())
def test_no_number_makes_a_warning_or_an_error_that_is_not_ours(name, data):
    case = data.draw(cases(name))
    random = np.random.default_rng(data.draw(st.integers(0, 2**16)))
    inputs = [
        np.where(random.random(x.shape) < 0.5, random.choice(ODD, x.shape), x) for x in case.inputs
    ]
    try:
        _, *orders = both_orders(case, inputs)
    except GradwalkError:
        return  # such as a probability above 1
    for found in orders:
        assert [x.shape for x in found] == [x.shape for x in inputs]


@pytest.mark.parametrize("name", NAMES)
@drawn
@given(data=st.data())
def test_every_way_to_run_it_gives_the_same_numbers(name, data):
    case = data.draw(cases(name))
    graph = placed(case.name, case.inputs, case.settings)
    check_all_ways(graph, "f")
    weight = np.random.default_rng(1).uniform(0.5, 2, case.call(*case.inputs).shape)
    graph.add(Block("w", "constant", "w", weight))
    graph.add(Block("m", "mul", "z"))
    graph.connect(Wire("f", "m", 0))
    graph.connect(Wire("w", "m", 1))
    check_all_ways(graph, "m")


@pytest.mark.parametrize("name", NAMES)
@drawn
@given(data=st.data())
def test_each_rule_is_set_from_its_class_and_its_numbers_are_those_of_the_walk(name, data):
    case = data.draw(cases(name))
    recording = record(placed(name, case.inputs, case.settings), "f")
    for index, step in enumerate(recording.steps):
        if not isinstance(step, BackwardStep):
            continue
        lines = narrate(Moment(recording, index)).lines
        assert len(lines) == len(step.contributions)
        for line, part in zip(lines, step.contributions, strict=True):
            x = f"x{part.wire.port}"
            assert line.rule.startswith(f"∂y/∂{x} = ")
            assert line.tex.startswith(rf"\frac{{\partial y}}{{\partial {name_tex(x)}}} = ")
            assert line.numbers.endswith(fine(part.value))
