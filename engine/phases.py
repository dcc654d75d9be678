"""What happens when within one step: its lines of code, and the arrival of each contribution.

A phase runs from 0, where a step sets out, to 1, where all of it has been shown.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from engine.steps import BackwardStep, Step

Grain = Literal["block", "contribution", "line"]
"""How far one step on goes: to the next block, contribution, or line of code."""

GRAINS: dict[Grain, str] = {
    "block": "a block",
    "contribution": "a contribution",
    "line": "a line of code",
}
"""What a step is then."""

POPPED, CALLED, ARRIVAL = 0.15, 0.3, 0.7
"""Phases by which a block is off the work list, its rule is called, and its one number arrives."""

DONE = 0.95
"""Phase by which the last contribution has been dealt with."""

CHAIN_POPPED, CHAIN_ASKED, CHAIN_PUSHED = 0.12, 0.8, 0.9
"""The same for the lines of the tutorial's own loop."""


class Moved(NamedTuple):
    """When one contribution travels.

    Attributes
    ----------
    start
        Phase at which it sets out.
    arrival
        Phase at which it is added.
    end
        Phase by which all lines about it have run.
    """

    start: float
    arrival: float
    end: float


class Running(NamedTuple):
    """One line of code within a step.

    Attributes
    ----------
    start
        Phase from which it runs.
    line
        Its index.
    rest
        Phase that shows what it does: where a walk line by line stands on it.
    """

    start: float
    line: int
    rest: float


def moves(count: int) -> tuple[Moved, ...]:
    """Tell when each of several contributions travels: one after the other.

    Examples
    --------
    >>> moves(1)
    (Moved(start=0.0, arrival=0.7, end=0.95),)
    >>> [round(move.arrival, 2) for move in moves(3)]
    [0.43, 0.65, 0.87]
    """
    each = (DONE - CALLED) / max(count, 1)
    share = (ARRIVAL - CALLED) / (DONE - CALLED)
    return tuple(
        Moved(
            CALLED + at * each if at else 0.0,
            ARRIVAL if count == 1 else CALLED + (at + share) * each,
            CALLED + (at + 1) * each,
        )
        for at in range(count)
    )


def chain_lines(step: BackwardStep) -> tuple[Running, ...]:
    """Tell which line of the tutorial's loop runs when."""
    lines = [
        Running(0.0, 3, 0.0),
        Running(CHAIN_POPPED, 4, CHAIN_POPPED),
        Running(CALLED, 5, ARRIVAL),
        Running(CHAIN_ASKED, 6, CHAIN_ASKED),
    ]
    if step.pushed:
        lines.append(Running(CHAIN_PUSHED, 7, CHAIN_PUSHED))
    return tuple(lines)


def generation_lines(step: BackwardStep) -> tuple[Running, ...]:
    """Tell which line of the loop with generations runs when."""
    lines = [Running(0.0, 3, 0.0), Running(POPPED, 4, POPPED)]
    pushed = set(step.pushed)
    for part, move in zip(step.contributions, moves(len(step.contributions)), strict=True):
        start = max(move.start, CALLED)
        lines.append(Running(start, 5, start))
        line, asks = (7 if part.before is None else 9), (move.end - move.arrival) / 3
        lines.append(Running((start + move.arrival) / 2, line, move.arrival))
        lines.append(Running(move.arrival + asks, 10, move.arrival + asks))
        if part.wire.source in pushed:
            pushed.discard(part.wire.source)
            lines.append(Running(move.arrival + 2 * asks, 11, move.arrival + 2 * asks))
    return tuple(lines)


def rests(step: Step | None, grain: Grain, *, chain: bool) -> tuple[float, ...]:
    """List the phases at which a walk of some grain stands still within a step.

    Parameters
    ----------
    chain
        Whether the loop is the tutorial's own.
    """
    if not isinstance(step, BackwardStep) or grain == "block" or not step.contributions:
        return (1.0,)
    if grain == "contribution":
        return (*(move.arrival for move in moves(len(step.contributions))[:-1]), 1.0)
    lines = chain_lines(step) if chain else generation_lines(step)
    return tuple(line.rest for line in lines)
