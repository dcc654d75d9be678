"""Whether a moment can be looked at at once, and what is worked out before where it cannot.

A recording puts its steps together when they are looked at. Of arrays with millions of numbers that
takes longer than a person waits for a frame, so it is done on a thread, before a view asks.
"""

from __future__ import annotations

from dataclasses import replace

from engine.moment import Moment
from engine.narration import narrate

LARGE = 1_000_000
"""Elements of the largest array of a run up to which a step is put together within a frame."""


def is_at_hand(moment: Moment) -> bool:
    """Tell whether all that is seen at a moment is there, or quickly made."""
    recording = moment.recording
    return recording.largest <= LARGE or moment.cursor in recording.steps.at_hand


def work_out(moment: Moment) -> None:
    """Work out what is seen at a moment; any thread may do it.

    Examples
    --------
    >>> import numpy as np
    >>> from engine.expression import parse_expression
    >>> from engine.recording import record
    >>> graph, y = parse_expression("sum(x * x)", {"x": np.ones(1_000_001)})
    >>> end = Moment(record(graph, y), 4)
    >>> is_at_hand(end)
    False
    >>> work_out(end)
    >>> is_at_hand(end)
    True
    """
    recording, whole = moment.recording, replace(moment, phase=1.0)
    narrate(whole)
    for block in recording.blocks:
        whole.value(block)
        whole.gradient(block)
        uses = recording.wires_from.get(block, ())
        if len(uses) > 1:  # each contribution is shown beside the sum
            for wire in uses:
                whole.came_back(wire)
    recording.steps.at_hand.add(moment.cursor)
