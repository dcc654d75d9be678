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


def test_the_way_between_two_blocks_is_lit_and_isolated(app, desk):
    cards = app.cards()
    where = [card.left for card in cards]
    pill = app.pills()[0]
    desk.click(pill.at(0.5, 0.25))
    desk.hold("shift")
    desk.click(cards[1].at(0.5, 0.8))
    desk.let_go("shift")
    desk.key("shift+w")
    app.until(lambda: [c.left for c in app.cards()] == where[:2], "the last block is dimmed")
    desk.key("shift+i")
    app.until(lambda: len(app.cards()) == 2 and len(app.pills()) == 1, "it is hidden")
    desk.key("shift+e")
    app.until(lambda: [c.left for c in app.cards()] == where, "everything is shown")
    assert app.title == "Tutorial — Gradwalk"


def test_blocks_are_found_by_name_and_by_value(app, desk):
    where = [card.left for card in app.cards()]
    desk.key("ctrl+f")
    for words, found in (
        ("b", where[1:2]),
        ("exp", where[1:2]),
        ("value > 1", where[1:]),
        ("= 0.25", where[:1]),
        ("gradient < 2", where[2:]),
    ):
        desk.key("ctrl+a")
        desk.type(words)
        app.until(lambda n=found: [c.left for c in app.cards()] == n, f"“{words}” is found")
    desk.key("Escape", "Escape")
    app.until(lambda: len(app.cards()) == 3, "all are lit again")


def test_ancestors_and_descendants_are_lit_and_isolated(app, desk):
    cards = app.cards()
    where = [card.left for card in cards]
    desk.click(cards[1].at(0.5, 0.8))
    desk.key("shift+Up")
    app.until(lambda: [c.left for c in app.cards()] == where[:2], "it and what it depends on")
    assert len(app.pills()) == 1, "the input is one of them, and the end is not"
    desk.key("Escape", "shift+Down")
    app.until(lambda: [c.left for c in app.cards()] == where[1:], "it and what depends on it")
    dimmed = desk.look()[cards[0].top : cards[0].bottom, where[0] : cards[0].right]
    desk.key("shift+i")
    app.until(
        lambda: (
            (desk.look()[cards[0].top : cards[0].bottom, where[0] : cards[0].right].std())
            < dimmed.std() / 2
        ),
        "the rest is not even dimmed",
    )
    desk.key("shift+e")
    app.until(lambda: [c.left for c in app.cards()] == where, "everything is shown")
    assert app.title == "Tutorial — Gradwalk"


def test_neighbours_and_what_a_block_depends_on_are_isolated(app, desk):
    cards = app.cards()
    where = [card.left for card in cards]
    for card, key in ((cards[0], "n"), (cards[1], "shift+Up")):
        desk.click(card.at(0.5, 0.8))
        desk.key(key)
        app.until(lambda: [c.left for c in app.cards()] == where[:2], "they are lit")
        desk.key("shift+i")
        app.until(lambda: len(app.cards()) == 2 and len(app.pills()) == 1, "the rest is hidden")
        desk.key("shift+e", "Escape")
        app.until(lambda: [c.left for c in app.cards()] == where, "everything is shown")
    assert app.title == "Tutorial — Gradwalk"
