"""A walk as a table for a terminal."""

from __future__ import annotations

import shutil
import textwrap
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace

from engine.asking.check_text import check_line
from engine.checking import check_gradient
from engine.depth import Depth, details, narrate_at
from engine.expression import expression_of
from engine.finely import parts_of
from engine.graph import INPUT, Graph, title
from engine.moment import Moment, work_lists
from engine.phases import Grain
from engine.recording import BackwardStep, ForwardStep, Recording, SeedStep
from engine.tints import BLUE, BOLD, GLUE, NARROWEST, ORANGE, PLAIN, Paint

NARROWEST_LINE = 40
"""Columns that a line has at least, though the terminal may have fewer."""


def columns() -> int:
    """Tell how wide the terminal is."""
    return max(shutil.get_terminal_size((100, 24)).columns, NARROWEST_LINE)


def in_colour(text: str, tint: str) -> str:
    """Let a terminal show text in a colour."""
    return f"{tint}{text}{PLAIN}" if text.strip() else text


def as_it_is(text: str, _tint: str) -> str:
    """Leave text plain, for a pipe, a file, or a person who wants no colours."""
    return text


def heading(graph: Graph, recording: Recording, width: int, paint: Paint) -> Iterator[str]:
    """Write what is walked, as an expression."""
    if recording.target is not None:
        for line in expression_of(graph, recording.target).split("\n"):
            yield from (paint(part, BOLD) for part in _formula(line, width))


def walk_text(
    graph: Graph,
    recording: Recording,
    width: int,
    paint: Paint,
    depth: Depth = "student",
    grain: Grain = "block",
) -> Iterator[str]:
    r"""Write a walk line by line, in columns that fit.

    Parameters
    ----------
    graph
        What was recorded; its gradients are tried on it.
    width
        Columns of the terminal.
    paint
        `in_colour`, which sets blue for forward and orange for backward, or `as_it_is`.
    depth
        For a first contact, steps are told in sentences; for an engineer, with what it takes.
    grain
        How finely the way back is told: by blocks, by contributions, or by lines of code.

    Examples
    --------
    >>> import numpy as np
    >>> from engine.expression import parse_expression
    >>> from engine.recording import record
    >>> graph, y = parse_expression("square(x)", {"x": np.array(3.0)})
    >>> print("\n".join(walk_text(graph, record(graph, y), 80, as_it_is)))
    y = square(x)
    <BLANKLINE>
    Forward
    1 →  x         x is given          3
    2 →  Square y  y = x²              3² = 9
    <BLANKLINE>
    Backward                                                  work list
    3 ←  y         ∂y/∂y = 1           1                      [Square y]
    4 ←  Square y  ∂y/∂x = ∂y/∂y · 2x  1 · 2 · 3 = 1 · 6 = 6  []
    <BLANKLINE>
    Gradients of y
    ∂y/∂x = 6 (by trial 6: the two agree to 15 digits)
    """
    yield from heading(graph, recording, width, paint)
    rows = list(_rows(recording, depth) if grain == "block" else _fine_rows(recording, grain))
    table = _Table(rows, width)
    for forward, title_, tint in ((True, "Forward", BLUE), (False, "Backward", ORANGE)):
        part = [row for row in rows if row.forward == forward]
        if not part:
            continue
        yield ""
        with_list = not forward and depth != "first"
        yield table.heading(paint(title_, BOLD + tint), len(title_), with_list=with_list)
        for row in part:
            for head, rest in table.lines(row):
                yield f"{paint(head, tint)}  {rest}".rstrip()
    yield from _ending(graph, recording, width, paint)


@dataclass(frozen=True, slots=True)
class _Row:
    """One step: what is at work, each rule with its numbers, what waits, and what else is said."""

    number: str
    forward: bool
    block: str
    rules: tuple[tuple[str, str], ...]
    work_list: str = ""
    said: tuple[str, ...] = ()


def _rows(recording: Recording, depth: Depth) -> Iterator[_Row]:
    for index, (step, waiting) in enumerate(
        zip(recording.steps, work_lists(recording), strict=True)
    ):
        moment = Moment(recording, index)
        told = narrate_at(moment, depth)
        rules = tuple((line.rule, line.numbers) for line in told.lines)
        if isinstance(step, ForwardStep) and not recording.blocks[step.block].is_function:
            rules = ((told.title, told.lines[0].numbers),)
        names = ", ".join(_at_work(recording, block) for block in waiting)
        forward = isinstance(step, ForwardStep)
        block = (
            recording.blocks[step.block].name
            if isinstance(step, SeedStep)
            else _at_work(recording, step.block)
        )
        if depth == "first":
            yield _Row(str(index + 1), forward, block, (), said=tuple(told.sentence.split("\n")))
            continue
        asked = details(moment) if depth == "engineer" else ()
        yield _Row(
            str(index + 1),
            forward,
            block,
            rules or ((told.sentence, ""),),
            "" if forward else f"[{names}]",
            tuple(f"{detail.what}: {detail.text}" for detail in asked),
        )


