"""Formulas, typeset while nobody waits for a frame, and kept.

A formula takes 12 ms of Python and a long one 90, which the thread that paints cannot spare, and
which a thread beside it would take from it all the same. So they are made by another process, one
at a time.
"""

from __future__ import annotations

import sys
from collections import OrderedDict
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache, partial
from pathlib import Path

from PySide6.QtCore import QByteArray, QObject, QTimer, Signal

from engine.servant import Servant
from gui.background import beside
from gui.panels.tex import INK, Setting, question, typeset

KEPT = 2000
"""How many formulas are kept, the ones asked for last."""

WANTED = 24
"""How many may wait to be made; someone who scrubs past a thousand steps wants only the last."""

SETTLED = 30
"""Milliseconds from the last time that one was asked for to the first that is made."""

PROGRAM = """\
import sys
sys.path[:] = sys.argv[1:]
from gui.panels.tex import answer
"""

_servant = Servant(PROGRAM, ["-I"], [*filter(None, sys.path), str(Path(__file__).parents[2])])
"""It finds what this process finds, wherever that was installed."""

_waiting = ThreadPoolExecutor(1, "gradwalk-formulas")
"""It waits for the other process."""


class Typesetter(QObject):
    """Typesets what is asked for, what was asked for last first.

    Signals
    -------
    ready
        Another formula is there.
    """

    ready = Signal()
    _came = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._kept: OrderedDict[Setting, bytes] = OrderedDict()
        self._wanted: OrderedDict[Setting, None] = OrderedDict()
        self._making: tuple[Setting, Future[bytes]] | None = None
        self._settled = QTimer(self, singleShot=True, interval=SETTLED)
        self._settled.timeout.connect(self._make_next)
        self._came.connect(self._take_if_made)

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
            if setting in self._wanted:
                self._wanted.move_to_end(setting, last=False)

    def wait(self) -> None:
        """Make all that was asked for, here and now; for pictures and tests."""
        while self._making is not None or self._wanted:
            self._take()
            if self._wanted:
                setting, _ = self._wanted.popitem()
                self._keep(setting, typeset(setting))

    def _want(self, setting: Setting) -> None:
        if self._making is not None and self._making[0] == setting:
            return
        is_new = setting not in self._wanted
        self._wanted[setting] = None
        self._wanted.move_to_end(setting)
        while len(self._wanted) > WANTED:
            self._wanted.popitem(last=False)
        if is_new or not (self._making or self._settled.isActive()):
            # Anew for each: while a person drags the timeline, no formula makes a frame late. What
            # is asked for again, by a part that is painted again and again, puts nothing off.
            self._settled.start()

    def _make_next(self) -> None:
        """Have the one made that was asked for last, unless one is being made."""
        if self._making is None and self._wanted:
            setting, _ = self._wanted.popitem()
            work = beside(partial(_made_beside, setting), _waiting)
            self._making = setting, work
            work.add_done_callback(lambda _: self._came.emit())

    def _take_if_made(self) -> None:
        if self._making is not None and self._making[1].done():
            self._take()
            if not self._settled.isActive():
                self._make_next()

    def _take(self) -> None:
        """Keep the one that is being made, once it is."""
        if self._making is not None:
            setting, work = self._making
            self._making = None
            self._keep(setting, work.result())

    def _keep(self, setting: Setting, svg: bytes) -> None:
        self._kept[setting] = svg
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        self.ready.emit()


def _made_beside(setting: Setting) -> bytes:
    """Let the other process make it; make it here if there can be none."""
    made = _servant.ask(question(setting))
    return typeset(setting) if made is None else made


@cache
def typesetter() -> Typesetter:
    """Give the one Typesetter of the app."""
    return Typesetter()
