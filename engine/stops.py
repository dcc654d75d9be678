"""Where a walk that steps over groups stops: a folded group is one stop on each way."""

from __future__ import annotations

from itertools import count

from engine.course import Course
from engine.groups import Groups


def stops(course: Course, groups: Groups, entered: str | None = None) -> tuple[int, ...]:
    """Tell at which steps of a run a walk stops that steps over what is folded.

    A block that is seen is a stop on the way forward and one on the way back. A folded group is a
    stop where the last of its blocks gets its value, and one where the last of them passes its
    gradient on: there all of it is done. All that is outside of what is looked at counts as one.

    Parameters
    ----------
    course
        The order of the steps.
    entered
        Id of the group whose inside is looked at; None for the whole document.

    Returns
    -------
    tuple of int
        Indices of steps, in order; the turn is always among them, and so is the last step.

    Examples
    --------
    >>> import numpy as np
    >>> from engine.expression import parse_expression
    >>> from engine.groups import Group
    >>> from engine.recording import record
    >>> graph, y = parse_expression("square(exp(square(x)))", {"x": np.array(0.5)})
    >>> groups = Groups()
    >>> groups.add(Group("g1", "inner", frozenset({"b2", "b3"})))
    >>> stops(record(graph, y).course, groups)
    (0, 2, 3, 4, 5, 7)
    """
    found: set[int] = set()
    for blocks, start in ((course.order, 0), (course.popped, course.turn + 1)):
        last = zip(groups.stand_ins(blocks, entered), count(start), strict=False)
        found.update(dict(last).values())
    if course.target is not None:
        found.add(course.turn)
    if len(course):
        found.add(len(course) - 1)
    return tuple(sorted(found))