def _fine_rows(recording: Recording, grain: Grain) -> Iterator[_Row]:
    """Take each step back apart; its parts are numbered as in 6.2."""
    waiting: list[str] = []
    for index, row in enumerate(_rows(recording, "student")):
        step = recording.steps[index]
        if not isinstance(step, BackwardStep) or not step.contributions:
            waiting = list(step.pushed) if isinstance(step, SeedStep) else waiting
            yield row
            continue
        rules = iter(row.rules)
        for part in parts_of(recording, index, grain, waiting):
            waiting = list(part.work_list)
            names = ", ".join(_at_work(recording, block) for block in waiting)
            told = next(rules) if grain == "contribution" else (part.code[0], part.said[0])
            yield replace(
                row, number=f"{index + 1}.{part.part}", rules=(told,), work_list=f"[{names}]"
            )


def _at_work(recording: Recording, block: str) -> str:
    found = recording.blocks[block]
    return f"{title(found)} {found.name}" if found.is_function else found.name


class _Table:
    """Columns for all rows of a walk, as wide as they are written or as the terminal lets them."""

    def __init__(self, rows: list[_Row], width: int) -> None:
        rules = [rule for row in rows for rule in row.rules]
        self._digits = max((len(row.number) for row in rows), default=0)
        self._block = max((len(row.block) for row in rows), default=0)
        self._rule = max((len(rule) for rule, _ in rules), default=0)
        self._numbers = max((len(numbers) for _, numbers in rules), default=0)
        self._head = self._digits + len(" →  ") + self._block
        self._rest = max(width - self._head - 2, NARROWEST)
        waiting = max((len(row.work_list) for row in rows), default=0)
        room = self._rest - self._rule - 2 - max(waiting, len("work list")) - 2
        self._below = room < min(NARROWEST, self._numbers)
        if not self._below:
            self._numbers = min(self._numbers, room)

    def heading(self, painted: str, length: int, *, with_list: bool) -> str:
        """Write the line above a part."""
        if not with_list or self._below:
            return painted
        before = self._head + 2 + self._rule + 2 + self._numbers + 2
        return painted + " " * (before - length) + "work list"

    def lines(self, row: _Row) -> Iterator[tuple[str, str]]:
        """Write a row: what is tinted, and what follows it."""
        head = f"{row.number:>{self._digits}} {'→' if row.forward else '←'}  {row.block}"
        cells = list(self._stacked(row) if self._below else self._side_by_side(row))
        cells += [line for text in row.said for line in _wrapped(text, self._rest)]
        for index, cell in enumerate(cells):
            yield (head if index == 0 else "").ljust(self._head), cell

    def _stacked(self, row: _Row) -> Iterator[str]:
        for rule, numbers in row.rules:
            yield from _formula(rule, self._rest)
            if numbers:
                yield from _formula(numbers, self._rest - 2, "  ")
        if row.work_list:
            yield from _wrapped(f"work list {row.work_list}", self._rest)

    def _side_by_side(self, row: _Row) -> Iterator[str]:
        waiting = row.work_list
        for rule, numbers in row.rules:
            if not numbers:
                yield from _wrapped(rule, self._rest)
                continue
            for index, part in enumerate(_formula(numbers, self._numbers)):
                left = rule if index == 0 else ""
                line = f"{left:<{self._rule}}  {part:<{self._numbers}}  {waiting}"
                waiting = ""
                yield line


def _wrapped(text: str, width: int, indent: str = "") -> list[str]:
    """Break a text between its words."""
    wrapped = textwrap.wrap(text, max(width, 1), subsequent_indent="  ", break_on_hyphens=False)
    return [indent + line.replace(GLUE, " ") for line in wrapped]


def _formula(text: str, width: int, indent: str = "") -> list[str]:
    """Break a formula before its equals signs, and elsewhere only where it must."""
    glued = text.replace(";  ", "; ").replace(" ", GLUE)
    glued = glued.replace(f"{GLUE}={GLUE}", f" ={GLUE}").replace(f";{GLUE}", "; ")
    return _wrapped(glued, width, indent)


def _ending(graph: Graph, recording: Recording, width: int, paint: Paint) -> Iterator[str]:
    target = recording.target
    if target is not None and recording.turn < len(recording):
        y = recording.blocks[target].name
        yield ""
        yield paint(f"Gradients of {y}", BOLD)
        for block in recording.blocks.values():
            gradient = recording.gradient(block.id)
            if block.kind != INPUT or gradient is None:
                continue
            check = check_gradient(graph, target, block.id, gradient)
            yield from _wrapped(check_line(y, block.name, gradient, check), width)
    bad = recording.first_bad
    if bad is not None:
        yield ""
        text = f"The first number that went wrong is in step {bad.step + 1}: {bad.sentence}"
        yield from _wrapped(text, width)
    if recording.problems:
        yield ""
        for problem in recording.problems:
            yield from _wrapped(f"Not walked: {problem.sentence}", width)


def caret(text: str, at: int, width: int) -> list[str]:
    r"""Show a place in a text: its line, and below it a caret under the character.

    Examples
    --------
    >>> print("\n".join(caret("square(x", 6, 80)))
      square(x
            ^
    """
    start, end = text.rfind("\n", 0, at) + 1, (text + "\n").find("\n", at)
    line, column = text[start:end].expandtabs(1), at - start
    if len(line) > width - 4:
        first = max(0, column - width // 2)
        line, column = line[first : first + width - 4], column - first
    wide = sum(unicodedata.east_asian_width(c) in "WF" for c in line[:column])
    return [f"  {line}", "  " + " " * (column + wide) + "^"]
