"""Running a document anew after changes: at once where that is quick, else beside the window."""

from __future__ import annotations

import time
from collections.abc import Iterable
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import replace
from functools import partial
from threading import Event

from PySide6.QtCore import QObject, QTimer, Signal

from engine.document import Change, Document
from engine.progress import Watch
from engine.recording import Recording, awaited, record
from gui.background import beside

AT_ONCE, AT_ONCE_ELEMENTS = 1_000, 200_000
"""Blocks, and elements of all values together, up to which a document is run anew within a
blink."""

PATIENCE = 1.0
"""Seconds after which a run is ended that has been overtaken by further changes."""

LOOK = 4
"""Milliseconds between two looks whether a run is finished."""


class Recorder(QObject):
    """The recording of a document, which follows its changes.

    A large document is run on a thread, on a copy that the same changes are made to, so that an
    edit never waits for a run. Changes that come meanwhile are run together afterwards.

    Parameters
    ----------
    document
        What is run.
    recording
        The run of it, if there has been one.

    Signals
    -------
    recorded
        There is another recording.
    """

    recorded = Signal()

    def __init__(
        self,
        document: Document,
        parent: QObject | None = None,
        recording: Recording | None = None,
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._twin: Document | None = None
        self._changes: list[Change] = []
        self._is_due = False
        self._run: Future[Recording] | None = None
        self._stop, self._began = Event(), 0.0
        self._went_wrong = False
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._begin)
        self._look = QTimer(self, interval=LOOK)
        self._look.timeout.connect(self._take_if_done)
        if recording is None:
            recording = self._at_once()
        # A recording of nothing has no steps, and is one all the same.
        self._recording = (
            awaited(document.graph, document.target) if recording is None else recording
        )
        if self._recording.is_waiting:
            self._soon.start()

    @property
    def is_behind(self) -> bool:
        """Whether there are changes that the recording does not tell of yet."""
        is_due = self._is_due or self._run is not None or self._went_wrong
        return is_due or self._recording.is_waiting

    @property
    def is_running(self) -> bool:
        """Whether the document is being run beside the window, or is about to be."""
        return self._run is not None or self._soon.isActive()

    @property
    def recording(self) -> Recording:
        """The run of the document as it is now; waited for if need be."""
        if self.is_behind:
            self._catch_up()
        return self._recording

    @property
    def latest(self) -> Recording:
        """The last run that is finished, which may not know of the last changes."""
        return self._recording

    def follow(self, changes: Iterable[Change]) -> None:
        """Take in changes that have been made, of which some bear on the run."""
        recording = self._at_once() if self._twin is None and self._is_quick() else None
        if recording is not None:
            self._take(recording)
            return
        self._changes += changes
        self._is_due = True
        if not len(self._recording) and len(self._document.graph):
            # What has just come, or come back, is not nothing: it is only not run yet.
            self._take(replace(self._recording, problems=(), is_waiting=True))
        if self._run is None:
            self._soon.start()
        elif time.monotonic() - self._began > PATIENCE:
            self._stop.set()  # nobody wants it any more: it would be out of date when it comes

    def pass_over(self, changes: Iterable[Change]) -> None:
        """Take in changes that do not bear on the run, such as of places."""
        if self._twin is not None:
            self._changes += changes

    def let_go(self) -> None:
        """Run nothing more."""
        self._soon.stop()
        self._look.stop()
        self._stop.set()
        if self._run is not None:
            self._run.cancel()

    def _at_once(self) -> Recording | None:
        """Run the document here, unless its values come to be too large for that."""
        limit = _Limit(AT_ONCE_ELEMENTS)
        try:
            limit(self._given())
            return record(self._document.graph, self._document.target, limit)
        except _EndedError:
            return None

    def _is_quick(self) -> bool:
        """Tell whether a run is done within a blink, going by what is given and the last run."""
        graph = self._document.graph
        if len(graph) > AT_ONCE:
            return False
        return max(self._given(), self._recording.elements) <= AT_ONCE_ELEMENTS

    def _given(self) -> int:
        """Count the elements that are given and not computed."""
        blocks = self._document.graph.blocks.values()
        return sum([0 if block.value is None else block.value.size for block in blocks])

    def _begin(self) -> None:
        if self._twin is None:
            self._twin, self._changes = self._document.copy(), []
        changes, self._changes, self._is_due = self._changes, [], False
        self._stop, self._began = Event(), time.monotonic()
        self._run = beside(partial(_run, self._twin, changes, self._stop))
        self._look.start()

    def _take_if_done(self) -> None:
        if self._run is not None and self._run.done():
            self._look.stop()
            run, self._run = self._run, None
            if self._is_due:
                self._soon.start()
            try:
                found = run.result()
            except _EndedError:
                return
            except Exception:
                # What there is tells of an older document; whoever asks has it run anew.
                self._went_wrong, self._twin = True, None
                raise
            self._take(found)

    def _catch_up(self) -> None:
        """Run what there is now, without waiting for a run of what there was."""
        self._soon.stop()
        self._look.stop()
        run, self._run = self._run, None
        self._twin, self._changes, self._is_due, self._went_wrong = None, [], False, True
        if run is not None and not run.cancel():
            # One that has not begun may stand behind other work, which nobody waits for here.
            self._stop.set()
            with suppress(_EndedError):
                run.result()
        self._take(record(self._document.graph, self._document.target))

    def _take(self, recording: Recording) -> None:
        self._recording, self._went_wrong = recording, False
        self.recorded.emit()


class _EndedError(Exception):
    """A run was ended before it was done."""


class _Limit:
    """Ends a run whose values come to more elements than this."""

    def __init__(self, most: int) -> None:
        self._left = most

    def __call__(self, elements: int) -> None:
        self._left -= elements
        if self._left < 0:
            raise _EndedError


def _run(document: Document, changes: list[Change], stop: Event) -> Recording:
    """Make the changes and record, unless that is stopped on the way."""

    def watch(_elements: int) -> None:
        if stop.is_set():
            raise _EndedError

    document.apply(changes)
    return run_of(document, watch)


def run_of(document: Document, watch: Watch | None = None) -> Recording:
    """Run a document, and work out what is asked for at once and takes as long as the run."""
    recording = record(document.graph, document.target, watch)
    course = recording.course
    _ = recording.first_bad, recording.elements, course.value_steps, course.backward_steps
    _ = course.pushed_counts, course.pushed_steps, course.givers, course.is_chain
    return recording
