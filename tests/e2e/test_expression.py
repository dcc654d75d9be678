"""Typing in the expression, and searching for an action, with the real keys."""

from __future__ import annotations

from itertools import pairwise

import pytest

from tests.e2e.gradwalk import COLOURS
from tests.e2e.picture import is_colour, islands

pytestmark = pytest.mark.e2e


def test_what_is_typed_is_built_and_what_is_built_is_written(app, desk, tmp_path):
    desk.key("ctrl+t")
    desk.type("y = square(sin(square(x)))")
    app.until(lambda: app.title == "Tutorial* — Gradwalk", "the graph follows while typing")
    desk.key("Escape")
    app.until(lambda: app.title == "Tutorial — Gradwalk", "Escape takes it back")

    desk.key("ctrl+t")
    desk.type("x = 3")
    desk.key("shift+Return")
    desk.type("a = x**2")
    desk.key("shift+Return")
    desk.type("y = a * a + x")
    desk.key("Return")
    app.until(lambda: len(app.cards()) == 3, "there are three Functions")
    desk.key("End")
    assert app.last_number() == 4 * 3**3 + 1

    # The canvas has the keyboard again: another value, and the text has it.
    desk.key("F2")
    app.until(lambda: app.title == "Tutorial* — Gradwalk", "it has changed")
    desk.key("Escape", "ctrl+z")
    app.until(lambda: app.title == "Tutorial — Gradwalk", "all that was typed is undone as one")
    desk.key("ctrl+shift+z")
    app.until(lambda: len(app.cards()) == 3, "and done again")

    # A mistake changes nothing, and Escape leaves.
    desk.key("equal")
    desk.type("y = sinn(x")
    desk.key("Return")
    desk.key("Escape")
    desk.key("End")
    assert app.last_number() == 4 * 3**3 + 1
    assert len(app.cards()) == 3


def test_the_caret_and_the_canvas_light_each_other(app, desk):
    first, exp, _ = cards = app.cards()
    desk.key("Home")
    assert app.selected_cards() == []
    assert app.marked_text() is None
    text = "y = square(exp(square(x)))"

    # What the caret is in is selected on the canvas.
    desk.key("ctrl+t", "Home", *["Right"] * (text.index("exp") + 1))
    app.until(lambda: app.selected_cards() == [exp], "the exponential has a line around it")
    desk.key(*["Right"] * len("exp("))
    app.until(lambda: app.selected_cards() == [first], "now the inner square has")
    desk.key("Home")
    app.until(lambda: app.selected_cards() == cards[2:], "y is the outer square")
    desk.key("End", *["shift+Left"] * len("exp(square(x)))"))
    app.until(lambda: app.selected_cards() == cards[:2], "the stretch holds two Functions")

    # The keyboard leaves, and what is selected on the canvas stands out in the text.
    desk.key("Home", *["Right"] * (text.index("exp") + 1), "Escape")
    mark = app.until(app.marked_text, "the piece of the exponential stands out")
    advance = mark.width / len("exp(square(x))")
    assert app.selected_cards() == [exp]

    desk.click(first.at(0.5, 0.8))
    app.until(lambda: app.marked_text() != mark, "another piece stands out")
    inner = app.marked_text()
    assert inner.width == pytest.approx(len("square(x)") * advance, abs=2)
    assert inner.left - mark.left == pytest.approx(len("exp(") * advance, abs=2)
    assert app.selected_cards() == [first]

    # A click into the text is as good as the arrow keys.
    desk.click((round(mark.left + 1.5 * advance), mark.centre[1]))
    app.until(lambda: app.selected_cards() == [exp], "the exponential is selected again")
    assert app.marked_text() is None
    desk.key("Escape")
    app.until(lambda: app.marked_text() == mark, "and stands out when the keyboard has left")
    assert app.title == "Tutorial — Gradwalk"


def test_a_python_function_is_pasted_into_the_expression(app, desk):
    desk.put_on_clipboard("def f(x, w=2.0):\n    a = np.exp(x * w)\n    return a + 1\n")
    desk.key("ctrl+t", "ctrl+v", "Return")
    app.until(lambda: len(app.cards()) == 3, "it is built")
    desk.key("End")
    app.until(lambda: app.title == "Tutorial* — Gradwalk", "it has changed")


