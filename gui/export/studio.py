"""A canvas of its own for pictures: any moment of a walk, at any size, in either theme."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QImage, QPainter

from engine.asking.gradient_map import GradientMap
from engine.errors import PictureError
from engine.moment import Moment
from engine.narration import Narration, narrate
from engine.recording import Recording
from gui.canvas.framing import Framing, around, fitted
from gui.canvas.scene import CanvasScene
from gui.document import OpenDocument
from gui.export.painting import paint_canvas, painting
from gui.export.strip import paint_strip, strip_height
from gui.player import Player
from gui.theme import theme_named, themes

LEAST, MOST = 16, 20_000
"""Pixels that a picture has at least and at most, along either side."""

LARGEST = 100_000_000
"""Pixels that it has at most altogether."""


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
        Whether blocks are coloured by the size of their gradients.
    """

    size: tuple[int, int] | None = None
    scale: float = 1.0
    dark: bool = False
    transparent: bool = False
    strip: bool = False
    all_numbers: bool = False
    heat: bool = False

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
        A canvas on which something may be lit, or marked as wrong: it is so in the picture, too.
    tell
        Says what the strip says of a moment.

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
        tell: Callable[[Moment], Narration] = narrate,
    ) -> None:
        self.look = look
        self._tell = tell
        self._player = Player(document.recording)
        self.canvas = CanvasScene(document, self._player)
        if document.within is not None:
            self.canvas.enter(document.within)
        self.canvas.wake()
        self.canvas.set_show_all(look.all_numbers)
        if look.heat:  # at once: what is painted now is kept
            self.canvas.findings.take_heat(GradientMap(self.canvas.recording))
        if like is not None:
            self.canvas.set_light(like.lighting.light)
            self.canvas.findings.set_wrong(like.findings.wrong)
        content = self.canvas.content_rect() if area is None else area
        self._framing = framing or self._framed(content)
        self.canvas.show_part(self._framing.part, self._framing.zoom)
        width, height = self._framing.size.width(), self._framing.size.height()
        self._strip = strip_height(width) if look.strip else 0
        self.size = QSize(width, height + self._strip)
        _check(self.pixels)

    @property
    def recording(self) -> Recording:
        """The run that is shown."""
        return self._player.recording

    @property
    def pixels(self) -> QSize:
        """Width and height in dots."""
        return QSize(
            round(self.size.width() * self.look.scale), round(self.size.height() * self.look.scale)
        )

    def paint(self, painter: QPainter, moment: Moment) -> None:
        """Paint a moment of the recording, in pixels from the corner."""
        self._player.show(moment.cursor, moment.phase)
        with themes().lent(theme_named(self.look.theme)):
            ground = not self.look.transparent
            paint_canvas(painter, self.canvas, self._framing, ground=ground)
            if self._strip:
                top = self._framing.size.height()
                below = QRectF(0, top, self.size.width(), self._strip)
                now = self._player.moment
                paint_strip(painter, below, now, self._tell(now))

    def image(self, moment: Moment) -> QImage:
        """Paint a moment into the dots of a picture."""
        form = QImage.Format.Format_RGB32
        if self.look.transparent:
            form = QImage.Format.Format_ARGB32_Premultiplied
        made = QImage(self.pixels, form)
        made.setDevicePixelRatio(self.look.scale)
        made.fill(0)
        with painting(made) as painter:
            self.paint(painter, moment)
        return made

    def let_go(self) -> None:
        """Stop listening to the document."""
        self.canvas.let_go()

    def _framed(self, content: QRectF) -> Framing:
        if self.look.size is None:
            return around(content)
        width, height = self.look.size
        below = strip_height(width) if self.look.strip else 0
        _check(QSize(width, height - below))
        return fitted(content, QSize(width, height - below))


def _check(size: QSize) -> None:
    """Raise why a picture cannot be of this size; return if it can."""
    width, height = size.width(), size.height()
    if min(width, height) < LEAST:
        raise PictureError(f"A picture of {width} × {height} pixels would be too small to be read.")
    if max(width, height) > MOST or width * height > LARGEST:
        raise PictureError(
            f"A picture of {width:,} × {height:,} pixels would be too large; choose a size, "
            "or a smaller scale."
        )
