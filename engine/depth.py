"""How deeply a step is told: for a first contact, for a student, or for an engineer."""

from __future__ import annotations

import ast
import math
from dataclasses import dataclass, replace
from typing import Literal

from engine.errors import CodeError
from engine.graph import Block, title
from engine.moment import Moment
from engine.narration import Narration, named_value, narrate
from engine.pulled_rule import rule_as_code
from engine.recording import BackwardStep, Contribution, ForwardStep, Recording, SeedStep
from engine.variable import Array
from engine.wording import brief, listed, signed

Depth = Literal["first", "student", "engineer"]

DEPTHS: dict[Depth, str] = {
    "first": "First contact",
    "student": "Student",
    "engineer": "Engineer",
}
"""What the depths are called, from the shallowest on."""


@dataclass(frozen=True, slots=True)
class Detail:
    """Something that an engineer asks about a step.

    Attributes
    ----------
    what
        What it is, in a word or two.
    text
        The answer.
    """

    what: str
    text: str


def narrate_at(moment: Moment, depth: Depth) -> Narration:
    """Tell the step under the cursor as deeply as is wished.

    Examples
    --------
    >>> import numpy as np
    >>> from engine.expression import parse_expression
    >>> from engine.recording import record
    >>> graph, y = parse_expression("square(exp(square(x)))", {"x": np.array(0.5)})
    >>> print(narrate_at(Moment(record(graph, y), 6), "first").sentence)
    When a grows a little, b grows 1.2840 times as much, and y grows 2.5681 times as much as b.
    Together: y grows 2.5681 × 1.2840 = 3.2974 times as much as a.
    """
    told = narrate(moment)
    if depth == "first" and moment.step is not None:
        return replace(told, sentence=_first_words(moment.recording, moment.step))
    return told


def _first_words(recording: Recording, step: ForwardStep | SeedStep | BackwardStep) -> str:
    block = recording.blocks[step.block]
    match step:
        case ForwardStep(inputs=()):
            return f"We begin with {block.name} = {brief(step.value)}."
        case ForwardStep():
            given = listed([named_value(recording, wire.source) for wire in step.inputs])
            return f"{title(block)} turns {given} into {block.name} = {brief(step.value)}."
        case SeedStep():
            return (
                f"Now the way back. The question is always the same: if something grows a little, "
                f"how much does {block.name} grow? {block.name} itself grows exactly as much: 1."
            )
    return _first_backward(recording, step, block)


def _first_backward(recording: Recording, step: BackwardStep, block: Block) -> str:
    if not step.contributions:
        return f"{title(block)} uses fixed numbers only, so the question ends here."
    if step.upstream.ndim or any(part.value.ndim for part in step.contributions):
        return _first_of_arrays(recording, step, block)
    if len(step.contributions) == 1:
        return _first_of(recording, step, step.contributions[0], block)
    return _first_of_several(recording, step, block)


def _first_of(recording: Recording, step: BackwardStep, part: Contribution, block: Block) -> str:
    x, y = _ends(recording, step, part)
    upstream, value = brief(step.upstream), brief(part.value)
    if part.local is None:
        sentence = f"{title(block)} hands on to {x} how much {y} grows with it: {value}."
    else:
        local = brief(part.local)
        sentence = f"When {x} grows a little, {block.name} grows {local} times as much"
        if block.name != y:
            sentence += f", and {y} grows {upstream} times as much as {block.name}"
        sentence += (
            f".\nTogether: {y} grows {upstream} × {signed(local)} = {value} times as much as {x}."
            if block.name != y
            else "."
        )
    if part.before is not None:
        sentence += (
            f" As {x} is used in another place too, which gave {brief(part.before)}, both count: "
            f"{_sum_text(part.before, part)}."
        )
    return sentence


def _first_of_several(recording: Recording, step: BackwardStep, block: Block) -> str:
    """Tell what all inputs have in common once, and then a line an input."""
    upstream, lines = brief(step.upstream), list[str]()
    for part in step.contributions:
        x, y = _ends(recording, step, part)
        value = brief(part.value)
        if part.local is None:
            line = f"{title(block)} hands on to {x} how much {y} grows with it: {value}."
        else:
            local = brief(part.local)
            line = f"When {x} grows a little, {block.name} grows {local} times as much"
            if block.name == y:
                line += "."
            else:
                line += f", and {y} {upstream} × {signed(local)} = {value} times."
                lines = lines or [f"{y} grows {upstream} times as much as {block.name}."]
        lines.append(line + _used_elsewhere(x, part))
    return "\n".join(lines)


def _first_of_arrays(recording: Recording, step: BackwardStep, block: Block) -> str:
    """Tell it of each number of an array at once; products of arrays hand on what they find."""
    upstream, lines = brief(step.upstream), list[str]()
    for part in step.contributions:
        x, y = _ends(recording, step, part)
        value, each = brief(part.value), "each of its numbers" if part.value.ndim else "it"
        if part.local is None:
            line = f"{title(block)} hands on to {x} how much {y} grows with {each}: {value}."
        else:
            local = brief(part.local)
            line = f"Where {x} grows a little, {block.name} grows {local} times as much: "
            if part.local.ndim:
                line = f"How much {block.name} grows where {x} does: {local}. Number by number, "
            line += f"{upstream} × {signed(local)}"
            if part.value.shape != step.upstream.shape:
                line += f", added up over all that {x} is used for,"
            line += f" {'=' if line[-1] != ',' else 'is'} {value}."
        lines.append(line + _used_elsewhere(x, part))
    if block.id != recording.target and any(part.local is not None for part in step.contributions):
        of = f"each number of {block.name}" if step.upstream.ndim else block.name
        lines.insert(0, f"How much {y} grows with {of} is known: {upstream}.")
    return "\n".join(lines)


