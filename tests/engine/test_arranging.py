"""Blocks in line and at equal distances."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.arranging import aligned, distributed, kept_near
from engine.document import Place
from engine.placing import ROOM, ROW, free_shift

PLACES = {"a": Place(0.0, 0.0), "b": Place(100.0, 50.0), "c": Place(300.0, -20.0)}
SIZES = {"a": (20.0, 40.0), "b": (60.0, 30.0), "c": (100.0, 80.0)}

ends = st.floats(-1e4, 1e4)
many = st.dictionaries(st.text("abcdefgh", min_size=1, max_size=2), st.builds(Place, ends, ends))


@pytest.mark.parametrize(
    ("side", "axis", "wanted"),
    [
        ("left", 0, {"a": 0, "b": 20, "c": 40}),
        ("centre", 0, {"a": 170, "b": 170, "c": 170}),
        ("right", 0, {"a": 340, "b": 320, "c": 300}),
        ("top", 1, {"a": -40, "b": -45, "c": -20}),
        ("middle", 1, {"a": 2.5, "b": 2.5, "c": 2.5}),
        ("bottom", 1, {"a": 45, "b": 50, "c": 25}),
    ],
)
def test_a_side_is_that_of_the_outermost_block_and_the_other_axis_stays(side, axis, wanted):
    found = aligned(PLACES, SIZES, side)
    assert {block: place[axis] for block, place in found.items()} == wanted
    assert all(found[block][1 - axis] == place[1 - axis] for block, place in PLACES.items())


def test_gaps_become_equal_and_the_outermost_stay():
    found = distributed(PLACES, SIZES, "across")
    assert (found["a"], found["c"]) == (PLACES["a"], PLACES["c"])
    left = found["b"].x - 30 - (found["a"].x + 10)
    right = found["c"].x - 50 - (found["b"].x + 30)
    assert left == right


def test_blocks_too_large_for_gaps_have_their_middles_at_equal_distances():
    places = {name: Place(0.0, y) for name, y in (("a", 0.0), ("b", 3.0), ("c", 20.0))}
    found = distributed(places, dict.fromkeys(places, (20.0, 40.0)), "down")
    assert [found[name].y for name in "abc"] == [0, 10, 20]


def test_two_blocks_have_no_gaps_to_make_equal():
    two = {name: PLACES[name] for name in "ab"}
    assert distributed(two, SIZES, "across") == two


@given(many.filter(bool), st.sampled_from(["left", "centre", "right", "top", "middle", "bottom"]))
def test_what_is_in_line_stays_so(places, side):
    sizes = dict.fromkeys(places, (96.0, 88.0))
    once = aligned(places, sizes, side)
    for block, place in aligned(once, sizes, side).items():
        assert place == pytest.approx(once[block], abs=1e-6)


@given(many.filter(bool), st.sampled_from(["across", "down"]))
def test_distributing_keeps_the_order(places, way):
    axis = 0 if way == "across" else 1
    found = distributed(places, dict.fromkeys(places, (96.0, 88.0)), way)
    before = sorted(places, key=lambda block: places[block][axis])
    along = [found[block][axis] for block in before]
    assert all(b - a > -1e-6 for a, b in pairwise(along))


def test_the_middle_stays_where_it_was():
    laid = {"a": Place(0.0, 0.0), "b": Place(10.0, 0.0)}
    before = {"a": Place(100.0, 100.0), "b": Place(100.0, 200.0)}
    assert kept_near(laid, before) == {"a": Place(95.0, 150.0), "b": Place(105.0, 150.0)}


@given(
    st.lists(st.builds(Place, ends, ends), max_size=9),
    st.lists(st.builds(Place, ends, ends), max_size=30),
    st.sampled_from([1, -1]),
)
def test_what_is_shifted_clear_of_all_else_goes_no_farther_than_it_must(moved, here, way):
    def is_taken(by):
        return any(
            abs(other.x - place.x) < ROOM and abs(other.y - place.y - by) < ROW
            for place in moved
            for other in here
        )

    found = free_shift(moved, here, way)
    assert not is_taken(found)
    assert all(is_taken(way * ROW * step) for step in range(round(abs(found) / ROW)))
