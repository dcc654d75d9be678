"""How a very large graph is folded when it is opened: cut along its seams, level by level.

The blocks are put into an order in which each comes after what it uses, branch by branch. Between
two neighbours of that order some values are still needed further on; where few are, the graph has
a seam. A part between two seams of one value has a single entry and a single exit. Where the graph
repeats itself, it is cut at the same place of each repetition. Every piece is an interval of the
order, so no group feeds itself.
"""

from __future__ import annotations

import itertools
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from string import ascii_uppercase

import numpy as np
import numpy.typing as npt

from engine.graph import CONSTANT, INPUT, Graph, title
from engine.order import age

LARGE = 400
"""Blocks from which on a graph is folded when it is opened."""

FEW = 40
"""Blocks that the innermost groups have at most, more or less, and groups that others have."""

LONGEST_PERIOD = 256
"""Blocks of the longest pattern that is looked for."""

ALIKE = 0.9
"""Share of the blocks that have to fit a pattern."""

SHARED = 12
"""Inputs that stay outside of all groups at most."""


@dataclass(frozen=True)
class Part:
    """A group to be made.

    Attributes
    ----------
    name
        What to call it; parts that are built alike share a letter.
    blocks
        Ids of the blocks directly in it.
    parts
        The groups in it.
    """

    name: str
    blocks: tuple[str, ...]
    parts: tuple[Part, ...] = field(default=())


def parts_of(graph: Graph) -> tuple[Part, ...]:
    """Divide a graph into groups, so that few blocks and groups are seen at each level.

    The same graph is always divided in the same way.

    Examples
    --------
    >>> from engine.block import Block, Wire
    >>> blocks = [Block("b0", "input", "x")]
    >>> blocks += [Block(f"b{at}", "sin", f"y{at}") for at in range(1, 401)]
    >>> wires = [Wire(f"b{at}", f"b{at + 1}", 0) for at in range(400)]
    >>> [part.name for part in parts_of(Graph.build(blocks, wires))]
    ['A1', 'A2', 'A3', 'A4', 'A5', 'A6', 'A7', 'A8', 'A9', 'A10']
    """
    shared = _shared_inputs(graph)
    order = [block for block in depth_first(graph) if block not in shared]
    if not order:
        return ()
    return _Division(graph, order).parts()


def depth_first(graph: Graph) -> list[str]:
    """Order the blocks so that each comes after what it uses, and soon after it.

    One branch is followed to its end before the next is begun.
    """
    into = graph.into()
    order: list[str] = []
    seen: set[str] = set()
    ends = [block for block, out in graph.out().items() if not out]
    for end in sorted(ends, key=age):
        todo = [(end, False)]
        while todo:
            block, is_done = todo.pop()
            if is_done:
                order.append(block)
            elif block not in seen:
                seen.add(block)
                todo.append((block, True))
                todo += [(w.source, False) for w in reversed(into[block]) if w is not None]
    return order


def _shared_inputs(graph: Graph) -> frozenset[str]:
    """Find the inputs that are used most, if there are few of them: they belong to no part."""
    inputs = [block.id for block in graph.blocks.values() if block.kind == INPUT]
    return frozenset(inputs) if len(inputs) <= SHARED else frozenset()


