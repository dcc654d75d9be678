"""A picture in dots as a PNG, packed a few rows at a time.

Qt and Pillow pack all of it in one go, which takes seconds for a large one.
"""

from __future__ import annotations

import zlib
from collections.abc import Generator
from struct import pack
from typing import BinaryIO

import numpy as np
import numpy.typing as npt
from PySide6.QtGui import QImage

from gui.export.changes import pixels_of

Bytes = npt.NDArray[np.uint8]

BEGIN = b"\x89PNG\r\n\x1a\n"
BAND = 500_000
"""Pixels that are packed at a time."""

COLOUR, COLOUR_AND_ALPHA = 2, 6
"""What a PNG calls its kinds of pixels."""

SUB, UP = 1, 2
"""Rows as what differs from the pixel to the left, and from the row above."""


def png_chunk(kind: bytes, content: bytes) -> bytes:
    """Give one piece of a PNG."""
    return pack(">I", len(content)) + kind + content + pack(">I", zlib.crc32(kind + content))


def pack_png(image: QImage, per_metre: int, file: BinaryIO) -> Generator[float]:
    """Write a picture, and tell after some rows what share is written.

    Parameters
    ----------
    per_metre
        How many dots of it go to a metre.
    """
    height, width = image.height(), image.width()
    kind = COLOUR_AND_ALPHA if image.hasAlphaChannel() else COLOUR
    facts = pack(">IIBBBBB", width, height, 8, kind, 0, 0, 0)
    file.write(BEGIN + png_chunk(b"IHDR", facts))
    file.write(png_chunk(b"pHYs", pack(">IIB", per_metre, per_metre, 1)))
    packer = zlib.compressobj()
    above = np.zeros((1, width, 4 if kind == COLOUR_AND_ALPHA else 3), dtype=np.uint8)
    rows = max(BAND // width, 1)
    for top in range(0, height, rows):
        band = _channels(image.copy(0, top, width, min(rows, height - top)), above.shape[2])
        packed = packer.compress(_filtered(band, above).tobytes())
        if packed:
            file.write(png_chunk(b"IDAT", packed))
        above = band[-1:]
        yield min(top + rows, height) / height
    file.write(png_chunk(b"IDAT", packer.flush()) + png_chunk(b"IEND", b""))


def _channels(image: QImage, count: int) -> Bytes:
    """Give red, green and blue of each pixel, and its opacity if it takes a fourth."""
    pixels = pixels_of(image)
    parts = (pixels >> 16, pixels >> 8, pixels, pixels >> 24)
    return np.stack([part.astype(np.uint8) for part in parts[:count]], axis=2)


def _filtered(band: Bytes, above: Bytes) -> Bytes:
    """Give each row as what differs from its neighbours, whichever way differs less."""
    height = len(band)
    up = band - np.concatenate((above, band[:-1]))
    left = band.copy()
    left[:, 1:] -= band[:, :-1]
    ways = np.stack((left, up)).reshape(2, height, -1)
    sizes = np.minimum(ways, -ways).sum(axis=2, dtype=np.int64)
    best = sizes.argmin(axis=0)
    rows = np.empty((height, 1 + ways.shape[2]), dtype=np.uint8)
    rows[:, 0] = np.where(best, UP, SUB)
    rows[:, 1:] = ways[best, np.arange(height)]
    return rows
