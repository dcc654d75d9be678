"""Checks on a page: each gradient beside the one that is found by trial."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

import numpy as np

from engine.asking.headings import HEADINGS
from engine.asking.too_large import too_large
from engine.checking import Check, Checker
from engine.page.parts import Asked, formula, number, said, some
from engine.recording import Recording
from engine.wording import NOTHING_TO_WALK_BACK, tex_fraction, text_fraction

MOST_CHECKED = 40
"""Variables whose gradients are checked."""

MOST_WORK = 400_000
"""Blocks that may be run for all trials together."""

RUNS = 6
"""Runs for each number, at most: to both sides, with three nudges."""

SIGNS = {True: "✓", False: "✗", None: "?"}


def checks_panel(asked: Asked) -> Iterator[str]:
    """Write the gradients of inputs beside their trials, and those of others as far as it goes."""
    recording = asked.recording
    refused = too_large(recording)
    blocks = recording.blocks
    found = [block for block in recording.course.order if block in recording.gradients]
    if refused or not found:
        yield said(refused or NOTHING_TO_WALK_BACK)
        return
    # Inputs come first: their gradients are what a walk is for.
    found.sort(key=lambda block: blocks[block].is_function)
    shown = list(_affordable(recording, found))
    yield some(len(shown), len(found), "gradients")
    checker = Checker(recording)
    checks = ((block, checker.check(block)) for block in shown)
    yield from checks_answer(asked, ((block, check) for block, check in checks if check))


def _affordable(recording: Recording, blocks: list[str]) -> Iterator[str]:
    """Give as many of some blocks as can be checked in a moment."""
    work, cost = MOST_WORK, len(recording.course.order)
    for block in blocks[:MOST_CHECKED]:
        work -= RUNS * int(np.size(recording.values[block])) * cost
        if work >= 0:
            yield block


def checks_answer(asked: Asked, checks: Iterable[tuple[str, Check]]) -> Iterator[str]:
    """Write some gradients beside their trials."""
    recording = asked.recording
    y = recording.blocks[recording.target or ""].name
    yield '<div class="scroll"><table class="checks"><thead><tr><th></th><th>by the walk</th>'
    yield f"<th>by trial</th><th>{HEADINGS['check'].title}</th></tr></thead><tbody>\n"
    for block, check in checks:
        x, gradient = recording.blocks[block].name, recording.gradient(block)
        assert gradient is not None  # noqa: S101 - only such are checked
        name = formula(tex_fraction(y, x), text_fraction(y, x))
        trial = "" if check.numeric is None else number(check.numeric, "v")
        kind = {True: "good", False: "bad", None: "dim"}[check.agreement.agrees]
        words = f"{SIGNS[check.agreement.agrees]} {check.verdict}"
        told = f'<span class="{kind}" title="{escape(check.sentence)}">{words}</span>'
        yield f'<tr{asked.light_of(block)} tabindex="0"><th>{name}</th>'
        yield f"<td>{number(gradient, 'g')}</td><td>{trial}</td><td>{told}</td></tr>\n"
    yield "</tbody></table></div>\n"
