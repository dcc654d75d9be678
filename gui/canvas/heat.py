"""The graph coloured by the size of its gradients: pale where small, strong where large."""

from __future__ import annotations

from PySide6.QtGui import QColor

from engine.asking.gradient_map import GradientMap
from gui.theme import Theme, mixed

PALEST, STRONGEST = 0.06, 0.82
"""Part of the orange in the smallest and in the largest gradient."""

Colours = tuple[QColor, QColor, float]
"""Of a block: its ground, its edge, and how wide that is."""


def heat_colours(found: GradientMap, block: str, c: Theme) -> Colours:
    """Choose the colours of a block on the map.

    A gradient of exactly 0 has a red edge, and a block without one is grey: neither is a small
    gradient.
    """
    share = found.share(block)
    if share is None:
        return c.sel, c.line, 1.4
    if share < 0:
        return c.bad_bg, c.bad, 1.8
    return heat_shade(share, c)


def heat_shade(share: float, c: Theme) -> Colours:
    """Choose the colours of a gradient of some size, from 0 for the smallest to 1."""
    ground = mixed(c.card, c.orange, round(PALEST + (STRONGEST - PALEST) * share, 2))
    return ground, mixed(ground, c.orange, 0.5), 1.4
