"""What the Walk menu does."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication

from gui.commands.base import Verbs
from gui.player import SPEEDS


class WalkVerbs(Verbs):
    """Being somewhere else in the recording."""

    def play(self) -> None:
        """Play, or stop."""
        self._player.toggle()

    def step_on(self) -> None:
        """Go one step on."""
        self._player.step_on()

    def step_back(self) -> None:
        """Go one step back."""
        self._player.step_back()

    def line_on(self) -> None:
        """Go on to the next line of code."""
        self._player.step_on("line")

    def line_back(self) -> None:
        """Go back to the line of code before."""
        self._player.step_back("line")

    def loop(self, on: bool) -> None:  # noqa: FBT001 - what a checkable action sends
        """Play a part of the walk over and over, all of it if none is marked."""
        if on != (self._player.loop is not None):
            self._player.set_loop((0, self._player.last) if on else None)

    def loop_from(self) -> None:
        """Let what is played over and over begin here."""
        last = self._player.last if self._player.loop is None else self._player.loop[1]
        here = self._player.moment.cursor
        self._player.set_loop((here, max(last, here)))

    def loop_to(self) -> None:
        """Let what is played over and over end here."""
        first = 0 if self._player.loop is None else self._player.loop[0]
        here = self._player.moment.cursor
        self._player.set_loop((min(first, here), here))

    def to_start(self) -> None:
        """Go to the first step."""
        self._player.to_start()

    def to_end(self) -> None:
        """Go to the last step."""
        self._player.to_end()

    def step_into(self, on: bool) -> None:  # noqa: FBT001 - what a checkable action sends
        """Follow the walk into folded groups, or step over them."""
        del on  # the workbench asks the action
        self._bench.follow_walk()

    def slower(self) -> None:
        """Play fewer steps a second."""
        self._change_speed(-1)

    def faster(self) -> None:
        """Play more steps a second."""
        self._change_speed(1)

    def predict(self, on: bool) -> None:  # noqa: FBT001 - what a checkable action sends
        """Hide each number until it has been told."""
        if on:
            self._bench.actions_by_name["show_all"].setChecked(False)
            self._show_beside()
            self._bench.side.turn_to("step")
        self._bench.prediction.turn(on=on)

    def check(self) -> None:
        """Compare each gradient with the derivative found by trial, or stop doing so."""
        self._show_beside()
        self._bench.explanation.toggle_check()

    def check_all(self, on: bool) -> None:  # noqa: FBT001 - what a checkable action sends
        """Show on each block whether its gradient is true, or no longer."""
        self._bench.check_everything.turn(on=on)

    def copy_step(self) -> None:
        """Copy the step under the cursor."""
        QGuiApplication.clipboard().setText(self._bench.explanation.copy_text())

    def _change_speed(self, by: int) -> None:
        at = SPEEDS.index(self._player.speed)
        self._player.set_speed(SPEEDS[min(max(at + by, 0), len(SPEEDS) - 1)])
