"""Typing in the expression, and searching for an action, with the real keys."""

from __future__ import annotations

import pytest

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
