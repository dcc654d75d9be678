"""Why a walk did not get all the way there and back."""

from __future__ import annotations

from engine.graph import Graph
from engine.recording import Recording


def why_stuck(graph: Graph, recording: Recording, target: str) -> str | None:
    """Say why the walk did not get to the target, or not all the way back; None if it did."""
    if recording.course.pushed_steps.keys() == recording.course.backward_steps.keys() != set():
        return None
    needed = graph.ancestors(target) | {target}
    reasons = [problem.sentence for problem in recording.problems if problem.block in needed]
    return " ".join(["The walk gets stuck.", *reasons[:1]])
