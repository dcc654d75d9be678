"""Ways through a graph: who comes before whom, and what is reached from where."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engine.graph import Graph


def age(block: str) -> tuple[int, str]:
    """Order ids as `fresh_id` gives them out, b2 before b10.

    The order in which blocks were added is no fact of a graph: taking a removal back must not
    change it.
    """
    return len(block), block


def reached(start: str, following: Callable[[str], list[str]]) -> Iterator[str]:
    """Go from a block wherever it leads, each block once; the block itself is left out."""
    found: set[str] = set()
    todo = [start]
    while todo:
        for block in following(todo.pop()):
            if block not in found:
                found.add(block)
                todo.append(block)
                yield block


def forward_order(graph: Graph) -> list[str]:
    """Order the blocks so that each comes after what it uses: by generation, then by age.

    Blocks on a circle, and those that depend on one, are left out.
    """
    out = graph.out()
    waiting = {
        block: len(into) - into.count(None) if into else 0 for block, into in graph.into().items()
    }
    generation = [block for block, count in waiting.items() if not count]
    order: list[str] = []
    while generation:
        if len(generation) > 1:
            generation.sort(key=age)
        order += generation
        following: list[str] = []
        for block in generation:
            for wire in out[block]:
                target = wire.target
                left = waiting[target]
                if left == 1:
                    following.append(target)
                else:
                    waiting[target] = left - 1
        generation = following
    return order
