"""What is ordered, a picture or a film, and how it comes to be a file."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from engine.errors import PictureError
from engine.files import whole_file
from engine.moment import Moment
from engine.phases import Grain
from gui.export import progress
from gui.export.films import Film
from gui.export.formats import Format
from gui.export.pictures import Write, write_pages, write_pdf, write_png, write_svg
from gui.export.pieces import retold
from gui.export.studio import Look, Studio
from gui.export.timing import Pace, Timing, parts_of, steps_between
from gui.garbage import collect_due

STILLS: Mapping[str, Write] = {"png": write_png, "svg": write_svg, "pdf": write_pdf}

PERCENT = 100
"""What a picture is told in, while it is painted."""

A_PAGE_A_STEP = Pace(rate=1.0, speed=1.0)


@dataclass(frozen=True, slots=True)
class Order:
    """A picture or a film of a walk.

    Attributes
    ----------
    format
        What it is written as.
    look
        How it looks.
    steps
        First and last step, counted from 1; a picture shows the last. None is the whole walk.
    phase
        How much of its last step a picture shows.
    pace
        How fast a film goes.
    each_step
        Whether a PDF has a page for each step.
    grain
        What a step of a film, or of such pages, is.
    """

    format: Format
    look: Look = field(default_factory=Look)
    steps: tuple[int, int] | None = None
    phase: float = 1.0
    pace: Pace = field(default_factory=Pace)
    each_step: bool = False
    grain: Grain = "block"


class Work:
    """An order that is being carried out, a little at a time, and then there is a file.

    Iterating it makes the file; each time round tells how many frames are painted, or how many
    hundredths of a picture. Closing it half-way leaves the old file as it was, and no new one.

    Parameters
    ----------
    studio
        Paints.
    order
        What is ordered.
    path
        Where to.

    Attributes
    ----------
    total
        What it will have told in the end.
    timing
        Which moments they show; None for a picture. The pages of a PDF are a film of a step each.
    film
        The film, if one is made.

    Raises
    ------
    PictureError
        If it cannot be made as ordered.
    """

    def __init__(self, studio: Studio, order: Order, path: Path) -> None:
        self._studio, self._path, self._order = studio, path, order
        self.steps = steps_of(studio, order)
        self.film: Film | None = None
        self.total = PERCENT
        wanted = range(self.steps[0] - 1, self.steps[1])
        stops = studio.canvas.stops()
        seen = wanted if stops is None else [stop for stop in stops if stop in wanted]
        studio.expect(seen or wanted)
        self.timing: Timing | None = None
        if order.each_step and order.format.name != "pdf":
            raise PictureError("Only a PDF has a page for each step; take --to pdf.")
        if order.grain != "block" and not order.each_step and not order.format.moves:
            raise PictureError("A picture shows one moment; films and pages go step by step.")
        if order.each_step or order.format.moves:
            pace = A_PAGE_A_STEP if order.each_step else order.pace
            shown, ask = seen or wanted[-1:], studio.look.predict
            parts = parts_of(studio.recording, shown, order.grain, predict=ask)
            self.timing = Timing(studio.recording, parts, pace)
            self.total = len(self.timing)
            if order.format.moves:
                self.film = Film(studio, self.timing, order.format.name)

    def __iter__(self) -> Generator[int]:
        with whole_file(self._path) as file:
            yield from self.write(file)

    def write(self, file: BinaryIO) -> Generator[int]:
        """Make the content of the file, and tell each time how far that is."""
        for done in self._made_into(file):
            collect_due()
            yield done

    def _made_into(self, file: BinaryIO) -> Generator[int]:
        if self.film is not None:
            yield from self.film.write(file)
        elif self.timing is not None:
            pages = write_pages(self._studio, (moment for moment, _ in self.timing), file)
            yield from retold(pages, int)
        else:
            pieces = STILLS[self._order.format.name](self._studio, self.moment(0), file)
            yield from retold(pieces, lambda share: int(share * PERCENT))
            yield PERCENT

    def moment(self, frame: int) -> Moment:
        """Give what one frame shows, or one page, or the picture."""
        if self.timing is not None:
            return self.timing.moment(frame)
        return _still_moment(self._studio, self._order)

    @property
    def words(self) -> str:
        """How it is said what it tells."""
        if self.timing is None:
            return progress.PERCENT
        return progress.PAGES if self._order.each_step else progress.FRAMES

    @property
    def summary(self) -> str:
        """What it will be, in words."""
        pixels, timing = self._studio.pixels, self.timing
        size = f"{pixels.width():,} × {pixels.height():,} pixels"
        if self._order.each_step:
            size = f"{self.total:,} {'page' if self.total == 1 else 'pages'} of {size}"
        elif timing is not None:
            return f"{size}, {self.total:,} frames, {progress.duration(timing.seconds)}"
        return f"{size}, sharp at any size" if self._order.format.is_sharp else size

    def facts(self) -> dict[str, object]:
        """Tell what was made, for programs."""
        pixels, film = self._studio.pixels, self.film
        return {
            "output": str(self._path),
            "format": self._order.format.name,
            "width": pixels.width(),
            "height": pixels.height(),
            "steps": list(self.steps),
            "frames": 1 if self.timing is None else self.total,
            "seconds": round(film.timing.seconds, 6) if film is not None else None,
            "bytes": self._path.stat().st_size,
        }


def _still_moment(studio: Studio, order: Order) -> Moment:
    """Give the moment that a picture shows."""
    if not studio.recording.steps:
        return Moment(studio.recording)
    return Moment(studio.recording, steps_of(studio, order)[1] - 1, order.phase)


def steps_of(studio: Studio, order: Order) -> tuple[int, int]:
    """Give the first and the last step, counted from 1.

    Raises
    ------
    PictureError
        If the walk has no such steps.
    """
    count = len(studio.recording)
    if order.steps is None:
        whole = order.format.moves or order.each_step
        if whole and not count:
            raise PictureError("There is no walk to film yet: place a function first.")
        return (1, count) if whole else (count, count)
    steps_between(count, *order.steps)
    return order.steps
