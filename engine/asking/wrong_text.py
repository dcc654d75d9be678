"""A wrong walk and the right one side by side, for people and for programs."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from typing import overload

from engine.asking.side_by_side import Cell, Row, pictured
from engine.asking.wrong_walk import WrongWalk, parts_of
from engine.graph import title
from engine.recording import Recording
from engine.steps import BackwardStep, SeedStep
from engine.tints import BOLD, RED, Paint
from engine.values import json_line, plain_value, value_text
from engine.wording import signed

NOTHING = "—"
"""What stands where one of the walks has come to its end."""


def beside(walk: WrongWalk) -> tuple[Row, ...]:
    """Set the steps of a wrong walk beside those of the right one.

    Examples
    --------
    >>> import numpy as np
    >>> from engine.expression import parse_expression
    >>> from engine.recording import record
    >>> from engine.asking.wrong_rules import walk_wrong
    >>> graph, y = parse_expression("x + x", {"x": np.array(3.0)})
    >>> for row in beside(walk_wrong(record(graph, y), "overwrite")):
    ...     print(row.left.numbers, row.right.numbers, row.parts)
    ('∂y/∂y = 1',) ('∂y/∂y = 1',) False
    ('∂y/∂x = 1', '∂y/∂x = 1 + 1 = 2') ('∂y/∂x = 1', '∂y/∂x = 1') True
    """
    return tuple(Beside(walk))


class Beside(Sequence[Row]):
    """The same, of which each row is written when it is looked at."""

    def __init__(self, walk: WrongWalk) -> None:
        self._walk = walk
        recording = walk.recording
        count = max(len(walk.steps), len(recording) - recording.turn)
        self._rows: list[Row | None] = [None] * count

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, index: int) -> Row: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[Row]: ...

    def __getitem__(self, index: int | slice) -> Row | Sequence[Row]:
        if isinstance(index, slice):
            return tuple(self[at] for at in range(*index.indices(len(self))))
        row = self._rows[index]
        if row is None:
            row = self._rows[index] = _row(self._walk, range(len(self))[index])
        return row


def _row(walk: WrongWalk, at: int) -> Row:
    recording, added = walk.recording, walk.mistake.name != "overwrite"
    step = walk.steps[at] if at < len(walk.steps) else None
    right = _cell(recording, walk.right_step(at), added=True)
    if step is not None and walk.is_as_right(at) and (added or not _adds(step)):
        return Row(right, right)
    wrong = _cell(recording, step, added=added)
    differs = right != wrong or (step is not None and walk.parts_at(at))
    return Row(right, wrong, differs, at == walk.parted)


def _adds(step: SeedStep | BackwardStep) -> bool:
    return any(part.raw_before is not None for part in parts_of(step))


def _cell(recording: Recording, step: SeedStep | BackwardStep | None, *, added: bool) -> Cell:
    if step is None:
        return Cell("", NOTHING, ())
    target, block = recording.blocks[recording.target or step.block].name, step.block
    name = recording.blocks[block].name
    if isinstance(step, SeedStep):
        said = f"∂{target}/∂{name} = {value_text(step.gradient)}"
        return Cell(block, name, (said,), pictured(step.gradient))
    numbers = []
    for part in step.contributions:
        text = f"∂{target}/∂{recording.blocks[part.wire.source].name} = "
        if part.before is not None and added:
            text += f"{value_text(part.before)} + {signed(value_text(part.value))} = "
        numbers.append(text + value_text(part.after))
    arrays = pictured(*(part.after for part in step.contributions))
    return Cell(block, f"{title(recording.blocks[block])} → {name}", tuple(numbers), arrays)


def endings(walk: WrongWalk) -> tuple[tuple[str, str, str], ...]:
    """List the gradients that end otherwise: the name of the block, the right and the wrong one.

    Inputs come first: theirs are what a walk is for.
    """
    recording = walk.recording
    ends = [block for block in walk.gradients if block in walk.ends_otherwise]
    return tuple(
        (
            recording.blocks[block].name,
            value_text(right) if (right := recording.gradient(block)) is not None else NOTHING,
            value_text(walk.gradients[block]),
        )
        for block in sorted(ends, key=lambda block: recording.blocks[block].is_function)
    )


def wrong_lines(walk: WrongWalk, width: int, paint: Paint) -> Iterator[str]:
    """Write a wrong walk beside the right one, line by line.

    Parameters
    ----------
    width
        Columns of the terminal.
    paint
        Sets a text in a colour, given by its escape sequence, or leaves it.
    """
    rows = beside(walk)
    half = min(max((len(n) for row in rows for n in row.left.numbers), default=0), width // 2)
    head = max(len(row.left.head) for row in rows)
    yield ""
    yield paint(f"What if: {walk.mistake.title}", BOLD)
    yield from textwrap.wrap(walk.mistake.about, width)
    yield ""
    yield f"    {'right rule':<{head + 2 + half}}    wrong rule"
    for at, row in enumerate(rows, start=walk.recording.turn + 1):
        for line in range(max(row.lines, 1)):
            sides = []
            for cell in (row.left, row.right):
                name = cell.head if line == 0 else ""
                number = cell.numbers[line] if line < len(cell.numbers) else ""
                sides.append(f"{name:<{head}}  {number}")
            sign = "≠" if row.differs else " "
            place = f"{at:>3}" if line == 0 else "   "
            text = f"{place} {sides[0]:<{head + 2 + half}}  {sign} {sides[1]}".rstrip()
            yield paint(text, RED) if row.parts else text
    yield ""
    for sentence in (walk.sentence, walk.stopped):
        yield from textwrap.wrap(sentence, width)
    for name, right, wrong in endings(walk):
        yield f"{name}: {right} is right, {wrong} by this rule"


def wrong_json(walk: WrongWalk) -> Iterator[str]:
    """Write a wrong walk as JSON: an object a step, and one that says what came of it."""
    recording = walk.recording
    for at, step in enumerate(walk.steps):
        facts = {
            "rule": walk.mistake.name,
            "step": recording.turn + at + 1,
            "block": step.block,
            "name": recording.blocks[step.block].name,
            "parts": at == walk.parted,
            "contributions": [
                {
                    "name": recording.blocks[part.wire.source].name,
                    "contribution": plain_value(part.value),
                    "before": None if part.before is None else plain_value(part.before),
                    "after": plain_value(part.after),
                }
                for part in parts_of(step)
            ],
        }
        yield json_line(facts)
    ends = {
        recording.blocks[block].name: {
            "right": None if (right := recording.gradient(block)) is None else plain_value(right),
            "wrong": plain_value(gradient),
        }
        for block, gradient in walk.gradients.items()
    }
    ending = {"rule": walk.mistake.name, "sentence": walk.sentence, "stopped": walk.stopped}
    yield json_line(ending | {"gradients": ends})
