"""What the Find menu does."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from engine import kinship
from engine.kinship import Kin
from gui.canvas.lighting import Light
from gui.commands.base import Verbs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from engine.graph import Graph


class FindVerbs(Verbs):
    """Finding blocks, and lighting some of them."""

    def find(self) -> None:
        """Open the line to type into what is looked for."""
        from gui.canvas.find_bar import find_bar  # noqa: PLC0415 - not needed for a first frame

        self._view.settle()
        find_bar(self._view).open()

    def light_neighbours(self) -> None:
        """Light what is one wire away from the selected blocks."""
        self._light(kinship.neighbours)

    def light_ancestors(self) -> None:
        """Light all that the selected blocks depend on."""
        self._light(kinship.ancestors)

    def light_descendants(self) -> None:
        """Light all that depends on the selected blocks."""
        self._light(kinship.descendants)

    def light_ways(self) -> None:
        """Light every way between two selected blocks."""
        chosen = self._canvas.selection.blocks()
        if len(chosen) != 2:  # noqa: PLR2004 - the two ends of a way
            self._view.say("Select the two blocks between which the ways are to be shown.")
            return
        kin = kinship.ways_between(self._document.graph, *chosen)
        if kin.blocks:
            self._show(kin)
        else:
            one, other = (self._document.graph.block(block).name for block in chosen)
            self._view.say(f"There is no way between {one} and {other}.")

    def isolate(self) -> None:
        """Hide what is not lit, or not selected; or dim what was hidden."""
        light = self._canvas.lighting.light
        if light is not None:
            self._canvas.set_light(replace(light, hides=not light.hides))
            return
        chosen = frozenset(self._canvas.selection.blocks())
        if not chosen:
            self._view.say("Select the blocks that are to be seen alone first.")
            return
        graph = self._document.graph
        wires = (wire for block in chosen for wire in graph.wires_from(block))
        inner = frozenset(wire for wire in wires if wire.target in chosen)
        self._canvas.set_light(Light(chosen, inner, hides=True))

    def show_everything(self) -> None:
        """Light every block again."""
        self._canvas.set_light(None)

    def _light(self, find: Callable[[Graph, Iterable[str]], Kin]) -> None:
        chosen = self._canvas.selection.blocks()
        if chosen:
            self._show(find(self._document.graph, chosen))
        else:
            self._view.say("Select the blocks first that it is about.")

    def _show(self, kin: Kin) -> None:
        light = self._canvas.lighting.light
        hides = light is not None and light.hides
        self._canvas.set_light(Light(kin.blocks, kin.wires, hides))
