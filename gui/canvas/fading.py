"""What a step has brought comes up softly, where people want nothing to travel."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QVariantAnimation

from engine.moment import Moment

if TYPE_CHECKING:
    from gui.canvas.scene import CanvasScene

DURATION = 200
"""Milliseconds, if the next step does not come sooner."""

PART = 0.6
"""Part of the time of a step, at most, that its numbers take to come up."""


class Fading(QVariantAnimation):
    """Lets the numbers and the glow of a step come up in their places, with reduced motion.

    Parameters
    ----------
    canvas
        Where they are seen.
    """

    def __init__(self, canvas: CanvasScene) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self.setStartValue(0.0)
        self.setEndValue(1.0)
        self.valueChanged.connect(canvas.set_fade)

    def follow(self, before: Moment, now: Moment) -> None:
        """Begin anew after a step on; whoever seeks to somewhere else sees it whole at once."""
        self.stop()
        player = self._canvas.player
        on = before.recording is now.recording and self._is_next(before.cursor, now.cursor)
        speed = player.speed if player.playing else 1.0
        if player.reduced_motion and on and math.isfinite(speed):
            self.setDuration(min(DURATION, round(1000 * PART / speed)))
            self.start()
        else:
            self._canvas.fade = 1.0

    def _is_next(self, before: int, now: int) -> bool:
        """Tell whether one step has been gone on; a step may be over a folded group."""
        stops = self._canvas.stops()
        if stops is None:
            return now == before + 1
        return now == next((stop for stop in stops if stop > before), -1)
