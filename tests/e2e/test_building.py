"""Building a chain in the real window, with the mouse and with the keyboard alone."""

from __future__ import annotations

import json
import math

import pytest

from tests.e2e.gradwalk import walked

pytestmark = pytest.mark.e2e

X = 0.5
# d/dx of (e^(x²))², by the chain rule on paper.
BY_HAND = 2 * math.exp(X**2) * math.exp(X**2) * 2 * X
GRADIENT = 3.297442541400256


def rows(app):
    """Tell in which row of the screen each card has its middle."""
    return [card.centre[1] for card in app.cards()]


def test_a_chain_built_by_hand_gives_the_gradient_in_the_window_and_in_its_file(
    app, desk, tmp_path
):
    desk.key("ctrl+n")
    app.until(lambda: app.title == "Untitled — Gradwalk", "there is a new document")
    app.until(lambda: not app.cards() and not app.pills(), "it is empty")
    desk.key("ctrl+1")
    ground = app.canvas()
    row = ground.top + ground.height // 2

    # An input; Square beside its free port, which snaps on; and another Square out in the open.
    app.drop("number", (ground.left + 60, row))
    app.until(lambda: len(app.pills()) == 1, "the input is there")
    app.drop("square", (ground.left + 180, row + 30))
    app.until(
        lambda: rows(app) == [pytest.approx(row, abs=1)],
        "Square has snapped on, into the row of the input",
    )
    far = ground.left + 625, row
    app.drop("square", far)
    app.until(lambda: len(app.cards()) == 2, "the other Square is there")

    # A wire from port to port, and Exp in the middle of that wire.
    desk.drag(app.cards()[0].at(1, 0.5), app.cards()[1].at(0, 0.5))
    app.until(lambda: app.heading() == "Forward · step 1 of 6", "the wire is there")
    left, right = app.cards()
    assert right.centre == pytest.approx(far, abs=2), "a block stays where it is dropped"
    app.drop("exp", ((left.right + right.left) // 2, row))
    app.until(lambda: app.heading() == "Forward · step 1 of 8", "Exp is in between")

    # Its value, typed in place; play, and one step back.
    app.set_value(app.pills()[0], "0.5")
    desk.key("space")
    app.until(lambda: "Backward" in app.heading(), "the walk plays on to the way back")
    desk.key("End")
    assert app.last_number() == GRADIENT == pytest.approx(BY_HAND, rel=1e-15)
    desk.key("Left")
    assert app.heading() == "Backward · step 7 of 8"
    desk.key("Right")
    assert app.heading() == "Backward · step 8 of 8"
    assert app.last_number() == GRADIENT

    # The file.
    path = tmp_path / "by-hand.gradwalk"
    app.save_as(path)
    app.until(lambda: app.title == "by-hand — Gradwalk", "the title is that of the file")
    assert walked(path)[-1]["contributions"][0]["after"] == GRADIENT
    saved = json.loads(path.read_text(encoding="utf-8"))
    kinds = {block["id"]: block["kind"] for block in saved["blocks"]}
    chain = [(kinds[wire["source"]], kinds[wire["target"]]) for wire in saved["wires"]]
    assert sorted(chain) == [("exp", "square"), ("input", "square"), ("square", "exp")]

    # All the way back, and there again: input, Square, Square, wire, Exp, value.
    desk.key(*["ctrl+z"] * 5)
    app.until(lambda: len(app.pills()) == 1 and not app.cards(), "only the input is left")
    assert app.title == "by-hand* — Gradwalk"
    desk.key("ctrl+z")
    app.until(lambda: not app.pills(), "nothing is left")
    desk.key(*["ctrl+shift+z"] * 6)
    app.until(lambda: len(app.cards()) == 3, "all is there again")
    desk.key("End")
    assert app.last_number() == GRADIENT
    app.until(lambda: app.title == "by-hand — Gradwalk", "it is as it was saved")
    assert app.quit() == 0


def test_a_chain_is_built_with_the_keyboard_alone(app, desk):
    desk.key("ctrl+n")
    app.until(lambda: app.title == "Untitled — Gradwalk", "there is a new document")
    for count, words in enumerate(("number", "square", "exp", "square")):
        app.append(words)
        app.until(lambda n=count: len(app.cards()) == n, f"{words} is there")
    desk.key("F2")  # the only input
    desk.type("0.5")
    desk.key("Return", "End")
    assert app.last_number() == GRADIENT
    desk.key("Left", "Home")
    assert "0.5" in app.step()


def test_a_wire_that_may_not_be_says_why_and_leaves_nothing_to_undo(app, desk):
    tutorial = app.cards()
    desk.drag(tutorial[0].at(1, 0.5), tutorial[2].at(0, 0.5))
    app.until(app.complaint, "there is a complaint")
    assert app.title == "Tutorial — Gradwalk"

    # Undo takes back what was done before, not what was refused.
    app.set_value(app.pills()[0], "2")
    app.until(lambda: app.title == "Tutorial* — Gradwalk", "there is a change")
    lefts = [[card.left for card in cards] for cards in (tutorial, app.cards())]
    assert lefts[0] == lefts[1], "what is in sight stays where it is"
    desk.drag(tutorial[2].at(1, 0.5), tutorial[0].at(0, 0.5))
    desk.key("ctrl+z")
    app.until(lambda: app.title == "Tutorial — Gradwalk", "the change is undone")
    desk.key("Home")
    assert app.last_number() == 0.5


def test_a_value_that_is_no_number_is_refused_and_the_old_one_stays(app, desk):
    app.set_value(app.pills()[0], "abc")
    app.until(app.complaint, "there is a complaint")
    desk.key("Escape")
    assert app.last_number() == 0.5
    assert app.title == "Tutorial — Gradwalk"
