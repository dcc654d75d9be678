"""The keyboard within the arrays of a block on the canvas: from element to element."""

from __future__ import annotations

from engine.asking.seats import Element
from gui.canvas.array_cells import entered, next_element
from gui.canvas.dropping import DropStage


class ArrayStage(DropStage):
    """A stage on which the arrow keys go from element to element, once they are led there.

    Which element that is, the player knows: the canvas and the pages light the same one.
    """

    @property
    def is_in_array(self) -> bool:
        """Whether arrow keys go from element to element."""
        return self.canvas.player.pointed.by_keys and self.canvas.elements.element is not None

    def point_at_element(self) -> None:
        """Lead the keyboard into the arrays of the selected block, or out of them again."""
        selected = self.canvas.selection.items()
        if self.canvas.player.pointed.by_keys:
            self.leave_array()
        elif len(selected) != 1:
            self.say("Select a block first: click it, or walk there with Alt and an arrow.")
        elif not self.point_into(selected[0]):
            self.say("The walk has shown no number of this block yet.")

    def leave_array(self) -> None:
        """Lead the keyboard out of the arrays, if it is in one."""
        if self.canvas.player.pointed.by_keys:
            self.canvas.player.pointed.point(None)
            self.forgive()

    def point_into(self, block: str) -> bool:
        """Point at an element of a block by keyboard; say whether it has any to be seen."""
        self.reveal(block)
        self.canvas.show_block(block)
        pointed, arrays = self.canvas.player.pointed, list(self.canvas.elements.arrays(block))
        seen = next((seen for seen in arrays if all(seen.shape)), None)
        if seen is None:
            return False
        self._point_at(Element(seen.seat, (0,) * len(seen.shape)))
        return pointed.by_keys

    def _point_at(self, element: Element) -> None:
        from engine.asking.around import told_of  # noqa: PLC0415 - nobody points at first

        self.canvas.player.pointed.point(element, by_keys=True)
        self.explain(told_of(self.canvas.numbers, element))

    def move_in_array(self, x: int, y: int) -> None:
        """Go to the next element; below those of a value come those of its gradient."""
        element = self.canvas.elements.element
        assert element is not None  # noqa: S101 - it is in an array
        arrays = list(self.canvas.elements.arrays(element.seat.block))
        seats = [seen.seat for seen in arrays]
        if element.seat not in seats:  # the walk went back to where it was not there yet
            self.canvas.player.pointed.point(None)
            return
        here = seats.index(element.seat)
        index = next_element(arrays[here].shape, element.at, x, y)
        if index is not None:
            self._point_at(Element(element.seat, index))
        elif y and 0 <= here + y < len(arrays):
            other = arrays[here + y]
            self._point_at(Element(other.seat, entered(other.shape, element.at, y)))
