"""The order of the vertices in every layer: as few crossings as a short search finds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from engine.layout.crossings import tangle
from engine.layout.sifting import Sifter
from engine.layout.sweeping import Sweeper
from engine.progress import unheeded

if TYPE_CHECKING:
    from engine.layout.arrays import Floats, Ints
    from engine.layout.before import Before
    from engine.layout.layered import Layered
    from engine.progress import Progress

# How much is tried. The limits keep the time in proportion to the size of a graph.
STARTS = 16
STARTS_WITHIN = 6_000  # vertices, over all starts
SWEEPS = 6
SWEEPS_WITHIN = 16_000  # layers, over all sweeps
FINALISTS = 8
FINALISTS_WITHIN = 2_000  # vertices, over all finalists
TRIALS = 1
ROUNDS = 5
ROUNDS_WITHIN = 100_000  # vertices, over all rounds

# Only to have many starts; every run draws the same.
SEED = 9


def order(graph: Layered, progress: Progress = unheeded) -> Ints:
    """Order the vertices of each layer from top to bottom.

    Several orders are tried side by side: a walk through the graph from its outputs and one from
    its inputs, which suit formulas, and random ones. All are swept, the better ones are sifted, and
    the best is sifted again.

    Parameters
    ----------
    graph : Layered
        The graph.
    progress : callable, optional
        Told now and then how much is done.

    Returns
    -------
    Ints, shape (vertices,)
        The vertices, layer by layer and from top to bottom.
    """
    if np.all(np.diff(graph.first) <= 1):
        return np.arange(graph.vertices)
    walks = _walks(graph)
    if not tangle(graph, walks[:1]).any():
        return np.argsort(walks[0])
    progress(0.1)
    rank = _swept(graph, walks)
    sifter = Sifter(graph)
    progress(0.25)
    rank = _best(graph, rank, _share(FINALISTS_WITHIN, graph.vertices, FINALISTS))
    progress(0.4)
    sifter.roam(rank, TRIALS)
    rank = _best(graph, rank, 1)
    progress(0.7)
    rounds = _share(ROUNDS_WITHIN, graph.vertices, ROUNDS)
    sifter.roam(rank, rounds)
    progress(0.85)
    sifter.settle(rank, rounds)
    return np.argsort(rank[0])


def order_like(graph: Layered, before: Before) -> Ints:
    """Order the vertices as they stood before, and move only what that tangles.

    What stood somewhere waits until all that is new has found the best place between it.

    Parameters
    ----------
    graph : Layered
        The graph.
    before : Before
        Where the vertices stood.

    Returns
    -------
    Ints, shape (vertices,)
        The vertices, layer by layer and from top to bottom.
    """
    rank = _ranked(graph, before.y)[np.newaxis]
    if np.any(np.diff(graph.first) > 1):
        Sifter(graph, pinned=before.hold > 0).settle(rank, 2 * ROUNDS)
        Sifter(graph).settle(rank, 2 * ROUNDS)
    return np.argsort(rank[0])


def _share(whole: int, part: int, most: int) -> int:
    """Return how many times a part goes into the whole, but two at least."""
    return max(2, min(whole // part, most))


def _best(graph: Layered, rank: Ints, count: int) -> Ints:
    """Return the least tangled orders."""
    return rank[np.argsort(tangle(graph, rank), kind="stable")[:count]]


def _swept(graph: Layered, walks: Ints) -> Ints:
    """Return the walks, and with them the same and random orders after some sweeps."""
    random = np.random.default_rng(SEED)
    count = _share(STARTS_WITHIN, graph.vertices, STARTS)
    keys = [random.permutation(graph.vertices) for _ in range(count)]
    rank = np.concatenate([walks, [_ranked(graph, key) for key in keys]])
    sweeper = Sweeper(graph)
    for _ in range(_share(SWEEPS_WITHIN, 2 * sweeper.steps, SWEEPS) // 2):
        sweeper.rightwards(rank)
        sweeper.leftwards(rank)
    return np.concatenate([walks, rank])


def _walks(graph: Layered) -> Ints:
    """Return the orders in which walks from the outputs and from the inputs meet the vertices."""
    back = _walk(graph.tail, graph.head, graph.vertices)
    forth = _walk(graph.head, graph.tail, graph.vertices)
    return np.array([_ranked(graph, back), _ranked(graph, forth)])


def _ranked(graph: Layered, key: Ints | Floats) -> Ints:
    """Return the number of every vertex where the cells are sorted by a key."""
    by_key = np.lexsort((key, graph.component, graph.layer))
    rank = np.empty_like(by_key)
    rank[by_key] = np.arange(graph.vertices)
    return rank


def _walk(to: Ints, source: Ints, vertices: int) -> Ints:
    """Walk from where nothing leads further, depth first, against the segments.

    What is met first stands highest: parts of a formula so stay together, in the order of the
    ports.

    Parameters
    ----------
    to, source : Ints, shape (segments,)
        The walk goes from `source` to `to`.
    vertices : int
        The number of vertices.

    Returns
    -------
    Ints, shape (vertices,)
        When each vertex is met.
    """
    onward: list[list[int]] = [[] for _ in range(vertices)]
    for here, there in zip(source[::-1].tolist(), to[::-1].tolist(), strict=True):
        onward[here].append(there)
    met = [-1] * vertices
    count = 0
    for root in np.flatnonzero(np.bincount(to, minlength=vertices) == 0).tolist():
        waiting = [root]
        while waiting:
            vertex = waiting.pop()
            if met[vertex] < 0:
                met[vertex] = count
                count += 1
                waiting += onward[vertex]
    return np.array(met)
