"""Check Everything: on each block a badge that says whether its gradient is true."""

from __future__ import annotations

from threading import Event

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from engine import FUNCTIONS, Function, register
from engine.checking import MOST_ELEMENTS
from gui import check_everything
from gui.canvas.far_blocks import BADGE
from gui.canvas.hit import Hit
from gui.canvas.tips import tip
from gui.checking import Checks, Verdict, judge_of
from gui.document import OpenDocument
from gui.theme import theme
from tests.gui.builders import document_of, endless
from tests.gui.test_large_graphs import grid


def turned_on(qtbot, window):
    window.view.setFocus()
    QTest.keyClick(window.view, Qt.Key.Key_C, Qt.KeyboardModifier.ShiftModifier)
    settled(qtbot, window)


def settled(qtbot, window):
    canvas, blocks = window.view.canvas, window.player.recording.gradients
    qtbot.waitUntil(
        lambda: all(canvas.findings.verdict(block) is not None for block in blocks), timeout=30_000
    )


def badge_colour(window, block):
    """The colour of a badge left of its sign."""
    view = window.view
    at = view.canvas.block_rect(block).topLeft()
    spot = view.mapFromScene(at) + QPoint(round(5 * view.zoom), round(-3.6 * view.zoom))
    return view.grab().toImage().pixelColor(spot)


def test_a_key_puts_a_badge_on_every_block(qtbot, window):
    window.view.set_zoom(1.0)
    turned_on(qtbot, window)
    verdicts = [
        window.view.canvas.findings.verdict(block) for block in window.document.graph.blocks
    ]
    assert [verdict.agrees for verdict in verdicts] == [True] * 4
    assert badge_colour(window, window.document.graph.named("x").id) == theme().ok
    window.actions_by_name["check_all"].trigger()
    assert window.view.canvas.findings.verdict(window.document.graph.named("x").id) is None


def test_the_numbers_are_told_where_the_pointer_rests(qtbot, window):
    turned_on(qtbot, window)
    window.player.to_end()
    told = tip(window.view.canvas, Hit(block=window.document.graph.named("x").id))
    assert "by trial 3.29744" in told
    assert "agrees to" in told


def test_what_came_of_it_is_said(qtbot, window):
    turned_on(qtbot, window)
    assert window.check_everything.sentence == "4 gradients agree with what a trial finds."


def test_a_rule_that_is_wrong_differs(qtbot, window):
    """A wrong rule, as a person would have typed it, is found out by its badge and by name."""
    window.checks._judges = lambda recording: _wrong_at(recording, "x")
    turned_on(qtbot, window)
    x = window.document.graph.named("x").id
    assert window.view.canvas.findings.verdict(x).agrees is False
    assert badge_colour(window, x) == theme().bad
    assert "1 differs: x" in window.check_everything.sentence
    view, message = window.view, bubble(qtbot, window)
    assert theme().bad.name() in message.styleSheet()
    behind = view.mapToScene(message.geometry()).boundingRect()
    assert view.canvas.where.blocks_in(behind) == []  # the badges are to be seen


def bubble(qtbot, window):
    """What is said on the canvas."""
    found = next(each for each in window.view.findChildren(QLabel) if _is_message(each))
    qtbot.waitUntil(found.isVisible)
    return found


def _is_message(label):
    return label.accessibleName() == "Message"


def _wrong_at(recording, name):
    judge = judge_of(recording)

    def found(block, goes_on):
        verdict = judge(block, goes_on)
        wrong = recording.blocks[block].name == name
        return Verdict(agrees=False, numeric=verdict.numeric, words="differs") if wrong else verdict

    return found


@pytest.mark.parametrize(
    ("text", "value", "why"),
    [
        ("relu(x)", 0.0, "cannot tell"),
        ("sum(relu(x))", np.zeros(MOST_ELEMENTS + 1), "cannot tell: there is a kink"),
    ],
)
def test_what_no_trial_can_tell_says_why(qtbot, window, text, value, why):
    window.show_document(document_of(text, x=value))
    turned_on(qtbot, window)
    verdict = window.view.canvas.findings.verdict(window.document.graph.named("x").id)
    assert (verdict.agrees, verdict.words) == (None, why)


def test_a_large_array_is_checked_along_directions_and_says_so(qtbot, window):
    window.show_document(document_of("sum(exp(x))", x=np.linspace(0, 1, 10**6)))
    qtbot.waitUntil(lambda: not window.document.is_behind)
    turned_on(qtbot, window)
    window.player.to_end()
    told = tip(window.view.canvas, Hit(block=window.document.graph.named("x").id))
    assert "by trial along 5 directions: agrees to 8 digits (random directions, seed 0)" in told
    assert window.check_everything.sentence == "3 gradients agree with what a trial finds."


def test_a_large_array_with_a_wrong_rule_differs(qtbot, window, wrong_square):
    window.show_document(document_of(f"sum({wrong_square}(x))", x=np.linspace(0, 1, 10**5)))
    qtbot.waitUntil(lambda: not window.document.is_behind)
    turned_on(qtbot, window)
    assert window.view.canvas.findings.verdict(window.document.graph.named("x").id).agrees is False
    assert "1 differs: x" in window.check_everything.sentence


@pytest.fixture
def wrong_square():
    """Register a Function whose rule is off by half, for the length of a test."""
    local = (lambda y, x: 3.0 * x,)
    register(type("Odd", (Function,), {"forward": lambda self, x: x * x, "local": local}))
    yield "odd"
    del FUNCTIONS["odd"]


