"""What the Ask menu does."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from engine.errors import GradwalkError
from engine.graph import CONSTANT, Graph
from gui.commands.base import Verbs
from gui.document import OpenDocument
from gui.errands import Errand, Reach
from gui.opening import Read, got_ready
from gui.origin import Origin

if TYPE_CHECKING:
    from engine.asking.differentiating import Derivative

AT_ONCE = 50
"""Blocks of a graph up to which the graph of its derivative is there within a frame or two."""

STAGES = ("Differentiating", "Laying out", "Folding", "Running")
"""What it takes to open a derivative, in order."""


class AskVerbs(Verbs):
    """Turning to the page that answers a question."""

    def _turn_to(self, page: str) -> None:
        """Bring a page to the front, and into sight."""
        self._show_beside()
        self._bench.side.turn_to(page)

    def ask_step(self) -> None:
        """Explain the step of the walk."""
        self._turn_to("step")

    def deeper(self) -> None:
        """Explain steps one depth deeper."""
        self._turn_to("step")
        self._bench.explanation.go_deeper()

    def ask_arrays(self) -> None:
        """Show the arrays of the step, element by element."""
        self._turn_to("arrays")

    def point_element(self) -> None:
        """Go from element to element of the selected block by keyboard, or leave it again."""
        self._view.setFocus()
        self._view.point_at_element()

    def ask_plot(self) -> None:
        """Plot the target along an input."""
        self._turn_to("plot")

    def ask_map(self) -> None:
        """Show how large gradients are, on the page and on the canvas."""
        self._turn_to("map")

    def ask_paths(self) -> None:
        """Show every path back to an input."""
        self._turn_to("paths")

    def ask_forward(self) -> None:
        """Walk in forward mode."""
        self._turn_to("forward")

    def ask_mistakes(self) -> None:
        """Walk by a wrong rule beside the right one."""
        self._turn_to("mistakes")

    def ask_code(self) -> None:
        """Show the graph as code that follows the walk."""
        self._turn_to("code")

    def derive(self) -> None:
        """Open the derivative of the target by an input in a tab of its own."""
        document, by = self._document, self._derived_by()
        target = document.end
        if by is None or target is None:
            self._view.say("Select the input to differentiate by first: click it.")
            return
        title = f"{document.title}′"

        def take(found: tuple[Derivative, Read]) -> None:
            made, read = found
            opened = OpenDocument.of_read(read, title=title)
            opened.origin = Origin(document, made.origin, made.ruled)
            self._view.settle()
            self._bench.documents.open(opened)

        if len(document.graph) <= AT_ONCE:
            try:
                take(_derived(document.graph, target, by, _at_once))
            except GradwalkError as error:
                self._view.say(error.sentence)
            return
        stages = tuple(f"{stage} {title} …" for stage in STAGES)
        work = partial(_derived, document.graph.copy(), target, by)
        self._bench.errands.send(Errand("Differentiating", stages, work, take, self._complain))

    def _derived_by(self) -> str | None:
        document, graph = self._document, self._document.graph
        # Who has just built the last block has it selected: by itself it is nothing to be derived.
        chosen = [block for block in self._canvas.selection.blocks() if block != document.end]
        given = [b for b in chosen if graph.block(b).kind != CONSTANT] or document.inputs()
        return given[0] if len(given) == 1 else None

    def show_origin(self) -> None:
        """Go to the block that the selected one came from."""
        block, origin = self._one_block(), self._document.origin
        if block is None:
            return
        if origin is None or not origin.sentence(block):
            self._view.say("This block was placed here: it comes from no other graph.")
            return
        if origin.document not in self._bench.documents:
            self._view.say(f"{origin.document.title} is closed. {origin.sentence(block)}")
            return
        said = origin.sentence(block)
        self._bench.documents.bring_to_front(origin.document)
        self._bench.point_at(origin.blocks[block])
        self._view.say(said)


def _derived(graph: Graph, target: str, by: str, reach: Reach) -> tuple[Derivative, Read]:
    """Differentiate a graph, and get the result ready to be opened; it may be on any thread."""
    from engine.asking.differentiating import differentiate  # noqa: PLC0415 - a start does without
    from gui.layout import laid_out  # noqa: PLC0415 - and without networkx

    reach(0, 0.0)
    made = differentiate(graph, target, by)
    document = laid_out(made.graph, made.target, partial(reach, 1))
    return made, got_ready(document, reach, 2)


def _at_once(_stage: int, _share: float) -> None:
    """Take no note of how far it is: it is done within a blink."""
