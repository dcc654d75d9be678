"""Pictures and films on the command line, without a display."""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import NamedTuple

from PySide6.QtWidgets import QApplication

from engine.asking.answers import check
from engine.commands.asked import asked_document, derived
from engine.commands.batch import each, named, placed_in, progress, stop_if_given_up
from engine.commands.streams import complain
from engine.errors import GradwalkError, PictureError
from engine.phases import Grain
from gui.document import OpenDocument
from gui.export.formats import format_for
from gui.export.orders import Order, Work
from gui.export.studio import Look, Studio
from gui.export.timing import Pace


@dataclass(frozen=True, slots=True)
class Wishes:
    """What was asked for on the command line, but for the sources.

    Attributes
    ----------
    settings, target
        As `asked_document` takes them.
    to
        Name of the format; None for the one that the ending of the file stands for.
    output, into
        The file, or the folder of several.
    steps
        First and last step, counted from 1; None for the whole walk.
    look, pace
        How it looks, and how fast it goes.
    each_step
        Whether a PDF has a page for each step.
    grain
        What a step of a film, or of such pages, is.
    derive
        Names of the inputs by which it is differentiated first, one after the other.
    as_json
        Whether programs are to read what was made.
    """

    settings: Sequence[str]
    target: str | None
    to: str | None
    output: Path | None
    into: Path | None
    steps: tuple[int, int] | None
    look: Look
    pace: Pace
    each_step: bool
    grain: Grain
    derive: tuple[str, ...]
    as_json: bool


class Outcome(NamedTuple):
    """What became of a source: facts, or the sentence that says why there are none."""

    facts: dict[str, object]
    sentence: str = ""


def render(sources: Sequence[str], wishes: Wishes) -> int:
    """Make pictures or films, or say what is wrong on stderr.

    Returns
    -------
    int
        Exit status: 0, or 2 if something cannot be read or made; the rest is made nevertheless.
    """
    try:
        paths = _paths(sources, wishes)
        if len(sources) == 1:
            outcomes: Iterable[tuple[str, Outcome]]
            outcomes = [(sources[0], _carry_out(sources[0], wishes, paths, watched=True))]
        else:
            outcomes = each(partial(_carry_out, wishes=wishes, paths=paths), sources, "Painting")
        return _told(outcomes, wishes, several=len(sources) > 1)
    except GradwalkError as error:
        return complain(error.sentence)


def _told(outcomes: Iterable[tuple[str, Outcome]], wishes: Wishes, *, several: bool) -> int:
    status = 0
    for source, outcome in outcomes:
        if outcome.sentence:
            status = complain(named(source, outcome.sentence) if several else outcome.sentence)
        elif wishes.as_json:
            sys.stdout.write(json.dumps({"source": source, **outcome.facts}) + "\n")
            sys.stdout.flush()
    return status


def _paths(sources: Sequence[str], wishes: Wishes) -> dict[str, Path]:
    """Say which file comes of each source.

    Raises
    ------
    GradwalkError
        If that is not clear.
    """
    known = format_for(wishes.to, wishes.output)
    if wishes.output is not None and len(sources) > 1:
        raise PictureError("Several files are written to a folder; --into names it.")
    if wishes.output is not None:
        return {sources[0]: wishes.output}
    if wishes.into is None:
        raise PictureError("Say where to: --output takes a file, --into a folder.")
    return placed_in(wishes.into, sources, known.suffix)


def _carry_out(
    source: str, wishes: Wishes, paths: dict[str, Path], *, watched: bool = False
) -> Outcome:
    """Make one file; if it is watched, with how far it is on stderr."""
    path = paths[source]
    try:
        document = derived(asked_document(source, wishes.settings, wishes.target), wishes.derive)
        with _ctrl_c_between_pieces() as stop_if_asked:
            make_app_once()
            stop_if_asked()
            if not document.places:
                from gui.layout import laid_out  # noqa: PLC0415 - networkx, only where it is needed

                document = laid_out(document.graph, document.target)
                stop_if_asked()
            opened = OpenDocument(document)
            opened.fold_large()
            order = Order(
                format_for(wishes.to, path),
                wishes.look,
                wishes.steps,
                phase=0.0 if wishes.look.predict else 1.0,
                pace=wishes.pace,
                each_step=wishes.each_step,
                grain=wishes.grain,
            )
            if wishes.look.beside is not None:
                check(opened.recording, wishes.look.beside)
            work = Work(Studio(opened, wishes.look), order, path)
            before, doing = 0, "Painting" if work.film is None else "Filming"
            with (
                closing(iter(work)) as pieces,
                progress(doing if watched else "", work.total) as went_on,
            ):
                for done in pieces:
                    stop_if_asked()
                    went_on(done - before)
                    before = done
        return Outcome(work.facts())
    except GradwalkError as error:
        return Outcome({}, error.sentence)


@contextmanager
def _ctrl_c_between_pieces() -> Iterator[Callable[[], None]]:
    """Give a function that ends the command if Ctrl-C was pressed, and let nothing else do so.

    In the middle of a stroke Qt would make something else of it, and leave a file behind.
    """
    pressed: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _: pressed.append(number))

    def stop_if_asked() -> None:
        stop_if_given_up()
        if pressed:
            raise KeyboardInterrupt

    try:
        yield stop_if_asked
    finally:
        signal.signal(signal.SIGINT, before)


def make_app_once() -> None:
    """Have what Qt paints with; nothing of it needs a display."""
    if QApplication.instance() is None:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        from gui.app import make_app  # noqa: PLC0415 - a wrong option is told before

        _kept.append(make_app(["gradwalk"]))
    from gui.theme import load_fonts  # noqa: PLC0415 - see above

    load_fonts()


_kept: list[QApplication] = []
"""The application object, which nothing else holds."""
