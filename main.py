"""Gradwalk: a window by default, and a walk, a check, an export or a picture without one.

Nothing of Qt is imported unless a window opens or something is painted, and NumPy only once there
is something to compute.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from command_line import read_options

if TYPE_CHECKING:
    from engine.document import Document

LONGEST_SHOWN = 80

NAME = re.compile(r".*\.gradwalk|[^()*+=;@\s]*", re.DOTALL)
"""What can only be meant as a file or a command, if it is none: there is nothing to work out."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line.

    Parameters
    ----------
    argv
        The arguments; without any, those of the process.

    Returns
    -------
    int
        Exit status: 0, 1 if a check failed, or 2 for input that cannot be read.

    Raises
    ------
    KeyboardInterrupt
        After Ctrl-C. Nothing is said of it, and Python ends the process as the signal would have,
        so that a shell gives up whatever it was doing with it.
    """
    _open_closed_streams()
    try:
        options = read_options(sys.argv[1:] if argv is None else list(argv))
        return _open(options) if options.command == "open" else _written(options)
    except KeyboardInterrupt:
        sys.excepthook = _say_nothing
        raise


def _say_nothing(*_: object) -> None:
    """Let an error go by without a word."""


def _open(options: argparse.Namespace) -> int:
    """Open a window on files, and on what has first to be made a document."""
    given = options.set or options.target is not None
    if given and not options.sources:
        return _complain("Name what --set and --target are about: an expression or a file.")
    found: list[Path | Document] = []
    for source in options.sources:
        path = Path(source)
        if not given and source != "-" and _exists(path):
            found.append(path)
            continue
        if source != "-" and not _exists(path) and NAME.fullmatch(source):
            name = source if len(source) <= LONGEST_SHOWN else f"{source[:LONGEST_SHOWN]}…"
            return _complain(f"There is no file or command “{name}”; gradwalk --help tells more.")
        from engine.commands.asked import document_for
        from engine.errors import GradwalkError

        try:
            found.append(document_for(source, options.set, options.target))
        except GradwalkError as error:
            return _complain(error.sentence)
    from gui.app import run

    return run(found)


def _exists(file: Path) -> bool:
    try:
        return file.exists()
    except OSError:  # a name that is too long, say
        return False


def _open_closed_streams() -> None:
    """Give Python somewhere to write where the shell has closed a stream (`>&-`)."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            nowhere = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - for good
            setattr(sys, name, nowhere)


def _walk(options: argparse.Namespace) -> int:
    from engine.asking.ask import question_in
    from engine.commands.walk import Way, walk

    way = Way(
        options.depth or "student",
        options.step_is or "block",
        question_in(vars(options)),
        options.predict,
        tuple(options.derive),
        options.json,
    )
    return walk(options.source, options.set, options.target, way)


def _check(options: argparse.Namespace) -> int:
    from engine.commands.check import check

    return check(
        options.sources, options.set, options.target, as_json=options.json, into=options.into
    )


def _export(options: argparse.Namespace) -> int:
    from engine.commands.export import Form, export

    derive = tuple(options.derive)
    form = Form(options.to, options.output, options.into, options.numbers, derive)
    return export(options.sources, options.set, options.target, form)


def _render(options: argparse.Namespace) -> int:
    from engine.asking.ask import beside_in
    from gui.export.command import Wishes, render
    from gui.export.studio import Look
    from gui.export.timing import Pace

    beside = beside_in(vars(options))
    # A page that explains the step needs no strip that does.
    tells = beside is not None and beside.what == "step"
    look = Look(
        size=options.size,
        scale=options.scale,
        dark=options.theme == "dark",
        transparent=options.transparent,
        strip=options.strip or (options.each_step and not tells),
        all_numbers=options.all_numbers,
        heat=options.by_gradient,
        beside=beside,
        depth=options.depth or "student",
        check=options.check,
        predict=options.predict,
    )
    wishes = Wishes(
        settings=options.set,
        target=options.target,
        to=options.to,
        output=options.output,
        into=options.into,
        steps=options.step or options.steps,
        look=look,
        pace=Pace(options.fps, options.speed),
        each_step=options.each_step,
        grain=options.step_is,
        derive=tuple(options.derive),
        as_json=options.json,
    )
    return render(options.sources, wishes)


COMMANDS: Mapping[str, Callable[[argparse.Namespace], int]] = {
    "walk": _walk,
    "check": _check,
    "export": _export,
    "render": _render,
}
"""What each command does that only writes."""


def _written(options: argparse.Namespace) -> int:
    """Run a command that only writes, whatever becomes of the place that it writes to."""
    try:
        return COMMANDS[options.command](options)
    except OSError as error:
        # What is still in the buffer of a broken pipe or a full disk can go nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if isinstance(error, BrokenPipeError):
            return 0
        return _complain(f"The output cannot be written: {error.strerror}.")


def _complain(sentence: str) -> int:
    print(f"gradwalk: {sentence}", file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main())
