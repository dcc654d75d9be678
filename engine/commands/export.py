"""A graph written out on the command line."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from engine.code.languages import BY_SUFFIX, LANGUAGES, Language, written
from engine.commands.asked import asked
from engine.commands.streams import complain, make_printable
from engine.errors import CodeError, GradwalkError
from engine.files import write_whole
from engine.syntax import shown


def export(
    source: str,
    settings: Sequence[str],
    target: str | None,
    *,
    to: str | None,
    output: Path | None,
    numbers: bool,
) -> int:
    """Write a graph out on stdout or to a file, or say what is wrong on stderr.

    Parameters
    ----------
    source, settings, target
        As `asked` takes them.
    to
        Name of the language; None for the one that the ending of the file stands for.
    output
        The file; None for stdout.
    numbers
        Whether a derivation shows the real numbers as well.

    Returns
    -------
    int
        Exit status: 0, or 2 if something cannot be read or written.
    """
    try:
        language = _language(to, output)
        graph, chosen = asked(source, settings, target)
        text = written(graph, chosen, language, numbers=numbers)
        if output is not None:
            write_whole(output, text.encode())
            return 0
    except GradwalkError as error:
        return complain(error.sentence)
    make_printable()
    sys.stdout.write(text)
    sys.stdout.flush()
    return 0


def _language(to: str | None, output: Path | None) -> Language:
    if to is not None:
        # A notebook of what was asked for, where the file is to be one.
        notebook = output is not None and output.suffix == ".ipynb"
        return LANGUAGES[to].as_notebook() if notebook else LANGUAGES[to]
    suffix = "" if output is None else output.suffix
    if suffix in BY_SUFFIX:
        return BY_SUFFIX[suffix]
    known = ", ".join(LANGUAGES)
    what = (
        f"Nothing is known of files that end in {shown(suffix)}" if suffix else "Say what to write"
    )
    raise CodeError(f"{what}; --to takes one of {known}.")
