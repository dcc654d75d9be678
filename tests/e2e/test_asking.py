"""Questions asked of the real window, with a real mouse and real keys."""

from __future__ import annotations

import math

import numpy as np
import pytest

from tests.e2e.gradwalk import walked
from tests.four import gradient
from tests.three import NUMBERS, file_of

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


@pytest.fixture
def net(start, desk, tmp_path):
    """The app with a small net: matrices are multiplied, and a row is broadcast."""
    path = file_of("net", tmp_path)
    app = start(path)
    desk.key("F9", "f", "End")  # the canvas alone, so that it is seen from near
    app.until(lambda: len(app.pills()) > 1, "the first two inputs are seen")
    return app, path


def numbers_of(path):
    """What a saved document holds, and the gradients of its walk."""
    steps = walked(path)
    values = {s["name"]: s["value"] for s in steps if s["kind"] == "input"}
    parts = [part for step in steps for part in step.get("contributions", ())]
    return values, {part["name"]: part["after"] for part in parts}


def test_a_number_of_an_array_is_slid_by_mouse_and_every_gradient_follows(net, desk):
    app, path = net
    pills = sorted(app.pills(), key=lambda pill: (pill.left, pill.top))
    at = pills[0].centre
    desk.drag(at, (at[0] + 50, at[1]))
    desk.key("ctrl+s")
    app.until(lambda: numbers_of(path)[0]["x"] != NUMBERS["x"], "the slid number is saved")
    values, gradients = numbers_of(path)
    moved = np.array(values["x"]) != np.array(NUMBERS["x"])
    assert moved.sum() == 1, "one number alone was slid"
    assert {name: values[name] for name in "wbvt"} == {name: NUMBERS[name] for name in "wbvt"}
    for name in "xwbv":
        right = gradient("net", values, name)
        np.testing.assert_allclose(gradients[name], right, rtol=1e-12, atol=1e-15)


def test_the_numbers_of_an_array_are_chosen_and_raised_by_keyboard(net, desk):
    app, path = net
    pills = sorted(app.pills(), key=lambda pill: (pill.left, pill.top))
    desk.click((pills[0].centre[0], pills[0].top + 6))
    desk.key("semicolon", "semicolon", "semicolon", "period", "period")
    desk.key("ctrl+s")
    app.until(lambda: numbers_of(path)[0] != NUMBERS, "the raised number is saved")
    values, gradients = numbers_of(path)
    chosen = next(name for name in NUMBERS if values[name] != NUMBERS[name])
    moved = np.argwhere(np.array(values[chosen]) != np.array(NUMBERS[chosen])).tolist()
    assert len(moved) == 1
    assert np.ravel_multi_index(tuple(moved[0]), np.shape(NUMBERS[chosen])) == 2
    right = gradient("net", values, chosen)
    np.testing.assert_allclose(gradients[chosen], right, rtol=1e-12, atol=1e-15)


def test_an_element_is_pointed_at_by_mouse_and_by_keyboard_and_raised_there(net, desk):
    app, path = net
    pills = sorted(app.pills(), key=lambda pill: (pill.left, pill.top))
    rows = [(pills[0].centre[0], pills[0].top + round(at * pills[0].height)) for at in (0.46, 0.67)]

    def beside():
        return desk.look()[:, pills[0].right + 60 :]

    before = beside()
    desk.move(rows[0])
    app.until(lambda: not np.array_equal(beside(), before), "what an element feeds is lit")
    app.until(lambda: np.array_equal(beside(), beside()), "all of that is painted")
    one = beside()
    desk.move(rows[1])  # of the same block
    app.until(lambda: not np.array_equal(beside(), one), "an element of the next row feeds another")
    desk.click((pills[0].centre[0], pills[0].top + 6))
    desk.key("shift+p", "Right", "Down", "period", "Escape")
    desk.key("ctrl+s")
    app.until(lambda: numbers_of(path)[0] != NUMBERS, "the raised number is saved")
    values, gradients = numbers_of(path)
    chosen = next(name for name in NUMBERS if values[name] != NUMBERS[name])
    moved = np.argwhere(np.array(values[chosen]) != np.array(NUMBERS[chosen])).tolist()
    assert moved == [[1, 1]]
    right = gradient("net", values, chosen)
    np.testing.assert_allclose(gradients[chosen], right, rtol=1e-12, atol=1e-15)


def test_tanh_is_differentiated_three_times_over_and_walked(app, desk):
    desk.key("ctrl+n", "Tab")
    desk.type("1")
    desk.key("Return", "Tab")
    desk.type("tanh")
    desk.key("Return")
    for times in (1, 2, 3):
        desk.key("ctrl+alt+d")
        app.until(lambda n=times: "′" * n in app.title, f"derivative {times} is in front")
    desk.key("End")
    assert app.last_number() == pytest.approx(
        float(gradient("tanh'''", {"x": 1.0}, "x")), rel=1e-10
    )


def test_line_by_line_the_second_contribution_is_added_at_its_line(app, desk, start):
    desk.key("ctrl+n", "ctrl+t")
    desk.type("y = x + x; x = 3")
    desk.key("Return")
    desk.key("End", "Left")
    said = []
    for _ in range(9):
        desk.key("shift+Right")
        said.append(app.step())
    assert any("1 + 1 = 2" in text for text in said)
