"""What the Marks menu does."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF

from engine.graph import Wire
from engine.marks import COLOURS, SMALLEST, Box
from engine.picture.group_sizes import HEAD, PADDING
from gui.canvas import geometry
from gui.canvas.drafting import OUT, BendAt
from gui.canvas.interactions.bending import bend_wire
from gui.canvas.interactions.framing import DrawFrame
from gui.commands.base import Verbs

NOTE = 220.0, 96.0
"""Width and height of a new note."""

WHICH_WIRE = "Click a wire first, or go to the port that it enters with the arrow keys."


class MarkVerbs(Verbs):
    """Drawing beside the graph: bends, frames and notes."""

    def add_bend(self) -> None:
        """Lead the wire at hand through one more place: in the longest of its stretches."""
        wire = self._wire_at_hand()
        if wire is None:
            self._view.say(WHICH_WIRE)
            return
        way = self._canvas.lines.stops(wire)
        stretches = [((b - a).manhattanLength(), -at) for at, (a, b) in enumerate(pairwise(way))]
        leg = -max(stretches)[1]
        middle = geometry.led_path(geometry.legs(way)[leg][::3]).pointAtPercent(0.5)
        self._view.setFocus()
        bend_wire(self._view, wire, middle)

    def next_bend(self) -> None:
        """Go to the next bend of the wire at hand."""
        wire, bend = self._wire_at_hand(), self._canvas.selection.bend
        count = 0 if wire is None else len(self._canvas.lines.bends(wire))
        if wire is None or not count:
            self._view.say("This wire has no bends." if wire is not None else WHICH_WIRE)
            return
        number = 0 if bend is None else (bend.number + 1) % count
        self._view.setFocus()
        self._canvas.selection.set_bend(BendAt(wire, number))

    def straighten(self) -> None:
        """Take the bends of the wires at hand away."""
        hand = self._wire_at_hand()
        wires = self._canvas.selection.wires() or ([hand] if hand is not None else [])
        if not wires:
            self._view.say(WHICH_WIRE)
        elif not self._document.drawing.straighten(wires):
            self._view.say("There is no bend to be taken away.")

    def add_frame(self) -> None:
        """Draw a frame around what is selected, or take a pen for the next drag."""
        self._view.settle()
        self._view.setFocus()
        items, marks = self._canvas.selection.items(), self._canvas.selection.marks()
        around = QRectF()
        for item in items:
            around |= self._canvas.extent(item)
        for mark in marks:
            around |= self._canvas.marks.rect(mark)
        if around.isEmpty():
            self._view.begin(DrawFrame(self._view, QPointF()))
            self._view.go_on()
            return
        rect = around.adjusted(-PADDING, -PADDING - HEAD, PADDING, PADDING)
        self._view.add_frame(Box(rect.x(), rect.y(), rect.width(), rect.height()), (*items, *marks))

    def add_note(self) -> None:
        """Put a note where the pointer is, or in the middle of the canvas."""
        self._view.settle()
        self._view.setFocus()
        at = self._view.spot_for_new()
        width, height = NOTE
        self._view.add_note(Box(at.x(), at.y(), width, max(height, SMALLEST)))

    def next_mark(self) -> None:
        """Go to the next frame or note, in reading order."""
        order, chosen = self._canvas.marks.in_order(), self._canvas.selection.marks()
        if not order:
            self._view.say("There is no frame and no note here.")
            return
        at = order.index(chosen[-1]) + 1 if chosen else 0
        mark = order[at % len(order)]
        self._view.setFocus()
        self._canvas.selection.choose([mark])
        self._view.reveal(mark)

    def recolour(self) -> None:
        """Give the selected frames and notes the next colour."""
        marks = self._canvas.selection.marks()
        if not marks:
            self._view.say("Select a frame or a note first: click its title or its text.")
            return
        now = COLOURS.index(self._canvas.marks.mark(marks[0]).colour)
        self._document.drawing.tint(marks, COLOURS[(now + 1) % len(COLOURS)])

    def _wire_at_hand(self) -> Wire | None:
        """Give the selected wire, or the one that goes into the port that the keyboard is at."""
        chosen, ring = self._canvas.selection.wires(), self._canvas.selection.ring
        if chosen:
            return self._canvas.wires_along(chosen[0])[0]
        if ring is None or ring.number == OUT:
            return None
        wire = self._document.graph.wires_into(ring.block)[ring.number]
        return None if wire is None else self._canvas.drawn_for(wire)
