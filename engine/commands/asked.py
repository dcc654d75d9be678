"""What a command is asked about: an expression, a file or stdin, with values and a target."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from engine.asking.differentiating import differentiate_by
from engine.document import Document
from engine.errors import DocumentError, ExpressionError, ValueTextError
from engine.expression import parse_expression, set_values
from engine.files import LARGEST
from engine.graph import INPUT, Graph
from engine.recording import default_target
from engine.storage import SUFFIX, load, loads
from engine.syntax import shown
from engine.terminal import caret, columns
from engine.values import parse_value
from engine.variable import Array

MOST_NAMES = 20
"""Names that a sentence lists before it says no more."""


class Asked(NamedTuple):
    """A graph that has all the values it needs, and the block to differentiate."""

    graph: Graph
    target: str


def asked(
    source: str, settings: Sequence[str], target: str | None, derive: Sequence[str] = ()
) -> Asked:
    """Read what a command is asked about.

    Parameters
    ----------
    source
        An expression, the path of a document, or "-" for either of them on stdin.
    settings
        Values of inputs, such as `x=0.5`.
    target
        Name of what is differentiated; None for the result.
    derive
        As `derived` takes it.

    Raises
    ------
    GradwalkError
        If something of it cannot be read; the sentence may have lines that point at the place.
    """
    document = derived(asked_document(source, settings, target), derive)
    assert document.target is not None  # noqa: S101 - the one that was asked for, or the result
    return Asked(document.graph, document.target)


def asked_document(source: str, settings: Sequence[str], target: str | None) -> Document:
    """Read the same with the places and groups of its file; an expression has none.

    Raises
    ------
    GradwalkError
        As `asked` does.
    """
    document = document_for(source, settings, target)
    assert document.target is not None  # noqa: S101 - the one that was asked for, or the result
    _check_values(document.graph, document.target)
    return document


def derived(document: Document, names: Sequence[str]) -> Document:
    """Give the derivative of a document's target by inputs, one after the other.

    Raises
    ------
    GradwalkError
        If it cannot be differentiated by one of them.
    """
    for name in names:
        assert document.target is not None  # noqa: S101 - as it was asked for
        made = differentiate_by(document.graph, document.target, name)
        document = Document(made.graph, target=made.target)
    return document


def document_for(source: str, settings: Sequence[str], target: str | None) -> Document:
    """Read the same, for whom an input may still have no value.

    Raises
    ------
    GradwalkError
        If something of it cannot be read.
    """
    values = dict(_setting(setting) for setting in settings)
    text = _stdin() if source == "-" else source
    try:
        document = _document(source, text)
    except ExpressionError as error:
        pointer = caret(text, error.at, columns()) if text.strip() else []
        raise ExpressionError("\n".join([error.sentence, *pointer]), at=error.at) from None
    set_values(document.graph, values)
    document.target = _target(document.graph, document.target, target)
    return document


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


def _document(source: str, text: str) -> Document:
    if source.endswith(SUFFIX):
        document = load(source)
    elif source == "-" and text.lstrip().startswith("{"):
        document = loads(text)
    else:
        try:
            graph, result = parse_expression(text)
        except ExpressionError:
            if source not in {"", "-"}:
                _refuse_path(source)
            raise
        return Document(graph, target=result)
    document.target = document.target or default_target(document.graph)
    return document


def _refuse_path(source: str) -> None:
    """Say of a path that is no expression what is wrong with it as a path."""
    path = Path(source)
    try:
        is_folder, is_there = path.is_dir(), path.exists()
    except (OSError, ValueError):  # a name that is too long, or has a zero in it
        return
    if is_folder:
        every = shown(str(path / f"*{SUFFIX}"))
        raise DocumentError(f"{shown(source)} is a folder; name the files in it: {every}")
    if is_there:
        raise DocumentError(f"{shown(source)} is no document: its name does not end in {SUFFIX}.")


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
