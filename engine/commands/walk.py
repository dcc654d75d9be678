"""The walk of an expression or a file on the command line."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from engine.commands.asked import asked
from engine.commands.streams import complain, make_printable, wants_colour
from engine.errors import GradwalkError
from engine.graph import Graph
from engine.json_lines import walk_json
from engine.recording import Recording, record
from engine.terminal import as_it_is, columns, in_colour, walk_text


def walk(source: str, settings: Sequence[str], target: str | None, *, as_json: bool) -> int:
    """Print a walk on stdout, or what is wrong on stderr.

    Parameters
    ----------
    source, settings, target
        As `asked` takes them.
    as_json
        Whether programs are to read it.

    Returns
    -------
    int
        Exit status: 0, or 2 if something cannot be read or the walk gets stuck.
    """
    try:
        graph, chosen = asked(source, settings, target)
    except GradwalkError as error:
        return complain(error.sentence)
    recording = record(graph, chosen)
    make_printable()
    paint = in_colour if wants_colour() else as_it_is
    lines = walk_json(recording) if as_json else walk_text(graph, recording, columns(), paint)
    for line in lines:
        sys.stdout.write(line + "\n")
    sys.stdout.flush()
    reason = _stuck(graph, recording, chosen)
    return 0 if reason is None else complain(reason)


def _stuck(graph: Graph, recording: Recording, target: str) -> str | None:
    """Say why the walk did not get to the target, or not all the way back."""
    if recording.course.pushed_steps.keys() == recording.course.backward_steps.keys() != set():
        return None
    needed = graph.ancestors(target) | {target}
    reasons = [problem.sentence for problem in recording.problems if problem.block in needed]
    return " ".join(["The walk gets stuck.", *reasons[:1]])
