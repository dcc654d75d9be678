"""A page of a walk: one HTML file with pictures, sentences and formulas that asks for nothing.

A walk is drawn once and not for each step: each mark knows from which step on until which it is
seen. The steps are radio buttons. A short script shows the marks of the one that is chosen; where
no script may run, as in a notebook that nobody has trusted yet, the style sheet does it alone.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from html import escape

from engine.expression import expression_of
from engine.graph import INPUT
from engine.page.files import data
from engine.page.length import check_length
from engine.page.parts import Asked, number
from engine.page.questions import panels, tabs
from engine.page.steps import picture, tellings, walkway
from engine.picture.colours import variables
from engine.picture.places import Standing, places_for
from engine.picture.reel import Reel
from engine.picture.still import graph_of
from engine.picture.style import themed_sheet
from engine.recording import Recording

MOST_STYLED = 100
"""Steps of a walk that can be walked without a script: a browser takes the longer over each, the
more there are, and its time grows with their square."""

LONGEST_TITLE = 120

DIGITS = 12
"""Significant digits of a gradient that the walk finds."""

ROOM = 64
"""Pixels beside a picture on a page that is as wide as the picture."""

SCRIPTS = (
    "walk.js",
    "loop.js",
    "answers.js",
    "questions.js",
    "arrays.js",
    "reading.js",
    "predict.js",
    "page.js",
)

NO_NETWORK = (
    "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:"
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
    light, dark = variables("light"), variables("dark")
    colours = (
        f":root{{{light};--wide:{reel.frame.width + ROOM:.0f}px}}\n"
        f"@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}:root.light{{{light}}}}}\n"
        f"@media screen{{:root.dark{{{dark}}}}}"
    )
    yield (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{NO_NETWORK}">\n'
        f'<meta name="generator" content="Gradwalk">\n<title>{escape(words)}</title>\n'
        f"<style>\n{colours}\n{data('page.css')}"
    )
    yield from _styles(recording)
    yield data("questions.css")
    yield f'</style>\n</head>\n<body>\n<main class="gradwalk">\n<h1>{escape(words)}</h1>\n'
    yield (
        '<div class="legend"><span class="fwd">→ values forward</span> '
        '<span class="bwd">← gradients backward</span>'
        '<button type="button" class="look" hidden>Light or dark</button></div>\n'
    )
    yield from picture(recording, reel)
    yield from walkway(recording, "step", 0)
    yield from tabs()
    yield '<div class="told panel" role="tabpanel" id="step" aria-labelledby="tab-step">\n'
    yield from tellings(recording, "depth")
    yield "</div>\n"
    yield from panels(Asked(recording, reel.lamps()))
    yield from _gradients(recording)
    yield "</main>\n<script>\n"
    yield from map(data, SCRIPTS)
    yield "</script>\n</body>\n</html>\n"


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
    yield from picture(recording, _drawn(recording, stand))
    yield from walkway(recording, name, len(recording) - 1)
    yield '<div class="told">\n'
    yield from tellings(recording, f"{name}-depth")
    yield "</div>"
    found = f"document.currentScript?.previousElementSibling ?? document.getElementById({name!r})"
    call = f"const root={found};loop(root,gradwalk(root))"
    yield f"</div><script>{{{data('walk.js')}{data('loop.js')}{call}}}</script>"


def _heading(recording: Recording) -> str:
    target = recording.target
    if target is None:
        return "A walk"
    name = recording.blocks[target].name
    *pieces, last = expression_of(graph_of(recording), target).split("\n")
    text = "; ".join([*pieces, f"{name} = {last.removeprefix(f'{name} = ')}"])
    return text if len(text) <= LONGEST_TITLE else f"The gradient of {name}"


def _styles(recording: Recording) -> Iterator[str]:
    yield data("walk.css")
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
        '<div class="finds scroll"><table><caption>What the walk finds</caption><thead><tr>'
        f"<th>input</th><th>value</th><th>gradient of {name}</th></tr></thead><tbody>"
    )
    for block, value, gradient in rows:
        yield f"<tr><th>{escape(block.name)}</th><td>{number(value, 'v')}</td>"
        yield f"<td>{number(gradient, 'g', DIGITS)}</td></tr>"
    yield "</tbody></table></div>\n"