def test_an_action_is_found_by_a_few_letters(app, desk):
    desk.key("End")
    there = app.heading()
    desk.key("Home")
    assert app.heading() != there
    desk.key_and_see("ctrl+shift+p")
    desk.type("to the end")
    desk.key_and_see("Return")
    app.until(lambda: app.heading() == there, "the walk is at its end")
    before = app.heading()
    desk.key_and_see("ctrl+shift+p")
    desk.key_and_see("Escape")
    assert app.heading() == before


def steps(cards):
    """Tell how far it is from each card to the next, in widths of a card: at any zoom the same."""
    return [
        (two - one) / cards[0].width
        for before, after in pairwise(cards)
        for one, two in zip(before.centre, after.centre, strict=True)
    ]


def test_building_is_written_and_typing_keeps_the_places_of_what_stays(app, desk):
    assert app.expression() == "y = square(exp(square(x)))"
    cards = app.cards()
    desk.drag(cards[1].at(0.5, 0.8), (cards[1].centre[0], cards[1].bottom + 90))
    places = app.until(lambda: (now := app.cards())[1].top > cards[1].top + 40 and now, "it is low")
    app.append("sin")
    app.until(lambda: "sin(" in app.expression(), "what was built is written")
    desk.key("ctrl+z")
    app.until(lambda: app.expression() == "y = square(exp(square(x)))", "and taken back there")

    desk.key("ctrl+t", "ctrl+a")
    desk.type("y = square(exp(square(x))) * x")
    desk.key("Return")
    app.until(lambda: len(app.cards()) == 4, "the product is there")
    assert steps(app.cards()[:3]) == pytest.approx(steps(places), abs=0.05), "it has stayed"
    assert app.expression() == "y = square(exp(square(x))) * x"


def test_arrays_and_settings_are_typed(app, desk):
    desk.key("ctrl+t", "ctrl+a")
    desk.type("x = [[1, 2, 3], [4, 5, 6]]")
    desk.key("shift+Return")
    desk.type("w = [1, 0, 2]")
    desk.key("shift+Return")
    desk.type("y = sum(x * w, axis=0)")
    desk.key("Return", "End")
    app.until(lambda: "[[1, 0, 2], [1, 0, 2]]" in app.step(), "the gradient of x is w in each row")
    assert "[5, 7, 9]" in app.step(), "and that of w is the sum of the rows"
    desk.key("ctrl+z")
    app.until(lambda: app.title == "Tutorial — Gradwalk", "one undo takes all of it back")


def test_a_mistake_is_underlined_where_it_is_and_the_last_good_graph_stays(app, desk):
    graph = app.cards()
    reds = COLOURS["light"]["bad"], COLOURS["light"]["bad_bg"]

    def underlined():
        found = islands(is_colour(desk.look()[: app.canvas().top], *reds), 12)
        return [box for box in found if box.width < 60]

    desk.key("ctrl+t", "ctrl+a")
    desk.type("y = square(exq(square(x)))")
    app.until(underlined, "the mistake is underlined, and nothing else")
    assert len(underlined()) == 1
    sentence = app.until(app.complaint, "a sentence says what is wrong")
    below = [card.left for card in app.cards() if card.top > sentence.bottom]
    assert below == [card.left for card in graph]
    desk.key(*["Left"] * len("(square(x)))"), "BackSpace", "p")
    app.until(lambda: not underlined(), "it is mended")
    desk.key("Return")
    assert app.title == "Tutorial — Gradwalk", "which makes it the text that it was"


def test_a_python_function_with_a_loop_is_refused_and_never_run(app, desk, tmp_path):
    path = tmp_path / "run"
    desk.put_on_clipboard(f"def f(x):\n    open({str(path)!r}, 'w')\n    return x * 2\n")
    desk.key("ctrl+t", "ctrl+a", "ctrl+v", "Return")
    app.until(lambda: app.cards() and app.complaint(), "a sentence says what is wrong")
    desk.key("Escape")
    assert not path.exists()
    assert app.title == "Tutorial — Gradwalk"
    assert app.expression() == "y = square(exp(square(x)))"