def _ends(recording: Recording, step: BackwardStep, part: Contribution) -> tuple[str, str]:
    """Name what a part goes back to, and what is differentiated."""
    y = recording.blocks[recording.target or step.block].name
    return recording.blocks[part.wire.source].name, y


def _used_elsewhere(x: str, part: Contribution) -> str:
    if part.before is None:
        return ""
    return f" As {x} is used in another place too, both count: {_sum_text(part.before, part)}."


def _sum_text(before: Array, part: Contribution) -> str:
    value = signed(brief(part.value))
    return f"{brief(before)} + {value} = {brief(part.after)}"


def details(moment: Moment) -> tuple[Detail, ...]:
    """List what an engineer asks about the step under the cursor.

    Examples
    --------
    >>> import numpy as np
    >>> from engine.expression import parse_expression
    >>> from engine.recording import record
    >>> graph, y = parse_expression("matmul(x, w)", {"x": np.ones((4, 2)), "w": np.ones((2, 3))})
    >>> for detail in details(Moment(record(graph, y), 4)):
    ...     print(f"{detail.what}: {detail.text}")
    vector × Jacobian: grad_x = grad_y @ w.T
    vector × Jacobian: grad_w = x.T @ grad_y
    shapes: grad_y (4, 3) → grad_x (4, 2), grad_w (2, 3)
    type: float64
    cost: about 96 floating-point operations
    held for it: x, w, 112 bytes
    """
    recording, step = moment.recording, moment.step
    if isinstance(step, ForwardStep):
        return _forward_details(recording, step)
    if not isinstance(step, BackwardStep) or not step.contributions:
        return ()
    found = []
    held: set[str] = set()
    cost = 0
    for part in step.contributions:
        name = recording.blocks[part.wire.source].name
        try:
            code = rule_as_code(recording, step, part)
        except CodeError:
            continue
        found.append(Detail("vector × Jacobian", f"grad_{name} = {code}"))
        used, operations = _read(code)
        held |= used
        cost += _operations(recording, step, part, operations)
    y = recording.blocks[step.block].name
    shapes = [
        f"grad_{recording.blocks[part.wire.source].name} {part.value.shape}"
        for part in step.contributions
    ]
    found.append(Detail("shapes", f"grad_{y} {step.upstream.shape} → {', '.join(shapes)}"))
    found.append(Detail("type", str(step.contributions[0].value.dtype)))
    if cost:
        noun = "operation" if cost == 1 else "operations"
        found.append(Detail("cost", f"about {cost:,} floating-point {noun}"))
    found.append(_held(recording, step, held))
    return tuple(found)


def _forward_details(recording: Recording, step: ForwardStep) -> tuple[Detail, ...]:
    came_in = ", ".join(
        f"{recording.blocks[w.source].name} {value.shape}"
        for w in step.inputs
        if (value := recording.value(w.source)) is not None
    )
    name = recording.blocks[step.block].name
    shapes = f"{came_in} → {name} {step.value.shape}" if came_in else f"{name} {step.value.shape}"
    return (
        Detail("shapes", shapes),
        Detail("type", str(step.value.dtype)),
        Detail("held", f"{name}, {step.value.nbytes:,} bytes"),
    )


def _read(code: str) -> tuple[set[str], list[str]]:
    """List the names that a line of code uses, and the operations that it makes."""
    tree = ast.parse(code, mode="eval")
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    operations = [
        type(node.op).__name__ if isinstance(node, ast.BinOp | ast.UnaryOp) else "Call"
        for node in ast.walk(tree)
        if isinstance(node, ast.BinOp | ast.UnaryOp | ast.Call)
    ]
    return names, operations


def _operations(
    recording: Recording, step: BackwardStep, part: Contribution, operations: list[str]
) -> int:
    """Count multiplications and additions: an operation an element, and m·k·n twice a product."""
    values = [recording.value(w.source) for w in recording.wires_into(step.block)]
    total = 0
    for operation in operations:
        if operation == "MatMult":
            sizes = [step.upstream.size, *(x.size for x in values[:2] if x is not None)]
            total += 2 * math.isqrt(math.prod(sizes))
        else:
            total += max(part.value.size, step.upstream.size)
    return total


def _held(recording: Recording, step: BackwardStep, names: set[str]) -> Detail:
    blocks = [*(wire.source for wire in recording.wires_into(step.block)), step.block]
    used = [b for b in dict.fromkeys(blocks) if recording.blocks[b].name in names]
    size = sum(value.nbytes for b in used if (value := recording.value(b)) is not None)
    listed_names = ", ".join(recording.blocks[b].name for b in used)
    return Detail("held for it", f"{listed_names}, {size:,} bytes" if used else "nothing")
