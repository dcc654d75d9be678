"""The few characters that stand for a step on the timeline."""

from __future__ import annotations

from engine.recording import Recording


def step_labels(recording: Recording, index: int) -> tuple[str, ...]:
    """Name what a step finds out: a Variable on the way forward, gradients on the way back.

    Returns
    -------
    tuple
        The same, the longest wording first.

    Examples
    --------
    >>> from engine.expression import parse_expression
    >>> from engine.recording import record
    >>> import numpy as np
    >>> graph, y = parse_expression("x * square(x)", {"x": np.array(2.0)})
    >>> recording = record(graph, y)
    >>> [step_labels(recording, index)[0] for index in range(len(recording))]
    ['x', 'a', 'y', '∂y/∂y', '∂y/∂x, ∂y/∂a', '∂y/∂x']
    >>> step_labels(recording, 4)
    ('∂y/∂x, ∂y/∂a', '∂x, ∂a', '∂x …')
    """
    course, blocks = recording.course, recording.blocks
    if index < course.turn:
        return (blocks[course.order[index]].name,)
    target = blocks[course.target or ""].name
    if index == course.turn:
        return _gradients(target, [target])
    block = course.popped[index - course.turn - 1]
    names = dict.fromkeys(blocks[wire.source].name for wire in course.receiving[block])
    return _gradients(target, list(names))


def _gradients(target: str, names: list[str]) -> tuple[str, ...]:
    if not names:
        return ("–",)
    full = ", ".join(f"∂{target}/∂{name}" for name in names)
    if len(names) == 1:
        return full, f"∂{names[0]}"
    return full, ", ".join(f"∂{name}" for name in names), f"∂{names[0]} …"
