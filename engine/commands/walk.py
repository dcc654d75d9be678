"""The walk of an expression or a file on the command line."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from engine.asking.answers import answer
from engine.asking.ask import Ask
from engine.asking.predict_text import predict_json, predict_lines
from engine.asking.told import TOLD
from engine.commands.asked import asked
from engine.commands.streams import complain, make_printable, wants_colour
from engine.commands.stuck import why_stuck
from engine.depth import Depth
from engine.errors import GradwalkError
from engine.graph import Graph
from engine.json_lines import walk_json
from engine.phases import Grain
from engine.recording import Recording, record
from engine.terminal import as_it_is, columns, heading, in_colour, walk_text
from engine.tints import Paint


@dataclass(frozen=True, slots=True)
class Way:
    """How a walk is told.

    Attributes
    ----------
    depth
        How deeply its steps are explained.
    grain
        How finely the way back is told.
    ask
        The question that is answered in place of the walk; None for none.
    predict
        Whether each number is asked for before it is shown; answers come from stdin.
    derive
        Names of the inputs by which it is differentiated first, one after the other: what is
        walked is the derivative.
    as_json
        Whether programs are to read it.
    """

    depth: Depth = "student"
    grain: Grain = "block"
    ask: Ask | None = None
    predict: bool = False
    derive: tuple[str, ...] = ()
    as_json: bool = False


def walk(source: str, settings: Sequence[str], target: str | None, way: Way) -> int:
    """Print a walk on stdout, or what is wrong on stderr.

    Parameters
    ----------
    source, settings, target
        As `asked` takes them.
    way
        How it is told.

    Returns
    -------
    int
        Exit status: 0, or 2 if something cannot be read or the walk gets stuck.
    """
    if way.predict and not way.as_json and source == "-":
        return complain("Answers are read from standard input, so what is walked cannot be.")
    try:
        graph, chosen = asked(source, settings, target, way.derive)
        recording = record(graph, chosen)
        lines = _lines(graph, recording, way)
    except GradwalkError as error:
        return complain(error.sentence)
    make_printable()
    for line in lines:
        sys.stdout.write(line + "\n")
        if way.predict:
            sys.stdout.flush()  # before the answer is waited for
    sys.stdout.flush()
    reason = why_stuck(graph, recording, chosen)
    return 0 if reason is None else complain(reason)


def _lines(graph: Graph, recording: Recording, way: Way) -> Iterator[str]:
    """Choose how it is told; what cannot be is refused before the first line."""
    paint, width = in_colour if wants_colour() else as_it_is, columns()
    typed = iter(sys.stdin.readline, "")
    if way.predict and way.as_json:
        asked: Iterator[str] | None = predict_json(recording)
    elif way.predict:
        asked = predict_lines(recording, typed, width, paint)
    else:
        asked = _asked(recording, way, width, paint)
    if asked is not None:
        return asked if way.as_json else _below(heading(graph, recording, width, paint), asked)
    if way.as_json:
        return walk_json(recording, way.depth, way.grain)
    return walk_text(graph, recording, width, paint, way.depth, way.grain)


def _asked(recording: Recording, way: Way, width: int, paint: Paint) -> Iterator[str] | None:
    """Answer a question about the walk; None if none is asked."""
    if way.ask is None:
        return None
    found, told = answer(recording, way.ask), TOLD[way.ask.what]
    return told.json(found) if way.as_json else told.lines(found, width, paint)


def _below(first: Iterator[str], second: Iterator[str]) -> Iterator[str]:
    yield from first
    yield from second
