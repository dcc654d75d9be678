"""What can be said on the command line: the commands, their options, and their help.

Nothing of the engine is imported here, so that help is there at once.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import NoReturn

COMMANDS = ("open", "walk", "check", "export", "render")

DEPTHS = ("first", "student", "engineer")
"""For whom `walk` tells the steps."""

WRONG_RULES = ("overwrite", "stack", "uncleared", "unsummed")
"""The mistakes that `walk` can walk by."""

LANGUAGES = (
    "numpy",
    "pytorch",
    "tutorial",
    "notebook",
    "latex",
    "latex-fragment",
    "mermaid",
    "dot",
)
"""What `export` writes of a graph. Of all these names the engine has a table that says what they
mean."""

PAGE = "html"
"""And the page that it writes of a walk."""

FORMATS = ("png", "svg", "pdf", "gif", "webp", "apng", "mp4")
"""What `render` makes."""

ABOUT = """\
Build a graph of functions by hand, run it forward, and walk the gradient back, one block at a
time. Without a command, a window opens."""

EXAMPLES = """\
examples:
  gradwalk                                         open the window on the tutorial
  gradwalk notes.gradwalk                          open a document
  gradwalk walk "square(exp(square(x)))" --set x=0.5
                                                   print a walk, forward and back
  gradwalk check notes.gradwalk                    hold its gradients against trials
  gradwalk export notes.gradwalk --to numpy        write it out as code
  gradwalk render notes.gradwalk --output walk.gif
                                                   film the walk
  gradwalk walk --help                             tell all about a command

In the folder of the source, script/run and python main.py stand for gradwalk."""

OPEN_EXAMPLES = """\
examples:
  gradwalk open                                    open the window on the tutorial
  gradwalk open notes.gradwalk                     open a document
  gradwalk open *.gradwalk                         open several, each in a tab"""

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
  gradwalk walk "square(exp(x))" --set x=0.5 --depth first
  gradwalk walk "square(x) + x" --set x=3 --wrong overwrite
  gradwalk walk "sum(x * x)" --set "x=[1, 2]" --forward "x[1]"
  gradwalk walk "x * square(x)" --set x=3 --paths x
  gradwalk walk notes.gradwalk --json
  echo "x * x" | gradwalk walk - --set x=3

exit status: 0; 2 if the expression, the file or a value cannot be read, or the walk gets stuck."""

CHECK_ABOUT = """\
Hold gradients against trials: each input is nudged a little to both sides, and the slope between is
compared with the gradient that the walk finds. A row for each gradient tells the one of the walk,
the one by trial, how far they are apart, and what follows from it. Several files are checked on as
many processes as there are cores; with --into, a report of each is written into a folder. Where the
output is no terminal, a gradient stays on its line, and there are no colours."""

CHECK_EXAMPLES = """\
examples:
  gradwalk check "square(exp(square(x)))" --set x=0.5
  gradwalk check "x0 * sin(x1)" --set x0=2 --set x1=pi/4 --json
  gradwalk check notes.gradwalk --target loss
  gradwalk check homework/*.gradwalk
  gradwalk check homework/*.gradwalk --into reports
  echo "x * x" | gradwalk check - --set x=3

exit status: 0; 1 if a gradient differs from its trial; 2 if something cannot be read or written.
A trial that cannot tell, at a kink or at infinity, is no failure."""

EXPORT_ABOUT = """\
Write a graph out as code that runs by itself: plain NumPy, with the backward pass as one writes it
by hand; PyTorch; the tutorial's own style, with Variable, Function and backward(); or a notebook.
The code gives the same numbers as Gradwalk. Or write it out for people to read: the function, its
derivatives and the whole derivation in LaTeX, or the graph as Mermaid or DOT. Or write the walk as
a page of HTML: one file with pictures, sentences and formulas, to step through in any browser."""

EXPORT_EXAMPLES = """\
examples:
  gradwalk export "square(exp(square(x)))" --set x=0.5 --to numpy
  gradwalk export notes.gradwalk --to pytorch --output notes.py
  gradwalk export "x * sin(w)" --set x=2 --set w=1 --output walk.ipynb
  gradwalk export notes.gradwalk --numbers --output derivation.tex
  gradwalk export notes.gradwalk --output walk.html
  gradwalk export "square(x) + x" --set x=3 --to mermaid
  gradwalk export homework/*.gradwalk --to numpy --into programs
  echo "x * x" | gradwalk export - --set x=3 --to tutorial | python -

exit status: 0; 2 if something cannot be read, or cannot be written in that language or to that
file. A file is written whole or not at all."""


