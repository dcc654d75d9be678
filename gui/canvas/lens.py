"""The lens: the step of the walk from near, while the canvas is too far away to be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, QRectF, Qt, QTimer
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

from gui.canvas.framing import Framing
from gui.canvas.lens_painting import framed_in, paint_lens, paint_tie
from gui.canvas.magnified import LEGIBLE, framed, room_for
from gui.links import Links
from gui.theme import Theme, theme, themes

if TYPE_CHECKING:
    from engine.recording import Recording
    from gui.canvas.stage import Stage

FEW, REST = 600, 120
"""Blocks and wires up to which it follows frame by frame, for painting it is quick then; over more
of them, it comes once a person walks, and when nothing has moved for so many milliseconds."""

MANY = 400
"""Items that may lie about from steps before, where the canvas itself has none."""


TIP = "The step from near; click to go there"


class Lens(QWidget):
    """Shows the block of the step in life size, with what feeds it; a click goes there.

    Attributes
    ----------
    wanted
        Whether a person wants it.
    framing
        What it shows; None while it is not needed, or has no room.
    """

    def __init__(self, view: Stage) -> None:
        super().__init__(view.viewport())
        self._view = view
        self.wanted = True
        self.framing: Framing | None = None
        self.setAccessibleName("The step from near")
        self.setToolTip(TIP)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setMouseTracking(True)
        # It covers what is behind it, so that the canvas is not painted anew whenever it is.
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.hide()
        self._soon = QTimer(self, singleShot=True)
        self._soon.timeout.connect(self.settle)
        self._is_walked = False
        self._recording: Recording | None = None
        self._painted: QPixmap | None = None
        self._painted_of: tuple[object, ...] = ()
        self._links = Links(
            (view.viewed, self._on_viewed),
            (view.canvas.document.edited, self._settle_soon),
            (view.canvas.level_changed, self._settle_soon),
            (themes().changed, self.fall_behind),
        )
        self._walk = Links()

    def wake(self) -> None:
        """Follow the player."""
        player = self._view.canvas.player
        self._recording = player.recording
        self._walk = Links(
            (player.recording_changed, self._settle_soon), (player.moved, self._on_moved)
        )
        self._settle_soon()

    def rest(self) -> None:
        """Follow it no more, because it goes to another document."""
        self._walk.cut()

    def let_go(self) -> None:
        """Stop listening."""
        self._walk.cut()
        self._links.cut()
        self._soon.stop()

    def want(self, wanted: bool) -> None:  # noqa: FBT001 - what a checkable action sends
        """Show the step from near where that is needed, or never."""
        self.wanted = wanted
        self.settle()

    def settle(self) -> None:
        """Stand where there is room, if the step cannot be read on the canvas itself."""
        before = self.framing, self.geometry(), not self.isHidden()
        spot = self._spot()
        self.framing = framing = None if spot is None else framed(self._view.canvas, spot.size())
        if spot is not None and framing is not None:
            self.setGeometry(spot)
        self.setVisible(framing is not None)
        if before != (framing, self.geometry(), not self.isHidden()):
            self._view.canvas.update()

    def _frame(self, framing: Framing) -> QRectF:
        """The frame around the part that it shows, in pixels of the view."""
        view = self._view
        shown = QRectF(view.mapFromScene(framing.part).boundingRect())
        return framed_in(shown, view.viewport().rect())

    def _spot(self) -> QRect | None:
        view = self._view
        if not self.wanted or (self._is_large and not self._is_walked):
            return None
        minimap = view.minimap
        kept = minimap.geometry() if not minimap.isHidden() else QRect()
        return room_for(view.canvas, view.framing, kept)

    @property
    def has_room_made(self) -> bool:
        """Whether what is fitted into the view leaves room for it: over a large graph it lies."""
        return self.wanted and not self._is_large

    @property
    def _is_large(self) -> bool:
        where = self._view.canvas.where
        return len(where.blocks) + len(where.wires) > FEW

    def _on_moved(self) -> None:
        recording = self._view.canvas.recording
        self._is_walked |= recording is self._recording  # and did not only come in
        self._recording = recording
        self._on_viewed()

    def _on_viewed(self) -> None:
        """Follow at once what goes on frame by frame, or wait until it rests."""
        if self._is_large:
            self._settle_soon()
        elif self.isVisible() or self._view.zoom < LEGIBLE:
            self.settle()
            if self.isVisible():
                # All of it: what ties it to the canvas goes across what a step does not touch.
                self._view.canvas.update()

    def _settle_soon(self) -> None:
        is_large = self._is_large
        if is_large:
            self.hide()
        self._soon.start(REST if is_large else 0)

    # Painting

    def fall_behind(self) -> None:
        """Be painted anew, because the canvas is.

        Qt paints it with what is behind it, or afterwards, or both; it is worked out once.
        """
        self._painted = None
        self.update()

    def paint_tie(self, painter: QPainter, c: Theme) -> None:
        """Paint what ties it to the canvas, in pixels of the view."""
        framing, view = self.framing, self._view
        if self.isVisible() and framing is not None:
            paint_tie(painter, view.canvas, self._frame(framing), self.geometry(), c)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the step as the canvas would from near."""
        del event
        canvas = self._view.canvas
        element = canvas.elements.element
        shown = self.framing, self.size(), canvas.moment, canvas.version, element
        if self._painted is None or self._painted_of != shown:
            self._painted, self._painted_of = self._painted_anew(), shown
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._painted)
        painter.end()

    def _painted_anew(self) -> QPixmap:
        ratio = self.devicePixelRatioF()
        made = QPixmap((self.size().toSizeF() * ratio).toSize())
        made.setDevicePixelRatio(ratio)
        framing, c, canvas = self.framing, theme(), self._view.canvas
        if framing is None:
            made.fill(c.bg)
            return made
        if not canvas.shown.has_items and len(canvas.shown.blocks) > MANY:
            canvas.show_part(self._view.visible_rect(), self._view.zoom)
        painter = QPainter(made)
        paint_lens(painter, canvas, framing, c)
        painter.end()
        return made

    # The mouse

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Point at the element under the pointer, as on the canvas."""
        framing = self.framing
        if framing is not None:
            back, _ = framing.transform.inverted()
            elements = self._view.canvas.elements
            elements.hover(back.map(event.position()))
            self.setToolTip(elements.told() or TIP)

    def leaveEvent(self, event: QEvent) -> None:
        """Point at nothing that the pointer has left."""
        super().leaveEvent(event)
        self._view.canvas.elements.hover(None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go where it shows."""
        framing = self.framing
        if event.button() is Qt.MouseButton.LeftButton and framing is not None:
            part = framing.part
            self._view.set_zoom(1.0, part.center())
            self._view.shift(self._view.visible_rect().center() - part.center())
            self._view.setFocus()