def test_another_number_is_checked_anew(qtbot, window):
    turned_on(qtbot, window)
    x = window.document.graph.named("x").id
    window.document.set_value(x, np.array(1.0))
    assert window.view.canvas.findings.verdict(x) is None
    settled(qtbot, window)
    assert window.view.canvas.findings.verdict(x).numeric.startswith("29.556")


def test_it_goes_on_with_the_document_in_front(qtbot, window):
    turned_on(qtbot, window)
    window.show_document(document_of("sin(x) * x", x=2.0))
    settled(qtbot, window)
    window.actions_by_name["check_all"].trigger()
    assert window.view.canvas.findings.checks is None


def test_of_a_large_graph_only_what_is_in_sight_is_checked(qtbot, window, monkeypatch):
    monkeypatch.setattr(check_everything, "MOST", 50)
    window.show_document(OpenDocument(grid(200)))
    window.view.set_zoom(1.0)
    window.actions_by_name["check_all"].trigger()
    qtbot.waitUntil(lambda: not window.checks.busy)
    known = [b for b in window.player.recording.gradients if window.checks.verdict(b) is not None]
    seen = window.view.canvas.where.blocks_in(window.view.visible_rect())
    assert 0 < len(known) <= len(seen) < 200
    assert "when they come into sight" in window.check_everything.sentence


def test_a_check_that_nobody_wants_any_more_stops(qtbot, tutorial):
    judge, begun, ended = endless()
    checks = Checks(lambda _: judge)
    checks.take(tutorial.recording)
    checks.want("everything", tutorial.recording.gradients)
    assert begun.wait(10)
    checks.take(document_of("exp(x)", x=1.0).recording)
    assert ended.wait(10)
    assert not checks.busy


def test_an_edit_comes_before_the_checks_that_are_left(qtbot, tutorial):
    asked = []

    def judge(block, goes_on):
        asked.append(block)
        while goes_on() and len(asked) == 1:
            pass
        return Verdict(agrees=True, numeric="1", words="agrees") if len(asked) > 1 else None

    checks = Checks(lambda _: judge)
    checks.take(tutorial.recording)
    checks.want("everything", ["a", "b"])
    qtbot.waitUntil(lambda: asked == ["a"])
    checks.make_way()
    qtbot.waitUntil(lambda: not checks.busy)
    assert asked == ["a", "a", "b"]


def test_what_nobody_wants_any_more_is_given_up_and_what_somebody_does_goes_on(qtbot, tutorial):
    asked, given_up = [], Event()

    def judge(block, goes_on):
        asked.append(block)
        while block == "a" and goes_on():
            pass
        if block == "a":
            given_up.set()
            return None
        return Verdict(agrees=True, numeric="1", words="agrees")

    checks = Checks(lambda _: judge)
    checks.take(tutorial.recording)
    checks.want("everything", ["b"])
    checks.want("step", ["a"])  # comes first once the thread is free
    checks.want("step", ["a", "b"])
    qtbot.waitUntil(lambda: "a" in asked)
    checks.want("step", ["b"])
    assert given_up.wait(10)
    qtbot.waitUntil(lambda: not checks.busy)
    assert checks.verdict("b").agrees is True
    assert checks.verdict("a") is None


def test_a_check_that_breaks_is_told_once_and_others_can_be_asked_for(qtbot, tutorial):
    def judge(block, _goes_on):
        if block == "b1":
            raise RuntimeError("broken")
        return Verdict(agrees=True, numeric="1", words="It agrees.")

    checks = Checks(lambda _: judge)
    checks.take(tutorial.recording)
    with qtbot.captureExceptions() as told:
        checks.want("test", ["b1"])
        qtbot.waitUntil(lambda: bool(told))
        assert not checks.busy
        checks.want("test", ["b2"])
        qtbot.waitUntil(lambda: checks.verdict("b2") is not None)
    assert [str(error) for _, error, _ in told] == ["broken"]


def test_from_far_away_blocks_that_can_be_read_have_badges_too(qtbot, window):
    window.view.set_zoom(0.25)
    turned_on(qtbot, window)
    canvas, view = window.view.canvas, window.view
    spot = canvas.block_rect(window.document.graph.named("b").id).topLeft()
    at = view.mapFromScene(spot) + QPoint(round(5 * BADGE), round(-3.6 * BADGE))
    assert view.grab().toImage().pixelColor(at) == theme().ok
    window.actions_by_name["check_all"].trigger()
    assert view.grab().toImage().pixelColor(at) != theme().ok


def test_where_no_trial_can_tell_nothing_is_counted_as_agreeing(qtbot, window):
    window.show_document(document_of("relu(x) * log(w)", x=0.0, w=-1.0))
    turned_on(qtbot, window)
    assert window.check_everything.sentence.startswith("A trial cannot tell of any gradient")


@pytest.mark.parametrize(
    "text",
    ["relu(x) + sin(w)", "relu(x) * log(w)"],  # of one alone, and of all
)
def test_what_a_trial_cannot_tell_is_neither_praised_nor_blamed(qtbot, window, text):
    window.show_document(document_of(text, x=0.0, w=-1.0))
    turned_on(qtbot, window)
    message = bubble(qtbot, window)
    assert "cannot tell" in message.text()
    style = message.styleSheet()
    assert theme().ok.name() not in style
    assert theme().bad.name() not in style
