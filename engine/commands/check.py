"""Gradients held against trials on the command line, of one graph or of many."""

from __future__ import annotations

import io
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from engine.commands.batch import each, named, placed_in
from engine.commands.check_rows import Checked, checked
from engine.commands.streams import complain, make_printable, wants_colour
from engine.errors import GradwalkError
from engine.files import write_whole
from engine.terminal import columns
from engine.values import json_line

if TYPE_CHECKING:
    from rich.console import Console

FAILED = 1
"""Exit status where a gradient differs from its trial."""

WIDEST = 10_000
"""Columns of the longest line in a pipe or a file."""

STYLES = {"agrees": "green", "differs": "bold red", "cannot tell": "yellow"}


def check(
    sources: Sequence[str],
    settings: Sequence[str],
    target: str | None,
    *,
    as_json: bool,
    into: Path | None,
) -> int:
    """Print a row for each gradient, or what is wrong on stderr.

    Parameters
    ----------
    sources
        Expressions, paths of documents, or "-".
    settings, target
        As `asked` takes them.
    as_json
        Whether programs are to read it.
    into
        A folder for a report of each file; None for stdout.

    Returns
    -------
    int
        Exit status: 0, 1 if a gradient differs from its trial, or 2 if something cannot be read or
        written.
    """
    make_printable()
    files: dict[str, Path] = {}
    status = 0
    try:
        if into is not None:
            files = placed_in(into, sources, ".json" if as_json else ".txt")
        work = partial(_try, settings=tuple(settings), target=target)
        doing = "Checking" if files or not sys.stdout.isatty() else ""
        for number, (source, found) in enumerate(each(work, sources, doing)):
            if isinstance(found, str):
                status = complain(named(source, found) if len(sources) > 1 else found)
                continue
            status = max(status, FAILED if found.failed else 0)
            if source in files:
                try:
                    write_whole(files[source], _report(source, found, as_json=as_json).encode())
                except GradwalkError as error:
                    status = complain(error.sentence)
            elif as_json:
                sys.stdout.write(_as_json(source, found))
            else:
                before = "\n" if number else ""
                name = source if len(sources) > 1 else ""
                sys.stdout.write(before + _table(_console(), found, name))
            sys.stdout.flush()
    except GradwalkError as error:
        return complain(error.sentence)
    return status


def _try(source: str, settings: tuple[str, ...], target: str | None) -> Checked | str:
    """Check, or say in a sentence why not; either can go to another process."""
    try:
        return checked(source, settings, target)
    except GradwalkError as error:
        return error.sentence


def _report(source: str, found: Checked, *, as_json: bool) -> str:
    if as_json:
        return _as_json(source, found)
    from rich.console import Console  # noqa: PLC0415 - help and JSON do not wait for it

    return _table(Console(file=io.StringIO(), width=columns(), color_system=None), found, "")


def _as_json(source: str, found: Checked) -> str:
    rows = (row.facts(source) for row in found.rows)
    return "".join(json_line(row) + "\n" for row in rows)


def _console() -> Console:
    from rich.console import Console  # noqa: PLC0415 - help and JSON do not wait for it

    return Console(width=columns(), color_system="auto" if wants_colour() else None)


def _table(console: Console, found: Checked, source: str) -> str:
    """Write the table of one graph; in a pipe or a file, each gradient stays on its line."""
    from rich.measure import Measurement  # noqa: PLC0415 - help and JSON do not wait for it
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="bold")
    for name in ("gradient", "analytic", "numerical", "difference", "verdict"):
        table.add_column(name, overflow="fold")
    for row in found.rows:
        *cells, verdict = row.cells
        table.add_row(*map(Text, cells), Text(verdict, STYLES[row.verdict]))
    if not console.is_terminal:
        wide = console.options.update(width=WIDEST)
        console.width = max(console.width, Measurement.get(console, wide, table).maximum)
    with console.capture() as written:
        for line in filter(None, (source, found.formula)):
            console.print(Text(line, "bold"), soft_wrap=True)
        console.print()
        console.print(table)
    return "".join(line.rstrip() + "\n" for line in written.get().splitlines())
