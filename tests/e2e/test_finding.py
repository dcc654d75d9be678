"""Finding and lighting blocks with real keys; what is dimmed has not the colour of a card."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.e2e


def test_blocks_are_found_by_what_is_typed_and_the_rest_is_dimmed(app, desk):
    where = [card.left for card in app.cards()]
    desk.key("ctrl+f")
    desk.type("square")
    app.until(lambda: [c.left for c in app.cards()] == [where[0], where[2]], "two are lit")
    desk.key("ctrl+a")
    desk.type("gradient > 3")
    app.until(lambda: [c.left for c in app.cards()] == [where[0]], "one has a large gradient")
    desk.key("Return", "Escape")
    app.until(lambda: len(app.cards()) == 3, "all are lit again")
    # What was gone to is selected, and the keyboard is back on the canvas.
    desk.key("n")
    app.until(lambda: [c.left for c in app.cards()] == where[:1], "its neighbour is lit")
    desk.click(app.cards()[0].centre)
    desk.key("n")
    app.until(lambda: [c.left for c in app.cards()] == where[:2], "its neighbours are lit")
    desk.key("shift+Down")
    app.until(lambda: len(app.cards()) == 3, "all after it are lit")
    desk.key("Escape")
    app.until(lambda: len(app.cards()) == 3, "all are lit again")
    assert app.title == "Tutorial — Gradwalk"
