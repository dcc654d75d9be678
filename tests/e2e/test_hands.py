"""The habits of a node editor in the real window: search to add, wires under the hand, keys."""

from __future__ import annotations

from itertools import pairwise

import pytest

from tests.e2e.gradwalk import COLOURS
from tests.e2e.picture import is_colour

pytestmark = pytest.mark.e2e

GRADIENT = 3.297442541400256


def test_a_chain_is_built_and_walked_from_nothing_with_tab_and_the_keyboard(app, desk):
    desk.key("ctrl+n")
    app.until(lambda: app.title == "Untitled — Gradwalk", "there is a new document")
    app.until(lambda: not app.cards(), "it is empty")
    for count, words in enumerate(("0.5", "sq", "exp", "sq")):
        desk.key("Tab")
        desk.type(words)
        desk.key("Return")
        app.until(lambda n=count: len(app.cards()) == n, f"{words} is there")
    desk.key("End")
    assert app.last_number() == GRADIENT


def test_a_wire_let_go_in_the_open_asks_what_to_add_and_one_undo_takes_it_back(app, desk):
    last, ground = app.cards()[-1], app.canvas()
    spot = last.right + 40, (last.bottom + ground.bottom) // 2 - 60
    desk.drag(last.at(1, 0.5), spot)
    desk.type("sq")
    half_way = slice(last.centre[1] - 60, spot[1] + 10), slice(last.right + 4, spot[0])
    wire = COLOURS["light"]["blue"]
    app.until(
        lambda: is_colour(desk.look()[half_way], wire).sum() > 20, "the pending wire stays in sight"
    )
    desk.key("Return")
    app.until(lambda: app.heading() == "Forward · step 1 of 10", "Square is there, connected")
    desk.key("ctrl+z")
    app.until(lambda: app.title == "Tutorial — Gradwalk", "all of it is taken back")
    assert app.heading() == "Forward · step 1 of 8"

    # Escape leaves nothing behind.
    desk.drag(last.at(1, 0.5), spot)
    desk.type("sq")
    desk.key("Escape")
    assert app.heading() == "Forward · step 1 of 8"
    assert app.title == "Tutorial — Gradwalk"


def test_wires_are_cut_with_a_knife_and_drawn_again_click_by_click(app, desk):
    first, second = app.cards()[:2]
    x = (first.right + second.left) // 2
    y = first.centre[1]
    desk.key("k")
    desk.drag((x, y - 60), (x, y + 60))
    app.until(lambda: app.heading() != "Forward · step 1 of 8", "a wire is cut")
    desk.click(first.at(1, 0.5))
    desk.glide(first.at(1, 0.5), second.at(0, 0.5))
    desk.click(second.at(0, 0.5))
    app.until(lambda: app.heading() == "Forward · step 1 of 8", "the wire is there again")
    desk.key("ctrl+z", "ctrl+z")
    app.until(lambda: app.title == "Tutorial — Gradwalk", "both are undone")


