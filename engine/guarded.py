"""What may be done to a graph, and why not: reasons that are given before anything changes."""

from __future__ import annotations

from collections.abc import Collection

from engine.block import Block, Wire, check_block, ports_of, title
from engine.errors import (
    CycleError,
    DuplicateBlockError,
    PortTakenError,
    UnknownFunctionError,
    UnknownPortError,
    UnknownWireError,
)
from engine.naming import check_form, check_id
from engine.wired import Wired


class Guarded(Wired):
    """Blocks and wires that tell what may become of them."""

    def check_add(self, block: Block) -> None:
        """Raise the reason why this block may not be added; return if it may.

        Raises
        ------
        DuplicateBlockError, BadNameError, UnknownFunctionError
            With a sentence that says why.
        """
        check_id(block.id)
        if block.id in self._blocks:
            sentence = f"There is already a block with the id “{block.id}”."
            raise DuplicateBlockError(sentence, block=block.id)
        check_block(block)
        self.check_name(block.id, block.name)

    def check_name(self, block: str, name: str) -> None:
        """Raise the reason why a block's Variable may not have this name; return if it may.

        Raises
        ------
        DuplicateBlockError, BadNameError
            With a sentence that says why.
        """
        check_form(block, name)
        if self._names.get(name, block) != block:
            sentence = f"There is already a block named “{name}”."
            raise DuplicateBlockError(sentence, block=block)

    def check_connect(
        self, wire: Wire, without: Collection[Wire] = (), *, closes: bool | None = None
    ) -> None:
        """Raise the reason why this wire may not be; return if it may.

        Parameters
        ----------
        without
            Wires that are thought away, because this one takes their place.
        closes
            Whether it would close a circle, if that is known; finding out takes its time.

        Raises
        ------
        UnknownBlockError, UnknownPortError, PortTakenError, CycleError
            With a sentence that says why.
        """
        self._check_ends(wire, without)
        if closes is None:
            closes = self.depends(wire.source, wire.target, without)
        if closes:
            # By the names of what they give: of two Squares, one could not tell which is which.
            source, target = self.block(wire.source), self.block(wire.target)
            sentence = (
                f"{source.name} already depends on {target.name}: this wire would close a circle."
            )
            raise CycleError(sentence, block=target.id)

    def _check_ends(self, wire: Wire, without: Collection[Wire] = ()) -> None:
        source, target = self.block(wire.source), self.block(wire.target)
        ports = self._into[target.id]
        if not 0 <= wire.port < len(ports):
            what = f"has no input {wire.port + 1}" if ports else "takes no input"
            sentence = f"{title(target)} {what}."
            raise UnknownPortError(sentence, block=target.id)
        if source.id == target.id:
            sentence = f"{title(target)} cannot take its own output as an input."
            raise CycleError(sentence, block=target.id)
        taken = ports[wire.port]
        if taken is not None and taken not in without:
            by = self.block(taken.source).name
            sentence = f"This input of {title(target)} is taken by {by}; unplug it first."
            raise PortTakenError(sentence, block=target.id)

    def check_replace(self, block: Block) -> None:
        """Raise the reason why a block cannot become this one; return if it can.

        Raises
        ------
        UnknownFunctionError, RunError, PortTakenError, DuplicateBlockError, BadNameError
            With a sentence that says why.
        """
        found = self.block(block.id)
        if found.kind != block.kind:
            sentence = f"{title(found)} cannot become {block.kind}; remove it and add another."
            raise UnknownFunctionError(sentence, block=block.id)
        check_block(block)
        self.check_name(block.id, block.name)
        wires = self._into[block.id][len(ports_of(block)) :]
        if any(wire is not None for wire in wires):
            sentence = f"{title(block)} has wires at the inputs that it would lose; unplug them."
            raise PortTakenError(sentence, block=block.id)

    def check_disconnect(self, wire: Wire) -> None:
        """Raise the reason why this wire cannot be taken away; return if it can.

        Raises
        ------
        UnknownWireError
            If it is not there.
        """
        if wire not in self._out.get(wire.source, {}):
            sentence = f"There is no wire from “{wire.source}” to “{wire.target}” at that input."
            raise UnknownWireError(sentence, block=wire.target)
