"""Wrong rules on a page: each beside the right one, where they part, and what comes of it."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from engine.asking.mistakes import MISTAKES, Mistake
from engine.asking.side_by_side import Row
from engine.asking.too_large import too_large
from engine.asking.wrong_rules import walk_wrong
from engine.asking.wrong_text import beside, endings
from engine.asking.wrong_walk import WrongWalk
from engine.page.parts import Asked, Choice, around, choices, said, side, verdict
from engine.wording import NOTHING_TO_WALK_BACK

MOST_ROWS = 120
"""Steps that are set side by side; of a longer walk, those around where the two part."""

MOST_ENDS = 12
"""Gradients that are listed which end otherwise."""


def wrong_panel(asked: Asked) -> Iterator[str]:
    """Write what comes of each wrong rule."""
    recording = asked.recording
    there = recording.turn < len(recording)
    refused = too_large(recording) or ("" if there else NOTHING_TO_WALK_BACK)
    if refused:
        yield said(refused)
        return
    walks = [walk_wrong(recording, name) for name in MISTAKES]
    # One that makes a difference here is worth to be seen first.
    first = next((walk for walk in walks if walk.parted is not None), walks[0])
    yield from choices(
        "rule",
        [
            Choice(w.mistake.title, wrong_answer(w, asked), _lights(w, asked), is_first=w is first)
            for w in walks
        ],
    )


def wrong_answer(walk: WrongWalk, asked: Asked) -> Iterator[str]:
    """Write what comes of a wrong rule."""
    yield from _rule(walk.mistake)
    yield verdict(walk.sentence, walk.stopped, good=walk.parted is None)
    ends = endings(walk)
    if ends:
        yield '<div class="scroll"><table class="ends"><caption>In the end</caption><thead><tr>'
        yield "<th>gradient</th><th>right rule</th><th>wrong rule</th></tr></thead><tbody>\n"
        for name, right, wrong in ends[:MOST_ENDS]:
            yield f'<tr><th>{escape(name)}</th><td class="num">{escape(right)}</td>'
            yield f'<td class="num bad">{escape(wrong)}</td></tr>\n'
        yield "</tbody></table></div>\n"
    if len(ends) > MOST_ENDS:
        yield said(f"… and {len(ends) - MOST_ENDS:,} more", kind="dim")
    yield from _rows(walk, asked)


def rule_answer(walk: WrongWalk, asked: Asked) -> Iterator[str]:
    """Write what comes of a wrong rule that stands by itself, with its name."""
    lights = asked.lit(_lights(walk, asked))
    yield f'<div class="choice"{lights}><h3>{escape(walk.mistake.title)}</h3>\n'
    yield from wrong_answer(walk, asked)
    yield "</div>\n"


def _rule(mistake: Mistake) -> Iterator[str]:
    yield said(mistake.about)
    yield f'<p class="codes"><code class="bad">{escape(mistake.wrong)}</code> '
    yield f'<span class="dim">instead of</span> <code>{escape(mistake.right)}</code></p>\n'


def _lights(walk: WrongWalk, asked: Asked) -> str:
    """Light the blocks that end with another gradient."""
    return "" if asked.lamps is None else asked.lamps.keys(walk.differing())


def _rows(walk: WrongWalk, asked: Asked) -> Iterator[str]:
    rows = beside(walk)
    shown = around(walk.parted or 0, len(rows), MOST_ROWS)
    if len(shown) < len(rows):
        words = f"{len(rows):,} steps; these are {shown[0] + 1:,} to {shown[-1] + 1:,}."
        yield said(words, kind="dim")
    yield '<div class="scroll"><table class="beside"><caption>Step by step</caption><thead><tr>'
    yield '<th>step</th><th colspan="2">right rule</th><th></th><th colspan="2">wrong rule</th>'
    yield "</tr></thead><tbody>\n"
    turn = walk.recording.turn
    for at in shown:
        yield _row(rows[at], turn + at, asked)
    yield "</tbody></table></div>\n"


def _row(row: Row, step: int, asked: Asked) -> str:
    is_there = step < len(asked.recording)
    way = asked.way(step) + ' tabindex="0"' if is_there else ""
    block = row.right.block or row.left.block
    lights = asked.light_of(block) if block else ""
    kinds = " ".join(kind for kind in ("differs", "parts") if getattr(row, kind))
    sign = '<span class="bad" title="they differ">≠</span>' if row.differs else ""
    return (
        f'<tr class="{kinds}"{way}{lights}><td class="dim">{step + 1}</td>'
        f"<th>{escape(row.left.head)}</th><td>{side(row.left, 'g')}</td><td>{sign}</td>"
        f"<th>{escape(row.right.head)}</th><td>{side(row.right, 'g')}</td></tr>\n"
    )