class _Division:
    """A graph being divided.

    Parameters
    ----------
    order
        The blocks to divide, each after what it uses.
    """

    def __init__(self, graph: Graph, order: Sequence[str]) -> None:
        self._graph = graph
        self._order = order
        at = {block: index for index, block in enumerate(order)}
        self._kinds = _kinds(graph, order, at)
        self._width = _widths(graph, order, at)
        self._period, self._offset = _pattern(_numbered(self._kinds), self._width)

    def parts(self) -> tuple[Part, ...]:
        """Divide all of it."""
        return self._named(self._cut(0, len(self._order)))

    def _named(self, cuts: Sequence[int]) -> tuple[Part, ...]:
        pieces = list(itertools.pairwise(cuts))
        shapes = [self._shape(low, high) for low, high in pieces]
        count = Counter(shapes)
        letters: dict[tuple[object, ...], str] = {}
        used: Counter[str] = Counter()
        found = []
        for number, (shape, (low, high)) in enumerate(zip(shapes, pieces, strict=True), start=1):
            name = f"Part {number}"
            if count[shape] > 1 and len(letters) < len(ascii_uppercase):
                letter = letters.setdefault(shape, ascii_uppercase[len(letters)])
                used[letter] += 1
                name = f"{letter}{used[letter]}"
            elif high - low == 1:
                name = title(self._graph.block(self._order[low]))
            found.append(self._part(name, low, high))
        return tuple(found)

    def _shape(self, low: int, high: int) -> tuple[object, ...]:
        """Tell how a piece is built; what comes in from outside it comes from anywhere."""
        known = self._kinds[low:high]
        return tuple(
            (kind, tuple(step if 0 < step <= at else 0 for step in back))
            for at, (kind, back) in enumerate(known)
        )

    def _part(self, name: str, low: int, high: int) -> Part:
        cuts = self._cut(low, high)
        if len(cuts) <= 2:  # noqa: PLR2004 - both ends
            return Part(name, tuple(self._order[low:high]))
        return Part(name, (), self._named(cuts))

    def _cut(self, low: int, high: int) -> list[int]:
        """Choose where to cut an interval of the order: about evenly, and at seams."""
        size = high - low
        leaves = size / FEW
        if leaves <= 1.5:  # noqa: PLR2004 - half as many again are still few
            return [low, high]
        levels = max(math.ceil(math.log(leaves, FEW) - 1e-9), 1)
        wanted = math.ceil(leaves ** (1 / levels) - 1e-9)
        cuts = [low]
        for number in range(1, wanted):
            ideal = low + size * number / wanted
            reach = size / wanted / 3
            first, last = math.ceil(ideal - reach), math.floor(ideal + reach)
            first = max(first, cuts[-1] + 1)
            if first <= min(last, high - 1):
                cuts.append(self._best(first, min(last, high - 1), ideal))
        return [*cuts, high]

    def _best(self, first: int, last: int, ideal: float) -> int:
        """Choose the place to cut where the pattern begins again, and few values are needed."""
        places = np.arange(first, last + 1)
        off = np.zeros(len(places)) if not self._period else (places - self._offset) % self._period
        order = np.lexsort((places, np.abs(places - ideal), self._width[places], off != 0))
        return int(places[order[0]])


Kind = tuple[str, tuple[int, ...]]
"""What a block is, and how far back in the order each of its inputs stands; 0 for outside."""


def _kinds(graph: Graph, order: Sequence[str], at: Mapping[str, int]) -> list[Kind]:
    into = graph.into()
    found = []
    for index, block in enumerate(order):
        facts = graph.blocks[block]
        told = f"{facts.kind} {sorted(facts.settings.items())}" if facts.settings else facts.kind
        ends = (None if wire is None else at.get(wire.source) for wire in into[block])
        found.append((told, tuple(0 if end is None else index - end for end in ends)))
    return found


def _numbered(kinds: Sequence[Kind]) -> npt.NDArray[np.int64]:
    """Number kinds, the same with the same number."""
    known: dict[Kind, int] = {}
    return np.array([known.setdefault(kind, len(known)) for kind in kinds], dtype=np.int64)


def _widths(graph: Graph, order: Sequence[str], at: Mapping[str, int]) -> npt.NDArray[np.int64]:
    """Count, before each place of the order, the values from further up that are still needed."""
    change = np.zeros(len(order) + 1, dtype=np.int64)
    out = graph.out()
    for index, block in enumerate(order):
        last = max((at[wire.target] for wire in out[block]), default=index)
        if last > index and graph.blocks[block].kind != CONSTANT:
            change[index + 1] += 1
            change[last + 1] -= 1
    return np.cumsum(change)


def _pattern(tokens: npt.NDArray[np.int64], widths: npt.NDArray[np.int64]) -> tuple[int, int]:
    """Find after how many blocks the order repeats itself, and the best place to cut it.

    Returns
    -------
    tuple
        The period, 0 if nothing repeats itself; and the place in a period where the seams are.
    """
    for period in range(1, min(LONGEST_PERIOD, len(tokens) // 4) + 1):
        if np.mean(tokens[period:] == tokens[:-period]) >= ALIKE:
            whole = widths[: len(tokens) // period * period].reshape(-1, period)
            return period, int(np.argmin(whole.sum(axis=0)))
    return 0, 0
