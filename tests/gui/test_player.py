"""The player moves over a recording in a time that is told to it."""

from __future__ import annotations

import pytest

from gui.document import OpenDocument
from gui.player import SPEEDS, Player


class Clock:
    """A clock that is set by hand."""

    def __init__(self):
        self.now = 0.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def player(tutorial, clock):
    return Player(tutorial.recording, clock)


def pass_time(player, clock, seconds, frame=0.02):
    """Let time pass in frames, as the timer would."""
    for _ in range(round(seconds / frame)):
        clock.now += frame
        player.advance()


def test_it_stands_at_the_start_with_the_first_step_shown(player):
    assert (player.moment.cursor, player.moment.phase) == (0, 1.0)


def test_playing_reaches_the_first_backward_step_within_ten_seconds(player, clock):
    player.play()
    pass_time(player, clock, 5.5)
    assert player.moment.is_backward
    assert player.playing


def test_playing_stops_at_the_end_with_all_shown(player, clock):
    stopped = []
    player.playing_changed.connect(stopped.append)
    player.play()
    pass_time(player, clock, 20)
    assert player.at_end
    assert stopped == [True, False]


def test_playing_at_the_end_begins_again(player, clock):
    player.to_end()
    player.play()
    pass_time(player, clock, 0.5)
    assert player.moment.cursor == 0, "the first step is shown for its time too"
    pass_time(player, clock, 1.0)
    assert player.moment.cursor == 1


def test_a_step_on_travels_and_then_rests(player, clock):
    player.step_on()
    assert (player.moment.cursor, player.moment.phase) == (1, 0.0)
    pass_time(player, clock, 0.3)
    assert 0 < player.moment.phase < 1
    pass_time(player, clock, 1)
    assert (player.moment.cursor, player.moment.phase) == (1, 1.0)
    assert not player.playing


def test_a_step_on_while_one_travels_goes_to_the_next(player):
    player.step_on()
    player.step_on()
    assert player.moment.cursor == 2


def test_stepping_back_shows_the_step_before_at_once(player):
    player.seek(5)
    player.step_back()
    assert (player.moment.cursor, player.moment.phase) == (4, 1.0)


def test_it_never_leaves_the_recording(player):
    player.step_back()
    assert player.moment.cursor == 0
    player.seek(1000)
    assert player.moment.cursor == player.last
    player.step_on()
    assert player.moment.cursor == player.last


def test_pausing_shows_the_whole_step(player, clock):
    player.play()
    pass_time(player, clock, 1.5)
    player.pause()
    assert player.moment.phase == 1.0
    assert not player.playing


def test_reduced_motion_shows_each_step_whole_and_gives_it_its_time(player, clock):
    player.reduced_motion = True
    phases = []
    player.moved.connect(lambda: phases.append(player.moment.phase))
    player.play()
    pass_time(player, clock, 3.1)
    assert set(phases) == {1.0}
    assert player.moment.cursor == 4


def test_speed_is_kept_and_told(player, clock):
    told = []
    player.speed_changed.connect(told.append)
    player.set_speed(4.0)
    player.play()
    pass_time(player, clock, 1.0)
    assert told == [4.0]
    assert player.moment.cursor in (4, 5)


def test_at_once_goes_to_the_end_in_one_frame(player, clock):
    player.set_speed(SPEEDS[-1])
    player.play()
    pass_time(player, clock, 0.02)
    assert player.at_end


def test_a_new_recording_keeps_the_place(player, tutorial):
    player.seek(6)
    tutorial.set_value(tutorial.inputs()[0], tutorial.graph.block(tutorial.inputs()[0]).value + 1)
    player.set_recording(tutorial.recording)
    assert player.moment.cursor == 6
    assert player.recording is tutorial.recording


def test_an_empty_recording_can_be_played_without_harm(qapp):
    player = Player(OpenDocument().recording)
    player.play()
    player.step_on()
    player.to_end()
    assert (player.moment.cursor, player.playing) == (0, False)
