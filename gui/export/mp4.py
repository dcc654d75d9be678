"""A film as MP4, for which PyAV has to be there."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterator
from fractions import Fraction
from functools import partial
from threading import Event
from typing import BinaryIO, TypeVar

import numpy as np

from engine.errors import PictureError
from gui.export.changes import Frames, Pixels, pixels_of
from gui.export.pieces import aside_if_large

Result = TypeVar("Result")

ENCODERS = ("libx264", "libopenh264", "mpeg4")
"""Which are tried, the best first."""

BT709, LIMITED = 1, 1
"""What the numbers of a pixel mean, said so that no program has to guess."""

MISSING = "MP4 needs PyAV, which is not installed: pip install av, or choose webp, apng or gif."


class _Sink:
    """Takes what PyAV writes, and keeps the first error to be told by us.

    PyAV, when it closes what it could not write, would make another error of it.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._error: OSError | None = None

    def write(self, data: bytes) -> int:
        """Write, unless something failed before."""
        return self._unless_failed(lambda: self._file.write(data), len(data))

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Go to another place, for which what is in the buffer is written."""
        return self._unless_failed(lambda: self._file.seek(offset, whence), 0)

    def tell(self) -> int:
        """Give the place."""
        return self._file.tell()

    def _unless_failed(self, do: Callable[[], int], otherwise: int) -> int:
        if self._error is None:
            try:
                return do()
            except OSError as error:
                self._error = error
        return otherwise

    def check(self) -> None:
        """Raise what went wrong."""
        if self._error is not None:
            raise self._error


def check_encoder() -> None:
    """Raise the reason why no MP4 can be written here; return if one can.

    Raises
    ------
    PictureError
        If PyAV is missing.
    """
    try:
        import av  # noqa: F401, PLC0415 - optional, and large
    except ImportError:
        raise PictureError(MISSING) from None


def write_mp4(frames: Frames, rate: float, file: BinaryIO) -> Iterator[int]:
    """Write an MP4, and tell from time to time how many frames there are.

    Parameters
    ----------
    rate
        Frames a second; a picture that stays longer becomes several frames.
    """
    check_encoder()
    import av  # noqa: PLC0415 - optional, and large

    exact = Fraction(rate).limit_denominator(1000)
    sink = _Sink(file)
    with av.open(sink, "w", format="mp4") as container:
        encoder = next(name for name in ENCODERS if name in av.codecs_available)
        stream = container.add_stream(encoder, rate=exact)
        assert isinstance(stream, av.VideoStream)  # noqa: S101 - what these encoders make
        stream.pix_fmt = "yuv420p"
        if encoder == "libx264":
            stream.options = {"crf": "17", "preset": "medium", "tune": "animation"}
        number, until, count = 0, 0.0, 0
        for made in frames:
            if made is None:
                yield count
                continue
            image, seconds = made
            until += seconds
            count += 1
            pixels = pixels_of(image)
            picture = yield from aside_if_large(pixels.size, partial(_even, pixels), count)
            if not number:
                stream.height, stream.width = picture.shape[:2]
                context = stream.codec_context
                context.colorspace = context.color_primaries = context.color_trc = BT709
                context.color_range = LIMITED
            frame = av.VideoFrame.from_ndarray(picture, format="rgb24").reformat(
                format="yuv420p",
                dst_colorspace=BT709,
                dst_color_range=LIMITED,
                dst_color_trc=BT709,
                dst_color_primaries=BT709,
            )
            while number < round(until * rate):
                frame.pts, frame.time_base = number, 1 / exact
                container.mux(
                    (yield from _to_its_end(pixels.size, partial(stream.encode, frame), count))
                )
                number += 1
                sink.check()
                yield count
        # The frames that the encoder has looked ahead at, one at a time: they may be sixty.
        for packet in stream.codec_context.encode_lazy(None):
            packet.stream = stream
            container.mux(packet)
            sink.check()
            yield count
    sink.check()  # the end is written last of all


def _to_its_end(pixels: int, work: Callable[[], Result], told: int) -> Generator[int, None, Result]:
    """Do something as `aside_if_large` does, and wait for its end also if it is given up.

    For then the encoder is taken down.
    """
    ended = Event()

    def do() -> Result:
        try:
            return work()
        finally:
            ended.set()

    try:
        return (yield from aside_if_large(pixels, do, told))
    except GeneratorExit:
        ended.wait()  # it has begun, or nobody would have been told that it goes on
        raise


def _even(pixels: Pixels) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    """Give red, green and blue, with a last row and column doubled where the number is odd."""
    height, width = pixels.shape
    pixels = np.pad(pixels, ((0, height % 2), (0, width % 2)), mode="edge")
    parts = (pixels >> 16 & 255, pixels >> 8 & 255, pixels & 255)
    return np.ascontiguousarray(np.stack(parts, axis=2).astype(np.uint8))
