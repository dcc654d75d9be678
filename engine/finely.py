"""A walk back in finer steps than blocks: contribution by contribution, or line of code by line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from engine.graph import title
from engine.listing import CHAIN, GENERATIONS
from engine.moment import Moment
from engine.narration import narrate
from engine.phases import Grain, chain_lines, generation_lines
from engine.recording import BackwardStep, Contribution, Recording

POP, FOR, ASK, PUSH = "funcs.pop()", "for x, gx", "if x.creator", ("add_func(x", "funcs.append")
"""What lines of the loop are known by."""


@dataclass(frozen=True, slots=True)
class Part:
    """What happens at a line of code, or at several that lead one contribution back.

    Attributes
    ----------
    step
        Index of the step that it is a part of.
    part
        Which part of it, counted from 1.
    code
        The lines that run.
    said
        What they do, a line each.
    contributions
        Those that arrive and are added.
    work_list
        What stands on the work list afterwards, the next to be popped last.
    """

    step: int
    part: int
    code: tuple[str, ...]
    said: tuple[str, ...]
    contributions: tuple[Contribution, ...]
    work_list: tuple[str, ...]


def parts_of(recording: Recording, index: int, grain: Grain, waiting: list[str]) -> Iterator[Part]:
    """Take a step of the way back apart.

    Parameters
    ----------
    index
        Index of a step that leads a gradient back over a block.
    grain
        How finely.
    waiting
        What stands on the work list before it, the next to be popped last.

    Examples
    --------
    >>> import numpy as np
    >>> from engine.expression import parse_expression
    >>> from engine.recording import record
    >>> graph, y = parse_expression("square(x)", {"x": np.array(3.0)})
    >>> for part in parts_of(record(graph, y), 3, "line", [y]):
    ...     print(*part.code, "|", *part.said)
    f = funcs.pop() | Square y
    x, y = f.input, f.output | x, y
    x.grad = f.backward(y.grad) | ∂y/∂x = 1 · 2 · 3 = 1 · 6 = 6
    if x.creator is not None: | no: x is given
    """
    lines = list(_lines(recording, index, waiting))
    if grain == "line":
        yield from lines
        return
    groups = list[list[Part]]([[]])
    for line in lines:
        if (
            grain == "contribution"
            and FOR in line.code[0]
            and any(p.contributions for p in groups[-1])
        ):
            groups.append([])
        groups[-1].append(line)
    for at, group in enumerate(groups, start=1):
        yield replace(
            group[-1],
            part=at,
            code=tuple(code for line in group for code in line.code),
            said=tuple(said for line in group if line.contributions for said in line.said),
            contributions=tuple(part for line in group for part in line.contributions),
        )


def _lines(recording: Recording, index: int, waiting: list[str]) -> Iterator[Part]:
    step, chain = recording.steps[index], recording.course.is_chain
    assert isinstance(step, BackwardStep)  # noqa: S101 - as the caller has it
    told = narrate(Moment(recording, index)).lines
    running = chain_lines(step) if chain else generation_lines(step)
    code, waiting = CHAIN if chain else GENERATIONS, list(waiting)
    at, order = -1, recording.course.backward_steps
    pushed = [p.wire.source for p in step.contributions if p.wire.source in step.pushed]
    pushed = list(dict.fromkeys(pushed))
    for count, line in enumerate(running, start=1):
        text = code[line.line].strip()
        came: tuple[Contribution, ...] = ()
        if FOR in text or (chain and POP in text):
            at += 1
        x = step.contributions[at].wire.source if step.contributions else step.block
        said = ""
        if POP in text:
            waiting.remove(step.block)
            said = _called(recording, step.block)
        elif FOR in text:
            said = recording.blocks[x].name
        elif ASK in text:
            said = _made(recording, x)
        elif text.startswith(PUSH):
            waiting.append(pushed.pop(0))
            waiting.sort(key=lambda block: -order.get(block, len(recording)))
            said = _called(recording, x)
        elif "x.grad =" in text:
            came = (step.contributions[at],)
            said = f"{told[at].rule.split(' = ')[0]} = {told[at].numbers}"
        elif text.startswith("gxs"):
            said = "; ".join(line.rule for line in told)
        else:
            said = f"{recording.blocks[x].name}, {recording.blocks[step.block].name}"
        yield Part(index, count, (text,), (said,), came, tuple(waiting))


def _called(recording: Recording, block: str) -> str:
    return f"{title(recording.blocks[block])} {recording.blocks[block].name}"


def _made(recording: Recording, block: str) -> str:
    found = recording.blocks[block]
    if not found.is_function:
        return f"no: {found.name} is given"
    return f"yes: {title(found)} made {found.name}"
