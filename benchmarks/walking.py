"""What a step and a leap of the walk cost in a large graph, until all is painted."""

from __future__ import annotations

import statistics
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPointF

from benchmarks.screen import Call

if TYPE_CHECKING:
    from benchmarks.size import Yardstick

FRAMES = 100
"""Steps and leaps of each kind."""

MOST = 16
"""Milliseconds asked for."""


def walking(yard: Yardstick) -> None:
    """Step on, step back, and leap to anywhere, with all in view and near by.

    The explanation of the step is in front, as it is when the window opens. Nothing travels: what
    is measured is the step, and not the frames of its animation.
    """
    view, player, screen = yard.bench.view, yard.bench.player, yard.screen
    travels, player.reduced_motion = player.reduced_motion, True
    steps = len(player.recording)
    middle, spots = steps * 3 // 4, np.random.default_rng(3).integers(steps, size=FRAMES).tolist()
    kinds: dict[str, Call] = {
        "step on": lambda _: player.step_on(),
        "step back": lambda at: player.seek(middle - at - 1),
        "leap": lambda at: player.seek(spots[at]),
    }
    place = yard.document.places[list(yard.document.graph.blocks)[yard.blocks // 2]]
    for where in ("fit-all", "1:1"):
        view.fit()
        if where == "1:1":
            view.set_zoom(1.0)
            view.shift(view.visible_rect().center() - QPointF(place.x, place.y))
        for kind, change in kinds.items():
            player.seek(middle)
            times = screen.frames(change, FRAMES)
            yard.tell(f"{kind}, {where}, median ms", statistics.median(times), MOST)
            yard.tell(f"{kind}, {where}, 90th percentile ms", float(np.percentile(times, 90)), MOST)
    player.reduced_motion = travels
