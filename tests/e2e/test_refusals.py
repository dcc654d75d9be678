"""What may not be: refused with its reason before the button is let go, and nothing to undo."""

from __future__ import annotations

import pytest

from tests.e2e.gradwalk import COLOURS
from tests.e2e.picture import is_colour

pytestmark = pytest.mark.e2e

UNTOUCHED = "Tutorial — Gradwalk"
WHOLE = "Forward · step 1 of 8"


def mark_at(app, at):
    """Tell what an input shows: "plus", "struck", or "" where it is the ring that it always is."""
    x, y = at
    seen = app.desk.look()
    if is_colour(seen[y - 9 : y + 10, x - 9 : x + 10], COLOURS["light"]["ok"]).sum() > 15:
        return "plus"
    outside = seen[y - 6 : y + 7, x - 7 : x - 1]  # where a ring has its white half
    return "" if is_colour(outside, COLOURS["light"]["card"]).sum() > 8 else "struck"


def test_every_port_shows_whether_it_may_take_the_wire(app, desk):
    x, (first, second, last) = app.pills()[0], app.cards()
    desk.drag(second.at(0, 0.5), (second.left - 20, second.bottom + 100))
    app.until(lambda: app.heading() != WHOLE, "an input is free")
    free, taken = second.at(0, 0.5), [first.at(0, 0.5), last.at(0, 0.5)]
    desk.carry(first.at(1, 0.5), (first.left + 20, first.bottom + 100))
    app.until(lambda: mark_at(app, free) == "plus", "the free input may take it")
    assert [mark_at(app, port) for port in taken] == ["struck"] * 2, "no other input may"
    desk.key("Escape")
    desk.release()
    desk.move((x.left, x.bottom + 150))
    app.until(lambda: mark_at(app, free) == "", "no port shows anything any more")


def test_shapes_that_do_not_fit_are_refused_and_taken_with_shift(app, desk):
    desk.key("ctrl+t", "ctrl+a")
    desk.type("x = [1, 2, 3]; w = [1, 2]; s = sum(w); y = x * _")
    desk.key("Return")
    app.until(lambda: len(app.cards()) == 2, "an input is still open")
    mul = max(app.cards(), key=lambda card: card.left)
    _, w = sorted(app.pills()[:2], key=lambda pill: pill.centre[1])
    port = mul.at(0, 0.68)
    desk.carry(w.at(1, 0.5), (w.right + 40, w.bottom + 40), port)
    app.until(app.complaint, "the reason is there before it is let go")
    desk.release()
    before = app.expression()
    assert "_" in before, "the input is still open"
    desk.carry(w.at(1, 0.5), (w.right + 40, w.bottom + 40), port, holding="shift")
    desk.release()
    desk.let_go("shift")
    app.until(lambda: "x * w" in app.expression(), "with Shift it is plugged in")
    desk.key("ctrl+z")
    app.until(lambda: app.expression() == before, "in one step")


@pytest.mark.parametrize("to", ["a circle", "a port that is taken", "another output"])
def test_a_wire_that_may_not_be_says_why_before_it_is_let_go(app, desk, to):
    x, (first, second, last) = app.pills()[0], app.cards()
    start, end = {
        "a circle": (last.at(1, 0.5), first.at(0, 0.5)),
        "a port that is taken": (x.at(1, 0.5), last.at(0, 0.5)),
        "another output": (first.at(1, 0.5), last.at(1, 0.5)),
    }[to]
    desk.carry(start, (second.left, second.bottom + 90), end)
    app.until(app.complaint, "the reason is there")
    assert app.title == UNTOUCHED
    desk.release()
    app.until(app.complaint, "it is still there to be read")
    desk.key("ctrl+z")
    desk.key("ctrl+shift+z")
    assert app.heading() == WHOLE
    assert app.title == UNTOUCHED
    desk.key("Escape")
    app.until(lambda: not app.complaint(), "Escape takes it away")


def test_a_block_goes_on_no_wire_that_leads_round_to_it(app, desk):
    desk.key("ctrl+t", "ctrl+a")
    desk.type("x = 2; a = exp(x); y = a + _")
    desk.key("Return")
    app.until(lambda: len(app.cards()) == 2, "an input is still open")
    add = app.cards()[1]
    desk.drag(add.at(1, 0.5), (add.left, add.bottom + 90), add.at(0, 0.7))
    app.until(app.complaint, "a sum does not take itself")
    desk.key("ctrl+z")
    app.until(lambda: app.title == UNTOUCHED, "nothing but what was typed is undone")
