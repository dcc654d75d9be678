"""Check Everything: a badge on each block in sight, and then on all others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from gui.canvas.item import FAR
from gui.checking import Checks
from gui.links import Links

if TYPE_CHECKING:
    from gui.workbench import Workbench

MOST = 1_000
"""Blocks up to which those out of sight are checked too; each may run all the others."""


SETTLED = 120
"""Milliseconds that a recording stands before it is checked: a number may be on its way."""


class CheckEverything(QObject):
    """While it is on, the gradients of the document in front are checked, first those in sight.

    Parameters
    ----------
    bench
        Where the document is shown.
    checks
        Where verdicts come from.
    """

    def __init__(self, bench: Workbench, checks: Checks) -> None:
        super().__init__(bench)
        self._bench = bench
        self._checks = checks
        self._on = self._asked = False
        self._links = Links()
        self._soon = QTimer(self, singleShot=True, interval=SETTLED)
        self._soon.timeout.connect(self._want)
        checks.judged.connect(self._show)
        bench.player.recording_changed.connect(self._follow)
        bench.fronted.connect(self._listen)

    def turn(self, *, on: bool) -> None:
        """Begin or end it."""
        self._on = self._asked = on
        self._listen()
        self._want()
        self._tell()

    def _listen(self) -> None:
        """Follow the canvas in front, where it is looked at."""
        self._links.cut()
        self._links = Links((self._bench.view.viewed, self._soon.start)) if self._on else Links()
        self._bench.view.canvas.findings.set_checks(self._checks if self._on else None)
        self._follow()

    def _follow(self) -> None:
        self._checks.take(self._bench.player.recording)
        if self._on:
            self._soon.start()

    def _want(self) -> None:
        """Ask for what is in sight, and of a graph that is not large for all else."""
        gradients, view = self._bench.player.recording.gradients, self._bench.view
        wanted: list[str] = []
        if self._on and view.zoom >= FAR:
            shown = view.canvas.where.blocks_in(view.visible_rect())
            results = (block for item in shown for block in view.canvas.results_of(item))
            wanted += [block for block in results if block in gradients]
        if self._on and len(self._bench.player.recording.blocks) <= MOST:
            wanted += gradients
        self._checks.want("everything", wanted)

    def _show(self) -> None:
        if self._on:
            self._bench.view.canvas.update()
            self._tell()

    def _tell(self) -> None:
        """Say what came of it, once all that was wanted is known, to who has just asked."""
        if not self._asked or self._checks.busy:
            return
        self._asked = False
        view = self._bench.view
        say = view.warn if self.differing else view.tell if self._all_agree else view.note
        say(self.sentence)

    @property
    def _all_agree(self) -> bool:
        """Whether there are gradients, and a trial agrees with each of them."""
        found = [self._checks.verdict(block) for block in self._bench.player.recording.gradients]
        return bool(found) and all(each is not None and each.agrees is True for each in found)

    @property
    def differing(self) -> tuple[str, ...]:
        """List the names of the Variables whose gradients differ from their trials."""
        blocks = self._bench.player.recording.blocks
        return tuple(
            blocks[block].name
            for block in self._bench.player.recording.gradients
            if (found := self._checks.verdict(block)) is not None and found.agrees is False
        )

    @property
    def sentence(self) -> str:
        """What came of it, as far as it is known."""
        recording = self._bench.player.recording
        if not recording.gradients:
            return "There is no gradient to check yet: build a function first."
        found = [self._checks.verdict(block) for block in recording.gradients]
        known = [verdict for verdict in found if verdict is not None]
        if not known:
            return "This graph is large: come nearer, and what is in sight is checked."
        agreeing = sum([verdict.agrees is True for verdict in known])
        unknown = sum([verdict.agrees is None for verdict in known])
        if unknown == len(found):
            return "A trial cannot tell of any gradient: each meets a kink, or no finite number."
        what = "gradient agrees" if agreeing == 1 else "gradients agree"
        words = [f"{agreeing:,} {what} with what a trial finds"]
        if self.differing:
            does = "differs" if len(self.differing) == 1 else "differ"
            names = ", ".join(self.differing[:SEVERAL])
            words.append(f"{len(self.differing):,} {does}: {names}")
        if unknown:
            words.append(f"of {unknown:,} a trial cannot tell")
        if len(known) < len(found):
            words.append("others are checked when they come into sight")
        return f"{'; '.join(words)}."


SEVERAL = 5
"""Names that are listed."""
