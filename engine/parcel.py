"""A recording packed up, so that another process can show it exactly as it was made.

Nothing runs again there. A Function may be a reader's own, which nobody else knows, and what a
Variable holds may have changed since. So all numbers go along, and what is said of each step.
"""

from __future__ import annotations

import inspect
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any, NamedTuple

import numpy as np

from engine.bad_numbers import BadNumber
from engine.block import Block, Wire, function_of
from engine.course import course_of
from engine.depth import Depth, narrate_at
from engine.document import Document
from engine.equations import Line
from engine.errors import CodeError
from engine.execution import Problem
from engine.file_writing import dumps
from engine.function import Function
from engine.functions import register
from engine.graph import Graph
from engine.lazy_steps import Steps
from engine.moment import Moment
from engine.narration import Narration
from engine.notation import Notation
from engine.recording import Recording
from engine.signatures import is_variadic, port_names, settings_of
from engine.steps import BackwardStep
from engine.storage import loads
from engine.variable import Array
from engine.walking import Pulled
from engine.way_back import Lean


class Parcel(NamedTuple):
    """What was packed.

    Attributes
    ----------
    graph
        The graph that was run.
    recording
        Its run.
    told
        What is said of each step; empty if that was not wanted.
    """

    graph: Graph
    recording: Recording
    told: tuple[Narration, ...]


def pack(recording: Recording, *, telling: Depth | None) -> bytes:
    """Pack a recording.

    Parameters
    ----------
    telling
        How deeply what goes along is told of each step; None for nothing.

    Raises
    ------
    CodeError
        If a Function of the reader's own has settings that cannot be written down.
    """
    numbers = _Numbers()
    course, bad = recording.course, recording.first_bad
    steps = recording.steps[course.turn + 1 :]
    cursors = range(max(len(recording), 1))
    told = () if telling is None else (narrate_at(Moment(recording, at), telling) for at in cursors)
    facts = {
        "functions": _own_functions(recording),
        "blocks": [_block_facts(block, numbers) for block in recording.blocks.values()],
        "wires": [wire for wires in course.wires_from.values() for wire in wires],
        "target": recording.target,
        "course": [course.order, course.target, course.popped],
        "values": {block: numbers.put(value) for block, value in recording.values.items()},
        "gradients": {block: numbers.put(value) for block, value in recording.gradients.items()},
        "pulled": {
            step.block: [
                [part.wire.port, numbers.put(part.value), numbers.put(part.local)]
                for part in step.contributions
            ]
            for step in steps
            if isinstance(step, BackwardStep)
        },
        "problems": [[each.block, each.sentence, each.failed] for each in recording.problems],
        "bad": None if bad is None else [bad.block, bad.step, bad.sentence, bad.brief, bad.reason],
        "told": [_told_facts(each) for each in told],
        "shapes": numbers.shapes,
    }
    try:
        head = json.dumps(facts)
    except TypeError as error:
        raise CodeError(f"A setting of this walk cannot be written down: {error}.") from None
    return b"".join([head.encode(), b"\n", *numbers.content])


def unpack(content: bytes) -> Parcel:
    """Unpack a recording; Functions that are a reader's own are known from now on, by their looks.

    It is for a process that does nothing else: no such Function can be called.
    """
    head, _, body = content.partition(b"\n")
    facts = json.loads(head)
    arrays = _arrays(facts["shapes"], body)
    for kind, looks in facts["functions"].items():
        register(_stand_in(looks), kind)
    blocks = [
        Block(name, kind, variable, None if at is None else arrays[at], settings)
        for name, kind, variable, settings, at in facts["blocks"]
    ]
    graph = Graph.build(blocks, [Wire(*wire) for wire in facts["wires"]])
    order, start, popped = facts["course"]
    course = course_of(graph, tuple(order), start, tuple(popped))
    values = {block: arrays[at] for block, at in facts["values"].items()}
    gradients = {block: arrays[at] for block, at in facts["gradients"].items()}

    def pull(block: str, _: Array) -> Pulled:
        count = len(course.inputs[block])
        gained: list[Array | None] = [None] * count
        local: list[Array | None] = [None] * count
        for port, value, slope in facts["pulled"][block]:
            gained[port] = arrays[value]
            local[port] = None if slope is None else arrays[slope]
        return tuple(gained), tuple(local)

    recording = Recording(
        dict(graph.blocks),
        facts["target"],
        course,
        values,
        gradients,
        Steps(course, values, gradients, pull, {}),
        tuple(Problem(*problem) for problem in facts["problems"]),
    )
    # It is worked out by calling Functions once more, and here not all of them can be called.
    bad = facts["bad"]
    vars(recording)["first_bad"] = None if bad is None else BadNumber(*bad)
    return Parcel(graph, recording, tuple(_narration(*told) for told in facts["told"]))


