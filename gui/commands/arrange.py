"""What the Arrange menu does."""

from __future__ import annotations

from collections.abc import Mapping

from engine.arranging import Side, Way, aligned, distributed, kept_near
from engine.document import Place
from gui.canvas.gliding import glide
from gui.commands.base import Verbs


class ArrangeVerbs(Verbs):
    """Putting blocks into line, at equal distances, and in order."""

    def tidy(self) -> None:
        """Lay all blocks out."""
        self._view.settle()
        folds = self._canvas.folds
        has_open = bool(self._canvas.outlines())
        # What is in an open group is laid out by itself, so that its outline holds nothing else.
        places = self._document.tidied(folds.entered) if has_open else self._laid_out(folds.items())
        if self._move(places, "tidy up", see_all=True):
            self._view.hush()

    def tidy_selection(self) -> None:
        """Lay the selected blocks out, and leave them where they are as a whole."""
        self._view.settle()
        chosen = self._places_of_selected(2)
        if chosen:
            self._move(kept_near(self._laid_out(chosen), chosen), "tidy selection")

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
        chosen = self._places_of_selected(2)
        if chosen:
            self._move(aligned(chosen, self._sizes(chosen), side), "align")

    def _distribute(self, way: Way) -> None:
        self._view.settle()
        chosen = self._places_of_selected(3)
        if chosen:
            self._move(distributed(chosen, self._sizes(chosen), way), "distribute")

    def _places_of_selected(self, least: int) -> dict[str, Place]:
        """Give the places of what is selected; if that is too little, say so."""
        items = self._canvas.selected_items()
        if len(items) >= least:
            return {item: self._document.place(item) for item in items}
        words = {2: "two blocks", 3: "three blocks"}[least]
        self._view.say(f"Select at least {words} first: drag a frame around them.")
        return {}

    def _sizes(self, items: Mapping[str, Place]) -> dict[str, tuple[float, float]]:
        rects = {item: self._canvas.block_rect(item) for item in items}
        return {item: (rect.width(), rect.height()) for item, rect in rects.items()}

    def _laid_out(self, items: Mapping[str, Place] | frozenset[str]) -> dict[str, Place]:
        from gui.layout import places_on  # noqa: PLC0415 - networkx, which a start can do without

        return places_on(self._canvas, items)

    def _move(self, places: dict[str, Place], text: str, *, see_all: bool = False) -> bool:
        """Move blocks in one go, and let them glide there."""
        before = {item: self._document.place(item) for item in places}
        moved = self._document.move(places, text)
        if see_all:
            self._view.fit()
        if moved:
            glide(self._view, before)
        return moved
