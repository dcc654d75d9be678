"""Moving blocks into line with a real mouse."""

from __future__ import annotations

import pytest

from tests.e2e.gradwalk import COLOURS
from tests.e2e.picture import is_colour

pytestmark = pytest.mark.e2e


def guides(app):
    """Count the pixels of guides on the canvas."""
    canvas, seen = app.canvas(), app.desk.look()
    here = seen[canvas.top : canvas.bottom, canvas.left : canvas.right]
    return int(is_colour(here, COLOURS["light"]["ok"]).sum())


def test_a_block_falls_back_into_its_row_and_a_guide_says_so(app, desk):
    first, second, third = app.cards()
    x, y = third.centre
    desk.drag((x, y), (x, y + 120))
    app.until(lambda: app.cards()[2].centre[1] > y + 90, "it stands below its row")
    assert not guides(app)
    desk.move((x, y + 120))
    desk.press()
    desk.glide((x, y + 120), (x + 30, y + 4))
    app.until(lambda: guides(app) > 100, "a guide is shown")
    desk.release()
    app.until(lambda: not guides(app), "it goes away again")
    rows = [card.centre[1] for card in app.cards()]
    assert rows == [first.centre[1]] * 3 == [second.centre[1]] * 3
    desk.key("ctrl+z", "ctrl+z")
    app.until(lambda: app.title == "Tutorial — Gradwalk", "two undos take both back")


def test_blocks_are_aligned_and_tidied_by_keyboard_and_glide_there(app, desk):
    x, y = app.cards()[1].centre
    desk.drag((x, y), (x + 20, y + 130))
    app.until(lambda: len({card.centre[1] for card in app.cards()}) == 2, "one is out of line")
    desk.key("ctrl+a", "ctrl+shift+m")
    app.until(lambda: len({card.centre[1] for card in app.cards()}) == 1, "all are in one row")
    desk.key("ctrl+l")
    cards = app.until(
        lambda: (now := app.cards()) and abs(_gap(now, 0) - _gap(now, 1)) <= 1 and now,
        "the gaps are equal",
    )
    assert len({card.centre[1] for card in cards}) == 1
    desk.key("ctrl+z", "ctrl+z", "ctrl+z")
    app.until(lambda: app.title == "Tutorial — Gradwalk", "three undos take all back")


def test_blocks_are_distributed_and_only_the_selected_ones_are_tidied(app, desk):
    second, last = app.cards()[1:]
    desk.drag(second.at(0.5, 0.8), (second.centre[0] - 20, second.at(0.5, 0.8)[1]), holding="ctrl")
    cards = app.until(
        lambda: (now := app.cards()) and _gap(now, 1) - _gap(now, 0) > 25 and now, "gaps differ"
    )
    around = (cards[0].left - 12, cards[0].top - 30), (last.right + 12, last.bottom + 30)
    desk.drag(*around)
    desk.key("ctrl+shift+h")
    app.until(lambda: abs(_gap(now := app.cards(), 0) - _gap(now, 1)) <= 1, "the gaps are equal")
    assert [card.left for card in app.cards()][::2] == [cards[0].left, cards[2].left]
    desk.key("ctrl+z", "ctrl+z")
    app.until(lambda: app.title == "Tutorial — Gradwalk", "both are undone")

    desk.key("Escape")  # nothing is selected
    desk.drag(last.at(0.5, 0.8), (last.centre[0] + 20, last.bottom + 120))
    app.until(lambda: len({card.centre[1] for card in app.cards()}) == 2, "one is out of line")
    pill = app.pills()[0]
    desk.drag((second.left - 12, second.top - 30), (last.right + 80, last.bottom + 160))
    desk.key("ctrl+shift+l")
    app.until(lambda: len({card.centre[1] for card in app.cards()[1:]}) == 1, "two are in a row")
    assert app.pills()[0] == pill, "what is not selected has stayed"
    desk.key("ctrl+z", "ctrl+z")
    app.until(lambda: app.title == "Tutorial — Gradwalk", "both are undone")


def _gap(cards, number):
    return cards[number + 1].left - cards[number].right


@pytest.fixture
def low(app, desk):
    """The cards of the tutorial, the middle one of which was dragged down."""
    cards = app.cards()
    x, y = cards[1].centre
    desk.drag((x, y + 20), (x, y + 160))
    app.until(lambda: app.title == "Tutorial* — Gradwalk", "it is let go")
    return app.until(lambda: (now := app.cards())[1].top > cards[1].top + 100 and now, "it is low")


SIDES = {
    "Left": lambda box: box.left,
    "Right": lambda box: box.right,
    "x": lambda box: box.centre[0],
    "Up": lambda box: box.top,
    "Down": lambda box: box.bottom,
    "m": lambda box: box.centre[1],
}


def test_edges_and_middles_are_aligned_each_way(app, desk, low):
    desk.drag((low[0].left - 12, low[0].top - 40), (low[1].right + 12, low[1].bottom + 40))
    app.until(lambda: len(app.selected_cards()) == 2, "two are selected")
    for key, side in SIDES.items():
        desk.key(f"ctrl+shift+{key}")
        app.until(
            lambda of=side: (
                len(two := app.selected_cards()) == 2 and abs(of(two[0]) - of(two[1])) < 2
            ),
            f"they are in line: {key}",
        )
        desk.key("ctrl+z")
        app.until(lambda: app.cards() == low, "they glide back to where they were")
