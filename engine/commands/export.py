"""Graphs written out on the command line."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from engine.code.languages import BY_SUFFIX, LANGUAGES, Language, written
from engine.commands.asked import asked, asked_document, derived
from engine.commands.batch import each, named, placed_in
from engine.commands.streams import complain, make_printable
from engine.document import Document
from engine.errors import CodeError, GradwalkError
from engine.files import write_whole
from engine.syntax import shown

PAGE = "html"
"""What the page of a walk is called."""


@dataclass(frozen=True, slots=True)
class Form:
    """As what graphs are written out, and where to.

    Attributes
    ----------
    to
        Name of the language; None for the one that the ending of the file stands for.
    output
        The file; None for stdout.
    into
        The folder for the files of several graphs; None if there is one graph.
    numbers
        Whether a derivation shows the real numbers as well.
    derive
        Names of the inputs by which it is differentiated first, one after the other: what is
        written out is the derivative.
    """

    to: str | None
    output: Path | None
    into: Path | None
    numbers: bool
    derive: tuple[str, ...] = ()


def export(sources: Sequence[str], settings: Sequence[str], target: str | None, form: Form) -> int:
    """Write graphs out on stdout or to files, or say what is wrong on stderr.

    Parameters
    ----------
    sources
        An expression, the path of a document, or "-"; paths of several, if they go into a folder.
    settings, target
        As `asked` takes them.
    form
        As what, and where to.

    Returns
    -------
    int
        Exit status: 0, or 2 if something cannot be read or written.
    """
    try:
        language = _language(form.to, form.output)
        if form.into is not None:
            return _export_into(form.into, sources, settings, target, form)
        if len(sources) > 1:
            raise CodeError("Several files are written to a folder; --into names it.")
        text = _written(sources[0], settings, target, language, form)
        if form.output is not None:
            write_whole(form.output, text.encode())
            return 0
    except GradwalkError as error:
        return complain(error.sentence)
    make_printable()
    sys.stdout.write(text)
    sys.stdout.flush()
    return 0


def _export_into(
    folder: Path, sources: Sequence[str], settings: Sequence[str], target: str | None, form: Form
) -> int:
    """Write each file out into a folder; one that cannot be does not keep the others from it."""
    assert form.to is not None  # noqa: S101 - without a file, only a name says the language
    files = placed_in(folder, sources, ".html" if form.to == PAGE else LANGUAGES[form.to].suffix)
    work = partial(_try, settings=tuple(settings), target=target, form=form)
    status = 0
    for source, (text, wrong) in each(work, sources, "Writing"):
        if wrong:
            status = complain(named(source, wrong))
            continue
        try:
            write_whole(files[source], text.encode())
        except GradwalkError as error:
            status = complain(error.sentence)
    return status


def _try(source: str, settings: tuple[str, ...], target: str | None, form: Form) -> tuple[str, str]:
    """Write a graph out, or say in a sentence why not; either can go to another process."""
    try:
        return _written(source, settings, target, _language(form.to, None), form), ""
    except GradwalkError as error:
        return "", error.sentence


def _written(
    source: str,
    settings: Sequence[str],
    target: str | None,
    language: Language | None,
    form: Form,
) -> str:
    if language is None:
        return _page(derived(asked_document(source, settings, target), form.derive))
    graph, chosen = asked(source, settings, target, form.derive)
    return written(graph, chosen, language, numbers=form.numbers)


def _page(document: Document) -> str:
    """Write the page of a walk."""
    from engine.page.whole import page  # noqa: PLC0415 - code and text need none of it
    from engine.picture.places import standing  # noqa: PLC0415
    from engine.recording import record  # noqa: PLC0415

    recording = record(document.graph, document.target)
    stand = standing(document) if document.places else None  # a derivative stands nowhere yet
    return "".join(page(recording, stand))


def _language(to: str | None, output: Path | None) -> Language | None:
    """Find out as what a graph is written; None for the page of a walk."""
    suffix = "" if output is None else output.suffix
    if to == PAGE or (to is None and suffix in (".html", ".htm")):
        return None
    if to is not None:
        # A notebook of what was asked for, where the file is to be one.
        notebook = output is not None and output.suffix == ".ipynb"
        return LANGUAGES[to].as_notebook() if notebook else LANGUAGES[to]
    if suffix in BY_SUFFIX:
        return BY_SUFFIX[suffix]
    known = ", ".join((*LANGUAGES, PAGE))
    what = (
        f"Nothing is known of files that end in {shown(suffix)}" if suffix else "Say what to write"
    )
    raise CodeError(f"{what}; --to takes one of {known}.")
