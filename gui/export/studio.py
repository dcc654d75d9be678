"""A canvas of its own for pictures: any moment of a walk, at any size, in either theme."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QImage, QPainter

from engine.asking.ask import Ask
from engine.asking.gradient_map import GradientMap
from engine.depth import Depth, narrate_at
from engine.moment import Moment
from engine.narration import Narration
from engine.recording import Recording
from gui.answer import AT_ONCE, takes_long
from gui.canvas.findings import sizes_in
from gui.canvas.framing import Framing
from gui.canvas.item import FAR
from gui.canvas.lens_painting import paint_step_from_near
from gui.canvas.scene import CanvasScene
from gui.checking import Checks
from gui.document import OpenDocument
from gui.export.painting import paint_canvas, painting
from gui.export.pieces import BREATH, aside, at_once
from gui.export.room import shared
from gui.export.strip import paint_strip
from gui.player import Player
from gui.theme import theme, theme_named, themes

if TYPE_CHECKING:
    from gui.export.beside import Beside

AT_ONCE_PIXELS = 8_300_000
"""Pixels up to which a picture is painted within a blink: those of a large screen."""


@dataclass(frozen=True, slots=True)
class Look:
    """How a picture is to look.

    Attributes
    ----------
    size
        Width and height in pixels, with the strip; None for life size.
    scale
        How many dots of the picture go to a pixel, along each axis.
    dark
        Whether it has the dark theme.
    transparent
        Whether the ground is left away.
    strip
        Whether the explanation stands under it.
    all_numbers
        Whether every number is shown, also those that the walk has not reached.
    heat
        Whether blocks are coloured by the size of their gradients; beside these sizes, they are.
    lens
        Whether the step is shown from near where it is too small to be read.
    beside
        The page of the window that stands beside the graph, and what it is about; None for none.
    depth
        How deeply steps are told, on that page and under the graph.
    check
        Whether a badge on each block tells if its gradient agrees with a trial.
    predict
        Whether a number is asked for, and hidden, before its step is shown.
    """

    size: tuple[int, int] | None = None
    scale: float = 1.0
    dark: bool = False
    transparent: bool = False
    strip: bool = False
    all_numbers: bool = False
    heat: bool = False
    lens: bool = True
    beside: Ask | None = None
    depth: Depth = "student"
    check: bool = False
    predict: bool = False

    @property
    def is_heated(self) -> bool:
        """Whether blocks are coloured by the size of their gradients."""
        return self.heat or (self.beside is not None and self.beside.what == "sizes")

    @property
    def theme(self) -> Literal["light", "dark"]:
        """Name of the theme."""
        return "dark" if self.dark else "light"


class Studio:
    """Paints the moments of one recording.

    Parameters
    ----------
    document
        What is painted; it is not to change meanwhile.
    look
        How.
    area
        The part of the scene that is shown; None for all of it.
    framing
        Exactly what is shown, in place of an area and a size.
    like
        A canvas on which something may be lit, or marked as wrong, or what was before a number was
        slid: it is so in the picture, too; what was before, where the walk stands there.
    tell
        Says what the strip says of a moment; without it, as `narrate_at` has it.

    Attributes
    ----------
    canvas
        What is painted: at the level that the document is looked at.

    Raises
    ------
    PictureError
        If the picture would be too small or too large.
    """

    def __init__(
        self,
        document: OpenDocument,
        look: Look,
        *,
        area: QRectF | None = None,
        framing: Framing | None = None,
        like: CanvasScene | None = None,
        tell: Callable[[Moment], Narration] | None = None,
    ) -> None:
        self.look = look
        self._tell = tell or partial(narrate_at, depth=look.depth)
        self._player = Player(document.recording)
        self.canvas = CanvasScene(document, self._player)
        if document.within is not None:
            self.canvas.enter(document.within)
        self.canvas.wake()
        self.canvas.follow_lanes(self.canvas.lanes.find_rest())
        self.canvas.set_show_all(look.all_numbers)
        self._ghost: tuple[Recording, int] | None = None
        if like is not None:
            if like.findings.ghost is not None:
                self._ghost = like.findings.ghost, like.moment.cursor
            self._take_heat(like.findings.heat)
            self.canvas.set_light(like.lighting.light)
            self.canvas.findings.set_wrong(like.findings.wrong)
            self.canvas.findings.set_checks(like.findings.checks)
        content = self.canvas.content_rect() if area is None else area
        self._checks = Checks() if look.check else None
        if self._checks is not None:
            self._checks.take(self.recording)
            self.canvas.findings.set_checks(self._checks)
        self._room = shared(look, content, framing)
        self.size = self._room.size
        self._beside: Beside | None = None
        if look.beside is not None and self._room.page is not None:
            from gui.export.beside import Beside  # noqa: PLC0415 - most pictures have no page

            checks = self._checks
            self._beside = Beside(document, look.beside, look, self._room.page, checks)

    @property
    def recording(self) -> Recording:
        """The run that is shown."""
        return self._player.recording

    @property
    def pixels(self) -> QSize:
        """Width and height in dots."""
        return self._dots(self.look.scale)

    @property
    def is_large(self) -> bool:
        """Whether a picture would hold the window up if it were painted at once."""
        pixels, part = self.pixels, self._room.framing.part
        is_near = self._room.framing.zoom >= FAR
        return (
            pixels.width() * pixels.height() > AT_ONCE_PIXELS
            or (is_near and len(self.canvas.where.blocks_in(part)) > AT_ONCE)
            or ((self.look.check or self._beside is not None) and takes_long(self.recording))
            or (
                self.look.is_heated
                and self.canvas.findings.heat is None
                and takes_long(self.recording)
            )
        )

    def painted(self, painter: QPainter, moment: Moment) -> Generator[float]:
        """Paint a moment of the recording, in pixels from the corner, a little at a time.

        Each time it tells what share is done. In between, the window has its own colours.
        """
        if self.look.is_heated and self.canvas.findings.heat is None:
            self._take_heat((yield from self._sizes()))
        yield from self._checked()
        self._player.show(moment.cursor, moment.phase)
        if self._ghost is not None and self._ghost[1] == moment.cursor:
            self.canvas.findings.set_ghost(self._ghost[0])
        with closing(self._parts(painter, moment)) as parts:
            while True:
                with themes().lent(theme_named(self.look.theme)):
                    share = next(parts, None)
                if share is None:
                    return
                yield share

    def image(self, moment: Moment) -> QImage:
        """Paint a moment into the dots of a picture, at once."""
        return at_once(self.developed(moment))

    def developed(
        self, moment: Moment, scale: float | None = None
    ) -> Generator[float, None, QImage]:
        """Paint a moment into the dots of a picture, a little at a time.

        Parameters
        ----------
        scale
            How many dots go to a pixel, if not as many as the look has.
        """
        scale = self.look.scale if scale is None else scale
        form = QImage.Format.Format_RGB32
        if self.look.transparent:
            form = QImage.Format.Format_ARGB32_Premultiplied
        made = QImage(self._dots(scale), form)
        made.setDevicePixelRatio(scale)
        made.fill(0)
        with painting(made) as painter:
            yield from self.painted(painter, moment)
        return made

    def _parts(self, painter: QPainter, moment: Moment) -> Generator[float]:
        room, ground = self._room, not self.look.transparent
        if self._beside is not None:
            yield from self._beside.show(moment, self.canvas)
        yield from paint_canvas(painter, self.canvas, room.framing, ground=ground)
        if self.look.lens:
            paint_step_from_near(painter, self.canvas, room.framing, theme())
        if self._beside is not None:
            self._beside.paint(painter)
        if room.strip is not None:
            told = moment
            if self.look.predict and not moment.phase and moment.cursor:
                told = Moment(self.recording, moment.cursor - 1)  # what comes is asked for
            paint_strip(painter, QRectF(room.strip), told, self._tell(told))

    def expect(self, cursors: Sequence[int]) -> None:
        """Be told which steps will be painted: a page beside the graph is to fit in all of them."""
        if self._beside is not None:
            self._beside.samples = cursors

    def _sizes(self) -> Generator[float, None, GradientMap]:
        """Find the sizes of all gradients; of many, on another thread."""
        find = partial(sizes_in, self.recording)
        if takes_long(self.recording):
            return (yield from aside(find, 0.0))
        return find()

    def _checked(self) -> Generator[float]:
        """Wait until all gradients are held against trials, if they are to be."""
        checks, wanted = self._checks, self.recording.gradients
        if checks is not None and any(checks.verdict(block) is None for block in wanted):
            checks.want("picture", wanted)
            while checks.busy:
                checks.wait(BREATH)
                yield 0.0

    def _take_heat(self, found: GradientMap | None) -> None:
        """Colour the blocks by sizes that are known of this run, if they are to be coloured."""
        if self.look.is_heated and found is not None and found.recording is self.recording:
            self.canvas.findings.take_heat(found)

    def let_go(self) -> None:
        """Stop listening to the document."""
        self.canvas.let_go()
        if self._beside is not None:
            self._beside.let_go()

    def _dots(self, scale: float) -> QSize:
        return QSize(round(self.size.width() * scale), round(self.size.height() * scale))
