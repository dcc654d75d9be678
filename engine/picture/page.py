"""A page of a walk: one HTML file with pictures, sentences and formulas that asks for nothing.

A walk is drawn once and not for each step: each mark knows from which step on until which it is
seen. The steps are radio buttons. A short script shows the marks of the one that is chosen; where
no script may run, as in a notebook that nobody has trusted yet, the style sheet does it alone.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator
from html import escape
from pathlib import Path

from engine.equations import Line
from engine.errors import CodeError
from engine.expression import expression_of
from engine.graph import INPUT, title
from engine.moment import Moment, work_lists
from engine.narration import narrate
from engine.picture.colours import variables
from engine.picture.places import Standing, places_for
from engine.picture.reel import Reel, merged
from engine.picture.still import about, graph_of
from engine.picture.style import themed_sheet
from engine.recording import Recording
from engine.values import value_text

FOLDER = Path(__file__).resolve().parents[2] / "resources" / "page"

MOST_STEPS = 2000
"""Steps of a page; with more of them a browser would take long over each."""

MOST_STYLED = 100
"""Steps of a walk that can be walked without a script: a browser takes the longer over each, the
more there are, and its time grows with their square."""

LONGEST_TITLE = 120

ROOM = 64
"""Pixels beside a picture on a page that is as wide as the picture."""

MOST_NAMES = 8
"""Names of the work list that are told one by one."""

NO_NETWORK = (
    "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:"
)

BUTTONS = (
    ("First step", "M4 4h2v10H4zM14 4v10L7 9z"),
    ("Step back", "M13 3v12L4 9z"),
    ("Play", "M4 3l11 6-11 6z"),
    ("Step on", "M5 3v12l9-6z"),
    ("Last step", "M12 4h2v10h-2zM4 4v10l7-5z"),
)


def page(
    recording: Recording, stand: Standing | None = None, heading: str | None = None
) -> Iterator[str]:
    """Write a page of a walk, a piece after the other.

    Parameters
    ----------
    stand
        Where the graph stands; without it, it is laid out.
    heading
        What stands above it; without one, the function as an expression.

    Raises
    ------
    CodeError
        If the walk has no steps, or more than a page can hold.
    """
    check_length(recording)
    words = _heading(recording) if heading is None else heading
    reel = _drawn(recording, stand)
    colours = f":root{{{variables('light')};--wide:{reel.frame.width + ROOM:.0f}px}}"
    dark = f"@media screen and (prefers-color-scheme:dark){{:root{{{variables('dark')}}}}}"
    yield (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{NO_NETWORK}">\n'
        f'<meta name="generator" content="Gradwalk">\n<title>{escape(words)}</title>\n'
        f"<style>\n{colours}\n{dark}\n{_data('page.css')}"
    )
    yield from _styles(recording)
    yield f'</style>\n</head>\n<body>\n<main class="gradwalk">\n<h1>{escape(words)}</h1>\n'
    yield (
        '<p class="legend"><span class="fwd">→ values forward</span> '
        '<span class="bwd">← gradients backward</span></p>\n'
    )
    yield from _walk(recording, reel, "step", 0)
    yield from _gradients(recording)
    yield f"</main>\n<script>\n{_data('walk.js')}{_data('page.js')}</script>\n</body>\n</html>\n"


def widget(recording: Recording, stand: Standing | None = None) -> Iterator[str]:
    """Write a walk to stand in a page of others, such as a notebook.

    Raises
    ------
    CodeError
        As `page` does.
    """
    check_length(recording)
    yield f"<style>.gradwalk{{{variables('light')};padding:12px}}"
    yield f"@media screen and (prefers-color-scheme:dark){{.gradwalk{{{variables('dark')}}}}}"
    yield from _styles(recording)
    # Radio buttons of one name are one row: two walks in a notebook are to be two.
    name = f"walk-{secrets.token_hex(6)}"
    yield f'</style><div class="gradwalk" id="{name}">'
    yield from _walk(recording, _drawn(recording, stand), name, len(recording) - 1)
    found = f"document.currentScript?.previousElementSibling ?? document.getElementById({name!r})"
    call = f"gradwalk({found})"
    yield f"</div><script>{{{_data('walk.js')}{call}}}</script>"


def check_length(recording: Recording) -> None:
    """Raise the reason why there can be no page of a walk; return if there can.

    Raises
    ------
    CodeError
        If the walk has no steps, or more than a page can hold.
    """
    count = len(recording)
    if not count:
        raise CodeError("There is nothing to walk yet, so there is no page of it.")
    if count > MOST_STEPS:
        raise CodeError(f"This walk has {count:,} steps; {MOST_STEPS:,} is the most for a page.")


def _data(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8")


def _heading(recording: Recording) -> str:
    target = recording.target
    if target is None:
        return "A walk"
    name = recording.blocks[target].name
    *pieces, last = expression_of(graph_of(recording), target).split("\n")
    text = "; ".join([*pieces, f"{name} = {last.removeprefix(f'{name} = ')}"])
    return text if len(text) <= LONGEST_TITLE else f"The gradient of {name}"


def _styles(recording: Recording) -> Iterator[str]:
    yield _data("walk.css")
    yield themed_sheet() + "\n"
    count, bare = len(recording), ".gradwalk:not(.live)"
    if count > MOST_STYLED:  # all that is told, one below the other, and the picture of the end
        yield f"{bare} .z,{bare} .line{{display:none}}\n"
        return
    yield f"{bare} .k{{display:none}}\n"
    for step in range(count):
        yield f"{bare}:has(.r{step}:checked) .s{step}{{display:block}}\n"
    for step in range(1, count):
        yield f"{bare}:has(.r{step}:checked,.r{step}~:checked) .f{step}{{display:inline}}\n"
    for step in range(1, count):  # after the others, so that these win
        yield f"{bare}:has(.r{step}:checked,.r{step}~:checked) .u{step}{{display:none}}\n"


def _drawn(recording: Recording, stand: Standing | None) -> Reel:
    graph = graph_of(recording)
    return Reel(recording, graph, stand or Standing(places_for(graph)))


def _walk(recording: Recording, reel: Reel, name: str, start: int) -> Iterator[str]:
    left, top, width, height = reel.frame
    yield (
        '<div class="picture" tabindex="0" role="group" aria-label="Picture">'
        f'<svg class="gw" viewBox="{left:g} {top:g} {width:g} {height:g}" role="img" '
        f'style="min-width:{width * 0.72:.0f}px;max-width:{width * 1.5:.0f}px">'
        f"<title>{escape(about(recording))}; each step is told below</title>{_said(reel.stand)}"
    )
    for piece in merged(reel.pieces()):
        kinds = f"k f{piece.first}" if piece.first else ""
        if piece.until is not None and piece.until < len(recording):
            kinds += f" z u{piece.until}"
        yield f'<g class="{kinds.strip()}">{piece.svg}</g>' if kinds else piece.svg
    yield '</svg></div>\n<div class="walkway"><div class="buttons" hidden>'
    for words, path in BUTTONS:
        yield (
            f'<button type="button" aria-label="{words}" title="{words}">'
            f'<svg viewBox="0 0 18 18" aria-hidden="true"><path d="{path}"/></svg></button>'
        )
    yield '</div><div class="line" role="radiogroup" aria-label="Steps">'
    tellings = [narrate(Moment(recording, step)) for step in range(len(recording))]
    for step, told in enumerate(tellings):
        way = "fw" if step < recording.turn else "bw"
        words = escape(f"{told.heading}: {told.title}")
        yield (
            f'<input type="radio" name="{name}" class="r{step} {way}" aria-label="{words}" '
            f'title="{words}"{" checked" if step == start else ""}>'
        )
    yield '</div></div>\n<div class="told" aria-live="polite">\n'
    for step, (told, waiting) in enumerate(zip(tellings, work_lists(recording), strict=True)):
        way = "fwd" if step < recording.turn else "bwd"
        yield f'<section class="k s{step}"><p class="place {way}">{escape(told.heading)}</p>'
        yield f"<h2>{escape(told.title)}</h2><p>{escape(told.sentence)}</p>"
        yield from _rules(told.lines)
        if recording.first_bad is not None and recording.first_bad.step == step:
            yield f'<p class="wrong">{escape(recording.first_bad.sentence)}</p>'
        if step >= recording.turn:
            yield f'<p class="list">{escape(_waiting(recording, waiting))}</p>'
        yield "</section>\n"
    yield "</div>\n"


def _said(stand: Standing) -> str:
    """Tell what frames and notes say, to those who do not see the picture."""
    words = "; ".join(mark.text for mark in stand.marks)
    return f"<desc>{escape(words)}</desc>" if words else ""


def _rules(lines: Iterable[Line]) -> Iterator[str]:
    for line in lines:
        yield f'<div class="rule">{_formula(line)}</div>'
        if line.numbers:
            yield f'<p class="numbers">{escape(line.numbers)}</p>'


def _formula(line: Line) -> str:
    """Write a rule as MathML, which a browser sets and a screen reader reads."""
    from latex2mathml.converter import convert  # noqa: PLC0415 - only a page wants it

    try:
        formula: str = convert(line.tex, display="block")
    except Exception:  # noqa: BLE001 - it raises what it likes; the plain text stands instead
        return escape(line.rule)
    return formula.replace(' xmlns="http://www.w3.org/1998/Math/MathML"', "")


def _waiting(recording: Recording, waiting: list[str]) -> str:
    if not waiting:
        return "The work list is empty."
    blocks = [recording.blocks[block] for block in reversed(waiting)]
    names = [f"{title(block)} ({block.name})" for block in blocks[:MOST_NAMES]]
    more = f" and {len(waiting) - MOST_NAMES} more" if len(waiting) > MOST_NAMES else ""
    return f"On the work list, the next one first: {', '.join(names)}{more}."


def _gradients(recording: Recording) -> Iterator[str]:
    inputs = [block for block in recording.blocks.values() if block.kind == INPUT]
    rows = [
        (block, value, gradient)
        for block in inputs
        if (value := recording.value(block.id)) is not None
        and (gradient := recording.gradient(block.id)) is not None
    ]
    if not rows or recording.target is None:
        return
    name = escape(recording.blocks[recording.target].name)
    yield (
        "<table><caption>What the walk finds</caption><thead><tr><th>input</th><th>value</th>"
        f"<th>gradient of {name}</th></tr></thead><tbody>"
    )
    for block, value, gradient in rows:
        found = value_text(gradient, 12)
        yield f"<tr><th>{escape(block.name)}</th><td>{escape(value_text(value))}</td>"
        yield f"<td>{escape(found)}</td></tr>"
    yield "</tbody></table>\n"
