"""What the Ask menu does."""

from __future__ import annotations

from gui.commands.base import Verbs


class AskVerbs(Verbs):
    """Turning to the page that answers a question."""

    def ask_step(self) -> None:
        """Explain the step of the walk."""
        self._bench.side.turn_to("step")

    def ask_arrays(self) -> None:
        """Show the arrays of the step, element by element."""
        self._bench.side.turn_to("arrays")

    def ask_plot(self) -> None:
        """Plot the target along an input."""
        self._bench.side.turn_to("plot")

    def ask_map(self) -> None:
        """Show how large gradients are, on the page and on the canvas."""
        self._bench.side.turn_to("map")

    def ask_forward(self) -> None:
        """Walk in forward mode."""
        self._bench.side.turn_to("forward")

    def ask_mistakes(self) -> None:
        """Walk by a wrong rule beside the right one."""
        self._bench.side.turn_to("mistakes")
