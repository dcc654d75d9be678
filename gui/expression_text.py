"""The graph as a line of code, with what the walk stands on lit."""

from __future__ import annotations

from html import escape

from engine.expression import MARKS, expression_lines, own_line
from engine.graph import Graph
from engine.moment import Moment
from gui.theme import Theme

LONGEST = 300
"""Characters that are shown; a longer expression is cut off."""

BREAK = ";&nbsp; "

MOST_BLOCKS = 60
"""Blocks that an expression is written out for; of a larger graph, the step's own line is shown."""


def expression_html(graph: Graph, moment: Moment, c: Theme) -> str:
    """Write the target's expression in rich text, with the active block's piece in colour."""
    target, step = moment.recording.target, moment.step
    if target is None or target not in graph or not graph.block(target).is_function:
        return ""
    colour = (c.orange if moment.is_backward else c.blue).name()
    active = step.block if step is not None and step.block in graph else target
    if len(graph) > MOST_BLOCKS:
        return f'<b style="color:{colour}">{escape(_cut(own_line(graph, active)))}</b>'
    lines = expression_lines(graph, target, active if step is not None else None)
    pieces = [escape(_cut(line)) for _, line in lines]
    begin, end = MARKS
    lit = BREAK.join(pieces).replace(begin, f'<b style="color:{colour}">')
    return lit.replace(end, "</b>")


def _cut(line: str) -> str:
    if len(line) <= LONGEST:
        return line
    head = line[: LONGEST - 1]
    begin, end = MARKS
    return head + "…" + end * (head.count(begin) - head.count(end))
