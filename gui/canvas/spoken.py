"""The canvas as a screen reader has it: blocks, in them their ports, and in those their wires.

Each tells its name and its numbers as the walk has them, as `tips` puts them into words. The parts
are made when they are asked for, because a large graph has very many.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRect, QRectF
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QAccessibleInterface,
    QWindow,
)
from PySide6.QtWidgets import QAccessibleWidget, QWidget

from engine.graph import Wire
from gui.canvas.drafting import OUT, Port
from gui.canvas.hit import Hit
from gui.canvas.tips import tip
from gui.links import Links

if TYPE_CHECKING:
    from gui.canvas.stage import Stage

Part = str | Port | Wire
"""What a screen reader can be at: a block or a folded group, a port, or a wire into a port."""

ROLES = {
    str: QAccessible.Role.ListItem,
    Port: QAccessible.Role.Button,
    Wire: QAccessible.Role.StaticText,
}
PORT_SIZE = 12.0


class SpokenPart(QAccessibleInterface):
    """One block, port or wire."""

    def __init__(self, canvas: SpokenCanvas, part: Part, above: QAccessibleInterface) -> None:
        super().__init__()
        self._canvas, self._part, self._above = canvas, part, above

    def isValid(self) -> bool:
        """Tell whether it is still there to be seen."""
        return self._canvas.isValid() and self._canvas.has(self._part)

    def object(self) -> QObject | None:  # type: ignore[override] # Qt takes none
        """Nothing: no widget stands behind it."""
        return None

    def window(self) -> QWindow | None:  # type: ignore[override] # Qt takes none
        """Give the window that it is in."""
        return self._canvas.window()

    def parent(self) -> QAccessibleInterface:
        """Give what it is a part of."""
        return self._above

    def childCount(self) -> int:
        """Count its parts."""
        return len(self._parts())

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override] # Qt takes none
        """Give one of its parts."""
        parts = self._parts()
        return self._canvas.part(parts[index], self) if 0 <= index < len(parts) else None

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        """Tell which of its parts one is."""
        parts = self._parts()
        wanted = child.what if isinstance(child, SpokenPart) else None
        return parts.index(wanted) if wanted in parts else -1

    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:  # type: ignore[override] # Qt takes none
        """Find the part at a point of the screen."""
        found = (self.child(index) for index in range(self.childCount()))
        return next((part for part in found if part and part.rect().contains(x, y)), None)

    @property
    def what(self) -> Part:
        """What it stands for."""
        return self._part

    def text(self, kind: QAccessible.Text) -> str:
        """Tell its name, or the numbers that are known of it."""
        lines = self._canvas.told(self._part).split("\n")
        match kind:
            case QAccessible.Text.Name:
                return lines[0]
            case QAccessible.Text.Value | QAccessible.Text.Description:
                return "\n".join(lines[1:])
        return ""

    def setText(self, kind: QAccessible.Text, text: str) -> None:
        """Change nothing: values are edited in a line of their own."""

    def rect(self) -> QRect:
        """Tell where it is on the screen."""
        return self._canvas.rect_of(self._part)

    def role(self) -> QAccessible.Role:
        """Tell what kind of thing it is."""
        return ROLES[type(self._part)]

    def state(self) -> QAccessible.State:
        """Tell whether the keyboard can be there, and whether it is."""
        state = QAccessible.State()
        state.focusable = state.selectable = not isinstance(self._part, Wire)
        state.focused = state.selected = self._part == self._canvas.at
        return state

    def _parts(self) -> list[Part]:
        return self._canvas.parts_of(self._part) if self.isValid() else []


class SpokenCanvas(QAccessibleWidget):
    """The canvas, whose parts are blocks in reading order."""

    def __init__(self, view: Stage) -> None:
        super().__init__(view, QAccessible.Role.Canvas, view.accessibleName())
        self._view = view
        self._made: dict[Part, SpokenPart] = {}
        self._order: list[str] = []

    @property
    def at(self) -> Part | None:
        """What the keyboard is at."""
        canvas = self._view.canvas
        selected = canvas.selection.items() or canvas.selection.marks()
        if not self._view.hasFocus() or len(selected) != 1:
            return None
        return self._view.canvas.selection.ring or selected[0]

    def childCount(self) -> int:
        """Count the blocks and folded groups at this level, and the frames and notes."""
        self._order = self._reading_order()
        return len(self._order)

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override] # Qt takes none
        """Give one of them, in reading order."""
        if index >= len(self._order):
            self.childCount()
        return self.part(self._order[index], self) if 0 <= index < len(self._order) else None

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        """Tell which of them one is."""
        order = self._reading_order()
        what = child.what if isinstance(child, SpokenPart) else None
        return order.index(what) if isinstance(what, str) and what in order else -1

    def _reading_order(self) -> list[str]:
        canvas = self._view.canvas
        return [*canvas.reading_order(), *canvas.marks.in_order()]

    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:  # type: ignore[override] # Qt takes none
        """Find the block at a point of the screen."""
        found = (self.child(index) for index in range(self.childCount()))
        return next((part for part in found if part and part.rect().contains(x, y)), None)

    def focusChild(self) -> QAccessibleInterface | None:  # type: ignore[override] # Qt takes none
        """Give what the keyboard is at."""
        return None if self.at is None else self.reached(self.at)

    def reached(self, part: Part) -> QAccessibleInterface:
        """Give a block or a port, below what it is a part of."""
        if not isinstance(part, Port):
            return self.part(part, self)
        seat = self._view.canvas.folds.stand_in(part.block) or part.block
        return self.part(part, self.part(seat, self))

    def part(self, part: Part, above: QAccessibleInterface) -> SpokenPart:
        """Give what stands for a part; made when it is first asked for."""
        if part not in self._made:
            self._made[part] = SpokenPart(self, part, above)
            QAccessible.registerAccessibleInterface(self._made[part])
        return self._made[part]

    def let_go(self) -> None:
        """Leave Qt's list of what can be spoken, parts first, and hold the canvas no more.

        Qt forgets a widget's own interface when the widget goes, but never those of its parts; and
        PySide keeps hold of what it was given for a widget. So nothing may hang on it.
        """
        for part in reversed(self._made.values()):
            QAccessible.deleteAccessibleInterface(QAccessible.uniqueId(part))
        self._made.clear()
        QAccessible.deleteAccessibleInterface(QAccessible.uniqueId(self))
        del self._view

    # What parts ask

    def has(self, part: Part) -> bool:
        """Tell whether a part is there to be seen."""
        canvas = self._view.canvas
        if isinstance(part, Wire):
            return part in canvas.where.wires
        if part in canvas.marks:
            return True
        block = part.block if isinstance(part, Port) else part
        if not canvas.has_item(block):
            return False
        return isinstance(part, str) or part in canvas.block_item(block).ports()

    def parts_of(self, part: Part) -> list[Part]:
        """List the ports of a block, and the wire into a port."""
        canvas = self._view.canvas
        if part in canvas.marks:
            return []
        if isinstance(part, str):
            return list(canvas.block_item(part).ports())
        if isinstance(part, Port) and part.number != OUT:
            wire = canvas.document.graph.wires_into(part.block)[part.number]
            return [wire] if wire is not None and self.has(wire) else []
        return []

    def told(self, part: Part) -> str:
        """Put a part into words."""
        if not self.has(part):
            return ""
        canvas = self._view.canvas
        if isinstance(part, Wire):
            graph = canvas.document.graph
            ends = graph.block(part.source).name, graph.block(part.target).name
            return f"Wire from {ends[0]} to {ends[1]}\n{tip(canvas, Hit(wire=part))}"
        if part in canvas.marks:
            return tip(canvas, Hit(mark=str(part)))
        if isinstance(part, Port):
            return tip(canvas, Hit(port=part)).replace(": drag", "\ndrag", 1)
        return tip(canvas, Hit(block=part))

    def rect_of(self, part: Part) -> QRect:
        """Tell where a part is on the screen."""
        if not self.has(part):
            return QRect()
        canvas, viewport = self._view.canvas, self._view.viewport()
        if isinstance(part, Wire):
            area = canvas.wire_item(part).path.boundingRect()
        elif isinstance(part, Port):
            area = QRectF(0, 0, PORT_SIZE, PORT_SIZE)
            area.moveCenter(canvas.lines.port(part))
        else:
            area = canvas.block_rect(part)
        seen = self._view.mapFromScene(area).boundingRect()
        return QRect(viewport.mapToGlobal(seen.topLeft()), seen.size())


class Voice(QObject):
    """Tells a screen reader, if one listens, where on the canvas the keyboard is.

    Parameters
    ----------
    view
        The canvas.

    Attributes
    ----------
    view
        The canvas.
    spoken
        The canvas as a screen reader has it, once one has asked.
    """

    def __init__(self, view: Stage) -> None:
        super().__init__(view)
        _install()
        self.view = view
        self.spoken: SpokenCanvas | None = None
        self._is_over = False
        self._links = Links((view.canvas.selectionChanged, self.tell_place))

    def let_go(self) -> None:
        """Fall silent, because the document is closed."""
        self._links.cut()
        self._is_over = True
        if self.spoken is not None:
            self.spoken.let_go()
            self.spoken = None

    def speak(self) -> SpokenCanvas | None:
        """Give the canvas as a screen reader has it; None once the document is closed."""
        if not self._is_over:
            self.spoken = SpokenCanvas(self.view)
        return self.spoken

    def tell_place(self) -> None:
        """Tell what the keyboard is at."""
        if not QAccessible.isActive() or not self.view.hasFocus():
            return
        spoken = QAccessible.queryAccessibleInterface(self.view)
        part = spoken.focusChild() if isinstance(spoken, SpokenCanvas) else None
        if part is not None:
            QAccessible.updateAccessibility(QAccessibleEvent(part, QAccessible.Event.Focus))


def _make(_: str, thing: QObject) -> QAccessibleInterface | None:
    voice = getattr(thing, "voice", None)
    return voice.speak() if isinstance(voice, Voice) and isinstance(thing, QWidget) else None


@cache
def _install() -> None:
    QAccessible.installFactory(_make)
