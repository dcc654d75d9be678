"""The bar at the bottom: buttons that lead the walk, the timeline, and the speed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from gui.panels.icons import Sign
from gui.panels.round_button import RoundButton
from gui.panels.speed import SpeedControl
from gui.panels.timeline import Timeline
from gui.player import Player
from gui.theme import theme, themes


class Transport(QWidget):
    """The bottom bar.

    Parameters
    ----------
    player
        What is led. The shortcuts that the tooltips name are actions of the window.

    Attributes
    ----------
    timeline
        The timeline in the middle.
    """

    def __init__(self, player: Player, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)  # it paints its ground itself
        self._player = player
        self.setAccessibleName("Walk")
        self.timeline = Timeline(player)
        self._play = RoundButton(Sign.PLAY, "Play", "Space", diameter=40, accent=True)
        self._play.clicked.connect(player.toggle)
        buttons = [
            _button(Sign.TO_START, "To the start", "Home", player.to_start),
            _button(Sign.BACK, "One step back", "Left", player.step_back, repeat=True),
            self._play,
            _button(Sign.ON, "One step on", "Right", player.step_on, repeat=True),
            _button(Sign.TO_END, "To the end", "End", player.to_end),
        ]
        row = QHBoxLayout(self)
        row.setContentsMargins(18, 8, 20, 8)
        row.setSpacing(0)
        for button in buttons:
            row.addWidget(button)
        row.addSpacing(10)
        row.addWidget(self.timeline, 1)
        row.addSpacing(8)
        row.addWidget(SpeedControl(player))
        self._buttons = buttons
        player.playing_changed.connect(self._show_playing)
        player.recording_changed.connect(self._take_recording)
        themes().changed.connect(self.update)
        self._take_recording()

    def _show_playing(self, playing: bool) -> None:  # noqa: FBT001 - what the signal carries
        sign, name = (Sign.PAUSE, "Pause") if playing else (Sign.PLAY, "Play")
        self._play.show_sign(sign, name)

    def _take_recording(self) -> None:
        for button in self._buttons:
            button.setEnabled(bool(self._player.recording.steps))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground and the line above it."""
        painter, colours = QPainter(self), theme()
        painter.fillRect(event.rect(), colours.panel)
        painter.fillRect(0, 0, self.width(), 1, colours.line)
        painter.end()


def _button(
    sign: Sign, name: str, keys: str, verb: Callable[[], None], *, repeat: bool = False
) -> RoundButton:
    button = RoundButton(sign, name, keys)
    # Held down, it steps on and on.
    button.setAutoRepeat(repeat)
    button.clicked.connect(verb)
    return button
