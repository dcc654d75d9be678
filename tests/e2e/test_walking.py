"""Walking the tutorial in the real window."""

from __future__ import annotations

import time

import pytest

pytestmark = pytest.mark.e2e

TEN_SECONDS = 10.0


def test_the_window_opens_on_the_tutorial_and_space_alone_leads_to_a_backward_step(app, desk):
    assert app.title == "Tutorial — Gradwalk"
    assert len(app.cards()) == 3
    assert app.heading() == "Forward · step 1 of 8"
    began = time.monotonic()
    desk.key("space")
    app.until(lambda: app.heading().startswith("Backward"), "there is a backward step")
    assert time.monotonic() - began < TEN_SECONDS


def test_dragging_the_timeline_scrubs(app, desk):
    first, last = app.timeline()
    assert app.heading() == "Forward · step 1 of 8"
    desk.drag(first, last)
    assert app.heading() == "Backward · step 8 of 8"
    assert app.last_number() == 3.297442541400256
    middle = first[0] + (last[0] - first[0]) * 3 // 7, first[1]
    desk.drag(last, first, middle)
    assert app.heading() == "Forward · step 4 of 8"
    assert app.last_number() == 1.648721270700128


def test_numbers_that_overflow_are_shown_as_what_they_are(app, desk):
    app.set_value(app.pills()[0], "1000")
    desk.key("End")
    assert app.last_number() == float("inf")
    desk.key("ctrl+z", "End")
    app.until(lambda: app.last_number() == 3.297442541400256, "the old value is there again")
