"""Wires under a real hand: drawn, refused, taken over, unplugged, plugged in elsewhere, cut."""

from __future__ import annotations

import pytest

from tests.e2e.gradwalk import COLOURS
from tests.e2e.picture import is_colour

pytestmark = pytest.mark.e2e

UNTOUCHED = "Tutorial — Gradwalk"
WHOLE = "Forward · step 1 of 8"


def is_legal(app, at):
    """Tell whether the port at a point shows that it may take the wire."""
    x, y = at
    around = app.desk.look()[y - 9 : y + 10, x - 9 : x + 10]
    return is_colour(around, COLOURS["light"]["ok"]).sum() > 15


def gap(one, two):
    """The middle of the wire between two cards of a row."""
    return (one.right + two.left) // 2, one.centre[1]


def undone(app, desk):
    desk.key("ctrl+z")
    app.until(lambda: app.title == UNTOUCHED, "one undo takes all of it back")
    app.until(lambda: app.heading() == WHOLE, "the chain is whole again")


def test_a_wire_that_may_not_be_says_why_at_once_and_with_shift_takes_the_place_of_the_other(
    app, desk
):
    x, last = app.pills()[0], app.cards()[-1]
    desk.carry(x.at(1, 0.5), (x.right + 40, x.bottom + 80), last.at(0, 0.5))
    app.until(app.complaint, "the reason is there before the button is let go")
    desk.hold("shift")
    app.until(lambda: not app.complaint(), "with Shift there is nothing against it")
    desk.release()
    desk.let_go("shift")
    desk.key("End")
    app.until(lambda: app.last_number() == 1.0, "y is the square of x, whose slope at 0.5 is 1")
    desk.key("Home")
    undone(app, desk)


def test_a_wire_is_dragged_off_its_input_let_go_in_the_open_or_plugged_in_elsewhere(app, desk):
    x, (first, second, last) = app.pills()[0], app.cards()
    port, open_ground = first.at(0, 0.5), (first.left - 30, first.bottom + 110)
    desk.drag(port, open_ground)
    app.until(lambda: app.heading() != WHOLE, "it is unplugged")
    # While another is drawn, the free port says that it may take it, and a taken one does not.
    desk.carry(x.at(1, 0.5), open_ground)
    app.until(lambda: is_legal(app, port), "the free port is legal")
    assert not is_legal(app, second.at(0, 0.5))
    assert not is_legal(app, last.at(1, 0.5))
    desk.glide(open_ground, port)
    desk.release()
    app.until(lambda: app.heading() == WHOLE, "the chain is whole again")
    desk.key("ctrl+z")
    app.until(lambda: app.heading() != WHOLE, "it is not")
    undone(app, desk)

    port = last.at(0, 0.5)
    desk.drag(port, (port[0] - 30, last.bottom + 110))
    app.until(lambda: app.heading() != WHOLE, "it is unplugged")
    desk.drag(second.at(0, 0.5), (second.left, last.bottom + 110), port)
    desk.key("End")
    app.until(lambda: app.last_number() == 0.5, "y is the square of a: the slope of x⁴ at 0.5")
    desk.key("Home", "ctrl+z")
    app.until(lambda: app.heading() != WHOLE, "the end of the wire is where it was")
    undone(app, desk)


def test_a_wire_snaps_within_20_pixels_at_any_zoom(app, desk):
    desk.drag(app.cards()[0].at(0, 0.5), (app.cards()[0].left - 30, app.cards()[0].bottom + 110))
    app.until(lambda: app.heading() != WHOLE, "it is unplugged")
    for zoom in ("f", "ctrl+minus"):
        before = app.cards()[0].width
        desk.key(zoom)
        app.until(lambda z=zoom, w=before: z == "f" or app.cards()[0].width < w, "it is zoomed")
        x, first = app.pills()[0], app.cards()[0]
        port, start = first.at(0, 0.5), x.at(1, 0.5)
        for off, snaps in ((15, True), (27, False)):
            below = start[0] + 20, port[1] + 90
            desk.drag(start, below, (port[0] - 2, port[1] + off))
            if snaps:
                app.until(lambda: app.heading() == WHOLE, f"{off} pixels away it snaps")
                desk.key("ctrl+z")
                app.until(lambda: app.heading() != WHOLE, "it is undone")
            else:
                desk.key("Escape")  # what is let go in the open asks what to add
                assert app.heading() != WHOLE
    undone(app, desk)


def test_wires_are_cut_with_alt_and_the_mouse_and_a_wire_is_deleted(app, desk):
    first, second, last = app.cards()
    (x, y), (x2, _) = gap(first, second), gap(second, last)
    desk.drag((x, y - 70), (x, y + 90), (x2, y + 90), (x2, y - 70), holding="alt")
    app.until(lambda: app.heading() == "Forward · step 1 of 2", "two wires are cut in one go")
    undone(app, desk)

    desk.click(gap(first, second))
    desk.key("Delete")
    app.until(lambda: app.heading() != WHOLE, "the wire that was clicked is gone")
    undone(app, desk)


def test_a_block_is_pulled_out_of_its_chain_or_deleted_and_the_chain_closes(app, desk):
    middle = app.cards()[1]
    desk.drag(middle.at(0.5, 0.8), (middle.centre[0], middle.bottom + 150), holding="alt")
    desk.key("End")
    app.until(lambda: app.last_number() == 0.5, "the chain has closed: the slope of x⁴ at 0.5")
    assert len(app.cards()) == 3
    desk.key("Home")
    undone(app, desk)

    desk.click(middle.at(0.5, 0.8))
    desk.key("Delete")
    app.until(lambda: len(app.cards()) == 2, "the block is gone")
    desk.key("End")
    app.until(lambda: app.last_number() == 0.5, "and the chain has closed")
    desk.key("Home")
    undone(app, desk)


def test_a_wire_is_let_go_on_a_block_and_goes_to_its_free_port(app, desk):
    first, second, _ = app.cards()
    below = second.left - 20, second.bottom + 100
    desk.drag(second.at(0, 0.5), below)
    app.until(lambda: app.heading() != WHOLE, "it is unplugged")
    desk.drag(first.at(1, 0.5), below, second.at(0.6, 0.7))
    app.until(lambda: app.heading() == WHOLE, "the chain is whole again")
    desk.key("ctrl+z")
    app.until(lambda: app.heading() != WHOLE, "it is not")
    undone(app, desk)
