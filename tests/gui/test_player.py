"""The player moves over a recording in a time that is told to it."""

from __future__ import annotations

import pytest

from gui.document import OpenDocument
from gui.player import SPEEDS, Player
from tests.gui.builders import document_of


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


def rest(player, clock):
    """Let time pass until nothing moves."""
    pass_time(player, clock, 3)
    return player.moment.cursor, round(player.moment.phase, 3)


def test_a_step_can_be_a_line_of_code(player, clock):
    player.seek(5)
    rests = []
    for _ in range(6):
        player.step_on("line")
        rests.append(rest(player, clock))
    assert rests == [(6, 0.0), (6, 0.12), (6, 0.7), (6, 0.8), (6, 0.9), (7, 0.0)]
    player.step_back("line")
    assert rest(player, clock) == (6, 0.9)


def test_a_step_can_be_a_contribution(clock, qapp):
    player = Player(document_of("x * x", x=3.0).recording, clock)
    player.grain = "contribution"
    player.seek(player.last - 1)
    x = next(b for b, block in player.recording.blocks.items() if not block.is_function)
    seen = []
    for _ in range(2):
        player.step_on()
        rest(player, clock)
        seen.append(float(player.moment.gradient(x)))
    assert seen == [3.0, 6.0]
    player.step_back()
    assert float(player.moment.gradient(x)) == 3.0


def test_with_reduced_motion_a_line_of_code_is_shown_at_once(player):
    player.reduced_motion = True
    player.seek(5)
    for phase in (0.0, 0.12, 0.7):
        player.step_on("line")
        assert (player.moment.cursor, player.moment.phase) == (6, phase)


def test_a_part_is_played_over_and_over(player, clock):
    player.set_loop((6, 5))
    player.play()
    seen = set()
    for _ in range(400):
        pass_time(player, clock, 0.02)
        seen.add(player.moment.cursor)
    assert player.playing
    assert seen == {5, 6}
    player.set_loop(None)
    pass_time(player, clock, 4)
    assert player.at_end


def test_a_loop_is_no_longer_than_the_walk(player, tutorial):
    player.set_loop((2, 100))
    assert player.loop == (2, player.last)


@pytest.mark.parametrize("speed", SPEEDS)
def test_every_speed_gets_to_the_end(player, clock, speed):
    player.set_speed(speed)
    player.seek(player.last - 1)
    player.play()
    pass_time(player, clock, 25, frame=0.1)
    assert player.at_end
