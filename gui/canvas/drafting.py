"""Ports, and a wire that is being drawn from one to another."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from PySide6.QtCore import QPointF

from engine.graph import Wire

PortState = Literal["quiet", "legal", "illegal", "aimed", "doubtful", "refused", "held"]
"""How a port looks: at rest; where the wire being drawn may go, and may not; the port that is aimed
at, which takes the wire, takes it although its block cannot run then, or refuses it; and the port
at which the wire is held."""

OUT = -1
"""Stands for the output port where an input port's number is expected."""


@dataclass(frozen=True, slots=True)
class Port:
    """One port of one block.

    Attributes
    ----------
    block
        Id of the block.
    number
        Number of the input port, or `OUT`.
    """

    block: str
    number: int

    def wire_to(self, other: Port) -> Wire | None:
        """Give the wire between two ports; None if both are inputs or both outputs."""
        if self.number == OUT and other.number != OUT:
            return Wire(self.block, other.block, other.number)
        if self.number != OUT and other.number == OUT:
            return Wire(other.block, self.block, self.number)
        return None


@dataclass(frozen=True, slots=True)
class Draft:
    """A wire that is being drawn.

    Attributes
    ----------
    start
        The port it is held at.
    end
        Where its loose end is.
    aimed
        The port that it would snap to.
    reason
        Why that port refuses it; None if it may be.
    warning
        Why its block could not run with it, although it may be.
    unplugged
        The wire it was before it was dragged off a port.
    replacing
        Whether it may take the place of a wire that is there.
    closed
        Blocks that would close a circle.
    """

    start: Port
    end: QPointF
    aimed: Port | None = None
    reason: str | None = None
    warning: str | None = None
    unplugged: Wire | None = None
    replacing: bool = False
    closed: frozenset[str] = frozenset()

    def changes_ports(self, before: Draft) -> bool:
        """Tell whether ports look otherwise, or something else is said, than a moment before."""
        return replace(self, end=before.end) != before


@dataclass(frozen=True, slots=True)
class BendAt:
    """One bend of a wire.

    Attributes
    ----------
    wire
        The wire.
    number
        How many of its bends come before.
    """

    wire: Wire
    number: int
