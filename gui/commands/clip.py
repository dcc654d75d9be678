"""Copying blocks and putting copies down."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QMimeData, QPointF
from PySide6.QtGui import QCursor, QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel

from engine.clips import Clip, fed_by, middle, unfed
from engine.document import Place
from engine.errors import GradwalkError
from engine.graph import Graph
from engine.group_room import middle_of
from engine.progress import Progress, unheeded
from engine.storage import dumps
from gui import clipboard
from gui.canvas.homes import put_in
from gui.commands.base import Verbs
from gui.document import OpenDocument
from gui.errands import Errand, Reach
from gui.ground import DOTS

COPY_OFFSET = Place(0.0, 130.0)
"""A duplicate stands one row below."""

AT_ONCE = 1_500
"""Characters on the clipboard up to which they are blocks within a frame or two."""

EDGE = 1e6
"""Farther out the canvas has no ground; whatever claims to stand there is laid out."""


class ClipVerbs(Verbs):
    """Copying blocks and putting copies down."""

    def cut(self) -> None:
        """Copy the selected blocks and take them away."""
        blocks, marks = self._copied()
        if blocks or marks:
            self._document.remove(blocks, text="cut", marks=marks)

    def copy(self) -> None:
        """Copy the selected blocks."""
        label = QApplication.focusWidget()
        if isinstance(label, QLabel) and label.hasSelectedText():
            QGuiApplication.clipboard().setText(label.selectedText())
            return
        self._copied()

    def copy_as_json(self) -> None:
        """Copy the selected blocks as the text of a document."""
        blocks, marks = self._chosen()
        if blocks or marks:
            data = QMimeData()
            data.setText(dumps(self._document.clip(blocks, marks).document))
            QGuiApplication.clipboard().setMimeData(data)

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
            self._canvas.selection.choose(self._document.duplicate(selected, COPY_OFFSET, marks))

    def duplicate_fed(self) -> None:
        """Copy the selected blocks, the wires between them and those that feed them."""
        selected = self._canvas.selection.blocks()
        if selected:
            self._canvas.selection.choose(self._document.duplicate_fed(selected, COPY_OFFSET))

    def _paste(self, fed: Callable[[Clip, Graph], Clip]) -> None:
        """Put down what is on the clipboard; what is large is read beside the window."""
        self._view.settle()
        document, at = self._document, self._spot()

        def take(clip: Clip) -> None:
            self.put_down(fed(clip, document.graph), at, document)

        try:
            found = clipboard.content()
            if found.length <= AT_ONCE:
                take(found.read())
                return
        except GradwalkError as error:
            self._view.say(error.sentence)
            return
        stages = ("Reading what was copied …", "Laying it out …")
        work = partial(_read_beside, found)
        self._bench.errands.send(Errand("Pasting", stages, work, take, self._complain))

    def put_down(self, clip: Clip, at: QPointF, document: OpenDocument | None = None) -> None:
        """Put a clip down with its middle at a point, and select it if nothing else is going on.

        Parameters
        ----------
        document
            Where to; without one, in the document in front.
        """
        document = document or self._document
        if document not in self._bench.documents:
            return
        clip = _placed(clip)
        places = clip.document.places.values()
        held = middle(clip.document)
        taken = set(document.places().values())
        by = Place(at.x() - held.x, at.y() - held.y)
        while any(Place(p.x + by.x, p.y + by.y) in taken for p in places):
            by = Place(by.x + DOTS, by.y + DOTS)
        with put_in(self._canvas, at):
            blocks = document.paste(clip, by)
        if document is not self._document or self._view.is_busy:
            return  # who has begun something else by now goes on with it
        self._canvas.selection.choose(blocks)
        self._view.setFocus()
        if blocks:
            self._view.show_more(blocks[0])

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

    def _copied(self) -> tuple[list[str], list[str]]:
        self._view.settle()
        blocks, marks = self._chosen()
        if blocks or marks:
            clipboard.put(self._document.clip(blocks, marks))
        return blocks, marks


def _read_beside(found: clipboard.Content, reach: Reach) -> Clip:
    """Read what was on the clipboard, and lay it out, on another thread than the window's."""
    reach(0, 0.0)
    clip = found.read()
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
