"""Looking around with a real mouse: the wheel, the middle button, the overview, fit."""

from __future__ import annotations

import pytest

from tests.e2e.desk import MIDDLE

pytestmark = pytest.mark.e2e


def moved(app, before):
    """Wait until the blocks stand still elsewhere than before; give them."""

    def still():
        now = app.cards()
        return now if now != before and now == app.cards() else None

    return app.until(still, "the canvas has moved")


def test_the_wheel_zooms_about_the_pointer_and_fit_shows_all_again(app, desk):
    first = app.cards()
    middle = first[1]
    desk.turn_wheel(middle.centre, 3)
    near = moved(app, first)
    there = min(near, key=lambda card: abs(card.centre[0] - middle.centre[0]))
    assert there.width > 1.2 * middle.width
    assert there.centre == pytest.approx(middle.centre, abs=4)
    desk.key("f")
    assert moved(app, near) == first

    desk.click(middle.at(0.5, 0.8))
    desk.key("shift+f")
    alone = moved(app, first)
    ground = app.canvas()
    (shown,) = (card for card in alone if card.contains(ground.centre))
    assert shown.width > 1.2 * middle.width
    desk.key("f")
    assert moved(app, alone) == first


def test_the_middle_button_pulls_the_canvas_and_the_overview_leads_elsewhere(app, desk):
    first = app.cards()
    start = first[0].centre[0], first[0].bottom + 140
    desk.drag(start, (start[0] + 50, start[1] - 30), button=MIDDLE)
    pulled = moved(app, first)
    assert pulled[0].left - first[0].left == pytest.approx(50, abs=3)
    assert pulled[0].top - first[0].top == pytest.approx(-30, abs=3)
    assert app.title == "Tutorial — Gradwalk"

    desk.key("f")
    moved(app, pulled)
    desk.turn_wheel(first[0].centre, 6)
    near = moved(app, first)
    ground = app.canvas()
    row = ground.bottom - 66  # half way down the overview, where the chain is
    desk.drag((ground.right - 110, row), (ground.right - 60, row))
    assert moved(app, near)[0].left < near[0].left, "what lies to the right is in sight"
    desk.key("f")
    app.until(lambda: app.cards() == first, "all of it is in sight again")
