"""Answers to questions about a walk that stand by themselves, as in a notebook."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Mapping
from html import escape
from typing import Any, NamedTuple

from engine.asking.answers import ANSWERS
from engine.asking.check_text import Checked, check_lines, checked_by
from engine.asking.headings import HEADINGS
from engine.asking.plot_axes import axis_by, axis_name
from engine.asking.plot_text import PlotTable
from engine.asking.told import TOLD
from engine.asking.too_large import too_large
from engine.errors import RunError
from engine.page.checks import checks_answer
from engine.page.element import element_answer
from engine.page.files import data
from engine.page.forward import forward_answer
from engine.page.length import check_length
from engine.page.parts import Asked
from engine.page.paths import paths_answer
from engine.page.plot import PlaneFound, curve_answer, plane_answer, plane_lines, plane_of_two
from engine.page.predict import predict_panel
from engine.page.sizes import sizes_answer
from engine.page.steps import picture, still, walkway
from engine.page.wrong import rule_answer
from engine.picture.colours import variables
from engine.picture.places import Standing, places_for
from engine.picture.reel import Reel
from engine.picture.still import graph_of
from engine.picture.style import themed_sheet
from engine.recording import Recording
from engine.tints import Paint

MOST_DRAWN = 120
"""Blocks of a graph that is drawn above an answer which lights some of them."""


class Written(NamedTuple):
    """How an answer is written.

    Attributes
    ----------
    heading
        Which question it answers.
    html, lines
        For a page, and for a terminal.
    is_lit
        Whether it lights blocks of the graph, which is drawn above it then.
    """

    heading: str
    html: Callable[[Any, Asked], Iterator[str]]
    lines: Callable[[Any, int, Paint], Iterator[str]]
    is_lit: bool = False


def _curve(found: PlotTable, asked: Asked) -> Iterator[str]:
    axis = axis_by(asked.recording, found.names[1], "to plot along")
    return curve_answer(asked.recording, axis)


def _checked(found: Checked, asked: Asked) -> Iterator[str]:
    return checks_answer(asked, found.checks.items())


WRITTEN: Mapping[str, Written] = {
    "paths": Written("paths", paths_answer, TOLD["paths"].lines, is_lit=True),
    "sizes": Written("map", sizes_answer, TOLD["sizes"].lines, is_lit=True),
    "wrong": Written("mistakes", rule_answer, TOLD["wrong"].lines, is_lit=True),
    "forward": Written("forward", forward_answer, TOLD["forward"].lines),
    "element": Written("arrays", element_answer, TOLD["element"].lines),
    "plot": Written("plot", _curve, TOLD["plot"].lines),
    "plane": Written("plot", plane_answer, plane_lines),
    "checked": Written("check", _checked, check_lines),
}
"""How the answer to each question is written."""


def found_for(recording: Recording, what: str, *about: str) -> tuple[str, Any]:
    """Answer a question; give how the answer is written, by name, and the answer.

    Raises
    ------
    RunError
        If it cannot be asked of this walk; the sentence says why.
    """
    if what == "checked":
        return what, checked_by(recording, *about)
    if what == "plot" and about[1:] and about[1]:
        return "plane", _plane(recording, *about)
    return what, ANSWERS[what](recording, about[0])


def _plane(recording: Recording, one: str, other: str) -> PlaneFound:
    refused = too_large(recording)
    if refused is not None:
        raise RunError(refused)
    axes = (
        axis_by(recording, one, "to plot along"),
        axis_by(recording, other, "to plot along"),
    )
    if axes[0] == axes[1]:
        raise RunError(f"{axis_name(recording.blocks, axes[0])} cannot run along both sides.")
    return plane_of_two(recording, axes)


def answer_html(recording: Recording, name: str, found: Any) -> Iterator[str]:
    """Write an answer to stand in a page of others."""
    how, key = WRITTEN[name], _key()
    yield from _opening(key, how.heading)
    lamps = None
    if how.is_lit and len(recording.blocks) <= MOST_DRAWN:
        reel = _drawn(recording)
        lamps = reel.lamps()
        yield from still(recording, reel)
    yield from how.html(found, Asked(recording, lamps, walked=False))
    yield _ending(key, ("answers.js",), "answers(root,()=>root)")


def predict_html(recording: Recording) -> Iterator[str]:
    """Write a walk that asks for each number before it is shown, to stand in a page of others.

    Raises
    ------
    CodeError
        If the walk has no steps, or more than a page can hold.
    """
    check_length(recording)
    key, reel = _key(), _drawn(recording)
    yield from _opening(key, "predict")
    yield from picture(recording, reel)
    yield from walkway(recording, f"{key}-step", 0)
    yield from predict_panel(Asked(recording, reel.lamps()))
    scripts = ("walk.js", "answers.js", "reading.js", "predict.js")
    asking = "{front:()=>'predict',light:answers(root,()=>root)}"
    yield _ending(key, scripts, f"predict(root,gradwalk(root),{asking})")


def _key() -> str:
    return f"answer-{secrets.token_hex(6)}"


def _drawn(recording: Recording) -> Reel:
    graph = graph_of(recording)
    return Reel(recording, graph, Standing(places_for(graph)))


def _opening(key: str, heading: str) -> Iterator[str]:
    yield f"<style>.gradwalk{{{variables('light')};padding:12px}}"
    yield f"@media screen and (prefers-color-scheme:dark){{.gradwalk{{{variables('dark')}}}}}"
    yield f"{data('walk.css')}{themed_sheet()}{data('questions.css')}</style>"
    yield f'<div class="gradwalk answer live" id="{key}" data-front="{heading}">'
    yield f"<h2>{escape(HEADINGS[heading].title)}</h2>\n"


def _ending(key: str, scripts: tuple[str, ...], call: str) -> str:
    root = f"document.currentScript?.previousElementSibling ?? document.getElementById({key!r})"
    code = "".join(map(data, scripts))
    return f"</div><script>{{{code}const root={root};{call}}}</script>"
