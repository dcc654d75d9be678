"""What the Arrange menu does."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from engine.arranging import Side, Way, aligned, distributed, kept_near
from engine.document import Place
from engine.errors import GradwalkError, GroupError
from engine.groups import Group
from engine.progress import unheeded
from gui.canvas.gliding import glide
from gui.commands.base import Verbs
from gui.document import OpenDocument
from gui.errands import Errand, Reach
from gui.held import Held

if TYPE_CHECKING:
    from gui.layout import LayOut

Where = Callable[[Mapping[str, Place]], Mapping[str, Place]]
"""From where things stand to where they are to stand."""

AT_ONCE = 300
"""Blocks up to which a layout takes no longer than a frame or two."""


class ArrangeVerbs(Verbs):
    """Putting blocks into line, at equal distances, and in order."""

    def tidy(self) -> None:
        """Lay all blocks out."""
        self._view.settle()
        folds = self._canvas.folds
        if self._canvas.open_groups.outlines():
            # What is in an open group is laid out by itself: its outline holds nothing else.
            self._lay_out(
                len(self._document.graph), self._document.tidying(folds.entered), see_all=True
            )
        else:
            self._lay_out(len(folds.items()), self._layout_on(folds.items()), see_all=True)

    def tidy_selection(self) -> None:
        """Lay the selected blocks out, and leave them where they are as a whole."""
        self._view.settle()
        chosen, now = self._at_least(2), self._document.places()
        if chosen:
            lay_out, places = self._layout_on(chosen), {item: now[item] for item in chosen}
            self._lay_out(len(chosen), lambda progress: kept_near(lay_out(progress), places))

    def align_left(self) -> None:
        """Put the left edges into one column."""
        self._align("left")

    def align_centre(self) -> None:
        """Put the middles into one column."""
        self._align("centre")

    def align_right(self) -> None:
        """Put the right edges into one column."""
        self._align("right")

    def align_top(self) -> None:
        """Put the upper edges into one row."""
        self._align("top")

    def align_middle(self) -> None:
        """Put the middles into one row."""
        self._align("middle")

    def align_bottom(self) -> None:
        """Put the lower edges into one row."""
        self._align("bottom")

    def distribute_across(self) -> None:
        """Make the gaps from left to right equal."""
        self._distribute("across")

    def distribute_down(self) -> None:
        """Make the gaps from top to bottom equal."""
        self._distribute("down")

    def _align(self, side: Side) -> None:
        self._view.settle()
        chosen = self._at_least(2)
        if chosen:
            sizes = self._sizes(chosen)
            self._move(chosen, lambda places: aligned(places, sizes, side), "align")

    def _distribute(self, way: Way) -> None:
        self._view.settle()
        chosen = self._at_least(3)
        if chosen:
            sizes = self._sizes(chosen)
            self._move(chosen, lambda places: distributed(places, sizes, way), "distribute")

    def _at_least(self, least: int) -> list[str]:
        """List what is selected; if that is too little, say so."""
        items = self._canvas.selection.items()
        if len(items) >= least:
            return items
        words = {2: "two blocks", 3: "three blocks"}[least]
        self._view.say(f"Select at least {words} first: drag a frame around them.")
        return []

    def _sizes(self, items: list[str]) -> dict[str, tuple[float, float]]:
        table = self._canvas.where.blocks
        left, top, right, bottom, _ = table.numbers[table.rows(items)].T
        widths, heights = (right - left).tolist(), (bottom - top).tolist()
        return dict(zip(items, zip(widths, heights, strict=True), strict=True))

    def _layout_on(self, items: Collection[str]) -> LayOut:
        from gui.layout import layout_on  # noqa: PLC0415 - networkx, which a start can do without

        return layout_on(self._canvas, items)

    def _lay_out(self, count: int, lay_out: LayOut, *, see_all: bool = False) -> None:
        """Lay so many blocks out: at once where that is quick, else beside the window.

        Meanwhile a person may go on. What they have moved or taken away stays as they left it.
        """
        document, text = self._document, "tidy up" if see_all else "tidy selection"
        standing = Standing.of(document)

        def take(places: Mapping[str, Place]) -> None:
            if document not in self._bench.documents:
                return
            try:
                left = standing.left_alone(document, places)
            except GradwalkError as error:
                self._view.say(error.sentence)
                return
            if document is not self._document or self._view.is_busy:
                _let_stand(document, left, lambda _: left, text)  # and let the view be, in use
            else:
                self._move(left, lambda _: left, text, see_all=see_all)

        if count <= AT_ONCE:
            take(lay_out(unheeded))
            return
        words = (f"Tidying up {count:,} blocks …",)

        def work(reach: Reach) -> dict[str, Place]:
            return lay_out(partial(reach, 0))

        errand = Errand("Tidying up", words, work, take, self._complain)
        document.prepare(self._bench.errands, errand)

    def _move(
        self, items: Collection[str], where: Where, text: str, *, see_all: bool = False
    ) -> None:
        """Move blocks in one go, and let them glide there."""
        document = self._document
        now = document.places()
        before = {item: now[item] for item in items}

        def show(moved: bool) -> None:  # noqa: FBT001 - what a verb gives
            if document is not self._document or self._view.is_busy:
                return
            if see_all:
                self._view.fit()
            if moved:
                glide(self._view, before)
            if moved and see_all:
                self._view.hush()

        _let_stand(document, items, where, text, show)


def _let_stand(
    document: OpenDocument,
    items: Collection[str],
    where: Where,
    text: str,
    then: Callable[[bool], None] = lambda _: None,
) -> None:
    def verb(held: Held) -> bool:
        places = held.places()
        return held.move(where({item: places[item] for item in items if item in places}), text)

    document.do(len(items), "Moving", verb, then)


@dataclass(frozen=True, slots=True)
class Standing:
    """How a document was when its layout was asked for.

    Attributes
    ----------
    places
        Where blocks and folded groups stood.
    groups
        What was seen as one.
    """

    places: Mapping[str, Place]
    groups: Mapping[str, Group]

    @classmethod
    def of(cls, document: OpenDocument) -> Standing:
        """Note how a document is."""
        return cls(document.places(), dict(document.groups.all))

    def left_alone(self, document: OpenDocument, places: Mapping[str, Place]) -> dict[str, Place]:
        """Give the new places of what nobody has moved since.

        Raises
        ------
        GroupError
            If something was folded or opened since: the layout is of what is not seen any more.
        """
        if document.groups.all != self.groups:
            raise GroupError("Groups have changed meanwhile, so nothing was moved. Try it again.")
        now = document.places()
        return {at: to for at, to in places.items() if now.get(at) == self.places[at]}
