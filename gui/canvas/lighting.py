"""What is lit on the canvas while the rest is dimmed or hidden: a way of looking, no change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from engine.asking.back_path import BackPath
from engine.graph import Wire
from gui.canvas.table import Bools, Floats

if TYPE_CHECKING:
    from gui.canvas.scene import CanvasScene

DIMMED = 0.2
"""How much is left of what is not lit."""


@dataclass(frozen=True, slots=True)
class Light:
    """What is lit.

    Attributes
    ----------
    blocks
        Ids of the blocks; a folded group is lit if one of its blocks is.
    wires
        The wires.
    hides
        Whether the rest is hidden, and not only dimmed.
    """

    blocks: frozenset[str]
    wires: frozenset[Wire]
    hides: bool = False

    @property
    def rest(self) -> float:
        """How strongly the rest is painted, from 0 to 1."""
        return 0.0 if self.hides else DIMMED


def light_of(path: BackPath) -> Light:
    """Light one path back."""
    return Light(frozenset(path.blocks), frozenset(path.wires))


NO_LINES: Floats = np.zeros((0, 4))

NOTHING = Light(frozenset(), frozenset())


class Lighting:
    """The light on one canvas.

    Parameters
    ----------
    canvas
        The scene.

    Attributes
    ----------
    light
        What is lit; None if everything is.
    """

    def __init__(self, canvas: CanvasScene) -> None:
        self._canvas = canvas
        self.light: Light | None = None
        self._known: tuple[Light, int, Bools, Floats] | None = None

    @property
    def hides(self) -> bool:
        """Whether something may be hidden."""
        return self.light is not None and self.light.hides

    def is_lit(self, item: str) -> bool:
        """Tell whether a block or a folded group is lit."""
        light = self.light
        if light is None or item in light.blocks:
            return True
        if item not in self._canvas.document.groups:
            return False
        return not light.blocks.isdisjoint(self._canvas.folds.blocks_of(item))

    def of_block(self, item: str) -> float:
        """Tell how strongly a block, a folded group or its Variable is painted."""
        return 1.0 if self.light is None or self.is_lit(item) else self.light.rest

    def of_wire(self, wire: Wire) -> float:
        """Tell how strongly a wire that is drawn is painted."""
        light = self.light
        if light is None or not light.wires.isdisjoint(self._canvas.wires_along(wire)):
            return 1.0
        return light.rest

    def lit(self) -> tuple[Bools, Floats]:
        """Tell of each block whether it is lit, and where the wires that are lit begin and end.

        Both are in the order of the whereabouts, and worked out anew only when something changed.
        """
        canvas, light = self._canvas, self.light or NOTHING
        if self._known is None or self._known[:2] != (light, canvas.version):
            table, wires = canvas.where.blocks, canvas.where.wires
            keys = (self.is_lit(key) for key in table.keys)
            blocks = np.fromiter(keys, dtype=bool, count=len(table))
            straight = light.wires - canvas.where.led.keys()
            rows = [wires.row(wire) for wire in straight if wire in wires]
            led = [canvas.where.led[wire] for wire in light.wires & canvas.where.led.keys()]
            bent = np.concatenate([curved[:, [0, 1, 6, 7]] for curved in led]) if led else NO_LINES
            self._known = light, canvas.version, blocks, np.concatenate((wires.numbers[rows], bent))
        return self._known[2:]

    def seen(self, items: list[str]) -> list[str]:
        """Leave out what is hidden."""
        return [item for item in items if self.is_lit(item)] if self.hides else items
