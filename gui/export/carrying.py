"""A picture on the clipboard, or carried out of the window with the mouse."""

from __future__ import annotations

import math
from collections.abc import Generator
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QByteArray, QMimeData, QTemporaryDir, QUrl
from PySide6.QtGui import QGuiApplication, QImage

from engine.moment import Moment
from gui.canvas.framing import around
from gui.canvas.view import CanvasView
from gui.export import progress
from gui.export.orders import PERCENT
from gui.export.pictures import write_dots, write_svg
from gui.export.pieces import between, retold
from gui.export.room import MOST
from gui.export.studio import Look, Studio
from gui.theme import theme

COPIED_SCALE = 2.0
"""Dots a pixel of what is copied: a slide shows it larger than the window."""

MOST_COPIED = 50_000_000
"""Dots of what is copied; a very large graph has fewer a pixel."""

PNG, SVG = "image/png", "image/svg+xml"


class Carried(NamedTuple):
    """A picture in every form that another program may take it in.

    Attributes
    ----------
    image
        Its dots.
    png, svg
        The content of a file of that kind.
    step
        The step that it shows, counted from 1.
    """

    image: QImage
    png: bytes
    svg: bytes
    step: int

    def mime(self, *, as_file: bool = False) -> QMimeData:
        """Hand it out.

        Parameters
        ----------
        as_file
            Whether there is to be a file of it, too: what is dropped is mostly taken as one.
        """
        data = QMimeData()
        data.setImageData(self.image)
        data.setData(PNG, QByteArray(self.png))
        data.setData(SVG, QByteArray(self.svg))
        if as_file:
            path = Path(_folder().filePath(f"gradwalk-step-{self.step}.png"))
            path.write_bytes(self.png)
            data.setUrls([QUrl.fromLocalFile(str(path))])
        return data

    def copy(self) -> None:
        """Put it on the clipboard."""
        QGuiApplication.clipboard().setMimeData(self.mime())


def pictured(studio: Studio, moment: Moment) -> Generator[float, None, Carried]:
    """Make a picture to be carried elsewhere, a little at a time."""
    png, svg = BytesIO(), BytesIO()
    image = yield from between(0.0, 0.3, studio.developed(moment))
    yield from between(0.3, 0.6, write_dots(image, studio, png))
    yield from between(0.6, 1.0, write_svg(studio, moment, svg))
    return Carried(image, png.getvalue(), svg.getvalue(), moment.cursor + 1)


def studio_for_copying(view: CanvasView) -> Studio:
    """Give what pictures all that is selected on a canvas, or the whole graph.

    What is large is pictured as it is now, whatever becomes of the document meanwhile; and of what
    is very large, the picture is no larger than other programs like to have it.
    """
    canvas = view.canvas
    area = canvas.selected_area()
    framing = around(canvas.content_rect() if area is None else area)
    wide, high = framing.size.width(), framing.size.height()
    look = Look(
        scale=min(COPIED_SCALE, math.sqrt(MOST_COPIED / (wide * high)), MOST / max(wide, high)),
        dark=theme().dark,
        all_numbers=canvas.show_all,
        heat=canvas.findings.is_heated,
    )
    studio = Studio(canvas.document, look, framing=framing, like=canvas)
    if studio.is_large:
        studio.let_go()
        studio = Studio(canvas.document.as_it_is(), look, framing=framing, like=canvas)
    return studio


class Copying:
    """A picture that is being made to be carried elsewhere.

    Iterating it makes it; each time round tells how many hundredths are done.

    Parameters
    ----------
    studio, moment
        As `pictured` takes them.

    Attributes
    ----------
    total, words
        What it will have told in the end, and how that is said.
    carried
        The picture, once it is there.
    """

    total, words = PERCENT, progress.PERCENT

    def __init__(self, studio: Studio, moment: Moment) -> None:
        self._studio, self._moment = studio, moment
        self.carried: Carried | None = None

    def __iter__(self) -> Generator[int]:
        pieces = pictured(self._studio, self._moment)
        self.carried = yield from retold(pieces, lambda share: int(share * PERCENT))
        yield PERCENT


@cache
def _folder() -> QTemporaryDir:
    """Give the folder for what is carried out; it is gone when the app ends."""
    return QTemporaryDir()
