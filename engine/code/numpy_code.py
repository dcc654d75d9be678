"""A graph as plain NumPy: forward, and backward as one writes it by hand."""

from __future__ import annotations

from engine.code.by_hand import ByHand
from engine.code.exported import Exported
from engine.code.script import Script


def numpy_code(run: Exported) -> Script:
    """Write a graph out for NumPy.

    Raises
    ------
    CodeError
        If one of its Functions cannot be written down.
    """
    return ByHand(run).script()
