"""How the room of a picture is shared: the graph, a page beside it, and the strip below both."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, QSize

from engine.errors import PictureError
from gui.canvas.framing import Framing, around, fitted
from gui.canvas.magnified import lifted
from gui.export.strip import strip_height

if TYPE_CHECKING:
    from gui.export.studio import Look

LEAST, MOST = 16, 20_000
"""Pixels that a picture has at least and at most, along either side."""

LARGEST = 100_000_000
"""Pixels that it has at most altogether."""

PAGE = QSize(364, 640)
"""Pixels of a page in life size, beside a graph that has its own size."""

SHARE, SHARE_OF_LARGE, SHARE_BELOW = 0.3, 0.25, 0.5
"""Part of the width that a page has beside the graph, and beside a very large one; and of the
height, where it stands below."""

TALL = 1.25
"""How much higher than wide a picture is that has its page below the graph."""


@dataclass(frozen=True, slots=True)
class Room:
    """Who has which part of a picture, in pixels from its corner.

    Attributes
    ----------
    framing
        What is shown of the graph; it has the upper left corner.
    size
        The whole.
    page, strip
        Where these stand; None where they do not.
    """

    framing: Framing
    size: QSize
    page: QRect | None = None
    strip: QRect | None = None


def shared(look: Look, content: QRectF, framing: Framing | None = None) -> Room:
    """Share the room of a picture.

    Parameters
    ----------
    look
        Whether it has a size, a page and a strip.
    content
        The part of the scene that is to be seen.
    framing
        Exactly what is seen of the scene, in place of a size.

    Raises
    ------
    PictureError
        If it would be too small or too large.
    """
    has_page = look.beside is not None
    if framing is not None or look.size is None:
        room = _grown(framing or around(content), has_page=has_page)
    else:
        width, height = look.size
        below = strip_height(width) if look.strip else 0
        room = _divided(QSize(width, height - below), content, has_page=has_page)
        up = lifted(content, room.framing) if look.lens else 0
        room = replace(room, framing=replace(room.framing, top=room.framing.top + up))
    width, height = room.size.width(), room.size.height()
    if look.strip:
        strip = QRect(0, height, width, strip_height(width))
        room = replace(room, strip=strip, size=QSize(width, height + strip.height()))
    check(room.size * look.scale)
    return room


def _grown(framing: Framing, *, has_page: bool) -> Room:
    """Add a page to a graph that has its own size."""
    if not has_page:
        return Room(framing, framing.size)
    wide, high = framing.size.width(), max(framing.size.height(), PAGE.height())
    aside = max(PAGE.width(), round(min(wide * SHARE_OF_LARGE, high * SHARE_OF_LARGE * 2)))
    top = framing.top - (high - framing.size.height()) // 2
    graph = replace(framing, size=QSize(wide, high), top=top)
    return Room(graph, QSize(wide + aside, high), QRect(wide, 0, aside, high))


def _divided(size: QSize, content: QRectF, *, has_page: bool) -> Room:
    """Divide a size between the graph and a page: beside it, or below where the whole is tall."""
    wide, high = size.width(), size.height()
    if not has_page:
        graph, page = size, None
    elif high > TALL * wide:
        below = round(high * SHARE_BELOW)
        graph, page = QSize(wide, high - below), QRect(0, high - below, wide, below)
    else:
        aside = round(wide * SHARE)
        graph, page = QSize(wide - aside, high), QRect(wide - aside, 0, aside, high)
    check(graph)
    return Room(fitted(content, graph), size, page)


def check(size: QSize) -> None:
    """Raise why a picture cannot be of this size; return if it can."""
    width, height = size.width(), size.height()
    if min(width, height) < LEAST:
        raise PictureError(f"A picture of {width} × {height} pixels would be too small to be read.")
    if max(width, height) > MOST or width * height > LARGEST:
        raise PictureError(
            f"A picture of {width:,} × {height:,} pixels would be too large; choose a size, "
            "or a smaller scale."
        )
