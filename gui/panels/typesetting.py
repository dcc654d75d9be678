"""Typesetting: TeX in, SVG out, made while nobody waits for a frame, and kept.

Importing the typesetter takes a quarter of a second, so that is done beside the thread that
paints. A formula takes about 12 ms of Python, which two threads would only quarrel about: formulas
are made by the thread that paints, one at a time, with room for a frame in between.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from functools import cache
from typing import NamedTuple

from PySide6.QtCore import QByteArray, QObject, QTimer, Signal

KEPT = 2000
"""How many formulas are kept, the ones asked for last."""

WANTED = 24
"""How many may wait to be made; someone who scrubs past a thousand steps wants only the last."""

PAUSE, SETTLED = 6, 30
"""Milliseconds between two formulas, for a frame to be painted, and from the last time that one was
asked for to the first that is made."""

INK = "#010203"
"""What stands in the SVG where the colour is to be."""


class Setting(NamedTuple):
    """What is typeset: TeX, at a size in pixels."""

    tex: str
    size: float


def load_typesetter() -> None:
    """Import the typesetter, so that the first formula does not wait for it."""
    import ziamath.zmath  # noqa: F401, PLC0415 - a quarter of a second: only when wanted


def typeset(setting: Setting) -> bytes:
    """Typeset a formula, here and now.

    Returns
    -------
    bytes
        An SVG with `INK` for its colour; empty if the TeX cannot be read.
    """
    from ziamath.config import config  # noqa: PLC0415 - see load_typesetter
    from ziamath.zmath import Latex  # noqa: PLC0415

    config.svg2 = False  # QtSvg reads version 1 only
    try:
        svg: str = Latex(setting.tex, size=setting.size, color=INK).svg()
    except Exception:  # noqa: BLE001 - it raises what it likes; the plain text stands instead
        return b""
    return svg.encode()


class Typesetter(QObject):
    """Typesets what is asked for, what was asked for last first.

    Signals
    -------
    ready
        Another formula is there.
    """

    ready = Signal()
    _loaded = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._kept: OrderedDict[Setting, bytes] = OrderedDict()
        self._wanted: OrderedDict[Setting, None] = OrderedDict()
        self._loading: threading.Thread | None = None
        self._idle = QTimer(self, interval=PAUSE)
        self._idle.timeout.connect(self._make_one)
        self._loaded.connect(self._idle.start)

    def find(self, setting: Setting, colour: str) -> QByteArray | None:
        """Give a formula if it is there; if not, have it made, and `ready` says when.

        Parameters
        ----------
        setting
            What is wanted.
        colour
            As `#rrggbb`.

        Returns
        -------
        QByteArray or None
            An SVG; empty if the TeX cannot be read, None while it is being made.
        """
        found = self._kept.get(setting)
        if found is not None:
            self._kept.move_to_end(setting)
            return QByteArray(found.replace(INK.encode(), colour.encode()))
        self._want(setting)
        return None

    def prepare(self, setting: Setting) -> None:
        """Have a formula made once nothing else is wanted."""
        if setting not in self._kept and setting not in self._wanted:
            self._want(setting)
            self._wanted.move_to_end(setting, last=False)

    def wait(self) -> None:
        """Make all that was asked for, here and now; for pictures and tests."""
        while self._wanted:
            self._make_one()
        if self._loading is not None:
            self._loading.join()

    def _want(self, setting: Setting) -> None:
        new = setting not in self._wanted
        self._wanted[setting] = None
        self._wanted.move_to_end(setting)
        while len(self._wanted) > WANTED:
            self._wanted.popitem(last=False)
        if self._loading is None:
            self._loading = threading.Thread(target=self._load, name="typesetter import")
            self._loading.start()
        elif not self._loading.is_alive() and (new or not self._idle.isActive()):
            # Anew for each: while a person drags the timeline, no formula makes a frame late. What
            # is asked for again, by a part that is painted again and again, puts nothing off.
            self._idle.start(SETTLED)

    def _load(self) -> None:
        load_typesetter()
        self._loaded.emit()

    def _make_one(self) -> None:
        if not self._wanted:
            self._idle.stop()
            return
        self._idle.setInterval(PAUSE)
        setting, _ = self._wanted.popitem()
        self._kept[setting] = typeset(setting)
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        self.ready.emit()


@cache
def typesetter() -> Typesetter:
    """Give the one Typesetter of the app."""
    return Typesetter()
