"""How fast the walk plays: a slider over the speeds there are, and the speed in words."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from gui.measuring import width_of
from gui.panels.labels import Text
from gui.panels.slider import Slider
from gui.player import SPEEDS, Player
from gui.theme import font

FRACTIONS = {0.25: "¼", 0.5: "½"}


def speed_text(speed: float) -> str:
    """Say a speed.

    Examples
    --------
    >>> [speed_text(speed) for speed in (0.5, 1.0, 4.0, float("inf"))]
    ['½ step/s', '1 step/s', '4 steps/s', 'instant']
    """
    if speed == float("inf"):
        return "instant"
    if speed in FRACTIONS:
        return f"{FRACTIONS[speed]} step/s"
    return f"{speed:g} step{'' if speed == 1 else 's'}/s"


class SpeedSlider(Slider):
    """A slider with one place for each of the speeds."""

    def __init__(self, player: Player, parent: QWidget | None = None) -> None:
        super().__init__("Speed", parent)
        self._player = player
        self.setRange(0, len(SPEEDS) - 1)
        self.setPageStep(1)
        self.valueChanged.connect(self._choose)
        player.speed_changed.connect(self._follow)
        self._follow(player.speed)

    def _choose(self, value: int) -> None:
        if SPEEDS[value] != self._player.speed:
            self._player.set_speed(SPEEDS[value])

    def _follow(self, speed: float) -> None:
        nearest = min(
            range(len(SPEEDS)), key=lambda at: (abs(_rank(SPEEDS[at]) - _rank(speed)), at)
        )
        self.setValue(nearest)
        text = speed_text(speed)
        self.setAccessibleDescription(text)
        self.setToolTip(f"Speed: {text}")
        self.update()


def _rank(speed: float) -> float:
    """Put the speeds on a line; at once comes after all others."""
    return min(speed, 1e6)


class SpeedControl(QWidget):
    """The word, the slider, and the speed in words."""

    def __init__(self, player: Player, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        face = font(12)
        caption = Text(face, "dim")
        caption.setText("Speed")
        slider = SpeedSlider(player)
        caption.setBuddy(slider)
        self._text = Text(face, "dim")
        self._text.setMinimumWidth(round(max(width_of(speed_text(s), face) for s in SPEEDS)) + 2)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for widget in (caption, slider, self._text):
            row.addWidget(widget)
        player.speed_changed.connect(self._follow)
        self._follow(player.speed)

    def _follow(self, speed: float) -> None:
        self._text.setText(speed_text(speed))
