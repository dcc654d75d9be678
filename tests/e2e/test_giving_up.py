"""Escape in the middle of a gesture with the real mouse: all is as before, with nothing to undo."""

from __future__ import annotations

import numpy as np
import pytest

from tests.e2e.all_kinds import BLOCKS

pytestmark = pytest.mark.e2e

UNTOUCHED = "all — Gradwalk"


@pytest.fixture
def spot(all_kinds):
    """What tells where a place of the document is on the screen."""
    names = {name: (x, y) for _, name, x, y in BLOCKS.values()}
    one, *_, two = all_kinds.cards()
    (x1, y1), (x2, y2) = names["a"], names["y"]
    zoom = (two.centre[0] - one.centre[0]) / (x2 - x1)
    assert (two.centre[1] - one.centre[1]) == pytest.approx(zoom * (y2 - y1), abs=3)

    def place(x, y):
        return round(one.centre[0] + zoom * (x - x1)), round(one.centre[1] + zoom * (y - y1))

    return place


def differs(desk, app, first):
    """Tell whether the canvas is to be seen otherwise than in a picture, without touching it."""
    canvas = app.canvas()
    seen = desk.look()[canvas.top + 60 : canvas.bottom, canvas.left : canvas.right]
    return seen.tobytes() != first


GESTURES = {
    "a block that is moved": ((182, 140), (200, 300), ""),
    "a block that is pulled out of its chain": ((182, 140), (182, 300), "alt"),
    "a wire that is drawn": ((219, 118), (260, 300), ""),
    "a wire that is taken off its input": ((379, 212), (350, 330), ""),
    "a band": ((20, 250), (260, 60), ""),
    "a cut": ((90, 60), (90, 250), "alt"),
    "a bend": ((300, 230), (320, 290), ""),
    "a frame with what stands in it": ((600, 30), (600, 120), ""),
    "the edge of a frame": ((700, 120), (760, 120), ""),
    "a note": ((540, 360), (580, 380), ""),
    "an open group": ((398, -46), (420, -60), ""),
    "a folded group": ((260, 380), (260, 420), ""),
    "a number that is slid": ((26, 128), (100, 128), ""),
}


def test_whatever_is_under_way_is_given_up_with_escape(all_kinds, desk, picture, spot):
    first = picture()
    for what, (start, end, holding) in GESTURES.items():
        before = desk.look()
        desk.carry(spot(*start), spot(*end), holding=holding)
        all_kinds.until(
            lambda then=before: not np.array_equal(desk.look(), then), f"{what} is seen"
        )
        desk.key("Escape")
        desk.release()
        if holding:
            desk.let_go(holding)
        all_kinds.until(lambda: picture() == first, f"{what} is given up")
        assert all_kinds.title == UNTOUCHED, what
    desk.key("ctrl+z")
    assert picture() == first, "there was nothing to undo"


def test_what_waits_for_the_next_click_is_given_up_with_escape(all_kinds, desk, picture, spot):
    first = picture()
    output, ground = spot(219, 118), spot(60, 330)
    for keys, at in (("shift+g", ground), ("k", spot(90, 60))):
        desk.key(keys)
        desk.carry(at, spot(60, 250))
        all_kinds.until(lambda: differs(desk, all_kinds, first), f"{keys} is seen")
        desk.key("Escape")
        desk.release()
        all_kinds.until(lambda: picture() == first, f"{keys} is given up")
    # A wire click by click, and what is to be added.
    desk.click(output)
    desk.glide(output, ground)
    desk.key("Escape")
    all_kinds.until(lambda: picture() == first, "the wire is given up")
    desk.click(ground)
    all_kinds.until(lambda: picture() == first, "and the next click does not end it")
    desk.double_click(ground)
    desk.type("sq")
    desk.key("Escape")
    all_kinds.until(lambda: picture() == first, "so is what was to be added")
    assert all_kinds.title == UNTOUCHED


def test_a_block_on_its_way_from_the_palette_is_given_up_with_escape(
    all_kinds, desk, picture, spot
):
    first = picture()
    desk.carry(all_kinds.entry(), spot(100, 250))
    all_kinds.until(lambda: differs(desk, all_kinds, first), "it hangs on the mouse")
    desk.key("Escape")
    desk.release()
    all_kinds.until(lambda: picture() == first, "it is given up")
    assert all_kinds.title == UNTOUCHED


def test_a_band_that_is_given_up_leaves_selected_what_was(app, desk):
    one, _, last = app.cards()
    desk.click(one.at(0.5, 0.8))
    app.until(lambda: app.selected_cards() == [one], "it is selected")
    desk.carry((last.right + 20, last.bottom + 80), last.centre)
    app.until(lambda: app.selected_cards() == [last], "the band selects another")
    desk.key("Escape")
    desk.release()
    app.until(lambda: app.selected_cards() == [one], "it is selected again")
