"""The walk of an expression or a file on the command line."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Sequence

from engine.errors import DocumentError, ExpressionError, GradwalkError, ValueTextError
from engine.expression import parse_expression, set_values
from engine.files import LARGEST
from engine.graph import INPUT, Graph
from engine.json_lines import walk_json
from engine.recording import Recording, default_target, record
from engine.storage import SUFFIX, load, loads
from engine.syntax import shown
from engine.terminal import as_it_is, caret, in_colour, walk_text
from engine.values import parse_value
from engine.variable import Array

NARROWEST = 40
"""Columns that a line has at least, though the terminal may have fewer."""

MOST_NAMES = 20
"""Names that a sentence lists before it says no more."""


def walk(source: str, settings: Sequence[str], target: str | None, *, as_json: bool) -> int:
    """Print a walk on stdout, or what is wrong on stderr.

    Parameters
    ----------
    source
        An expression, the path of a document, or "-" for either of them on stdin.
    settings
        Values of inputs, such as `x=0.5`.
    target
        Name of what is differentiated; None for the result.
    as_json
        Whether programs are to read it.

    Returns
    -------
    int
        Exit status: 0, or 2 if something cannot be read or the walk gets stuck.
    """
    columns = max(shutil.get_terminal_size((100, 24)).columns, NARROWEST)
    text = source
    try:
        values = dict(_setting(setting) for setting in settings)
        if source == "-":
            text = _stdin()
        graph, result = _graph(source, text)
        set_values(graph, values)
        chosen = _target(graph, result, target)
        _check_values(graph, chosen)
    except ExpressionError as error:
        pointer = caret(text, error.at, columns) if text.strip() else []
        return _complain("\n".join([error.sentence, *pointer]))
    except GradwalkError as error:
        return _complain(error.sentence)
    recording = record(graph, chosen)
    _make_printable()
    paint = in_colour if _wants_colour() else as_it_is
    lines = walk_json(recording) if as_json else walk_text(graph, recording, columns, paint)
    for line in lines:
        sys.stdout.write(line + "\n")
    sys.stdout.flush()
    reason = _stuck(graph, recording, chosen)
    return 0 if reason is None else _complain(reason)


def _setting(setting: str) -> tuple[str, Array]:
    name, equals, value = setting.partition("=")
    if not (equals and name.strip()):
        sentence = f"“{shown(setting)}” sets nothing; write --set x=0.5."
        raise ValueTextError(sentence)
    try:
        return name.strip(), parse_value(value)
    except ValueTextError as error:
        sentence = f"--set {shown(name)}: {error.sentence}"
        raise ValueTextError(sentence) from None


def _stdin() -> str:
    try:
        return sys.stdin.buffer.read(LARGEST + 1).decode() if sys.stdin is not None else ""
    except UnicodeDecodeError:
        raise DocumentError("What came from stdin is not text.") from None
    except OSError as error:
        raise DocumentError(f"Nothing can be read from stdin: {error.strerror}.") from None


def _graph(source: str, text: str) -> tuple[Graph, str | None]:
    if source.endswith(SUFFIX):
        document = load(source)
    elif source == "-" and text.lstrip().startswith("{"):
        document = loads(text)
    else:
        return parse_expression(text)
    return document.graph, document.target or default_target(document.graph)


def _target(graph: Graph, result: str | None, name: str | None) -> str:
    computed = [block.name for block in graph.blocks.values() if block.is_function]
    if not computed or result is None:
        sentence = "There is nothing to differentiate: this document holds no function."
        raise DocumentError(sentence)
    found = graph.block(result) if name is None else graph.named(name)
    if found is not None and found.is_function:
        return found.id
    names = ", ".join(computed[:MOST_NAMES]) + (" …" if len(computed) > MOST_NAMES else "")
    what = "There is nothing called" if found is None else "Nothing is computed by"
    wanted = shown(name) if name is not None else found.name if found is not None else ""
    sentence = f"{what} {wanted}; what can be differentiated is: {names}."
    raise DocumentError(sentence)


def _check_values(graph: Graph, target: str) -> None:
    needed = graph.ancestors(target)
    missing = [
        block.name
        for block in graph.blocks.values()
        if block.kind == INPUT and block.value is None and block.id in needed
    ]
    if not missing:
        return
    has, it = ("has", "it") if len(missing) == 1 else ("have", "them")
    names = ", ".join(missing[:MOST_NAMES]) + (" …" if len(missing) > MOST_NAMES else "")
    options = " ".join(f"--set {name}=0.5" for name in missing[:MOST_NAMES])
    sentence = f"{names} {has} no value: give {it} with {options}"
    raise ValueTextError(sentence)


def _stuck(graph: Graph, recording: Recording, target: str) -> str | None:
    """Say why the walk did not get to the target, or not all the way back."""
    if recording.course.pushed_steps.keys() == recording.course.backward_steps.keys() != set():
        return None
    needed = graph.ancestors(target) | {target}
    reasons = [problem.sentence for problem in recording.problems if problem.block in needed]
    return " ".join(["The walk gets stuck.", *reasons[:1]])


def _wants_colour() -> bool:
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return sys.stdout.isatty() and not plain


def _make_printable() -> None:
    """Let a terminal that has no ∂ show a question mark instead of nothing at all."""
    reconfigure = getattr(sys.stdout, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="replace")


def _complain(sentence: str) -> int:
    _make_printable()
    sys.stderr.write(f"gradwalk: {sentence}\n")
    return 2
