"""Gradients beside the ones that are found by trial, for people."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass

from engine.asking.too_large import too_large
from engine.checking import Check, Checker
from engine.errors import RunError
from engine.recording import Recording
from engine.syntax import shown
from engine.tints import BLUE, BOLD, Paint
from engine.values import value_text
from engine.variable import Array
from engine.wording import NOTHING_TO_WALK_BACK


@dataclass(frozen=True, slots=True, eq=False)
class Checked:
    """Some gradients of a walk, each with what a trial finds.

    Attributes
    ----------
    recording
        The walk.
    checks
        What came of each check, by the id of the block.
    """

    recording: Recording
    checks: dict[str, Check]


def checked_by(recording: Recording, name: str = "") -> Checked:
    """Hold the gradient of a Variable that is told by its name against a trial.

    Parameters
    ----------
    name
        Without one, the gradients of all inputs are checked.

    Raises
    ------
    RunError
        If there is no such gradient, or the arrays are too large.
    """
    refused = too_large(recording)
    if refused is not None:
        raise RunError(refused)
    blocks = recording.blocks
    every = [block for block in recording.course.order if block in recording.gradients]
    names = {blocks[block].name: block for block in every}
    if not every:
        raise RunError(NOTHING_TO_WALK_BACK)
    if name and name.strip() not in names:
        sentence = f"There is no gradient by {shown(name)}; there are: {', '.join(names)}."
        raise RunError(sentence)
    inputs = [block for block in every if not blocks[block].is_function]
    wanted, checker = [names[name.strip()]] if name else inputs, Checker(recording)
    found = ((block, checker.check(block)) for block in wanted)
    return Checked(recording, {block: check for block, check in found if check is not None})


def check_lines(found: Checked, width: int, paint: Paint) -> Iterator[str]:
    """Write gradients with what a trial finds of each, line by line.

    Parameters
    ----------
    width
        Columns of the terminal.
    paint
        Sets a text in a colour, given by its escape sequence, or leaves it.
    """
    recording = found.recording
    y = recording.blocks[recording.target or ""].name
    yield ""
    yield paint("Is it true?", BOLD + BLUE)
    for block, check in found.checks.items():
        gradient = recording.gradient(block)
        assert gradient is not None  # noqa: S101 - only such are checked
        line = check_line(y, recording.blocks[block].name, gradient, check)
        yield from textwrap.wrap(line, width, subsequent_indent="  ")


def check_line(y: str, x: str, gradient: Array, check: Check) -> str:
    """Write a gradient with what a trial finds of it.

    Examples
    --------
    >>> import numpy as np
    >>> from engine.expression import parse_expression
    >>> from engine.recording import record
    >>> graph, y = parse_expression("square(x)", {"x": np.array(3.0)})
    >>> found = checked_by(record(graph, y), "x")
    >>> for block, check in found.checks.items():
    ...     print(check_line("y", "x", found.recording.gradient(block), check).partition(":")[0])
    ∂y/∂x = 6 (by trial 6
    """
    trial = ""
    if check.numeric is not None and check.agreement.agrees is not None:
        trial = f"by trial {value_text(check.numeric, 11)}: "
    clause = check.sentence.removesuffix(".")
    clause = clause.replace("The two", "the two").replace("A trial", "a trial")
    return f"∂{y}/∂{x} = {value_text(gradient, None)} ({trial}{clause})"
