"""With reduced motion, what a step brings comes up in its place instead of travelling there."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QAbstractAnimation

from gui.canvas.fading import DURATION


@pytest.fixture
def calm(window):
    """The window with reduced motion, at the turn of the tutorial."""
    window.actions_by_name["reduced_motion"].setChecked(True)
    window.player.seek(4)
    return window


def fading(window):
    return window.view.canvas._fading


def runs(window):
    return fading(window).state() is QAbstractAnimation.State.Running


def test_a_step_is_there_at_once_and_its_number_comes_up(qtbot, calm):
    calm.actions_by_name["step_on"].trigger()
    assert (calm.player.moment.cursor, calm.player.moment.phase) == (5, 1.0)
    assert runs(calm)
    assert fading(calm).duration() == DURATION
    qtbot.waitUntil(lambda: not runs(calm))
    assert calm.view.canvas.fade == 1.0


def test_only_strength_changes_and_nothing_moves(calm):
    calm.actions_by_name["step_on"].trigger()
    fading(calm).pause()
    canvas = calm.view.canvas
    seen = []
    for share in (0.0, 0.5, 1.0):
        canvas.set_fade(share)
        seen.append(calm.view.grab().toImage())
    assert seen[0] != seen[1] != seen[2]
    canvas.set_fade(1.0)
    assert calm.view.grab().toImage() == seen[2]


def test_going_elsewhere_shows_it_whole_at_once(calm):
    for seek in (calm.player.to_end, calm.player.to_start, calm.player.step_back):
        seek()
        assert not runs(calm)
        assert calm.view.canvas.fade == 1.0


def test_fast_playing_fades_faster_and_at_once_not_at_all(calm):
    calm.player.set_speed(8.0)
    calm.player.play()
    fading(calm).follow(calm.player.moment, calm.player.moment)
    calm.player._go(calm.player.moment.cursor + 1, 1.0)
    assert fading(calm).duration() < 1000 / 8
    calm.player.set_speed(float("inf"))
    calm.player._go(calm.player.moment.cursor + 1, 1.0)
    assert not runs(calm)


def test_without_reduced_motion_nothing_fades(window):
    window.player.seek(4)
    window.actions_by_name["step_on"].trigger()
    assert not runs(window)
    assert window.view.canvas.fade == 1.0
