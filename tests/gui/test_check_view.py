"""The check: off it is a button, on it is a verdict for each gradient of the step."""

from __future__ import annotations

from threading import Event

import pytest
from PySide6.QtCore import Qt

from engine.moment import Moment
from gui.checking import Checks, judge_of
from gui.measuring import width_of
from gui.panels.check_view import SIGN, CheckView
from gui.theme import font, theme
from tests.gui.builders import checks_by, document_of, endless


@pytest.fixture
def fan():
    return document_of("x*x + 3*x - x/w", x=0.5, w=[1, 2, 3])


def shown(qtbot, check, moment, width=324):
    checks = check if isinstance(check, Checks) else checks_by(check)
    view = CheckView(checks)
    qtbot.addWidget(view)
    view.show_moment(moment)
    view.resize(width, view.heightForWidth(width))
    return view


def known(qtbot, view):
    waits = "checking …"
    qtbot.waitUntil(lambda: bool(view.verdicts) and all(v.right != waits for v in view.verdicts))


def turned_on(qtbot, view):
    view.show()
    qtbot.keyClick(view, Qt.Key.Key_Space)
    known(qtbot, view)
    return [verdict.text for verdict in view.verdicts]


def test_nothing_is_computed_while_it_is_off(qtbot, tutorial):
    asked = []
    view = shown(qtbot, asked.append, Moment(tutorial.recording, 7))
    view.show()
    view.grab()
    assert asked == []
    assert view.accessibleName() == "Check numerically"


def test_the_real_check_agrees_with_the_tutorial(qtbot, tutorial):
    view = shown(qtbot, Checks(judge_of), Moment(tutorial.recording, 7))
    (text,) = turned_on(qtbot, view)
    assert text.startswith("numerical 3.29744")
    assert "agrees" in text
    assert view.accessibleDescription() == text
    middle = view.grab().toImage().pixelColor(4, 15)
    assert middle == theme().ok_bg


def test_each_gradient_of_the_step_has_a_verdict_and_is_named(qtbot, fan):
    view = shown(qtbot, lambda _: (True, "1.5", "agrees"), Moment(fan.recording, 12))
    assert turned_on(qtbot, view) == ["∂x  numerical 1.5: agrees", "∂w  numerical 1.5: agrees"]


def test_a_gradient_that_is_not_complete_is_not_judged(qtbot, fan):
    view = shown(qtbot, lambda _: (False, "10.17", "differs"), Moment(fan.recording, 10))
    assert turned_on(qtbot, view) == ["numerical 10.17: more will be added"]
    assert view.verdicts[0].agrees is None


@pytest.mark.parametrize(("agrees", "ground"), [(True, "ok_bg"), (False, "bad_bg"), (None, "sel")])
def test_the_ground_says_the_verdict_too(qtbot, tutorial, agrees, ground):
    view = shown(qtbot, lambda _: (agrees, "1", "says so"), Moment(tutorial.recording, 7))
    turned_on(qtbot, view)
    assert view.grab().toImage().pixelColor(4, 15) == getattr(theme(), ground)


def test_going_on_checks_the_next_step_and_going_back_asks_nobody(qtbot, tutorial):
    asked = []

    def check(block):
        asked.append(tutorial.graph.block(block).name)
        return True, "1", "agrees"

    view = shown(qtbot, check, Moment(tutorial.recording, 5))
    turned_on(qtbot, view)
    view.show_moment(Moment(tutorial.recording, 6))
    qtbot.waitUntil(lambda: asked == ["b", "a"])
    known(qtbot, view)
    view.show_moment(Moment(tutorial.recording, 5))
    assert view.verdicts[0].text == "numerical 1: agrees"
    assert asked == ["b", "a"]


def test_the_window_waits_for_no_check(qtbot, tutorial):
    begun, go_on = Event(), Event()

    def check(block):
        begun.set()
        assert go_on.wait(10)
        return True, "1", "agrees"

    view = shown(qtbot, check, Moment(tutorial.recording, 7))
    view.show()
    view.toggle()
    assert view.verdicts[0].text == "numerical: checking …"
    assert begun.wait(10)  # on another thread, while this one goes on
    go_on.set()
    known(qtbot, view)
    assert view.verdicts[0].text == "numerical 1: agrees"


def test_a_new_recording_is_checked_anew(qtbot, tutorial):
    asked = []

    def check(block):
        asked.append(block)
        return True, "1", "agrees"

    view = shown(qtbot, check, Moment(tutorial.recording, 7))
    turned_on(qtbot, view)
    again = document_of("square(exp(square(x)))", x=1)
    view.show_moment(Moment(again.recording, 7))
    qtbot.waitUntil(lambda: len(asked) == 2)


def test_turned_on_where_there_is_no_gradient_it_says_so(qtbot, tutorial):
    view = shown(qtbot, lambda _: (True, "1", "agrees"), Moment(tutorial.recording, 2))
    assert view.isHidden()
    view.toggle()
    qtbot.waitUntil(lambda: bool(view.verdicts))
    assert not view.isHidden()
    assert view.verdicts[0].text == "No gradient to check in this step"


def test_a_verdict_takes_two_lines_where_one_is_too_narrow(qtbot, tutorial):
    view = shown(
        qtbot, lambda _: (True, "[1, 2, 3, 4, 5, 6]", "agrees"), Moment(tutorial.recording, 7)
    )
    turned_on(qtbot, view)
    assert view.heightForWidth(220) > view.heightForWidth(600)


def test_a_large_array_is_checked_along_directions(qtbot):
    document = document_of("sum(exp(x))", x=[0.5] * 2000)
    view = shown(qtbot, Checks(judge_of), Moment(document.recording, 5))
    view.show()
    view.toggle()
    assert view.verdicts[0].text == "numerical: checking along 5 directions …"
    qtbot.waitUntil(lambda: "agrees" in view.verdicts[0].text)
    (text,) = [verdict.text for verdict in view.verdicts]
    assert text == "numerical along 5 directions: agrees to 8 digits (random directions, seed 0)"
    line, room = view.verdicts[0], view.width() - 24 - SIGN
    assert width_of(line.left, font(12, code=True, bold=True)) <= room  # it is read to the end
    assert width_of(line.right, font(12)) <= room


def test_turned_off_it_gives_up_what_it_was_checking(qtbot, tutorial):
    judge, begun, ended = endless()
    view = shown(qtbot, Checks(lambda _: judge), Moment(tutorial.recording, 7))
    view.show()
    view.toggle()
    assert begun.wait(10)
    view.toggle()
    assert ended.wait(10)
