"""The questions that can be asked of a walk by name, and what answers each."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from engine.asking.ask import Ask
from engine.asking.gradient_map import GradientMap
from engine.asking.path_text import paths_by
from engine.asking.paths import Paths
from engine.asking.plot_text import PlotTable, plot_by
from engine.asking.pointing import Pointed, point_at
from engine.asking.tangents import TangentWalk, walk_forward_by
from engine.asking.wrong_rules import walk_wrong
from engine.asking.wrong_walk import WrongWalk
from engine.errors import RunError
from engine.recording import Recording

Answer = WrongWalk | TangentWalk | Paths | GradientMap | PlotTable | Pointed


ANSWERS: Mapping[str, Callable[[Recording, str], Answer]] = {
    "wrong": walk_wrong,
    "forward": walk_forward_by,
    "paths": paths_by,
    "sizes": lambda recording, _: GradientMap(recording),
    "plot": plot_by,
    "element": point_at,
}
"""What answers each question."""


def check(recording: Recording, ask: Ask) -> None:
    """Raise why something cannot be asked of a walk; return if it can, or nothing is asked.

    Raises
    ------
    GradwalkError
        As `answer` does.
    """
    if ask.path and not (ask.what == "paths" and ask.about):
        raise RunError("Which path is lit? Name the input that the paths lead back to, too.")
    found = answer(recording, ask) if ask.what in ANSWERS else None
    if isinstance(found, Paths) and ask.path and not 1 <= ask.path <= len(found.listed):
        there = f"they are 1 to {len(found.listed)}" if len(found.listed) > 1 else "there is one"
        raise RunError(f"There is no path {ask.path} back to {ask.about}: {there}.")


def answer(recording: Recording, ask: Ask) -> Answer:
    """Answer a question about a walk.

    Raises
    ------
    GradwalkError
        If it cannot be asked of this walk; the sentence says why.

    Examples
    --------
    >>> import numpy as np
    >>> from engine.expression import parse_expression
    >>> from engine.recording import record
    >>> graph, y = parse_expression("x * square(x)", {"x": np.array(3.0)})
    >>> answer(record(graph, y), Ask("paths", "x")).sentence[:35]
    '2 paths lead from y back to x. Alon'
    """
    return ANSWERS[ask.what](recording, ask.about)
