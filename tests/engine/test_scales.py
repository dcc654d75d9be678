"""Scales of plots: marks at round numbers, few enough, up to the ends of what a float holds."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.asking.scales import Powers, Scale


@pytest.mark.parametrize(
    ("low", "high", "texts"),
    [
        (-1.0, 2.0, ["−1", "−0.5", "0", "0.5", "1", "1.5", "2"]),
        (0.0, 100.0, ["0", "20", "40", "60", "80", "100"]),
        (0.299, 0.301, ["0.299", "0.2995", "0.3", "0.3005", "0.301"]),
        (-2e-7, 2e-7, ["−2e−7", "−1e−7", "0", "1e−7", "2e−7"]),
        (1e6, 1e6 + 1, ["1000000", "1000000.2", "1000000.4", "1000000.6", "1000000.8", "1000001"]),
        (0.0, 3e300, ["0", "5e299", "1e300", "1.5e300", "2e300", "2.5e300", "3e300"]),
    ],
)
def test_marks_stand_at_round_numbers_and_are_written_as_everywhere_else(low, high, texts):
    assert [text for _, text in Scale(low, high).marks(6)] == texts


@given(
    st.floats(-1e12, 1e12),
    st.floats(1e-9, 1e12),
    st.integers(1, 9),
)
def test_marks_are_on_the_scale_in_order_and_not_too_many(low, wide, most):
    scale = Scale(low, low + wide)
    places = [place for place, _ in scale.marks(most)]
    assert len(places) <= most + 1
    assert places == sorted(set(places))
    slack = 1e-9 * (wide + abs(low))
    assert all(scale.low - slack <= place <= scale.high + slack for place in places)


@pytest.mark.parametrize(
    "scale", [Scale(1.0, 1.0), Scale(0.0, math.inf), Scale(math.nan, 1.0), Scale(-1.7e308, 1.7e308)]
)
def test_a_scale_that_reaches_nowhere_or_too_far_has_no_marks(scale):
    assert scale.marks(6) == []


def test_powers_of_ten_are_marked_at_whole_exponents():
    assert [text for _, text in Powers(-2.5, 0.5).marks(9)] == ["10⁻²", "10⁻¹", "10⁰"]
    assert [place for place, _ in Powers(-15.5, 0.5).marks(4)] == [-15.0, -10.0, -5.0, 0.0]


def test_what_is_counted_is_marked_at_whole_numbers():
    assert [text for _, text in Scale(-0.5, 2.5, least=1.0).marks(9)] == ["0", "1", "2"]


def test_a_share_is_how_far_along_a_number_lies():
    assert Scale(-1.0, 3.0).share(np.array([-1.0, 1.0, 3.0, 5.0])).tolist() == [0.0, 0.5, 1.0, 1.5]


@pytest.mark.parametrize("most", [1, 2, 3, 6])
@pytest.mark.parametrize(
    ("low", "high"),
    [(-1.7e308, 1.7e308), (0.0, 1.7e308), (1e308, 1.7e308), (5e-324, 1e-323), (-1e-320, 1e-320)],
)
def test_at_the_ends_of_what_a_float_holds_marks_lie_on_the_scale_or_there_are_none(
    low, high, most
):
    marks = Scale(low, high).marks(most)
    assert all(low <= place <= high for place, _ in marks)
    assert len(marks) <= most + 1
