"""A recording, a graph or a Variable as texts and pictures, for whoever uses the engine alone."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from engine.asking.differentiating import differentiate_by
from engine.asking.predicting import questions
from engine.code.languages import LANGUAGES, written
from engine.document import Document
from engine.errors import CodeError, PictureError, RunError
from engine.files import write_whole
from engine.graph import Graph, title
from engine.json_lines import walk_json
from engine.looks import Painted, Progress
from engine.moment import Moment
from engine.narration import narrate
from engine.page.answer import WRITTEN, answer_html, found_for, predict_html
from engine.page.whole import page
from engine.page.whole import widget as page_widget
from engine.painted import paint
from engine.picture.colours import ThemeName
from engine.picture.places import Standing, standing
from engine.picture.still import graph_of, graph_svg, walk_svg
from engine.recording import BackwardStep, Recording, SeedStep, record
from engine.shown import Shown
from engine.terminal import as_it_is, columns
from engine.tracing import trace
from engine.variable import Array, Variable
from engine.wording import NOTHING_TO_WALK_BACK

__all__ = [
    "asked",
    "asking",
    "derived",
    "html",
    "json_lines",
    "painted",
    "picture",
    "records",
    "svg",
    "text",
    "variable_picture",
    "widget",
]

MOST_SHOWN = 500
"""Steps, or blocks, that are shown in a notebook without being asked for by name."""


def html(recording: Recording, path: Path | str | None, document: Document | None) -> str:
    """Write a page of a walk, and put it into a file if there is a path."""
    text = "".join(page(recording, _standing(recording, document)))
    if path is not None:
        write_whole(Path(path), text.encode())
    return text


def svg(recording: Recording, step: int | None, theme: ThemeName, document: Document | None) -> str:
    """Draw a walk as it is after a step, the first being 1."""
    last = max(len(recording), 1)
    if step is not None and not 1 <= step <= last:
        raise RunError(f"There is no step {step}: this walk has steps 1 to {last}.")
    at = (last if step is None else step) - 1
    return walk_svg(recording, at, _standing(recording, document), theme)


def _standing(recording: Recording, document: Document | None) -> Standing | None:
    """Tell where the graph of a walk stands in a document; None if there is none."""
    if document is None:
        return None
    _check(recording, document)
    return standing(document)


def _check(recording: Recording, document: Document) -> None:
    """Raise if a walk is not one of a document; return if it is."""
    there, walked = (
        {b.id: b.kind for b in known.values()}
        for known in (document.graph.blocks, recording.blocks)
    )
    if there != walked:
        raise PictureError("The document holds other blocks than were walked: record it anew.")


def painted(
    recording: Recording,
    kind: str,
    path: Path | str | None,
    wishes: Mapping[str, Any],
    document: Document | None,
    progress: Progress | None,
) -> Painted:
    """Paint a picture or a film of a walk; all but the document is as `paint` takes it."""
    if document is not None:
        _check(recording, document)
    return paint(recording, kind, path, wishes, document=document, progress=progress)


def widget(recording: Recording) -> str | None:
    """Write a walk to stand in a notebook; None if it is too long or has no steps."""
    if not 0 < len(recording) <= MOST_SHOWN:
        return None
    return "".join(page_widget(recording))


def asked(recording: Recording, what: str, *about: str) -> Shown:
    """Answer a question about a walk."""
    name, found = found_for(recording, what, *about)
    return Shown(
        found,
        lambda: "\n".join(WRITTEN[name].lines(found, columns(), as_it_is)).strip("\n"),
        lambda: "".join(answer_html(recording, name, found)),
    )


def asking(recording: Recording) -> Shown:
    """Ask for each number of a walk before it is shown."""
    every = [q for step in range(len(recording)) for q in questions(Moment(recording, step))]
    prompts = [f"{question.prompt}\n{question.symbol} = ?" for question in every]
    return Shown(every, lambda: "\n\n".join(prompts), lambda: "".join(predict_html(recording)))


def derived(recording: Recording, name: str) -> Recording:
    """Walk the derivative of a walk's target by an input."""
    if recording.target is None:
        raise RunError(NOTHING_TO_WALK_BACK)
    made = differentiate_by(graph_of(recording), recording.target, name)
    return record(made.graph, made.target)


def json_lines(recording: Recording) -> str:
    """Write a walk for programs."""
    return "".join(f"{line}\n" for line in walk_json(recording))


def text(recording: Recording, language: str, *, numbers: bool = False) -> str:
    """Write the graph of a walk in a language of `engine.code`."""
    if language not in LANGUAGES:
        known = ", ".join(LANGUAGES)
        raise CodeError(f"Nothing is known of “{language}”; what can be written is: {known}.")
    return written(graph_of(recording), recording.target, LANGUAGES[language], numbers=numbers)


def records(recording: Recording) -> list[dict[str, Any]]:
    """Give the steps of a walk as rows of a table."""
    rows = list[dict[str, Any]]()
    for index, step in enumerate(recording.steps):
        block = recording.blocks[step.block]
        row: dict[str, Any] = {
            "step": index + 1,
            "direction": "forward" if index < recording.turn else "backward",
            "block": title(block),
            "variable": block.name,
            "value": recording.value(block.id),
            "upstream": None,
            "to": None,
            "local": None,
            "contribution": None,
            "before": None,
            "gradient": None,
            "rule": None,
        }
        if isinstance(step, SeedStep):
            row |= {"to": block.name, "gradient": step.gradient}
        if not isinstance(step, BackwardStep) or not step.contributions:
            rows.append(row)
            continue
        lines = narrate(Moment(recording, index)).lines
        for part, line in zip(step.contributions, lines, strict=True):
            rows.append(
                row
                | {
                    "upstream": step.upstream,
                    "to": recording.blocks[part.wire.source].name,
                    "local": part.local,
                    "contribution": part.value,
                    "before": part.before,
                    "gradient": part.after,
                    "rule": line.rule,
                }
            )
    return rows


def picture(graph: Graph) -> str | None:
    """Draw a graph; None if it is too large to be shown without being asked for."""
    return graph_svg(graph, {}, {}) if 0 < len(graph) <= MOST_SHOWN else None


def variable_picture(y: Variable) -> str | None:
    """Draw how a Variable came to be, with the values and gradients that there are now."""
    if y.creator is None:
        return None
    graph, run, _ = trace(y)
    if len(graph) > MOST_SHOWN:
        return None
    values = _arrays({block: variable.data for block, variable in run.variables.items()})
    found = {block: variable.grad for block, variable in run.variables.items()}
    gradients = {b: g.data if isinstance(g, Variable) else g for b, g in found.items()}
    return graph_svg(graph, values, _arrays(gradients))


def _arrays(found: Mapping[str, Any]) -> dict[str, Array]:
    return {block: np.asarray(value) for block, value in found.items() if value is not None}
