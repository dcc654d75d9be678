"""What changes from one frame of a film to the next: most of a canvas stays as it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PySide6.QtGui import QImage

Pixels = npt.NDArray[np.uint32]


@dataclass(frozen=True, slots=True)
class Change:
    """A rectangle that is to be painted anew.

    Attributes
    ----------
    x, y
        Its corner; both are even.
    pixels : shape (rows, columns)
        What it shows now, as 0xAARRGGBB.
    before : shape (rows, columns) or None
        What it showed; None in the first frame.
    until
        Seconds from the start of the film up to which it stays.
    frames
        How many frames have been painted so far.
    """

    x: int
    y: int
    pixels: Pixels
    before: Pixels | None
    until: float
    frames: int


def pixels_of(image: QImage) -> Pixels:
    """Give the pixels of a picture as 0xAARRGGBB, not multiplied by their opacity."""
    if image.format() != QImage.Format.Format_RGB32:
        image = image.convertToFormat(QImage.Format.Format_ARGB32)
    row = image.bytesPerLine() // 4
    data = np.frombuffer(image.constBits(), dtype=np.uint32)
    whole: Pixels = data.reshape(image.height(), row)[:, : image.width()].copy()
    return whole


Frames = Iterable[tuple[QImage, float] | None]
"""Pictures of one size, each with the seconds that it stays; None while one is being painted."""


def changes(frames: Frames) -> Iterator[Change | int]:
    """Find what changes, frame by frame; what stays the same only stays longer.

    Yields
    ------
    Change or int
        A change once it is known how long it stays; else the number of frames so far.
    """
    shown: Pixels | None = None
    held: Change | None = None
    until, count = 0.0, 0
    for frame in frames:
        if frame is None:
            yield count
            continue
        image, seconds = frame
        count += 1
        pixels = pixels_of(image)
        box = _box(shown, pixels)
        if held is not None and box is None:
            until += seconds
            held = Change(held.x, held.y, held.pixels, held.before, until, count)
            yield count
            continue
        if held is not None:
            yield held
        else:
            yield count
        until += seconds
        top, left, bottom, right = box or (0, 0, 1, 1)
        before = None if shown is None else shown[top:bottom, left:right]
        held = Change(left, top, pixels[top:bottom, left:right], before, until, count)
        shown = pixels
    if held is not None:
        yield held


def _box(before: Pixels | None, now: Pixels) -> tuple[int, int, int, int] | None:
    """Find the rectangle that holds all that differs: top, left, bottom, right."""
    height, width = now.shape
    if before is None:
        return 0, 0, height, width
    differs = before != now
    rows = np.flatnonzero(differs.any(axis=1))
    if not len(rows):
        return None
    top, bottom = int(rows[0]) & ~1, int(rows[-1]) + 1
    columns = np.flatnonzero(differs[top:bottom].any(axis=0))
    return top, int(columns[0]) & ~1, bottom, int(columns[-1]) + 1
