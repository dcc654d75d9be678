"""The keys of the canvas that are no actions: walking blocks and ports, wiring, Escape."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent

from engine.document import Place
from engine.graph import Wire
from engine.placing import STEP
from gui.canvas import geometry
from gui.canvas.drafting import OUT, Port
from gui.canvas.hit import block_at
from gui.canvas.in_arrays import ArrayStage
from gui.canvas.interactions.adding import SearchToAdd
from gui.canvas.interactions.base import Interaction
from gui.canvas.interactions.cutting import CutWires
from gui.canvas.interactions.framing import resized
from gui.canvas.interactions.joining import ChooseGroup
from gui.canvas.interactions.moving import MoveBlocks
from gui.canvas.interactions.wiring import DrawWire, KeyboardWire
from gui.canvas.scene import CanvasScene
from gui.canvas.ways import next_block
from gui.edits import NUDGE
from gui.ground import DOTS
from gui.held import Held

ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
MODIFIERS = (
    Qt.KeyboardModifier.ShiftModifier
    | Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
)
ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


class KeyStage(ArrayStage):
    """A stage that can be worked on by keyboard.

    The keyboard is at a block, which is then the selected one, or at a port of it, which has a
    ring around it.
    """

    def __init__(self, canvas: CanvasScene) -> None:
        super().__init__(canvas)
        self._is_space_down = False
        self._was_pulled = False
        self._points = False
        self._pointer = QPointF()

    # What actions ask for

    def start_wire(self, port: Port) -> None:
        """Draw a wire from a port by keyboard, or take up the one that is plugged in there."""
        self.cancel()
        wire = self._wire_into(port)
        start = port if wire is None else Port(wire.source, OUT)
        wiring = KeyboardWire(self, start, wire)
        if wiring.has_choice:
            self.begin(wiring)
        else:
            wiring.cancel()
            what = "input is free to take this" if port.number == OUT else "block may feed this"
            sentence = f"No {what}. Press Tab to add one, or unplug a wire."
            self.say(sentence, self.canvas.lines.port(port))

    def search_to_add(self) -> None:
        """Ask what to add: where the mouse is, or beside what the keyboard is at."""
        wiring = self.interaction
        port = self.port_at_hand()
        if isinstance(wiring, KeyboardWire) and self.canvas.plugging.draft is not None:
            port = self.canvas.plugging.draft.start
        self.settle()
        if self._points_at_ground():
            self.begin(SearchToAdd(self, self._pointer, port))
            return
        at = self._beside(port)
        self.ensureVisible(at.x() - 60, at.y() - 60, 220, 120)
        self.begin(SearchToAdd(self, at, port))

    def _points_at_ground(self) -> bool:
        """Tell whether the mouse is where something can be put: not on a block, to cover it."""
        seen = self.viewport().rect().contains(self.mapFromScene(self._pointer))
        return self._points and seen and block_at(self.canvas, self._pointer) is None

    def cut_wires(self) -> None:
        """Take the knife: the next drag cuts the wires that it crosses."""
        self.cancel()
        self.begin(CutWires(self, QPointF(), waits=True))
        self.go_on()

    def move_into_group(self) -> bool:
        """Put what is selected into an open group; of several, the arrow keys choose one.

        Say whether there is any.
        """
        self.cancel()
        choosing = ChooseGroup(self)
        if not choosing.choices:
            return False
        self.begin(choosing)
        choosing.step(0)
        if choosing.choices == 1:
            self.complete(choosing.start)
        return True

    def port_at_hand(self) -> Port | None:
        """Give the port that the keyboard is at; of a block alone, its output."""
        selected = self.canvas.selection.items()
        if self.canvas.selection.ring is not None or len(selected) != 1:
            return self.canvas.selection.ring
        results = self.canvas.results_of(selected[0])
        return Port(results[0], OUT) if results else None

    # Keys

    def event(self, event: QEvent) -> bool:
        """Keep the keys that mean something else here than in the rest of the window."""
        if isinstance(event, QKeyEvent):
            is_plain, kind = not event.modifiers(), event.type()
            if kind is QEvent.Type.ShortcutOverride and self._keeps(event):
                event.accept()
                return True
            if kind is QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Tab and is_plain:
                self.search_to_add()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk, wire, move, edit, or give up."""
        key, held = event.key(), event.modifiers()
        arrow, led = ARROWS.get(Qt.Key(key)), self._led
        if key == Qt.Key.Key_Escape:
            self._give_up()
        elif key == Qt.Key.Key_Space and not held:
            self._hold_space(repeated=event.isAutoRepeat())
        elif key == Qt.Key.Key_Shift:
            self._hold_shift(SHIFT)
        elif led is not None and arrow is not None:
            led.keys = held
            led.step(sum(arrow))
        elif led is not None and key in ENTER:
            self.complete(led.start)
        elif arrow is not None and self.is_in_array and not held & MODIFIERS:
            self.move_in_array(*arrow)
        elif arrow is not None:
            event.setAccepted(self._press_arrow(arrow, held))
        elif key in ENTER:
            event.setAccepted(self._enter())
        else:
            event.ignore()

    def _press_arrow(self, arrow: tuple[int, int], held: Qt.KeyboardModifier) -> bool:
        """Move, resize or walk; tell whether the key means anything here."""
        if held & CTRL:
            self._nudge(arrow[0] * DOTS, arrow[1] * DOTS)
        elif held & ALT and held & SHIFT:
            self._grow(*arrow)
        elif held & ALT:
            self._walk(arrow)
        elif arrow[1] and not held & ~Qt.KeyboardModifier.KeypadModifier:
            self._step_ports(arrow[1])
        else:
            return False
        return True

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Play when Space is let go and nothing was pulled with it."""
        if event.key() == Qt.Key.Key_Shift:
            self._hold_shift(Qt.KeyboardModifier.NoModifier)
        elif event.key() == Qt.Key.Key_Space and self._is_space_down:
            if event.isAutoRepeat():
                return
            self._is_space_down = False
            self.viewport().setCursor(Qt.CursorShape.ArrowCursor)
            if not self._was_pulled:
                self.canvas.player.toggle()
        else:
            super().keyReleaseEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Give up what is done with keys."""
        super().focusOutEvent(event)
        self._is_space_down = False
        if self._led is not None:
            self.cancel()

    # Inside

    @property
    def _led(self) -> Interaction | None:
        """The gesture under way, if it is led with the arrow keys."""
        gesture = self.interaction
        return gesture if gesture is not None and gesture.is_led_by_keys else None

    def _keeps(self, event: QKeyEvent) -> bool:
        """Tell whether a key is none of the window's: Space, and arrows that lead a gesture."""
        is_plain = not event.modifiers() & MODIFIERS
        if event.key() in ARROWS and (self._led is not None or (self.is_in_array and is_plain)):
            return True
        return event.key() == Qt.Key.Key_Space and not event.modifiers()

    def _give_up(self) -> None:
        self.forgive()
        if self.interaction is not None:
            self.cancel()
        elif self.is_in_array:
            self.canvas.player.pointed.point(None)
        elif self.canvas.selection.ring is not None:
            self.canvas.selection.set_ring(None)
        elif self.canvas.lighting.light is not None:
            self.canvas.set_light(None)
        elif self.canvas.findings.ghost is not None:
            self.canvas.findings.set_ghost(None)
        elif self.canvas.selection:
            self.canvas.selection.clear()
        else:
            self.leave_group()

    def _hold_space(self, *, repeated: bool) -> None:
        if not repeated and self.interaction is None:
            self._is_space_down, self._was_pulled = True, False
            self.viewport().setCursor(Qt.CursorShape.OpenHandCursor)

    def _hold_shift(self, shift: Qt.KeyboardModifier) -> None:
        """Let the gesture under way know at once, and not when the mouse moves next."""
        if isinstance(self.interaction, DrawWire | MoveBlocks):
            self.interaction.keys = shift
            self.interaction.move(self._pointer)

    def _walk(self, direction: tuple[int, int]) -> None:
        """Go to the next block in a direction."""
        ring, selected = self.canvas.selection.ring, self.canvas.selection.items()
        wire = None if ring is None or direction[0] >= 0 else self._wire_into(ring)
        block = self.canvas.folds.stand_in(wire.source) if wire is not None else None
        block = block or next_block(self.canvas, selected[-1] if selected else None, direction)
        if block is not None:
            self._points = False
            self.canvas.selection.set_ring(None)
            self.canvas.selection.choose([block])
            self.reveal(block)
            if self.is_in_array and not self.point_into(block):
                self.canvas.player.pointed.point(None)

    def _step_ports(self, by: int) -> None:
        """Go from a block to its ports, one after the other, and back to the block."""
        selected = self.canvas.selection.items()
        if len(selected) != 1:
            self._walk((0, by))
            return
        (block,) = selected
        stops = [None, *self.canvas.ports_at(block)]
        self._points = False
        self.canvas.selection.set_ring(
            stops[(stops.index(self.canvas.selection.ring) + by) % len(stops)]
        )
        self.reveal(block)

    def _enter(self) -> bool:
        """Edit what the keyboard is at, or draw a wire from a port; tell whether there is any."""
        canvas, ring = self.canvas, self.canvas.selection.ring
        chosen = canvas.selection.items() or canvas.selection.marks()
        if len(chosen) != 1:
            return False
        if ring is None:
            self.edit(chosen[0])
        else:
            self.start_wire(ring)
        return True

    def _wire_into(self, port: Port) -> Wire | None:
        if port.number == OUT:
            return None
        return self.canvas.document.graph.wires_into(port.block)[port.number]

    def _beside(self, port: Port | None) -> QPointF:
        """Find a free spot for what is added by keyboard: where its port will be, or its middle."""
        document, half = self.canvas.document, geometry.CARD_WIDTH / 2
        if port is None:
            middle = self.mapToScene(self.viewport().rect().center())
            place = document.free_place(Place(middle.x(), middle.y()))
            return QPointF(place.x, place.y)
        here, side = self._seat(port), 1 if port.number == OUT else -1
        row = here.y if port.number == OUT else self.canvas.lines.port(port).y()
        place = document.free_place(Place(here.x + side * STEP, row))
        return QPointF(place.x - side * half, place.y)

    def _seat(self, port: Port) -> Place:
        """Tell where the block of a port stands, or the folded group that it is in."""
        return self.canvas.lines.place(self.canvas.folds.stand_in(port.block) or port.block)

    def _nudge(self, x: float, y: float) -> None:
        """Move the selected blocks and marks, or the bend that is held, a little."""
        canvas, document, bend = self.canvas, self.canvas.document, self.canvas.selection.bend
        if bend is not None:
            at = document.drawing.bends(bend.wire)[bend.number]
            document.drawing.move_bend(bend.wire, bend.number, Place(at.x + x, at.y + y), NUDGE)
            return
        chosen = canvas.selection.marks()
        inside, drawn = canvas.marks.inside(chosen)
        items = {*canvas.selection.items(), *inside}

        def verb(held: Held) -> bool:
            there, marks = held.places(), held.drawing.marks
            places = {item: there[item] for item in items if item in there}
            moved = {item: Place(at.x + x, at.y + y) for item, at in places.items()}
            boxes = {m: marks[m].box.moved(x, y) for m in {*chosen, *drawn} if m in marks}
            return held.move(moved, NUDGE, boxes)

        document.do(len(items), "Moving", verb)

    def _grow(self, x: int, y: int) -> None:
        """Make the selected frames and notes a little larger or smaller."""
        marks = self.canvas.marks
        for mark in self.canvas.selection.marks():
            box = resized(marks.box(mark), (abs(x), abs(y)), x * DOTS, y * DOTS)
            self.canvas.document.drawing.resize(mark, box, NUDGE)

    def spot_for_new(self) -> QPointF:
        """Where something new comes to stand: where the mouse points, or in the middle."""
        if self._points and self.viewport().rect().contains(self.mapFromScene(self._pointer)):
            return self._pointer
        return self.mapToScene(self.viewport().rect().center())