def standing_of(document: Document) -> str | None:
    """Write down where a document stands, and with what, for `stood`.

    None if not all of it has a place: then whoever shows it lays it out.
    """
    bare = document.copy()
    if not bare.graph.blocks.keys() | bare.groups.all.keys() <= bare.places.keys():
        return None
    for block in [block for block in bare.graph.blocks.values() if not block.is_function]:
        bare.graph.replace(replace(block, value=np.zeros(())))  # the recording has the true ones
    return dumps(bare)


def stood(standing: str, parcel: Parcel) -> Document:
    """Give a document that stands as was written down, of what came with a recording."""
    return replace(loads(standing), graph=parcel.graph, target=parcel.recording.target)


class _Numbers:
    """Arrays, one after the other: their bytes, and the shape of each."""

    def __init__(self) -> None:
        self.content: list[bytes] = []
        self.shapes: list[tuple[int, ...]] = []

    def put(self, value: Any) -> int | None:
        """Take an array in, or a float; give its index."""
        if value is None:
            return None
        array = np.asarray(value, np.float64)
        self.content.append(array.tobytes())
        self.shapes.append(array.shape)
        return len(self.shapes) - 1


def _arrays(shapes: Sequence[Sequence[int]], content: bytes) -> list[Array]:
    """Take arrays apart that stand one after the other."""
    found, at = [], 0
    for shape in shapes:
        array = np.frombuffer(content, np.float64, math.prod(shape), at).reshape(shape).copy()
        array.setflags(write=False)
        found.append(array)
        at += array.nbytes
    return found


def _block_facts(block: Block, numbers: _Numbers) -> list[Any]:
    return [block.id, block.kind, block.name, dict(block.settings), numbers.put(block.value)]


def _told_facts(told: Narration) -> list[Any]:
    lines = [[line.rule, line.tex, line.numbers] for line in told.lines]
    return [told.heading, told.title, told.sentence, lines]


def _narration(heading: str, title: str, sentence: str, lines: list[list[str]]) -> Narration:
    return Narration(heading, title, sentence, tuple(Line(*line) for line in lines))


# Functions of a reader's own


def _own_functions(recording: Recording) -> dict[str, dict[str, Any]]:
    """Tell what can be seen of each Function that is not part of the engine."""
    blocks = {block.kind: block for block in recording.blocks.values() if block.is_function}
    known = {kind: function_of(block) for kind, block in blocks.items()}
    return {kind: _looks(function) for kind, function in known.items() if function.foreign}


def _looks(function: type[Function]) -> dict[str, Any]:
    return {
        "name": function.__name__,
        "notation": None if function.notation is None else asdict(function.notation),
        "symbol": function.symbol,
        "ports": port_names(function),
        "settings": list(settings_of(function)),
        "variadic": is_variadic(function),
    }


def _stand_in(looks: Mapping[str, Any]) -> type[Function]:
    """Make a Function that looks like another, and cannot be called."""

    def forward(*_: Any, **__: Any) -> Any:
        raise NotImplementedError

    kinds = inspect.Parameter
    taken = [kinds("self", kinds.POSITIONAL_OR_KEYWORD)]
    taken += [kinds(port, kinds.POSITIONAL_OR_KEYWORD) for port in looks["ports"]]
    taken += [kinds("xs", kinds.VAR_POSITIONAL)] if looks["variadic"] else []
    taken += [kinds(name, kinds.KEYWORD_ONLY, default=None) for name in looks["settings"]]
    vars(forward)["__signature__"] = inspect.Signature(taken)
    notation: Any = looks["notation"]
    if notation is not None:
        listed = {name: tuple(v) for name, v in notation.items() if isinstance(v, list)}
        notation = Notation(**notation | listed)
    own = {"forward": forward, "notation": notation, "symbol": looks["symbol"]}
    return Lean(looks["name"], (Function,), {**own, "__module__": __name__})  # type: ignore[return-value] # a class of Functions
