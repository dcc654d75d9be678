"""Where a document came from that is the derivative of another one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.graph import title

if TYPE_CHECKING:
    from gui.document import OpenDocument


@dataclass(frozen=True, slots=True, eq=False)
class Origin:
    """What a document is the derivative of.

    Attributes
    ----------
    document
        The other document.
    blocks
        For each block the id of the old one: the same, or the one whose rule made it.
    ruled
        Ids of those that a rule made.
    """

    document: OpenDocument
    blocks: Mapping[str, str]
    ruled: frozenset[str]

    def sentence(self, block: str) -> str:
        """Say where a block came from; "" if it has been added since."""
        old = self.blocks.get(block)
        if old is None or old not in self.document.graph:
            return ""
        found = self.document.graph.block(old)
        named = f"{title(found)} → {found.name}" if found.is_function else found.name
        how = "Made by the rule of" if block in self.ruled else "The same as"
        return f"{how} {named} in {self.document.title}."
