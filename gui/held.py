"""A document that is held and looked at: that of a tab, or a copy that a verb is tried on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from engine.document import Document, Place
from engine.graph import INPUT, Graph
from engine.group_room import seen_inside
from engine.groups import Groups
from engine.placing import free_place
from engine.recording import default_target
from gui.build_verbs import BuildVerbs
from gui.drawing import Drawing
from gui.group_verbs import GroupVerbs


class Held(BuildVerbs, GroupVerbs):
    """What can be seen of a document, and done to it.

    Attributes
    ----------
    within
        Id of the group whose inside is looked at, which new blocks are put into.
    drawing
        The verbs of bends, frames and notes.
    """

    def hold(self, document: Document, within: str | None = None) -> None:
        """Hold a document from now on."""
        self._document = document
        self.within = within
        self.drawing = Drawing(document, self._do)

    @property
    def graph(self) -> Graph:
        """The blocks and wires; look, but do not change."""
        return self._document.graph

    @property
    def groups(self) -> Groups:
        """What is seen as one; look, but do not change."""
        return self._document.groups

    @property
    def target(self) -> str | None:
        """Id of the block that was chosen to be differentiated."""
        return self._document.target

    @property
    def end(self) -> str | None:
        """Id of the block that is differentiated, chosen or not."""
        target = self._document.target
        return target if target is not None else default_target(self.graph)

    def seen_inside(self, group: str | None) -> Iterator[str]:
        """Go through what is seen of a group that is open, or of the whole document."""
        return seen_inside(self._document, group)

    def place(self, block: str) -> Place:
        """Where a block or a folded group stands."""
        return self._document.places[block]

    def places(self) -> dict[str, Place]:
        """Where every block and every folded group stands."""
        return dict(self._document.places)

    def inputs(self) -> list[str]:
        """List the ids of the inputs."""
        return [block.id for block in self.graph.blocks.values() if block.kind == INPUT]

    def free_place(self, wanted: Place) -> Place:
        """Find where no block stands: at the wanted place, or below it."""
        return free_place(wanted, self._document.places)

    def kept(self) -> Document:
        """Copy what it holds, for keeping."""
        return self._document.copy()


def laid_out(graph: Graph) -> Mapping[str, Place]:
    """Tell where the blocks of a graph that has no places are to stand."""
    from gui.layout import places_for  # noqa: PLC0415 - networkx, which a start can do without

    return places_for(graph)
