"""Paths on a page: all of them, one to choose, its factors and what they multiply to."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from engine.asking.back_path import BackPath
from engine.asking.path_factors import PathFactor, factors_of
from engine.asking.paths import Paths
from engine.page.parts import Asked, Choice, choices, formula, number, said, some
from engine.wording import NOTHING_TO_WALK_BACK, shape_text, tex_fraction, text_fraction

MOST_INPUTS = 24
"""Inputs whose paths are listed."""

FIRST, LAST = 8, 4
"""Factors of a long path that are shown, from its two ends."""

MOST_FACTORS = 400
"""Factors that are shown for all paths back to an input; those of further paths are not."""

MOST_NAMES = 40
"""Names and factors of a path that are told in its line."""


def paths_panel(asked: Asked) -> Iterator[str]:
    """Write the paths to each input."""
    recording = asked.recording
    blocks, course = recording.blocks, recording.course
    given = (block for block in course.order if not blocks[block].is_function)
    sources = [block for block in given if block in course.givers]
    if not sources:
        yield said(NOTHING_TO_WALK_BACK)
    shown = sources[:MOST_INPUTS]
    yield some(len(shown), len(sources), "inputs")
    yield from choices(
        "back to",
        [Choice(blocks[b].name, paths_answer(Paths(recording, b), asked)) for b in shown],
    )


def paths_answer(paths: Paths, asked: Asked) -> Iterator[str]:
    """Write the paths to one input."""
    y, x = (paths.recording.blocks[block].name for block in paths.ends)
    yield said(paths.sentence)
    room, count = MOST_FACTORS, len(paths.listed)
    for at, path in enumerate(paths.listed):
        room -= min(len(path.wires), FIRST + LAST)
        is_open = " open" if count == 1 or (at == 0 and not asked.walked) else ""
        yield f'<details class="path"{_lights(asked, path)}{is_open}><summary>{_line(paths, path)}'
        yield "</summary>\n"
        yield from _factors(paths, path, asked) if room >= 0 else ()
        yield "</details>\n"
    if room < 0:
        yield said(f"The factors of the first {MOST_FACTORS:,} or so are shown.", kind="dim")
    if paths.count > count:
        yield said(f"… and {paths.count - count:,} more", kind="dim")
    if paths.count > 1:
        whole = formula(tex_fraction(y, x), text_fraction(y, x))
        yield f'<p class="sum">{whole} = {number(paths.gradient, "g")}</p>\n'


def _lights(asked: Asked, path: BackPath) -> str:
    return "" if asked.lamps is None else asked.lit(asked.lamps.keys(path.blocks, path.wires))


def _line(paths: Paths, path: BackPath) -> str:
    names = [paths.recording.blocks[block].name for block in path.blocks[:MOST_NAMES]]
    if len(path.blocks) > MOST_NAMES:
        names.append("…")
    way = escape(" ← ".join(names))
    symbols = escape(path.text(paths.recording, MOST_NAMES))
    factors, _, product = path.numbers(MOST_NAMES).rpartition(" = ")
    told = f"{escape(factors)} = " if factors else ""
    return (
        f'<span class="way">{way}</span><span class="symbols">{symbols}</span>'
        f'<span class="product">{told}<b>{escape(product)}</b></span>'
    )


def _factors(paths: Paths, path: BackPath, asked: Asked) -> Iterator[str]:
    names, count = paths.recording.blocks, len(path.wires)
    y = names[path.ends[0]].name
    yield said(f"It begins with ∂{y}/∂{y} = 1, {shape_text(path.shapes[0])}.", kind="dim")
    yield '<div class="scroll"><table class="factors"><thead><tr><th>factor</th><th>block</th>'
    yield "<th>rule</th><th>local derivative</th><th>so far</th></tr></thead><tbody>\n"
    shown = factors_of(paths.recording, path, range(FIRST, count - LAST))
    for at, factor in enumerate(shown):
        if at == FIRST and count > FIRST + LAST:
            hidden = f"… {count - FIRST - LAST:,} factors in between …"
            yield f'<tr><td colspan="5" class="dim">{hidden}</td></tr>\n'
        yield _factor(paths, factor, asked)
    yield "</tbody></table></div>\n"


def _factor(paths: Paths, factor: PathFactor, asked: Asked) -> str:
    wire, names = factor.wire, paths.recording.blocks
    tex = tex_fraction(names[wire.target].name, names[wire.source].name)
    lights = "" if asked.lamps is None else asked.lit(asked.lamps.keys((wire.target,), (wire,)))
    local = "" if factor.local is None else number(factor.local, "v")
    shape = f'<span class="dim">{escape(shape_text(factor.shape))}</span>'
    so_far = shape if factor.so_far is None else number(factor.so_far, "g")
    return (
        f'<tr{lights} tabindex="0"><th>{formula(tex, factor.text)}</th>'
        f"<td>{escape(factor.block)}</td><td><code>{escape(factor.rule)}</code></td>"
        f"<td>{local}</td><td>{so_far}</td></tr>\n"
    )
