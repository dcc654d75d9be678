"""What can be said on the command line: the commands and their options.

Nothing of the engine is imported here, so that help is there at once.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import NoReturn

from command_help import ABOUT, EXAMPLES

COMMANDS = ("open", "walk", "check", "export", "render")

DEPTHS = ("first", "student", "engineer")
"""For whom `walk` tells the steps."""

GRAINS = ("block", "contribution", "line")
"""How finely `walk` tells the way back."""

WRONG_RULES = ("overwrite", "stack", "uncleared", "unsummed")
"""The mistakes that `walk` can walk by."""

PAGES = ("step", "arrays", "code")
"""Pages of the window that `render` shows beside a graph and that are asked nothing."""

LANGUAGES = (
    "python",
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
        description=ABOUT["gradwalk"],
        epilog=EXAMPLES["gradwalk"],
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="tell the version and exit")
    commands = parser.add_subparsers(
        dest="command", metavar="COMMAND", title="commands", prog="gradwalk"
    )
    opening = _add_open(commands)
    _add_walk(commands)
    _add_check(commands)
    _add_export(commands)
    _add_render(commands)
    if not argv or argv[0] not in (*COMMANDS, "-h", "--help", "--version"):
        argv = [COMMANDS[0], *argv]
    if argv[0] == COMMANDS[0]:
        # What is opened may be nothing, and may stand behind options, too.
        return opening.parse_intermixed_args(argv[1:], argparse.Namespace(command=argv[0]))
    return parser.parse_args(argv)


def _command(commands: argparse._SubParsersAction[_Parser], name: str, about: str) -> _Parser:
    return commands.add_parser(
        name,
        help=about,
        description=ABOUT[name],
        epilog=EXAMPLES[name],
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )


def _add_open(commands: argparse._SubParsersAction[_Parser]) -> _Parser:
    parser = _command(commands, "open", "open a window, which is what happens without a command")
    parser.add_argument(
        "sources", nargs="*", metavar=SOURCE, help=f"{SOURCE_HELP}; each gets a tab"
    )
    _add_values(parser)
    return parser


def _add_walk(commands: argparse._SubParsersAction[_Parser]) -> None:
    parser = _command(commands, "walk", "print a walk in the terminal, without a window")
    _add_source(parser)
    _add_json(parser, "for each step, with every number in full precision")
    ways = parser.add_mutually_exclusive_group()
    ways.add_argument(
        "--depth",
        choices=DEPTHS,
        metavar="DEPTH",
        help="tell the steps for a first contact (first), for a student, or for an engineer",
    )
    ways.add_argument(
        "--step-is",
        choices=GRAINS,
        metavar="GRAIN",
        help="take a step back for each block, contribution, or line of code",
    )
    _add_questions(ways)
    ways.add_argument(
        "--predict",
        action="store_true",
        help="ask for each number before it is shown, take answers, and give hints",
    )
    _add_derive(parser)


def _add_check(commands: argparse._SubParsersAction[_Parser]) -> None:
    parser = _command(commands, "check", "hold gradients against trials")
    _add_sources(parser)
    _add_json(parser, "for each gradient, with every number in full precision")
    _add_into(parser, "write a report of each file into a folder, which is made if need be")


def _add_export(commands: argparse._SubParsersAction[_Parser]) -> None:
    parser = _command(
        commands, "export", "write a graph out as code, LaTeX, a picture in text or a page of HTML"
    )
    _add_sources(parser)
    _add_to(parser, "LANGUAGE", (*LANGUAGES, PAGE))
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
    _add_derive(parser)


def _add_render(commands: argparse._SubParsersAction[_Parser]) -> None:
    parser = _command(commands, "render", "make a picture of a graph, or a film of its walk")
    _add_sources(parser)
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--output", type=Path, metavar="FILE", help="the file to make")
    _add_into(where, "the folder to make a file in for each source")
    _add_to(parser, "FORMAT", FORMATS)
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
        "--step-is",
        choices=GRAINS,
        default="block",
        metavar="GRAIN",
        help=f"what a step of a film or of --each-step is: {', '.join(GRAINS)}",
    )
    parser.add_argument(
        "--check", action="store_true", help="show on each block whether its gradient is true"
    )
    _add_beside(parser)
    _add_derive(parser)
    _add_json(parser, "for each file that is made")


def _add_beside(parser: argparse.ArgumentParser) -> None:
    """Add what can stand beside a graph."""
    group = parser.add_argument_group(
        "beside the graph", "one of these is shown there, as the window shows it on a page"
    )
    pages = group.add_mutually_exclusive_group()
    pages.add_argument("--beside", choices=PAGES, metavar="PAGE", help=f"one of {', '.join(PAGES)}")
    _add_questions(pages)
    more = parser.add_argument_group("how that is told")
    more.add_argument(
        "--lit-path", type=int, default=0, metavar="N", help="light one of the paths, such as 2"
    )
    more.add_argument(
        "--depth",
        choices=DEPTHS,
        metavar="DEPTH",
        help="tell the step, there or in the strip, as walk does: "
        "for a first contact (first), for a student, or for an engineer",
    )
    more.add_argument(
        "--predict", action="store_true", help="ask for a number of each step before it is shown"
    )


def _add_questions(ways: argparse._ActionsContainer) -> None:
    """Add the questions that can be asked of a walk; `question_in` of the engine reads them."""
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
    ways.add_argument(
        "--sizes",
        action="store_true",
        help="tell how large all values and gradients are, and where a gradient ends and why",
    )
    ways.add_argument(
        "--plot",
        metavar="NUMBER",
        help="tell the result along a number of an input, its tangent, and the error of a trial",
    )
    ways.add_argument(
        "--element",
        metavar="ELEMENT",
        help="point at an element, such as a[0, 2]: tell what feeds it, what it feeds, and back",
    )


def _add_derive(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--derive",
        action="append",
        default=[],
        metavar="INPUT",
        help="take the derivative by an input instead; can be repeated, for a higher one",
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


def _add_json(parser: argparse.ArgumentParser, of_what: str) -> None:
    """Add the switch for what programs read."""
    parser.add_argument("--json", action="store_true", help=f"print a JSON object a line {of_what}")


def _add_to(parser: argparse.ArgumentParser, what: str, names: tuple[str, ...]) -> None:
    """Add what is written, or made."""
    known = f"one of {', '.join(names)}; without it, the ending of the file says it"
    parser.add_argument("--to", choices=names, metavar=what, help=known)


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
