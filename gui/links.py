"""Connections between signals and slots that end together."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import SignalInstance


class Links:
    """Connections that are made at once and cut at once.

    Parameters
    ----------
    pairs
        Each signal with the slot it calls.
    """

    def __init__(self, *pairs: tuple[SignalInstance, Callable[..., object]]) -> None:
        self._pairs = pairs
        for signal, slot in pairs:
            signal.connect(slot)

    def cut(self) -> None:
        """Disconnect them all."""
        for signal, slot in self._pairs:
            signal.disconnect(slot)
        self._pairs = ()
