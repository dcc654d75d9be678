"""A walk as a film, painted and written a frame at a time."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from typing import BinaryIO

from PySide6.QtGui import QImage

from engine.errors import PictureError
from engine.moment import Moment
from gui.export.chunks import write_apng, write_webp
from gui.export.gif import write_gif
from gui.export.mp4 import check_encoder, write_mp4
from gui.export.pieces import retold
from gui.export.studio import Studio
from gui.export.timing import Timing

SAMPLES = 12
"""Frames that the colours of a GIF are chosen by."""

MOST_GIF_RATE = 50.0
"""Frames a second of a GIF; most programs show one that wants more at a tenth of its speed."""

MOST_WEBP_SIDE = 16_383


class Film:
    """The frames of a walk in a studio.

    Parameters
    ----------
    studio
        Paints them.
    timing
        Says which.
    kind
        "gif", "webp", "apng" or "mp4".

    Raises
    ------
    PictureError
        If a film of that kind cannot be as it was asked for.
    """

    def __init__(self, studio: Studio, timing: Timing, kind: str) -> None:
        self.studio, self.timing, self.kind = studio, timing, kind
        if studio.look.transparent and kind in ("gif", "mp4"):
            raise PictureError(
                f"{kind.upper()} has no soft edges on a transparent ground; take webp or apng."
            )
        if kind == "gif" and timing.pace.rate > MOST_GIF_RATE:
            raise PictureError(f"A GIF has at most {MOST_GIF_RATE:g} frames a second.")
        longest = max(studio.pixels.width(), studio.pixels.height())
        if kind == "webp" and longest > MOST_WEBP_SIDE:
            raise PictureError(f"A WebP is at most {MOST_WEBP_SIDE:,} pixels wide or high.")
        if kind == "mp4":
            check_encoder()

    def frames(self) -> Iterator[tuple[QImage, float] | None]:
        """Paint the frames, one after the other, each with the seconds that it stays.

        While one is being painted, there is None from time to time.
        """
        for moment, seconds in self.timing:
            image = yield from self._painted(moment)
            yield image, seconds

    def write(self, file: BinaryIO) -> Iterator[int]:
        """Write the film, and tell from time to time how many frames are painted."""
        if self.kind == "gif":
            return write_gif(self.frames(), self._samples(), file)
        if self.kind == "webp":
            return write_webp(self.frames(), file)
        if self.kind == "apng":
            return write_apng(self.frames(), file)
        return write_mp4(self.frames(), self.timing.pace.rate, file)

    def _painted(self, moment: Moment) -> Generator[None, None, QImage]:
        return retold(self.studio.developed(moment), lambda _: None)

    def _samples(self) -> Iterator[QImage | None]:
        """Paint some frames from all over the film, the last one among them; None as above."""
        count = len(self.timing)
        chosen = {count - 1 - count * part // SAMPLES for part in range(SAMPLES)}
        for frame in sorted(chosen):
            image = yield from self._painted(self.timing.moment(frame))
            yield image
