"""What is told about a thing when the pointer rests on it: its numbers with all their digits."""

from __future__ import annotations

from engine.graph import Wire, title
from engine.values import value_text
from engine.variable import Array
from gui.canvas.drafting import OUT
from gui.canvas.hit import Hit
from gui.canvas.scene import CanvasScene

MOST = 6
"""Results of a group that are told."""

LONGEST = 12
"""Elements of an array that are told in full."""

TABLE, LARGEST_TABLE, DIGITS = 2, 60, 4
"""Axes of a table, elements of one that is told row by row, and the digits of each."""


def tip(scene: CanvasScene, found: Hit) -> str:
    """Tell about what was hit; nothing about the ground."""
    if found.port is not None:
        return _port(scene, found.port.block, found.port.number)
    if found.block is not None:
        return _block(scene, found.block)
    if found.outline is not None:
        fold = found.outline.goes_around
        return f"{scene.document.groups.group(fold).name}: drag to move, double-click to fold"
    if found.wire is not None:
        return _wire(scene, found.wire)
    return _drawn(scene, found)


def _drawn(scene: CanvasScene, found: Hit) -> str:
    if found.bend is not None:
        return "Bend: drag to lead the wire, Delete takes it away"
    return "" if found.mark is None else _mark(scene, found.mark)


def _wire(scene: CanvasScene, wire: Wire) -> str:
    lines = [_block(scene, wire.source)]
    part = scene.numbers.contribution(wire)
    if part is not None:
        lines.append(f"contribution {_full(part.value)}")
    return "\n".join(lines)


def _mark(scene: CanvasScene, mark: str) -> str:
    text = scene.marks.mark(mark).text
    if not scene.marks.is_frame(mark):
        return f"Note: {text}" if text else "Note, empty"
    items, marks = scene.marks.inside([mark])
    held = len(items) + len(marks)
    count = "1 thing" if held == 1 else f"{held:,} things"
    return f"Frame {text or 'without a title'}: {count} in it; drag to move all of it"


def _group(scene: CanvasScene, group: str) -> str:
    face = scene.folds.face(group)
    count = "1 block" if face.count == 1 else f"{face.count:,} blocks"
    lines = [f"{scene.document.groups.group(group).name}: {count}; Enter or double-click to enter"]
    return "\n".join([*lines, *(_block(scene, block) for block in face.ports.outlets[:MOST])])


def _block(scene: CanvasScene, block: str) -> str:
    if block in scene.document.groups:
        return _group(scene, block)
    facts = scene.document.graph.block(block)
    lines = [f"{title(facts)} → {facts.name}" if facts.is_function else facts.name]
    numbers, target = scene.numbers, scene.recording.target
    value = numbers.value(block)
    if value is not None:
        lines.append(f"{facts.name} = {_full(value)}")
    gradient = numbers.gradient(block)
    if gradient is not None and target is not None and target in scene.document.graph:
        name = scene.document.graph.block(target).name
        lines.append(f"∂{name}/∂{facts.name} = {_full(gradient)}")
    wrong = scene.findings.wrong_gradient(block)
    if wrong is not None:
        lines.append(f"by the wrong rule: {_full(wrong)}")
    found = scene.findings.verdict(block)
    if found is not None and gradient is not None:
        lines.append(f"by trial {found.numeric or 'none'}: {found.words}")
    lines += [p.sentence for p in scene.recording.problems if p.block == block]
    origin = scene.document.origin
    lines += [origin.sentence(block)] if origin is not None and origin.sentence(block) else []
    first_bad = scene.recording.first_bad
    if first_bad is not None and first_bad.block == block:
        lines.append(first_bad.sentence)
    return "\n".join(lines)


def _port(scene: CanvasScene, block: str, number: int) -> str:
    facts = scene.document.graph.block(block)
    if number == OUT:
        return f"{facts.name}: drag to draw a wire"
    name = scene.document.graph.ports(block)[number]
    wire = scene.document.graph.wires_into(block)[number]
    if wire is None:
        return f"Input {name} of {title(facts)}, open: drag a wire here"
    source = scene.document.graph.block(wire.source).name
    return f"Input {name} of {title(facts)}, takes {source}: drag off to unplug"


def _full(value: Array) -> str:
    """Write a value with all its digits; a table that is not too large, with some, row by row."""
    if value.ndim == TABLE and LONGEST < value.size <= LARGEST_TABLE:
        rows = [value_text(row, DIGITS, LARGEST_TABLE) for row in value]
        return "\n".join([value_text(value), *rows])
    return value_text(value, None, LONGEST)
