"""What can be added where a person points: the palette's entries, best match first, and values."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject

from engine.errors import GradwalkError
from engine.graph import CONSTANT, INPUT, Graph
from engine.values import parse_value, value_text
from engine.variable import Array
from gui.panels.matching import EXACT, SCATTERED, WORD, nearness
from gui.panels.palette_entries import INPUTS, Entry
from gui.panels.palette_model import PaletteModel

SHOWN = 60
"""Entries in a list that is looked through for the best one."""


@dataclass(frozen=True)
class Offer(Entry):
    """An entry that comes with what was typed, or that is in the graph already.

    Attributes
    ----------
    value
        The value of a new input or constant.
    called
        The name of a new input.
    block
        Id of the block that is there already.
    """

    value: Array | None = None
    called: str | None = None
    block: str | None = None


def values_of(text: str) -> list[Offer]:
    """Offer an input and a constant if what was typed is a value, such as `0.5` or `w = [1, 2]`."""
    name, is_named, told = text.rpartition("=")
    name = name.strip()
    try:
        value = parse_value(told)
    except GradwalkError:
        return []
    words = value_text(value)
    formula = f"{name} = {words}" if is_named else words
    given, fixed = INPUTS
    about = given.about, given.group
    offered = Offer(INPUT, "x", "Input", formula, (), *about, value=value, called=name or None)
    if is_named:
        return [offered]
    about, formula = (fixed.about, fixed.group), f"{words}, no gradient"
    return [offered, Offer(CONSTANT, "3", "Constant", formula, (), *about, value=value)]


class AddModel(PaletteModel):
    """What may be added, best match first and without heads.

    Parameters
    ----------
    graph
        Whose Variables may be connected instead of adding anything.
    may
        Which entries may be offered at all.
    may_feed
        Which blocks that are there already may be offered.
    """

    def __init__(
        self,
        graph: Graph,
        may: Callable[[Entry], bool],
        may_feed: Callable[[str], bool] | None = None,
        parent: QObject | None = None,
    ) -> None:
        self._graph, self._may, self._may_feed = graph, may, may_feed
        super().__init__(parent)

    def found(self, text: str) -> list[Entry | str]:
        """Give the entries for a text: what it is nearest to stands first."""
        offers = self._variables(text)
        for entry in self._offered:
            near = entry.nearness(text)
            if near is not None and self._may(entry):
                offers.append((near, entry))
        typed = [offer for offer in values_of(text) if self._may(offer)]
        # A name such as e may be a value too. Who types digits means a value, also where they are
        # the symbol of an entry, as 3 is that of a constant.
        if text.strip()[:1].isalpha() and "=" not in text:
            offers += [(WORD, offer) for offer in typed]
        else:
            offers = [(EXACT, offer) for offer in typed] + offers
        ordered = sorted(offers, key=lambda offer: offer[0])
        return [entry for _, entry in ordered[:SHOWN]] if text.strip() else [e for _, e in ordered]

    def _variables(self, text: str) -> list[tuple[int, Entry]]:
        """Offer the Variables that are there already, once a person begins to name one."""
        if self._may_feed is None or not text.strip():
            return []
        found: list[tuple[int, Entry]] = []
        for block in self._graph.blocks.values():
            near = nearness(text, block.name)
            if near is not None and near < SCATTERED and self._may_feed(block.id):
                told = "" if block.value is None else f" = {value_text(block.value)}"
                symbol, formula = block.name[:4], f"already there{told}"
                offer = Offer(
                    block.kind, symbol, block.name, formula, (), "", "In the graph", block=block.id
                )
                found.append((near, offer))
        return found[:SHOWN]
