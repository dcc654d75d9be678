"""Forward mode on a page: the walk of tangents from a number of an input, and what it costs."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from engine.asking.plot_axes import Axis, axes_of, axis_name, some_axes
from engine.asking.tangents import ABOUT, NOTHING, TangentWalk, walk_forward
from engine.asking.too_large import too_large
from engine.errors import RunError
from engine.page.parts import Asked, Choice, around, choices, said, side, some

MOST_AXES = 16
"""Numbers from which the walk is shown."""

MOST_ROWS = 100
"""Blocks that are told for all of them together; at least one number is walked from."""

EACH = 120
"""Blocks that are told of one walk."""


def forward_panel(asked: Asked) -> Iterator[str]:
    """Write the walk forwards from each number, as far as there is room."""
    recording = asked.recording
    yield said(ABOUT, kind="dim")
    refused = too_large(recording)
    axes = axes_of(recording) if refused is None else ()
    if not axes:
        yield said(refused or NOTHING)
        return
    rows = min(len(recording.course.order), EACH)
    shown = some_axes(recording, min(max(MOST_ROWS // rows, 1), MOST_AXES))
    yield some(len(shown), len(axes), "numbers")
    yield from choices(
        "from", [Choice(axis_name(recording.blocks, axis), _answer(asked, axis)) for axis in shown]
    )


def _answer(asked: Asked, axis: Axis) -> Iterator[str]:
    try:
        walk = walk_forward(asked.recording, *axis)
    except RunError as error:
        yield said(error.sentence)
        return
    yield from forward_answer(walk, asked)


def forward_answer(walk: TangentWalk, asked: Asked) -> Iterator[str]:
    """Write a walk forwards: each value beside how fast it changes, and what all that costs."""
    shown = around(0, len(walk.steps), EACH)
    yield some(len(shown), len(walk.steps), "blocks")
    yield '<div class="scroll"><table class="tangents"><thead><tr><th>step</th><th>block</th>'
    yield "<th>value</th><th>how fast it changes</th></tr></thead><tbody>\n"
    at_work = walk.recording.course.value_steps
    for step in walk.steps[: len(shown)]:
        row, at = walk.row(step), at_work[step.block]
        lights = asked.light_of(step.block)
        yield f'<tr{asked.way(at)}{lights} tabindex="0"><td class="dim">{at + 1}</td>'
        yield f"<th>{escape(row.left.head)}</th><td>{side(row.left, 'v')}</td>"
        yield f'<td><span class="dim">{escape(row.right.head)} =</span> {side(row.right, "g")}</td>'
        yield "</tr>\n"
    yield "</tbody></table></div>\n"
    yield "<h4>What it costs</h4>\n"
    yield said(walk.cost)
