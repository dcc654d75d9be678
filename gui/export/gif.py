"""A film as a GIF, written a frame at a time.

Pillow's own writer keeps every frame until the last one is there. Here one frame is kept; Pillow
only packs the pixels.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from struct import pack
from typing import BinaryIO

import numpy as np
import numpy.typing as npt
from PIL import GifImagePlugin, Image
from PySide6.QtGui import QImage

from gui.export.changes import Change, Frames, Pixels, changes, pixels_of
from gui.export.pieces import aside_if_large

COLOURS = 255
"""Colours of a film; one more number says that a pixel stays as it was."""

SAME = 255
EXACT = 150
"""The most frequent colours, which are kept as they are; the others share what is left."""

UNKNOWN = 255
AGAIN = b"\x21\xff\x0bNETSCAPE2.0\x03\x01\x00\x00\x00"
"""Play it over and over."""

RGB = 0xFFFFFF


class Census:
    """How often each colour occurs in some frames."""

    def __init__(self) -> None:
        self._found: Pixels = np.zeros(0, dtype=np.uint32)
        self._counts: npt.NDArray[np.int64] = np.zeros(0, dtype=np.int64)

    def take(self, pixels: Pixels) -> None:
        """Count the colours of another frame, too."""
        colours, times = np.unique(pixels & RGB, return_counts=True)
        found = np.concatenate((self._found, colours))
        self._found, where = np.unique(found, return_inverse=True)
        counts = np.bincount(where, np.concatenate((self._counts, times)))
        self._counts = counts.astype(np.int64)

    def palette(self) -> Palette:
        """Choose the colours of a film."""
        return Palette(_chosen(self._found, self._counts))


class Palette:
    """The colours of a film, and which of them is nearest to any colour.

    Parameters
    ----------
    colours : shape (at most COLOURS,)
        As 0xRRGGBB.
    """

    def __init__(self, colours: Pixels) -> None:
        self.colours = colours
        self._parts = _parts(self.colours)
        # For each of the 16 million colours its number, found out when it is first met.
        self._numbers: npt.NDArray[np.uint8] = np.full(1 << 24, UNKNOWN, dtype=np.uint8)
        self._numbers[self.colours] = np.arange(len(self.colours), dtype=np.uint8)

    def numbers(self, pixels: Pixels) -> npt.NDArray[np.uint8]:
        """Give the number of the nearest colour for each pixel."""
        colours = pixels & RGB
        numbers: npt.NDArray[np.uint8] = self._numbers[colours]
        unknown = numbers == UNKNOWN
        if unknown.any():
            new = np.unique(colours[unknown])
            for start in range(0, len(new), 1024):
                some = new[start : start + 1024]
                away = ((_parts(some)[:, np.newaxis] - self._parts) ** 2).sum(axis=2)
                self._numbers[some] = away.argmin(axis=1).astype(np.uint8)
            numbers = self._numbers[colours]
        return numbers

    def table(self) -> bytes:
        """Give the colour table of a GIF: 256 times red, green and blue."""
        rgb = _parts(self.colours).astype(np.uint8).tobytes()
        return rgb.ljust(3 * 256, b"\0")


def write_gif(frames: Frames, samples: Iterable[QImage | None], file: BinaryIO) -> Iterator[int]:
    """Write a GIF, and tell from time to time how many frames there are.

    Parameters
    ----------
    samples
        Some of the pictures, to choose the colours by; None while one is being painted.
    """
    census, shown_until = Census(), 0
    for image in samples:
        if image is not None:
            pixels = pixels_of(image)
            yield from aside_if_large(pixels.size, partial(census.take, pixels), 0)
        yield 0
    palette = census.palette()
    for change in changes(frames):
        if isinstance(change, int):
            yield change
            continue
        if change.before is None:
            height, width = change.pixels.shape
            file.write(b"GIF89a" + pack("<HHBBB", width, height, 0xF7, 0, 0) + palette.table())
            file.write(AGAIN)
        until = round(change.until * 100)
        pack_it = partial(_packed, palette, change, max(until - shown_until, 1))
        blocks = yield from aside_if_large(change.pixels.size, pack_it, change.frames)
        file.writelines(blocks)
        shown_until = until
        yield change.frames
    file.write(b";")


def _packed(palette: Palette, change: Change, hundredths: int) -> list[bytes]:
    numbers = palette.numbers(change.pixels)
    if change.before is not None:
        numbers[change.pixels == change.before] = SAME
    picture = Image.fromarray(numbers)
    return GifImagePlugin.getdata(
        picture,
        (change.x, change.y),
        duration=hundredths * 10,
        disposal=1,  # what stands there stays
        transparency=SAME,
    )


def _chosen(found: Pixels, counts: npt.NDArray[np.int64]) -> Pixels:
    """Choose the colours: all, or the frequent ones and some that stand for the rest."""
    if len(found) <= COLOURS:
        return found
    order = np.argsort(-counts, kind="stable")
    exact, rest = found[order[:EXACT]], found[order[EXACT:]]
    row = Image.fromarray(_parts(rest).astype(np.uint8)[np.newaxis])
    few = row.quantize(COLOURS - EXACT, Image.Quantize.MEDIANCUT).getpalette() or []
    left = np.array(few, dtype=np.uint32).reshape(-1, 3)[: COLOURS - EXACT]
    packed = left[:, 0] << 16 | left[:, 1] << 8 | left[:, 2]
    return np.unique(np.concatenate((exact, packed)))


def _parts(colours: Pixels) -> npt.NDArray[np.int32]:
    """Split colours into red, green and blue; shape (colours, 3)."""
    parts = np.stack((colours >> 16 & 255, colours >> 8 & 255, colours & 255), axis=1)
    return parts.astype(np.int32)
