"""Moments of huge arrays are worked out beside the window, which says so where that takes long."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from engine.at_hand import work_out
from engine.moment import Moment
from gui.answer import Answer
from gui.player import Player

SOON = 150
"""Milliseconds that it may take before anything is said."""


class WorkingOut(QObject):
    """Works out the moment that a player waits for, and lets it go there.

    Signals
    -------
    told
        A sentence about what is waited for; an empty one when nothing is any more.
    """

    told = Signal(str)

    def __init__(self, player: Player, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._player = player
        self._begun: Moment | None = None
        self._answer = Answer(self)
        self._answer.known.connect(self._on_known)
        self._soon = QTimer(self, singleShot=True, interval=SOON)
        self._soon.timeout.connect(self._tell)
        player.works_out = True
        player.awaited_changed.connect(self._follow)

    def _follow(self) -> None:
        wanted = self._player.awaited
        if wanted is None:
            self._answer.forget()
            self._begun = None
            self._soon.stop()
            self.told.emit("")
        elif self._begun is None or not _same_step(wanted, self._begun):
            self._begun = wanted
            self._answer.ask(partial(work_out, wanted))
            self._soon.start()

    def _on_known(self, _nothing: object) -> None:
        self._begun = None
        self._player.come()

    def _tell(self) -> None:
        wanted = self._player.awaited
        if wanted is not None:
            recording = wanted.recording
            self.told.emit(
                f"Working out step {wanted.cursor + 1} of {len(recording)}: "
                f"{recording.elements:,} numbers …"
            )


def _same_step(one: Moment, other: Moment) -> bool:
    return one.recording is other.recording and one.cursor == other.cursor
