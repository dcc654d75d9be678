"""Which part of the scene has items: they are made at once, or a few at a time."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QTimer

if TYPE_CHECKING:
    from gui.canvas.scene import CanvasScene

BESIDE = 0.35
"""How far beyond what is in sight items are made, in widths and heights of it."""

A_PIECE = 60
"""Items that are made at a time."""


class Covering:
    """The part of the scene that has items.

    Beside what is in sight, they are made a little at a time. After a verb on very many blocks, or
    a jump to elsewhere, all that is in sight may be new: then that is made so as well, and until it
    is there, what was seen before stays.

    Parameters
    ----------
    canvas
        The scene that the items belong to.

    Attributes
    ----------
    part
        The part that has items, or is about to have them.
    """

    def __init__(self, canvas: CanvasScene) -> None:
        self._canvas = canvas
        self.part = self._sight = self._wide = QRectF()
        self._strips: list[QRectF] = []
        self._pieces: Iterator[None] | None = None
        self._has_gone_on = False
        self._soon = QTimer(canvas, interval=0)
        self._soon.timeout.connect(self._go_on)

    def end(self) -> None:
        """Have items for nothing."""
        self._let_paint()
        self._soon.stop()
        self.part = QRectF()

    def move_to(self, sight: QRectF) -> QRectF | None:
        """Have items for a part that is in sight.

        Returns
        -------
        QRectF or None
            The part that may keep its items; None if nothing has to change.
        """
        x, y = sight.width() * BESIDE, sight.height() * BESIDE
        room = sight.adjusted(-2 * x, -2 * y, 2 * x, 2 * y)
        if self.part.contains(sight) and room.contains(self.part):
            return None
        self._sight, self._wide = sight, sight.adjusted(-x, -y, x, y)
        is_jump = not self.part.intersects(sight)
        if self._pieces is not None and self._has_gone_on:
            self._let_paint()  # who goes on and on is to see where
            is_jump = False
        if is_jump or self._pieces is not None:
            self._begin()
        elif self._soon.isActive():
            self.part = sight
            self._cover()
            self._make_beside()
        else:
            self.part = self._wide
            self._cover()
        return room

    def begin_anew(self) -> None:
        """Have items for what is in sight, because much of it may be other than it was."""
        if not self.part.isEmpty():
            self._begin()

    def _begin(self) -> None:
        self.part, self._has_gone_on = self._sight, False
        pieces = self._covering()
        if self._pieces is None and not _is_left(pieces):
            self._make_beside()
            return
        self._pieces = pieces
        self._canvas.painting_waits.emit(True)  # noqa: FBT003 - a signal takes no keyword
        self._soon.start()

    def _go_on(self) -> None:
        """Make some more: of what is in sight, or of what is beside it."""
        if self._pieces is not None:
            self._has_gone_on = True
            if not _is_left(self._pieces):
                self._end_pieces()
            return
        shown = self._canvas.shown
        with shown.lines.unseen():
            if self._strips:
                shown.make(self._strips.pop())
            else:
                self._soon.stop()
                self.part = self._wide
                self._cover()

    def _end_pieces(self) -> None:
        self._let_paint()
        self._make_beside()

    def _let_paint(self) -> None:
        if self._pieces is not None:
            self._pieces = None
            self._canvas.painting_waits.emit(False)  # noqa: FBT003 - a signal takes no keyword

    def _make_beside(self) -> None:
        self._strips = _strips(self._sight, self._wide)
        self._soon.start()

    def _cover(self) -> None:
        for _ in self._covering():
            pass

    def _covering(self) -> Iterator[None]:
        """Have items for the part, and pause after each that is made."""
        shown = self._canvas.shown
        yield from shown.making(self.part)
        for wire, begin, end in shown.where.stretches_in(self.part):
            if wire in shown.wires and shown.wires[wire].cut(begin, end):
                yield


def _is_left(pieces: Iterator[None]) -> bool:
    """Make a piece; tell whether there may be more."""
    return sum(1 for _ in islice(pieces, A_PIECE)) == A_PIECE


def _strips(inner: QRectF, outer: QRectF) -> list[QRectF]:
    """Cut what is around a rectangle within another into pieces of about the same size."""
    x = (outer.left(), inner.left(), inner.center().x(), inner.right(), outer.right())
    y = (outer.top(), inner.top(), inner.bottom(), outer.bottom())
    pieces = [
        QRectF(QPointF(left, top), QPointF(right, bottom))
        for left, right in pairwise(x)
        for top, bottom in pairwise(y)
    ]
    return [piece for piece in pieces if not inner.contains(piece)]
