"""Which lines of a program are at work at a step of the walk."""

from __future__ import annotations

from collections.abc import Sequence

from engine.code.script import CodeLine
from engine.recording import BackwardStep, ForwardStep, SeedStep, Step


def lines_at(step: Step | None, lines: Sequence[CodeLine]) -> tuple[int, ...]:
    """Find the lines that do what a step does, by their places.

    Parameters
    ----------
    step
        The step under the cursor.
    lines
        All lines of the program.

    Examples
    --------
    >>> first = CodeLine("a = x**2", ("b2",), "forward")
    >>> lines = [first, CodeLine("y = a + 1", ("b3",), "forward")]
    >>> import numpy as np
    >>> lines_at(ForwardStep("b3", (), np.array(5.0)), lines)
    (1,)
    """
    match step:
        case SeedStep():
            return tuple(at for at, line in enumerate(lines) if line.starts)
        case ForwardStep() | BackwardStep():
            ways = ("forward" if isinstance(step, ForwardStep) else "backward", "both")
            return tuple(
                at
                for at, line in enumerate(lines)
                if step.block in line.blocks and line.direction in ways
            )
    return ()
