"""What a person does to bends, frames and notes of an open document."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping

from engine import bending, marking
from engine.document import Bends, Document, Place
from engine.graph import Wire
from engine.marks import Box, Mark
from engine.verbs import Changes

Do = Callable[[str, Callable[[], Changes]], bool]


class Drawing:
    """The verbs of what is drawn beside the graph, each one edit on the undo stack.

    Parameters
    ----------
    document
        What they change.
    do
        Does a verb that has a name, or tells why it may not be done; says whether it was.
    """

    def __init__(self, document: Document, do: Do) -> None:
        self._document = document
        self._do = do

    # Looking

    @property
    def marks(self) -> Mapping[str, Mark]:
        """The frames and notes, by id; look, but do not change."""
        return self._document.marks

    @property
    def led(self) -> Mapping[Wire, Bends]:
        """The bends of each wire that has any; look, but do not change."""
        return self._document.bends

    def bends(self, wire: Wire) -> Bends:
        """Give the places that a wire is led through."""
        return self._document.bends.get(wire, ())

    # Verbs

    def bend(self, wire: Wire, number: int, place: Place, through: Bends | None = None) -> bool:
        """Lead a wire through one more place, behind so many of its bends; say whether it was.

        Where `through` tells of places, these become its bends besides.
        """
        return self._do(
            "bend wire", lambda: bending.bend(self._document, wire, number, place, through)
        )

    def move_bend(self, wire: Wire, number: int, place: Place, text: str = "move bend") -> bool:
        """Let a bend be somewhere else; say whether it was done."""
        return self._do(text, lambda: bending.move_bend(self._document, wire, number, place))

    def remove_bend(self, wire: Wire, number: int) -> bool:
        """Take a bend away; say whether it was done."""
        return self._do("remove bend", lambda: bending.remove_bend(self._document, wire, number))

    def straighten(self, wires: Iterable[Wire]) -> bool:
        """Take all bends of wires away; say whether it was done."""
        return self._do("straighten", lambda: bending.straighten(self._document, wires))

    def add_frame(self, box: Box, title: str, within: str | None) -> str | None:
        """Draw a frame; give its id."""
        return self._add("add frame", lambda: marking.frame(self._document, box, title, within))

    def add_note(self, box: Box, text: str, within: str | None) -> str | None:
        """Put a note on the canvas; give its id."""
        return self._add("add note", lambda: marking.note(self._document, box, text, within))

    def _add(self, text: str, verb: Callable[[], tuple[Changes, str]]) -> str | None:
        made: list[str] = []

        def changes() -> Changes:
            found, mark = verb()
            made.append(mark)
            return found

        return made[0] if self._do(text, changes) else None

    def resize(self, mark: str, box: Box, text: str = "resize") -> bool:
        """Give a frame or a note another size; say whether it was done."""
        return self._do(text, lambda: marking.move_marks(self._document, {mark: box}))

    def say(self, mark: str, text: str) -> bool:
        """Give a frame another title, or let a note say something else; say whether it was done."""
        return self._do("edit text", lambda: marking.say(self._document, mark, text))

    def tint(self, marks: Collection[str], colour: str) -> bool:
        """Give frames and notes another colour; say whether it was done."""
        return self._do("change colour", lambda: marking.tint(self._document, marks, colour))