RENDER_ABOUT = """\
Make a picture of a graph at a step of its walk, or a film of the walk, painted by what paints the
window. A picture is a PNG, or an SVG or a PDF of lines and text; a film is a GIF, an animated WebP
or PNG, or an MP4. It needs no display."""

RENDER_EXAMPLES = """\
examples:
  gradwalk render "square(exp(square(x)))" --set x=0.5 --output chain.svg
  gradwalk render notes.gradwalk --output step6.png --step 6 --strip --scale 2
  gradwalk render notes.gradwalk --output walk.gif --strip --theme dark
  gradwalk render notes.gradwalk --output back.webp --steps 5:8 --speed 0.5 --size 1280x720
  gradwalk render *.gradwalk --into slides --to pdf
  gradwalk render notes.gradwalk --each-step --output handout.pdf

Without --step, a picture shows the end of the walk. Without --size, the graph has its own size.

exit status: 0; 2 if something cannot be read, or cannot be made or written. A file is written
whole or not at all."""

SOURCE = "EXPRESSION|FILE|-"

SOURCE_HELP = "an expression, a .gradwalk file, or - for either of them from stdin"


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


def read_options(argv: list[str]) -> argparse.Namespace:
    """Read the arguments; help, the version and a wrong option end the process.

    Parameters
    ----------
    argv
        The arguments. The first one may be a file to open, in place of a command.
    """
    parser = _Parser(
        prog="gradwalk",
        usage="gradwalk [-h] [--version] [FILE ... | COMMAND ...]",
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
    _add_check(commands)
    _add_export(commands)
    _add_render(commands)
    if not argv or argv[0] not in (*COMMANDS, "-h", "--help", "--version"):
        argv = [COMMANDS[0], *argv]
    return parser.parse_args(argv)


def _add_open(commands: argparse._SubParsersAction[_Parser]) -> None:
    parser = commands.add_parser(
        "open",
        help="open a window, which is what happens without a command",
        description="Open a window, on documents or else on the tutorial.",
        epilog=OPEN_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument(
        "files", nargs="*", type=Path, metavar="FILE", help="a .gradwalk document; each gets a tab"
    )


def _add_walk(commands: argparse._SubParsersAction[_Parser]) -> None:
    parser = commands.add_parser(
        "walk",
        help="print a walk in the terminal, without a window",
        description=WALK_ABOUT,
        epilog=WALK_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    _add_source(parser)
    parser.add_argument(
        "--json",
        action="store_true",
        help="print a JSON object a line for each step, with every number in full precision",
    )
    ways = parser.add_mutually_exclusive_group()
    ways.add_argument(
        "--depth",
        choices=DEPTHS,
        metavar="DEPTH",
        help="tell the steps for a first contact (first), for a student, or for an engineer",
    )
    ways.add_argument(
        "--wrong",
        choices=WRONG_RULES,
        metavar="RULE",
        help=f"walk back by a wrong rule beside the right one: {', '.join(WRONG_RULES)}",
    )
    ways.add_argument(
        "--forward",
        metavar="NUMBER",
        help="walk in forward mode from a number of an input, such as x or x[1, 0]",
    )
    ways.add_argument(
        "--paths",
        metavar="INPUT",
        help="tell every path back to an input, factor by factor, and what they add up to",
    )


def _add_check(commands: argparse._SubParsersAction[_Parser]) -> None:
    parser = commands.add_parser(
        "check",
        help="hold gradients against trials",
        description=CHECK_ABOUT,
        epilog=CHECK_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    _add_sources(parser)
    parser.add_argument(
        "--json",
        action="store_true",
        help="print a JSON object a line for each gradient, with every number in full precision",
    )
    _add_into(parser, "write a report of each file into a folder, which is made if need be")


def _add_export(commands: argparse._SubParsersAction[_Parser]) -> None:
    parser = commands.add_parser(
        "export",
        help="write a graph out as code, LaTeX, a picture in text or a page of HTML",
        description=EXPORT_ABOUT,
        epilog=EXPORT_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    _add_sources(parser)
    parser.add_argument(
        "--to",
        choices=(*LANGUAGES, PAGE),
        metavar="LANGUAGE",
        help=f"one of {', '.join(LANGUAGES)}, {PAGE}; without it, the ending of the file says it",
    )
    where = parser.add_mutually_exclusive_group()
    where.add_argument(
        "--output",
        type=Path,
        metavar="FILE",
        help="write to a file, and not to the terminal; of any program, .ipynb makes a notebook",
    )
    _add_into(where, "write each of several files into a folder, which is made if need be")
    parser.add_argument(
        "--numbers",
        action="store_true",
        help="in a derivation or a picture of the graph, show the numbers, too",
    )


def _add_render(commands: argparse._SubParsersAction[_Parser]) -> None:
    parser = commands.add_parser(
        "render",
        help="make a picture of a graph, or a film of its walk",
        description=RENDER_ABOUT,
        epilog=RENDER_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    _add_sources(parser)
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--output", type=Path, metavar="FILE", help="the file to make")
    _add_into(where, "the folder to make a file in for each source")
    parser.add_argument(
        "--to",
        choices=FORMATS,
        metavar="FORMAT",
        help=f"one of {', '.join(FORMATS)}; without it, the ending of the file says it",
    )
    steps = parser.add_mutually_exclusive_group()
    steps.add_argument("--step", type=_step, metavar="N", help="the step that a picture shows")
    steps.add_argument(
        "--steps", type=_steps, metavar="A:B", help="the first and the last step of a film"
    )
    parser.add_argument(
        "--each-step",
        action="store_true",
        help="make a PDF with a page for each step, explained below the graph",
    )
    parser.add_argument("--size", type=_size, metavar="WxH", help="width and height in pixels")
    parser.add_argument(
        "--scale", type=_positive, default=1.0, metavar="S", help="dots a pixel, such as 2"
    )
    parser.add_argument("--theme", choices=("light", "dark"), default="light")
    parser.add_argument(
        "--fps", type=_positive, default=20.0, metavar="F", help="frames a second of a film"
    )
    parser.add_argument(
        "--speed", type=_positive, default=1.0, metavar="S", help="steps a second of a film"
    )
    parser.add_argument("--transparent", action="store_true", help="leave the ground away")
    parser.add_argument(
        "--strip", action="store_true", help="explain the step in a strip below the graph"
    )
    parser.add_argument(
        "--all-numbers", action="store_true", help="show numbers before the walk reaches them, too"
    )
    parser.add_argument(
        "--by-gradient", action="store_true", help="colour blocks by the size of their gradients"
    )
    parser.add_argument(
        "--json", action="store_true", help="print a JSON object a line for each file that is made"
    )


def _step(text: str) -> tuple[int, int]:
    try:
        return int(text), int(text)
    except ValueError:
        sentence = f"'{text}' is no step; write a number such as 6"
        raise argparse.ArgumentTypeError(sentence) from None


def _steps(text: str) -> tuple[int, int]:
    first, colon, last = text.partition(":")
    try:
        if colon:
            return int(first), int(last)
    except ValueError:
        pass
    sentence = f"'{text}' is no part of a walk; write the first and the last step, such as 5:8"
    raise argparse.ArgumentTypeError(sentence)


def _size(text: str) -> tuple[int, int]:
    width, cross, height = text.lower().replace("×", "x").partition("x")
    try:
        if cross:
            return int(width), int(height)
    except ValueError:
        pass
    sentence = f"'{text}' is no size; write width and height, such as 960x540"
    raise argparse.ArgumentTypeError(sentence)


def _positive(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = 0.0
    if not 0 < number < float("inf"):
        sentence = f"'{text}' is no number above 0"
        raise argparse.ArgumentTypeError(sentence)
    return number


def _add_source(parser: argparse.ArgumentParser) -> None:
    """Add what a command takes that is about a graph."""
    parser.add_argument("source", metavar=SOURCE, help=SOURCE_HELP)
    _add_values(parser)


def _add_sources(parser: argparse.ArgumentParser) -> None:
    """Add what a command takes that may be about several graphs."""
    parser.add_argument(
        "sources", nargs="+", metavar=SOURCE, help=f"{SOURCE_HELP}; or several files"
    )
    _add_values(parser)


def _add_into(parser: argparse._ActionsContainer, about: str) -> None:
    parser.add_argument("--into", type=Path, metavar="FOLDER", help=about)


def _add_values(parser: argparse.ArgumentParser) -> None:
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
