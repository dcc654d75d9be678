"""How a canvas keeps up with its document: item by item, or all of it at one stroke."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from engine.document import Change
from engine.graph import Wire
from gui.canvas.seen import Seen, look
from gui.links import Links

if TYPE_CHECKING:
    from gui.canvas.scene import CanvasScene


class KeepingUp:
    """What a canvas does about each change of its document.

    A change that touches what is folded may be seen anywhere; then all is looked at anew, once the
    verb is done.

    Parameters
    ----------
    canvas
        The scene.
    """

    def __init__(self, canvas: CanvasScene) -> None:
        self._canvas = canvas
        self._is_stale = False
        document = canvas.document
        self._links = Links(
            (document.block_added, self._add_block),
            (document.block_removed, self._remove_block),
            (document.block_changed, self._on_block_changed),
            (document.block_moved, self._on_block_moved),
            (document.wire_added, self._add_wire),
            (document.wire_removed, self._remove_wire),
            (document.bent, canvas.follow_bends),
            (document.marks_changed, self._on_mark),
            (document.many_changed, self._on_many_changed),
            (document.regrouped, self._on_regrouped),
            (document.edited, self._on_edited),
        )

    def let_go(self) -> None:
        """Stop listening, because the document is closed."""
        self._links.cut()

    def refold(self) -> None:
        """Draw what is seen at this level, and take the rest away."""
        canvas = self._canvas
        self._is_stale = False
        seen = self._seen_ahead() or look(canvas)
        canvas.folds.take(seen.folds)
        canvas.lines.gates = seen.gates
        canvas.walk_over.take(seen.bundles)
        canvas.shown.take_up(seen)
        if seen.recording is not canvas.recording:
            canvas.shown.follow_recording()
        if canvas.lighting.light is not None:
            canvas.shown.relight()
        canvas.marks.find_homes()
        canvas.open_groups.refold()
        canvas.marks.refold()
        canvas.touch()
        canvas.selection.keep_to_what_is_seen()
        canvas.update()

    def _seen_ahead(self) -> Seen | None:
        """Give what is seen, where it was found beside the window and is what is looked at."""
        canvas = self._canvas
        ahead, seen = canvas.document.ahead, canvas.document.seen_read
        seen = seen if ahead is None else ahead.seen
        if seen is None or canvas.lines.dragged or seen.folds.entered != canvas.folds.entered:
            return None
        return seen

    def _on_regrouped(self, groups: Collection[str]) -> None:
        canvas = self._canvas
        for group in groups:
            canvas.folds.touch(group)
        self._is_stale = True

    def _on_many_changed(self, changes: Iterable[Change]) -> None:
        canvas = self._canvas
        if canvas.document.ahead is None:
            canvas.folds.touch_all(changes)
        else:
            canvas.folds.forget()
        self._is_stale = True
        self._on_edited()  # at once: who else is told may ask for what is seen

    def _on_edited(self) -> None:
        canvas = self._canvas
        if self._is_stale:
            before = canvas.folds.entered
            if canvas.folds.still_inside() != before:
                canvas.enter(canvas.folds.still_inside())
            else:
                self.refold()
        canvas.follow_lanes(canvas.lanes.find())

    def _on_mark(self, mark: str) -> None:
        canvas = self._canvas
        if not self._is_stale:
            canvas.marks.follow(mark)
        canvas.touch()

    def _on_block_moved(self, block: str) -> None:
        canvas = self._canvas
        canvas.follow_block(block)
        if canvas.lines.gates:
            self._is_stale = True  # they stand beside all that is in the group

    def _on_block_changed(self, block: str) -> None:
        canvas = self._canvas
        if canvas.is_itself(block):
            canvas.follow_block(block)
        elif canvas.document.graph.block(block).is_function:  # it may have other ports now
            canvas.folds.touch(block)
            self._is_stale = True

    def _add_block(self, block: str) -> None:
        canvas = self._canvas
        if canvas.is_itself(block):
            canvas.shown.add_block(block)
        else:
            self._is_stale = True
        canvas.touch()

    def _remove_block(self, block: str) -> None:
        canvas = self._canvas
        canvas.selection.set(block, on=False)
        if block not in canvas.where.blocks:
            self._is_stale = True
        canvas.shown.remove_block(block)
        canvas.touch()

    def _add_wire(self, wire: Wire) -> None:
        canvas = self._canvas
        canvas.folds.touch(wire.source)
        canvas.folds.touch(wire.target)
        if canvas.is_itself(wire.source) and canvas.is_itself(wire.target):
            canvas.walk_over.add(wire)
            canvas.shown.add_wire(wire)
        else:
            self._is_stale = True
        canvas.touch()

    def _remove_wire(self, wire: Wire) -> None:
        canvas = self._canvas
        canvas.folds.touch(wire.source)
        canvas.folds.touch(wire.target)
        canvas.selection.set(wire, on=False)
        canvas.walk_over.drop(wire)
        if not (canvas.is_itself(wire.source) and canvas.is_itself(wire.target)):
            self._is_stale = True
        canvas.shown.remove_wire(wire)
        canvas.touch()
