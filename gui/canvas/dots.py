"""Many small boxes drawn at once, straight into the pixels of a picture."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PySide6.QtGui import QImage

from gui.canvas.table import Floats


class Dots:
    """A picture of dots, whose memory is used again for the next one."""

    def __init__(self) -> None:
        self._pixels = np.zeros((1, 1), dtype=np.uint32)

    def drawn(
        self,
        boxes: Floats,
        tints: npt.NDArray[np.uint32],
        size: tuple[int, int],
        ratio: float,
        least: float,
    ) -> QImage:
        """Draw dots, later ones over earlier ones.

        Parameters
        ----------
        boxes : shape (dots, 4)
            Left, top, right and bottom of each, in pixels as a widget counts them. All dots
            become as large as the largest.
        tints : shape (dots,)
            The colour of each, as `QColor.rgba` gives it.
        size
            Width and height of the picture.
        ratio
            How many pixels of the screen a pixel of the widget has, along each axis.
        least
            Width and height that a dot has at least.
        """
        columns, rows = (round(length * ratio) for length in size)
        if self._pixels.shape != (rows, columns):
            self._pixels = np.zeros((rows, columns), dtype=np.uint32)
        self._pixels.fill(0)
        boxes = boxes * ratio
        wide = np.maximum(np.rint(boxes[:, 2:] - boxes[:, :2]), round(least * ratio))
        wide = wide.max(axis=0, initial=1)
        left, top = np.rint((boxes[:, :2] + boxes[:, 2:] - wide) / 2).astype(np.int64).T
        inside = (left > -wide[0]) & (left < columns) & (top > -wide[1]) & (top < rows)
        left, top, tints = left[inside], top[inside], tints[inside]
        for down in range(int(wide[1])):
            y = np.clip(top + down, 0, rows - 1)
            for across in range(int(wide[0])):
                self._pixels[y, np.clip(left + across, 0, columns - 1)] = tints
        form = QImage.Format.Format_ARGB32_Premultiplied
        picture = QImage(self._pixels.data, columns, rows, 4 * columns, form)
        picture.setDevicePixelRatio(ratio)
        return picture
