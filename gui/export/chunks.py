"""Films as APNG and animated WebP: still pictures in the frame of their format, one at a time.

Both are written without loss. Pillow packs each still; its own writers of films would keep every
frame until the last one is there.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from io import BytesIO
from struct import pack, unpack
from typing import BinaryIO, Literal

import numpy as np
from PIL import Image

from gui.export.changes import Change, Frames, Pixels, changes
from gui.export.pieces import aside_if_large
from gui.export.png import BEGIN, png_chunk

OPAQUE = 255
LONGEST = 65_535
"""Milliseconds that a frame of an APNG can stay."""

LONGEST_WEBP = (1 << 24) - 1
"""The same of a WebP."""

VISIBLE_AND_MOVING = 0x12
"""It has transparent pixels, or might, and frames."""


def write_apng(frames: Frames, file: BinaryIO) -> Iterator[int]:
    """Write an animated PNG, and tell from time to time how many frames there are."""
    shown_until, number, count, at = 0, 0, 0, 0
    opaque = True
    for change in changes(frames):
        if isinstance(change, int):
            yield change
            continue
        opaque = _is_opaque(change) if change.before is None else opaque
        pack_it = partial(_still, change.pixels, "PNG", opaque=opaque)
        still = yield from aside_if_large(change.pixels.size, pack_it, change.frames)
        kinds = _png_chunks(still)
        height, width = change.pixels.shape
        if change.before is None:
            file.write(BEGIN + png_chunk(b"IHDR", kinds[b"IHDR"]))
            at = file.tell()
            file.write(png_chunk(b"acTL", pack(">II", 0, 0)))
        until = round(change.until * 1000)
        stays, shown_until = min(max(until - shown_until, 1), LONGEST), until
        facts = pack(">IIIIIHHBB", number, width, height, change.x, change.y, stays, 1000, 0, 0)
        file.write(png_chunk(b"fcTL", facts))
        number += 1
        if change.before is None:
            file.write(png_chunk(b"IDAT", kinds[b"IDAT"]))
        else:
            file.write(png_chunk(b"fdAT", pack(">I", number) + kinds[b"IDAT"]))
            number += 1
        count += 1
        yield change.frames
    file.write(png_chunk(b"IEND", b""))
    file.seek(at)  # how many frames there are is known only now
    file.write(png_chunk(b"acTL", pack(">II", count, 0)))
    file.seek(0, 2)


def write_webp(frames: Frames, file: BinaryIO) -> Iterator[int]:
    """Write an animated WebP without loss, and tell from time to time how many frames there are."""
    shown_until, opaque = 0, True
    for change in changes(frames):
        if isinstance(change, int):
            yield change
            continue
        if change.before is None:
            opaque = _is_opaque(change)
            _begin_webp(file, change)
        pack_it = partial(_still, change.pixels, "WEBP", opaque=opaque)
        still = yield from aside_if_large(change.pixels.size, pack_it, change.frames)
        height, width = change.pixels.shape
        until = round(change.until * 1000)
        stays, shown_until = min(max(until - shown_until, 1), LONGEST_WEBP), until
        replace = 0b10  # what stands there does not show through
        facts = b"".join(
            value.to_bytes(3, "little")
            for value in (change.x // 2, change.y // 2, width - 1, height - 1, stays)
        )
        _riff_chunk(file, b"ANMF", facts + bytes([replace]) + _image_data(still))
        yield change.frames
    size = file.tell() - 8
    file.seek(4)
    file.write(pack("<I", size))
    file.seek(0, 2)


def _is_opaque(change: Change) -> bool:
    """Tell of the first frame, and so of all of them, whether nothing shows through."""
    return bool((change.pixels >> 24 == OPAQUE).all())


def _still(pixels: Pixels, form: Literal["PNG", "WEBP"], *, opaque: bool) -> bytes:
    """Pack one picture without loss."""
    parts = (pixels >> 16 & 255, pixels >> 8 & 255, pixels & 255, pixels >> 24)
    channels = np.stack(parts[: 3 if opaque else 4], axis=2)
    picture, buffer = Image.fromarray(channels.astype(np.uint8)), BytesIO()
    if form == "PNG":
        picture.save(buffer, form)
    else:
        picture.save(buffer, form, lossless=True, quality=60, method=3, exact=True)
    return buffer.getvalue()


def _png_chunks(png: bytes) -> dict[bytes, bytes]:
    """Take a PNG apart; what comes in several pieces is put together."""
    found: dict[bytes, bytes] = {}
    at = len(BEGIN)
    while at < len(png):
        (length,) = unpack(">I", png[at : at + 4])
        kind = png[at + 4 : at + 8]
        found[kind] = found.get(kind, b"") + png[at + 8 : at + 8 + length]
        at += length + 12
    return found


def _begin_webp(file: BinaryIO, first: Change) -> None:
    height, width = first.pixels.shape
    file.write(b"RIFF\0\0\0\0WEBP")
    size = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    _riff_chunk(file, b"VP8X", bytes([VISIBLE_AND_MOVING, 0, 0, 0]) + size)
    _riff_chunk(file, b"ANIM", pack("<IH", 0, 0))  # over and over


def _image_data(webp: bytes) -> bytes:
    """Give the chunks of a still that hold its pixels."""
    at, found = 12, b""
    while at < len(webp):
        (length,) = unpack("<I", webp[at + 4 : at + 8])
        end = at + 8 + length + length % 2
        if webp[at : at + 4] in (b"VP8L", b"VP8 ", b"ALPH"):
            found += webp[at:end]
        at = end
    return found


def _riff_chunk(file: BinaryIO, kind: bytes, content: bytes) -> None:
    file.write(kind + pack("<I", len(content)) + content + b"\0" * (len(content) % 2))
