"""Where an element is: in the value of a block or in its gradient, and at which index."""

from __future__ import annotations

from typing import NamedTuple


class Seat(NamedTuple):
    """An array that stands somewhere in a graph.

    Attributes
    ----------
    block
        Id of the block whose Variable it belongs to.
    is_gradient
        Whether it is the gradient, and not the value.
    """

    block: str
    is_gradient: bool = False


class Element(NamedTuple):
    """An element of it.

    Attributes
    ----------
    seat
        The array.
    at
        Its index; empty for a single number.
    """

    seat: Seat
    at: tuple[int, ...]
