"""Questions asked of the real window, with a real mouse and real keys."""

from __future__ import annotations

import math

import pytest

pytestmark = pytest.mark.e2e


def slope(x):
    """The derivative of square(exp(square(x))), by hand."""
    return 4 * x * math.exp(2 * x * x)


def test_a_number_is_slid_by_mouse_and_the_gradient_follows(app, desk):
    desk.key("End")
    number = app.pills()[0].centre[0] - 6, app.pills()[0].centre[1] + 12
    desk.drag(number, (number[0] + 60, number[1]))
    assert app.last_number() != pytest.approx(slope(0.5))
    said = app.step()
    x = float(said.split("x = ", 1)[1].split()[0].rstrip(",.;:"))
    assert x > 0.9
    assert app.last_number() == pytest.approx(slope(x), rel=1e-12)
    desk.key("ctrl+z")
    assert app.last_number() == pytest.approx(slope(0.5), rel=1e-12)


def test_a_number_is_raised_by_keyboard(app, desk):
    desk.key("End", "period")
    assert app.last_number() == pytest.approx(slope(0.55), rel=1e-9)


def test_a_number_is_predicted_and_a_wrong_answer_gets_its_hint(app, desk):
    desk.key("End", "Left", "Left", "p", "Right")
    assert app.step().startswith("How steeply does Exp rise at a = 0.25?")
    desk.type("1.284")
    desk.key("Return")
    app.until(lambda: "What does it pass on" in app.step(), "the next question is asked")
    desk.type("3.297")
    desk.key("Return")
    app.until(lambda: app.heading().startswith("Backward"), "the step is shown")
    assert app.last_number() == pytest.approx(3.297442541400256)
    desk.key("ctrl+q")
    desk.wait_for_window("Unsaved changes")  # the score is to be kept
    desk.key("Tab", "space")
    assert app.ended() == 0


def test_the_derivative_opens_in_a_tab_and_is_walked(app, desk):
    desk.key("ctrl+alt+d")
    app.until(lambda: app.title.startswith("Tutorial′"), "the derivative is in front")
    desk.key("End")
    # f'' = (4 + 16 x**2) f at x = 0.5
    assert app.last_number() == pytest.approx(8 * 1.648721270700128, rel=1e-12)


def test_every_page_is_turned_to_by_keyboard(app, desk):
    for number in "23456781":
        desk.key(f"alt+{number}")
    desk.key("Home")
    assert app.heading().startswith("Forward")
