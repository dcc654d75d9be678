"""Gradwalk: a window by default, and a walk in the terminal without one.

Nothing of Qt is imported unless a window opens, and NumPy only once there is something to compute.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

COMMANDS = ("open", "walk")

LONGEST_SHOWN = 80

ABOUT = """\
Build a graph of functions by hand, run it forward, and walk the gradient back, one block at a
time. Without a command, a window opens."""

EXAMPLES = """\
examples:
  gradwalk                                         open the window on the tutorial
  gradwalk notes.gradwalk                          open a document
  gradwalk walk "square(exp(square(x)))" --set x=0.5
                                                   print a walk, forward and back
  gradwalk walk --help                             tell all about a command

In the folder of the source, script/run and python main.py stand for gradwalk."""

OPEN_EXAMPLES = """\
examples:
  gradwalk open                                    open the window on the tutorial
  gradwalk open notes.gradwalk                     open a document"""

WALK_ABOUT = """\
Print a walk as a table: each step forward with its value, each step back with its rule and the
numbers in it (upstream × local = contribution, and where several meet, before + contribution =
after) and what then waits on the work list. The gradients by the inputs stand at the end, each
beside a trial by central differences. Colours are left out where the output is no terminal, or
where NO_COLOR is set."""

WALK_EXAMPLES = """\
An expression is made of names, numbers, + - * / **, parentheses and the functions that Gradwalk
has. Pieces may be named: "a = square(x); a * a + a".

examples:
  gradwalk walk "square(exp(square(x)))" --set x=0.5
  gradwalk walk "x0 * sin(x1)" --set x0=2 --set x1=pi/4
  gradwalk walk "x + [10]" --set "x=[1, 2, 3]"
  gradwalk walk "a = x**2; y = exp(a)" --target a --set x=3
  gradwalk walk notes.gradwalk --json
  echo "x * x" | gradwalk walk - --set x=3

exit status: 0; 2 if the expression, the file or a value cannot be read, or the walk gets stuck."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line.

    Parameters
    ----------
    argv
        The arguments; without any, those of the process.

    Returns
    -------
    int
        Exit status: 0, or 2 for input that cannot be read, or 130 after Ctrl-C.
    """
    _open_closed_streams()
    try:
        options = _options(sys.argv[1:] if argv is None else list(argv))
        return _open(options.file) if options.command == "open" else _walk(options)
    except KeyboardInterrupt:
        return 130


def _open(file: Path | None) -> int:
    if file is not None and not _exists(file):
        shown = str(file) if len(str(file)) <= LONGEST_SHOWN else f"{str(file)[:LONGEST_SHOWN]}…"
        return _complain(f"There is no file or command “{shown}”; gradwalk --help tells more.")
    from gui.app import run

    return run([] if file is None else [file])


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
    from engine.command import walk

    try:
        return walk(options.source, options.set, options.target, as_json=options.json)
    except OSError as error:
        # What is still in the buffer of a broken pipe or a full disk can go nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if isinstance(error, BrokenPipeError):
            return 0
        return _complain(f"The output cannot be written: {error.strerror}.")


def _complain(sentence: str) -> int:
    print(f"gradwalk: {sentence}", file=sys.stderr)
    return 2


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one sentence, like every other error here."""

    def error(self, message: str) -> NoReturn:
        sentence = message[:1].upper() + message[1:]
        self.exit(2, f"gradwalk: {sentence}; {self.prog} --help tells more.\n")


class _Version(argparse.Action):
    """Tells the version; the engine is imported only once somebody asks."""

    def __call__(self, *_: object) -> NoReturn:
        from engine import __version__

        print(f"Gradwalk {__version__}")
        sys.exit(0)


def _options(argv: list[str]) -> argparse.Namespace:
    parser = _Parser(
        prog="gradwalk",
        usage="gradwalk [-h] [--version] [FILE | COMMAND ...]",
        description=ABOUT,
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="tell the version and exit")
    commands = parser.add_subparsers(
        dest="command", metavar="COMMAND", title="commands", prog="gradwalk"
    )
    _add_open(commands)
    _add_walk(commands)
    if not argv or argv[0] not in (*COMMANDS, "-h", "--help", "--version"):
        argv = [COMMANDS[0], *argv]
    return parser.parse_args(argv)


def _add_open(commands: argparse._SubParsersAction[_Parser]) -> None:
    parser = commands.add_parser(
        "open",
        help="open a window, which is what happens without a command",
        description="Open a window, on a document or else on the tutorial.",
        epilog=OPEN_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("file", nargs="?", type=Path, metavar="FILE", help="a .gradwalk document")


def _add_walk(commands: argparse._SubParsersAction[_Parser]) -> None:
    parser = commands.add_parser(
        "walk",
        help="print a walk in the terminal, without a window",
        description=WALK_ABOUT,
        epilog=WALK_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument(
        "source",
        metavar="EXPRESSION|FILE|-",
        help="an expression, a .gradwalk file, or - for either of them from stdin",
    )
    parser.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="give an input its value, a number or an array like [1, 2, 3]; can be repeated",
    )
    parser.add_argument(
        "--target", metavar="NAME", help="differentiate what has this name, and not the last result"
    )
    parser.add_argument(
        "--json",
        action="store_true",
        help="print a JSON object a line for each step, with every number in full precision",
    )


if __name__ == "__main__":
    sys.exit(main())
