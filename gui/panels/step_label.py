"""The few characters that stand for a step on the timeline."""

from __future__ import annotations

from engine.recording import BackwardStep, ForwardStep, Recording, SeedStep


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
    step, blocks = recording.steps[index], recording.blocks
    match step:
        case ForwardStep(block=block):
            return (blocks[block].name,)
        case SeedStep(block=block):
            return _gradients(blocks[block].name, [blocks[block].name])
        case BackwardStep(contributions=parts):
            names = dict.fromkeys(blocks[part.wire.source].name for part in parts)
            return _gradients(blocks[recording.target or step.block].name, list(names))


def _gradients(target: str, names: list[str]) -> tuple[str, ...]:
    if not names:
        return ("–",)
    full = ", ".join(f"∂{target}/∂{name}" for name in names)
    if len(names) == 1:
        return full, f"∂{names[0]}"
    return full, ", ".join(f"∂{name}" for name in names), f"∂{names[0]} …"
