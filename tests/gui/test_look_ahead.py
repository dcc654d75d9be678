"""The steps to come are prepared: those of very large arrays beside the window."""

from __future__ import annotations

import threading

import numpy as np
import pytest

from engine.moment import Moment
from gui.panels import look_ahead
from tests.gui.builders import document_of


@pytest.fixture
def prepared(monkeypatch):
    """Note on which thread each step is prepared."""
    told = {}

    def narrate(moment):
        told[moment.cursor] = threading.current_thread()
        return narrated(moment)

    narrated = look_ahead.narrate
    monkeypatch.setattr(look_ahead, "narrate", narrate)
    return told


@pytest.mark.parametrize(("size", "here"), [(10, True), (400_000, False)])
def test_steps_of_very_large_arrays_are_put_together_beside_the_window(qtbot, prepared, size, here):
    recording = document_of("sum(exp(x))", x=np.zeros(size)).recording
    ahead = look_ahead.LookAhead()
    ahead.look_from(Moment(recording, 0))
    qtbot.waitUntil(lambda: len(prepared) == len(recording) - 1)
    assert {thread is threading.main_thread() for thread in prepared.values()} == {here}
    qtbot.waitUntil(lambda: not ahead._idle.isActive())


def test_a_step_that_cannot_be_put_together_is_told_once_and_the_next_follow(
    qtbot, prepared, monkeypatch
):
    def broken(moment):
        if moment.cursor == 1:
            raise RuntimeError("broken")

    monkeypatch.setattr(look_ahead, "work_out", broken)
    recording = document_of("sum(exp(x))", x=np.zeros(400_000)).recording
    ahead = look_ahead.LookAhead()
    with qtbot.captureExceptions() as told:
        ahead.look_from(Moment(recording, 0))
        qtbot.waitUntil(lambda: not ahead._idle.isActive())
    assert [str(error) for _, error, _ in told] == ["broken"]
    assert set(prepared) == set(range(2, len(recording)))
