"""Copying blocks and putting copies down."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QPointF
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QApplication, QLabel

from engine.clips import Clip, fed_by, middle, unfed
from engine.document import Place
from engine.errors import ClipError, GradwalkError
from engine.graph import Graph
from engine.group_room import middle_of
from engine.progress import Progress, unheeded
from engine.storage import dumps
from gui import clipboard
from gui.canvas.homes import group_at
from gui.clipboard import Written
from gui.commands.base import Verbs
from gui.document import OpenDocument
from gui.errands import Errand, Reach
from gui.ground import DOTS
from gui.held import Held

COPY_OFFSET = Place(0.0, 130.0)
"""A duplicate stands one row below."""

AT_ONCE = 1_500
"""Characters on the clipboard up to which they are blocks within a frame or two."""

Fed = Callable[[Clip, Graph], Clip]
"""Lets a clip be fed by Variables of a graph, or by none."""

EDGE = 1e6
"""Farther out the canvas has no ground; whatever claims to stand there is laid out."""


class ClipVerbs(Verbs):
    """Copying blocks and putting copies down."""

    def cut(self) -> None:
        """Copy the selected blocks and take them away."""

        def verb(held: Held) -> Written:
            written = Written.of(held.clip(blocks, marks))
            held.remove(blocks, text="cut", marks=marks)
            return written

        self._view.settle()
        blocks, marks = self._chosen()
        if blocks or marks:
            self._document.do(len(blocks), "Cutting", verb, clipboard.put)

    def copy(self) -> None:
        """Copy the selected blocks."""

        def verb(held: Held) -> Written:
            return Written.of(held.clip(blocks, marks))

        label = QApplication.focusWidget()
        if isinstance(label, QLabel) and label.hasSelectedText():
            clipboard.put_text(label.selectedText())
            return
        self._view.settle()
        blocks, marks = self._chosen()
        if blocks or marks:
            self._document.do(len(blocks), "Copying", verb, clipboard.put)

    def copy_as_json(self) -> None:
        """Copy the selected blocks as the text of a document."""

        def verb(held: Held) -> str:
            return dumps(held.clip(blocks, marks).document)

        blocks, marks = self._chosen()
        if blocks or marks:
            self._document.do(len(blocks), "Copying", verb, clipboard.put_text)

    def paste(self) -> None:
        """Put down what is on the clipboard, without wires to what is there."""
        self._paste(lambda clip, _: unfed(clip))

    def paste_fed(self) -> None:
        """Put down what is on the clipboard, fed by Variables of the names that it knows."""
        self._paste(fed_by)

    def duplicate(self) -> None:
        """Copy the selected blocks and the wires between them."""
        selected, marks = self._canvas.selection.blocks(), self._canvas.selection.marks()
        if selected or marks:
            self._duplicate(len(selected), lambda at: at.duplicate(selected, COPY_OFFSET, marks))

    def duplicate_fed(self) -> None:
        """Copy the selected blocks, the wires between them and those that feed them."""
        selected = self._canvas.selection.blocks()
        if selected:
            self._duplicate(len(selected), lambda at: at.duplicate_fed(selected, COPY_OFFSET))

    def _duplicate(self, count: int, verb: Callable[[Held], list[str]]) -> None:
        """Copy so many blocks, and select the copies."""
        self._document.do(count, "Duplicating", verb, self._choose_in(self._document))

    def _choose_in(self, document: OpenDocument) -> Callable[[list[str]], None]:
        """Give what selects blocks that are new, if a person has not gone elsewhere by then."""

        def choose(blocks: list[str]) -> None:
            if document is self._document and not self._view.is_busy:
                self._canvas.selection.choose(blocks)

        return choose

    def _paste(self, fed: Fed) -> None:
        """Put down what is on the clipboard; what is large is read beside the window."""
        self._view.settle()
        document, at = self._document, self._spot()
        home = group_at(self._canvas, at)
        held: list[clipboard.Content] = []

        def take(clip: Clip) -> None:
            if document in self._bench.documents:
                self._put_into(document, clip, at, home, fed)

        def begin() -> None:
            with suppress(GradwalkError):
                held.append(clipboard.content())

        # What is being copied just now is what is meant.
        waits = any(each.large_on_the_way for each in self._bench.documents)
        try:
            found = clipboard.content() if not waits else None
            if found is not None and found.length <= AT_ONCE:
                take(found.read())
                return
        except GradwalkError as error:
            self._view.say(error.sentence)
            return
        stages = ("Reading what was copied …", "Laying it out …")
        work = partial(_read_beside, held)
        errand = Errand("Pasting", stages, work, take, self._complain, begin=begin)
        document.prepare(self._bench.errands, errand)

    def _put_into(
        self, document: OpenDocument, clip: Clip, at: QPointF, home: str | None, fed: Fed
    ) -> None:
        """Put a clip into a document, in an open group or none."""
        middle = Place(at.x(), at.y())

        def verb(held: Held) -> list[str]:
            return _put_down(held, fed(clip, held.graph), middle)

        def show(blocks: list[str]) -> None:
            if document is not self._document or self._view.is_busy:
                return  # who has begun something else by now goes on with it
            self._canvas.selection.choose(blocks)
            self._view.setFocus()
            if blocks:
                self._view.show_more(self._nearest(blocks))

        document.do(len(clip.document.graph), "Pasting", verb, show, home)

    def _nearest(self, blocks: list[str]) -> str:
        """Give one of some blocks that is in sight, all of it at best; the first if none is."""
        part = self._view.visible_rect()
        in_sight = {*self._canvas.where.blocks_in(part)}
        seen = [block for block in blocks if block in in_sight]
        whole = (block for block in seen if part.contains(self._canvas.extent(block)))
        return next(whole, seen[0] if seen else blocks[0])

    def _spot(self) -> QPointF:
        """Where a paste goes: where the menu was asked for, the pointer, or the middle."""
        view = self._view
        ground = view.viewport()
        at = self._bench.menu_at
        if at is None and view.underMouse():
            at = QCursor.pos()
        spot = ground.rect().center() if at is None else ground.mapFromGlobal(at)
        return view.mapToScene(spot)

    def _chosen(self) -> tuple[list[str], list[str]]:
        """Give the selected blocks, and the selected frames and notes."""
        blocks, marks = self._canvas.selection.blocks(), self._canvas.selection.marks()
        if not blocks and not marks:
            self._view.say("Select the blocks to copy first: click one, or drag across several.")
        return blocks, marks


def _put_down(held: Held, clip: Clip, at: Place) -> list[str]:
    """Put a clip down with its middle at a place, or beside it; give the ids of what is new."""
    clip = _placed(clip)
    places = clip.document.places.values()
    middle_now = middle(clip.document)
    taken = set(held.places().values())
    by = Place(at.x - middle_now.x, at.y - middle_now.y)
    while any(Place(p.x + by.x, p.y + by.y) in taken for p in places):
        by = Place(by.x + DOTS, by.y + DOTS)
    return held.paste(clip, by)


def _read_beside(held: list[clipboard.Content], reach: Reach) -> Clip:
    """Read what was on the clipboard, and lay it out, on another thread than the window's."""
    reach(0, 0.0)
    if not held:
        raise ClipError(f"The clipboard is empty: {clipboard.WANTED}")
    clip = held[0].read()
    return _placed(clip, partial(reach, 1))


def _placed(clip: Clip, progress: Progress = unheeded) -> Clip:
    """Lay a clip out, if it has no places or such as no canvas has."""
    document = clip.document
    if not document.graph.blocks or (
        document.places and all(abs(n) < EDGE for at in document.places.values() for n in at)
    ):
        return clip
    from gui.layout import places_for  # noqa: PLC0415 - networkx, not needed for a start

    places = places_for(document.graph, progress)
    for group in document.groups.inner_first():
        places[group.id] = middle_of([places[member] for member in group.members])
    return replace(clip, document=replace(document, places=places))
