"""The keyboard alone: from part to part, from block to block and from port to port."""

from __future__ import annotations

import numpy as np
import pytest

from tests.e2e.gradwalk import COLOURS
from tests.e2e.picture import islands

pytestmark = pytest.mark.e2e

WHOLE = "Forward · step 1 of 8"


def ring_at(app):
    """Where the words beside the ring are, if there is a ring."""
    filled, _ = app._on_canvas(COLOURS["light"]["blue_bg"])
    found = [box for box in islands(filled, 20) if box.height < 50]
    return found[0] if found else None


def test_a_ring_walks_blocks_and_ports_and_a_wire_is_drawn_by_keyboard(app, desk):
    last = app.cards()[-1]
    desk.click((last.centre[0], last.bottom + 150))
    desk.key(*["alt+Right"] * 4, "u")
    app.until(lambda: app.heading() != WHOLE, "the input of the last block is unplugged")
    assert ring_at(app) is None
    desk.key("Down")
    ring = app.until(lambda: ring_at(app), "a ring stands around its port, with the name")
    assert abs(ring.centre[0] - last.left) < 40
    desk.key("Down")
    app.until(lambda: (box := ring_at(app)) and box.left > ring.left, "on its output")
    desk.key("Up", "Return")  # back on the input: a wire to the nearest that may feed it
    app.until(lambda: ring_at(app) is None, "a wire is being drawn")
    desk.key("Return")
    app.until(lambda: app.heading() == WHOLE, "the wire is there again")
    desk.key("ctrl+z", "w", "Escape", "ctrl+z")
    app.until(lambda: app.title == "Tutorial — Gradwalk", "both are undone")


def test_f6_goes_round_the_parts_of_the_window(app, desk):
    where = app.canvas()
    desk.key("slash")
    desk.type("tan")  # the keyboard is in the palette
    desk.key("F6", "Tab")
    desk.type("sq")  # now on the canvas, where Tab asks what to add
    desk.key("Return")
    app.until(lambda: len(app.cards()) == 4, "a block was added on the canvas")
    desk.key("ctrl+z")
    app.until(lambda: len(app.cards()) == 3, "it is taken back")
    # Once round: each part takes the keyboard, and none keeps it.
    desk.key("F6")
    beside = desk.look()
    desk.key("F6")
    app.until(lambda: not np.array_equal(desk.look(), beside), "the keyboard went on")
    desk.key("F6", "F6", "Tab")
    desk.type("sq")
    desk.key("Return")
    app.until(lambda: len(app.cards()) == 4, "after a round it is on the canvas again")
    assert app.canvas() == where
    desk.key("shift+F6")
    desk.type("exp")
    desk.key("Return")
    app.until(lambda: len(app.cards()) == 5, "the other way, it is in the palette")


def test_the_cheat_sheet_tells_the_keys_and_is_closed_with_escape(app, desk):
    desk.key("question")
    desk.wait_for_window("Keyboard Shortcuts")
    desk.key("Escape")
    app.until(lambda: desk.find_window("Keyboard Shortcuts") is None, "it is closed")
    assert app.heading() == WHOLE
