"""Connections between signals and slots that end together."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import SignalInstance


class Links:
    """Connections that are made at once and cut at once.

    PySide 6.11 never gives back the 110 bytes that it takes for a connection to a method of Qt's
    own, such as `update`, or of what is no QObject. So what is connected anew for each document
    is a method that is written here, of a QObject.

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
