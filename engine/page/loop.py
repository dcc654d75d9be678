"""The loop of `backward()` on a page: which of its lines run in a step, and what they do."""

from __future__ import annotations

import json
from collections.abc import Iterator
from html import escape
from typing import Any

from engine.finely import parts_of
from engine.graph import title
from engine.listing import CALL, CHAIN, GENERATIONS, listing
from engine.moment import Moment, work_lists
from engine.phases import GRAINS
from engine.recording import BackwardStep, Recording

MOST_NAMES = 8
"""Names of the work list that are told one by one."""


def loop(recording: Recording, name: str) -> Iterator[str]:
    """Write the code behind the walk, for a script that lights the lines of a step.

    Parameters
    ----------
    name
        What the row of radio buttons is called that choose how far a step goes.
    """
    yield '<div class="loop deep" hidden><div class="depths grains" role="radiogroup" '
    yield 'aria-label="A step is"><span class="dim">A step is</span>'
    for grain, words in GRAINS.items():
        checked = " checked" if grain == "block" else ""
        yield f'<label><input type="radio" name="{name}" value="{grain}"{checked}>'
        yield f"<span>{escape(words)}</span></label>"
    yield "</div>\n"
    back = CHAIN if recording.course.is_chain else GENERATIONS
    for kind, head, lines in (("fore", "y = f(x)", CALL), ("back", "y.backward()", back)):
        yield f'<ol class="code {kind}" aria-label="{head}">'
        yield "".join(f"<li><code>{escape(line)}</code><span></span></li>" for line in lines)
        yield "</ol>\n"
    yield '<p class="list waiting" role="status"></p>\n'
    data = _data(recording, back)
    yield f'<script type="application/json" class="loop-data">{data}</script></div>\n'


def _data(recording: Recording, back: tuple[str, ...]) -> str:
    places = {line.strip(): at for at, line in enumerate(back)}
    found = list[Any]()
    before: list[str] = []
    for step, after in enumerate(work_lists(recording)):
        shown = listing(Moment(recording, step))
        told: dict[str, Any] = {
            "running": 0 if shown is None else shown.running,
            "list": waiting_text(recording, after) if step >= recording.turn else "",
        }
        made = recording.steps[step]
        if isinstance(made, BackwardStep) and made.contributions:
            told["parts"] = _parts(recording, step, before, places)
            told["stops"] = _stops(recording, step, before)
        found.append(told)
        before = after
    text = json.dumps(found, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c")


def _parts(
    recording: Recording, step: int, waiting: list[str], places: dict[str, int]
) -> list[Any]:
    """Give each line that runs: which it is, what it does, what has arrived, and the work list."""
    found, arrived = list[Any](), 0
    for part in parts_of(recording, step, "line", waiting):
        arrived += len(part.contributions)
        waits = waiting_text(recording, list(part.work_list))
        found.append([places[part.code[0]], part.said[0], arrived, waits])
    return found


def _stops(recording: Recording, step: int, waiting: list[str]) -> list[int]:
    """Give the last line of each part of a walk by contributions."""
    found, count = list[int](), 0
    for part in parts_of(recording, step, "contribution", waiting):
        count += len(part.code)
        found.append(count - 1)
    return found


def waiting_text(recording: Recording, waiting: list[str]) -> str:
    """Tell what stands on the work list."""
    if not waiting:
        return "The work list is empty."
    blocks = [recording.blocks[block] for block in reversed(waiting)]
    names = [f"{title(block)} ({block.name})" for block in blocks[:MOST_NAMES]]
    more = f" and {len(waiting) - MOST_NAMES} more" if len(waiting) > MOST_NAMES else ""
    return f"On the work list, the next one first: {', '.join(names)}{more}."
