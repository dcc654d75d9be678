"""The transport leads the walk with the mouse and with keys."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QSlider

from engine.graph import Graph
from engine.recording import record
from gui.panels.icons import Sign, path_of
from gui.panels.transport import Transport
from gui.player import SPEEDS, Player
from gui.theme import theme, themes


@pytest.fixture
def player(tutorial):
    return Player(tutorial.recording)


@pytest.fixture
def transport(qtbot, player):
    made = Transport(player)
    qtbot.addWidget(made)
    made.resize(1100, 94)
    made.show()
    qtbot.waitExposed(made)
    return made


def button(transport, name):
    (found,) = [b for b in transport.findChildren(QAbstractButton) if b.accessibleName() == name]
    return found


def press(qtbot, transport, name):
    qtbot.mouseClick(button(transport, name), Qt.MouseButton.LeftButton)


def speed_slider(transport):
    (found,) = [s for s in transport.findChildren(QSlider) if s.accessibleName() == "Speed"]
    return found


def texts(transport):
    return [label.text() for label in transport.findChildren(QLabel)]


def test_the_buttons_go_where_they_say(qtbot, player, transport):
    player.reduced_motion = True
    press(qtbot, transport, "To the end")
    assert player.moment.cursor == 7
    press(qtbot, transport, "One step back")
    assert player.moment.cursor == 6
    press(qtbot, transport, "To the start")
    assert player.moment.cursor == 0
    press(qtbot, transport, "One step on")
    assert player.moment.cursor == 1


def test_play_becomes_pause_and_back(qtbot, player, transport):
    press(qtbot, transport, "Play")
    assert player.playing
    press(qtbot, transport, "Pause")
    assert not player.playing
    assert button(transport, "Play").isVisible()


def test_play_follows_a_walk_that_something_else_started(player, transport):
    player.play()
    assert button(transport, "Pause").toolTip() == "Pause (Space)"
    player.to_end()
    assert button(transport, "Play").toolTip() == "Play (Space)"


def test_the_space_bar_presses_the_button_that_has_the_keyboard(qtbot, player, transport):
    qtbot.keyClick(button(transport, "To the end"), Qt.Key.Key_Space)
    assert player.moment.cursor == 7


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("To the start", "Home"),
        ("One step back", "Left"),
        ("One step on", "Right"),
        ("To the end", "End"),
    ],
)
def test_tooltips_name_the_shortcut(transport, name, key):
    assert button(transport, name).toolTip() == f"{name} ({key})"


def test_the_speed_can_be_chosen_with_keys_and_is_told(qtbot, player, transport):
    assert "1 step/s" in texts(transport)
    slider = speed_slider(transport)
    qtbot.keyClick(slider, Qt.Key.Key_Right)
    assert player.speed == 2.0
    assert "2 steps/s" in texts(transport)
    qtbot.keyClick(slider, Qt.Key.Key_End)
    assert player.speed == SPEEDS[-1]
    assert "instant" in texts(transport)


def test_the_slider_follows_a_speed_chosen_elsewhere(player, transport):
    player.set_speed(0.25)
    assert speed_slider(transport).value() == SPEEDS.index(0.25)
    assert "¼ step/s" in texts(transport)


def test_nothing_can_be_pressed_without_steps(player, transport):
    player.set_recording(record(Graph()))
    names = ("To the start", "One step back", "Play", "One step on", "To the end")
    assert not any(button(transport, name).isEnabled() for name in names)


def test_it_is_painted_in_the_colours_of_the_theme(transport):
    play = button(transport, "Play")
    edge = play.rect().center().x() - 13

    def disc():
        return play.grab().toImage().pixelColor(edge, play.rect().center().y())

    assert disc() == theme().blue
    themes().choose("dark")
    assert disc() == theme().blue
    assert theme().dark


def test_every_sign_is_drawn_around_its_centre():
    for sign in Sign:
        box = path_of(sign).boundingRect()
        assert not box.isEmpty()
        assert abs(box.center().y()) < 1e-6
        assert abs(box.center().x()) < 2


def test_it_fits_into_a_narrow_window(transport):
    transport.resize(880, 94)
    assert transport.minimumSizeHint().width() <= 880
    assert transport.timeline.width() >= 160
