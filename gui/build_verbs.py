"""What the open document can do with blocks, wires and marks."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from engine import chaining, grouping, verbs
from engine.clips import Clip, clip, paste
from engine.document import Change, Document, Place
from engine.graph import Wire
from engine.marking import AddMark, move_marks, remove_marks
from engine.marks import Box
from engine.membership import rehomed
from engine.variable import Array

NOWHERE: Mapping[str, Place] = MappingProxyType({})
"""No block moves."""

NO_BOXES: Mapping[str, Box] = MappingProxyType({})

Homes = Mapping[str, str | None]
"""The group that each of some blocks, groups and marks is to be in; None for the document."""

AT_HOME: Homes = MappingProxyType({})
"""Each stays in the group that it is in."""


class BuildVerbs:
    """The part of an open document that is about building: each verb is one edit."""

    _document: Document
    within: str | None

    def _do(self, text: str, verb: Callable[[], verbs.Changes]) -> bool:
        """Put a verb on the undo stack; the document does that."""
        raise NotImplementedError

    def add_block(
        self, kind: str, place: Place, value: Array | None = None, name: str | None = None
    ) -> str | None:
        """Place a block; give its id."""
        block = verbs.new_block(self._document, kind, value, name=name)
        text = f"add {kind}"
        done = self._do(text, lambda: verbs.add_block(self._document, block, place))
        return block.id if done else None

    def add_connected(
        self,
        kind: str,
        place: Place,
        other: str,
        port: int,
        value: Array | None = None,
        name: str | None = None,
    ) -> str | None:
        """Place a block that snaps on to a port of another; give its id."""
        block = verbs.new_block(self._document, kind, value, name=name)

        def changes() -> verbs.Changes:
            return verbs.add_connected(self._document, block, place, other, port)

        return block.id if self._do(f"add {kind}", changes) else None

    def insert_on_wire(self, kind: str, place: Place, wire: Wire) -> str | None:
        """Place a block in the middle of a wire; give its id."""
        block = verbs.new_block(self._document, kind)

        def changes() -> verbs.Changes:
            return chaining.insert_on_wire(self._document, block, place, wire)

        return block.id if self._do(f"insert {kind}", changes) else None

    def put_on_wire(self, block: str, place: Place, wire: Wire, homes: Homes = AT_HOME) -> bool:
        """Move a block into the middle of a wire; say whether it was done."""

        def changes() -> verbs.Changes:
            found = chaining.put_on_wire(self._document, block, place, wire)
            return (*found, *rehomed(self._document, homes))

        return self._do("insert", changes)

    def append(self, kind: str, after: str | None) -> str | None:
        """Put a block behind another; give its id."""
        made: list[str] = []

        def changes() -> verbs.Changes:
            found, block = verbs.append(self._document, kind, after)
            made.append(block)
            return found

        return made[0] if self._do(f"append {kind}", changes) else None

    def connect_wire(self, wire: Wire, instead_of: Collection[Wire] = ()) -> bool:
        """Connect a wire, in place of others if need be; say whether it was done."""
        text = "reconnect" if instead_of else "connect"
        return self._do(text, lambda: tuple(self._connected(wire, instead_of)))

    def connect_all(self, wires: Collection[Wire]) -> bool:
        """Connect several wires to ports of one block or group; say whether it was done."""

        def changes() -> verbs.Changes:
            return tuple(change for wire in wires for change in self._connected(wire))

        return self._do("connect", changes)

    def _connected(self, wire: Wire, instead_of: Collection[Wire] = ()) -> Iterator[Change]:
        """Connect a wire, and with it all that the same port of a group feeds."""
        yield from verbs.connect(self._document, wire, instead_of)
        for other in grouping.plugged_along(self._document, wire):
            yield from verbs.connect(self._document, other)

    def unplug(self, wires: Collection[Wire]) -> bool:
        """Unplug a wire, or all that are seen as one; say whether it was done."""
        return self._do("disconnect", lambda: grouping.unplug(self._document, wires))

    def remove(
        self,
        blocks: Collection[str],
        wires: Collection[Wire] = (),
        text: str = "delete",
        marks: Collection[str] = (),
    ) -> bool:
        """Take blocks, wires, frames and notes away; say whether it was done."""

        def changes() -> verbs.Changes:
            gone = remove_marks(self._document, marks)
            return (*gone, *chaining.remove(self._document, blocks, wires))

        return self._do(text, changes)

    def detach(
        self,
        blocks: Collection[str],
        places: Mapping[str, Place] = NOWHERE,
        boxes: Mapping[str, Box] = NO_BOXES,
        homes: Homes = AT_HOME,
    ) -> bool:
        """Unplug blocks from all others, and move them as `move` does; say whether it was done."""

        def changes() -> verbs.Changes:
            loose = chaining.detach(self._document, blocks)
            return (*loose, *self._moved(places, boxes, homes))

        return self._do("detach", changes)

    def duplicate(
        self, blocks: Collection[str], by: Place, marks: Collection[str] = ()
    ) -> list[str]:
        """Copy blocks with the wires between them, and marks; give the ids of the copies."""
        made: list[str] = []

        def changes() -> verbs.Changes:
            found, copies = verbs.duplicate(self._document, blocks, by, marks)
            made.extend((*copies, *_marks_of(found)))
            return found

        return made if self._do("duplicate", changes) else []

    def duplicate_fed(self, blocks: Collection[str], by: Place) -> list[str]:
        """Copy blocks with the wires between them and into them; give the ids of the copies."""
        made: list[str] = []

        def changes() -> verbs.Changes:
            found, copies = verbs.duplicate_fed(self._document, blocks, by)
            made.extend(copies)
            return found

        return made if self._do("duplicate", changes) else []

    def clip(self, blocks: Collection[str], marks: Collection[str] = ()) -> Clip:
        """Copy blocks, frames and notes, to be pasted here or elsewhere."""
        return clip(self._document, blocks, marks)

    def paste(self, found: Clip, by: Place) -> list[str]:
        """Put in what is in a clip, all of it shifted by the same amount; give the ids."""
        made: list[str] = []

        def changes() -> verbs.Changes:
            done, blocks = paste(self._document, found, by, self.within)
            made.extend((*blocks, *_marks_of(done)))
            return done

        return made if self._do("paste", changes) else []

    def move(
        self,
        places: Mapping[str, Place],
        text: str = "move",
        boxes: Mapping[str, Box] = NO_BOXES,
        homes: Homes = AT_HOME,
    ) -> bool:
        """Let blocks, frames and notes be somewhere else, and all that is told in other groups.

        Say whether it was done.
        """
        return self._do(text, lambda: self._moved(places, boxes, homes))

    def _moved(
        self, places: Mapping[str, Place], boxes: Mapping[str, Box], homes: Homes
    ) -> verbs.Changes:
        document = self._document
        drawn = {mark: home for mark, home in homes.items() if mark in document.marks}
        members = {member: home for member, home in homes.items() if member not in drawn}
        return (
            *verbs.move(document, places),
            *move_marks(document, boxes, drawn),
            *rehomed(document, members),
        )

    def set_value(self, block: str, value: Array) -> bool:
        """Give an input another value; say whether it was done."""
        return self._do("change value", lambda: verbs.set_value(self._document, block, value))

    def set_settings(self, block: str, settings: Mapping[str, Any]) -> bool:
        """Tell a Function another axis, shape and so on; say whether it was done."""
        return self._do(
            "change settings", lambda: verbs.set_settings(self._document, block, settings)
        )

    def rename(self, block: str, name: str) -> bool:
        """Give a block's Variable another name; say whether it was done."""
        return self._do("rename", lambda: verbs.rename(self._document, block, name))

    def swap(self, other: Document, text: str) -> bool:
        """Replace everything by what another document holds; say whether it was done."""
        return self._do(text, lambda: verbs.swap(self._document, other))

    def set_target(self, block: str | None) -> bool:
        """Differentiate another block; say whether it was done."""
        return self._do("differentiate", lambda: verbs.set_target(self._document, block))


def _marks_of(changes: Iterable[Change]) -> list[str]:
    """List the frames and notes that are drawn, where it is nothing else that draws them."""
    return [change.mark.id for change in changes if isinstance(change, AddMark)]
