"""A target as a function of its inputs, and what a trial can and cannot tell of its slope."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from engine.asking.curves import (
    AT_A_FRAME,
    FEWEST,
    LARGEST,
    STEPS,
    Landscape,
    curve_and_secants,
    errors_of_trials,
    reach,
    secant,
)
from engine.expression import parse_expression
from engine.recording import record

NUMBERS = json.loads((Path(__file__).parents[1] / "data" / "numbers.json").read_text())


def landscape(text, *axes, **values):
    graph, y = parse_expression(text, {k: np.array(v, float) for k, v in values.items()})
    axes = tuple((graph.named(name).id, index) for name, index in axes)
    return Landscape(record(graph, y), axes)


def test_a_curve_of_numbers_is_the_function():
    curve = landscape("square(exp(square(x)))", ("x", 0), x=0.5)
    xs = np.linspace(-1, 1, 201)
    np.testing.assert_allclose(curve.along(xs), np.exp(xs**2) ** 2, rtol=1e-14)


def test_a_curve_over_arrays_runs_one_element_and_holds_the_others():
    curve = landscape("sum(x * x, axis=0) + b", ("x", 1), x=[1.0, 2.0, 3.0], b=1.0)
    assert curve.here() == (2.0,)
    np.testing.assert_allclose(curve.along(np.array([0.0, 2.0, 5.0])), [11.0, 15.0, 36.0])


def test_two_inputs_give_a_plane():
    plane = landscape("100 * (x1 - x0**2)**2 + (x0 - 1)**2", ("x0", 0), ("x1", 0), x0=0.0, x1=2.0)
    x, w = np.linspace(-1, 1, 5)[:, None], np.linspace(0, 2, 7)[None, :]
    np.testing.assert_allclose(plane.along(x, w), 100 * (w - x**2) ** 2 + (x - 1) ** 2, atol=1e-12)


def test_what_does_not_change_along_the_curve_is_as_long_as_the_curve():
    curve = landscape("x * 0 + w", ("x", 0), x=1.0, w=2.0)
    assert curve.along(np.zeros(4)).tolist() == [2.0] * 4


def test_the_secant_is_the_central_difference_of_the_book():
    curve = landscape("square(exp(square(x)))", ("x", 0), x=0.5)
    told = NUMBERS["numerical_u_curve"]["central_difference"]
    for nudge, slope in told.items():
        assert secant(curve, float(nudge)).slope == pytest.approx(slope, rel=2e-6)


def test_the_error_of_a_trial_has_a_valley_between_bending_and_rounding():
    curve = landscape("square(exp(square(x)))", ("x", 0), x=0.5)
    _, secants = curve_and_secants(curve, np.empty(0), STEPS)
    errors = [error for _, error in errors_of_trials(secants, NUMBERS["numerical_u_curve"]["true"])]
    lowest = errors.index(min(errors))
    assert 3 < lowest < 9
    assert errors[0] > 1e-2
    assert errors[-1] > 1e-2


def test_a_curve_and_its_secants_are_one_run():
    curve = landscape("square(exp(square(x)))", ("x", 0), x=0.5)
    x = np.linspace(-1, 1, 21)
    y, (coarse, fine) = curve_and_secants(curve, x, (1e-1, 1e-4))
    assert y.tolist() == curve.along(x).tolist()
    assert (coarse.slope, fine.slope) == (secant(curve, 1e-1).slope, secant(curve, 1e-4).slope)


def test_what_takes_long_at_each_position_gets_fewer_of_them():
    small, large = (landscape("sum(tanh(x))", ("x", 0), x=np.zeros(n)) for n in (10, 10_000))
    assert small.positions(400) == large.positions(400) == 400
    assert small.positions(400, AT_A_FRAME) == 400
    assert FEWEST < large.positions(400, AT_A_FRAME) == AT_A_FRAME // 10_001
    huge = landscape("sum(tanh(x))", ("x", 0), x=np.zeros(1_000_000))
    assert huge.positions(400) == FEWEST


def test_a_curve_shows_its_point_in_the_middle():
    low, high = reach(4.0)
    assert (low + high) / 2 == 4.0
    assert low < 0.0 < high


def test_a_target_without_a_value_has_no_curve():
    graph, y = parse_expression("x + w", {"x": np.array(1.0)})
    with pytest.raises(KeyError):
        Landscape(record(graph, y), ((graph.named("x").id, 0),))


@pytest.mark.parametrize("at", [0.0, 5e-324, -1e308, 1.7e308, LARGEST])
def test_a_curve_reaches_as_far_to_both_sides_and_not_beyond_all_numbers(at):
    low, high = reach(at)
    assert at - low == pytest.approx(high - at, rel=1e-12)
    assert np.isfinite(high - low)


def test_where_the_graph_cannot_run_there_is_no_number():
    curve = landscape("log(x)", ("x", 0), x=1.0)
    assert np.isnan(curve.along(np.array([-1.0, 1.0]))).tolist() == [True, False]