def test_a_double_click_adds_a_block_that_is_then_dragged_onto_a_wire(app, desk):
    first, second = app.cards()[:2]
    spot = first.centre[0], first.bottom + 130
    desk.double_click(spot)
    desk.type("tanh")
    desk.key("Return")
    app.until(lambda: len(app.cards()) == 4, "Tanh is there")
    new = max(app.cards(), key=lambda card: card.centre[1])
    desk.drag(new.at(0.5, 0.8), ((first.right + second.left) // 2, first.at(0.5, 0.8)[1]))
    app.until(lambda: app.heading() == "Forward · step 1 of 10", "it is in the chain")
    row = app.cards()
    assert all(b.left > a.right for a, b in pairwise(row)), "what comes after has made room"
    desk.key("ctrl+z", "ctrl+z")
    app.until(lambda: app.title == "Tutorial — Gradwalk", "both are undone")


def test_the_canvas_is_pulled_with_space_and_a_tap_of_it_plays(app, desk):
    before, ground = app.cards(), app.canvas()
    start = before[0].centre[0], before[0].bottom + 120
    desk.hold("space")
    desk.drag(start, (start[0] + 60, start[1] - 40))
    desk.let_go("space")
    moved = app.until(lambda: app.cards() if app.cards() != before else None, "it has moved")
    assert moved[0].left - before[0].left == pytest.approx(60, abs=3)
    assert moved[0].top - before[0].top == pytest.approx(-40, abs=3)
    assert app.canvas() == ground
    assert app.heading() == "Forward · step 1 of 8", "nothing plays"
    desk.key("space")
    app.until(lambda: "Backward" in app.heading(), "it plays")


def test_a_block_is_dragged_to_where_the_canvas_has_still_to_go(app, desk):
    before, ground = app.cards(), app.canvas()
    first, _, last = before

    def carry_beyond():
        y = last.bottom
        desk.carry(last.at(0.5, 0.8), (ground.right - 40, y), (ground.right + 50, y))
        app.until(lambda: app.cards()[0].left < first.left - 80, "the canvas drifts along")

    carry_beyond()
    desk.key("Escape")
    desk.release()
    app.until(lambda: app.cards() == before, "given up, all is where it was")
    carry_beyond()
    desk.glide((ground.right + 50, last.bottom), (ground.right - 100, last.bottom))
    desk.release()
    app.until(lambda: app.title == "Tutorial* — Gradwalk", "it is let go there")
    moved = app.cards()
    assert moved[-1].left - moved[0].left > last.left - first.left + 80
    desk.key("ctrl+z", "f")
    app.until(lambda: app.cards() == before, "one undo puts it back")
    assert app.title == "Tutorial — Gradwalk"


def test_several_blocks_are_clicked_with_ctrl_and_wired_to_the_one_on_the_right(app, desk):
    first, _, last = app.cards()
    spot = last.left - 40, last.bottom + 110
    desk.double_click(spot)
    desk.type("add")
    desk.key("Return")
    total = app.until(
        lambda: len(now := app.cards()) == 4 and max(now, key=lambda card: card.top), "Add is there"
    )
    desk.hold("ctrl")
    for card in (first, last):
        desk.click(card.at(0.5, 0.8))
    desk.let_go("ctrl")
    app.until(lambda: len(app.selected_cards()) == 3, "three are selected")
    desk.hold("ctrl")
    desk.click(last.at(0.5, 0.8))
    desk.let_go("ctrl")
    app.until(lambda: len(app.selected_cards()) == 2, "and one of them no longer")
    desk.hold("ctrl")
    desk.click(app.pills()[0].at(0.5, 0.25))
    desk.let_go("ctrl")
    desk.key("w")
    app.until(lambda: "a + x" in (text := app.expression()) or "x + a" in text, "both are summed")
    desk.key("ctrl+z", "ctrl+z")
    app.until(lambda: app.title == "Tutorial — Gradwalk", "wiring them was one step")
    assert total.top > last.bottom


def test_an_input_gets_the_letter_that_one_wants_and_tab_covers_no_block(app, desk):
    last = app.cards()[-1]
    desk.double_click((last.centre[0], last.bottom + 130))
    desk.type("b = 5")
    desk.key("Return", "ctrl+a", "ctrl+c")
    app.until(lambda: "b = 5" in desk.clipboard(), "b, though the exponential was called so")
    desk.key("ctrl+z")
    app.until(lambda: app.title == "Tutorial — Gradwalk", "one undo takes it away")

    desk.click(last.at(0.5, 0.8))
    for count in (4, 5):
        desk.key("Tab")
        desk.type("tanh")
        desk.key("Return")
        app.until(lambda n=count: len(app.cards()) == n, "it stands beside what is there")
    assert app.expression() == "d = tanh(tanh(square(exp(square(x)))))"
