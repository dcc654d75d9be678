"""Crossings and time of the layout, beside networkx and graphviz; wires that run behind blocks.

    python benchmarks/layout.py            100 and 1,000 blocks, and a chain of 10,000
    python benchmarks/layout.py --large    also 10,000 blocks, where dot takes minutes

All lay out the same random layered graphs: as many layers as blocks in a layer, 1.3 wires a block,
each from one layer to the next. Crossings are counted on the finished drawings, with every wire a
straight line from centre to centre. Times are medians over the seeds; those of dot include the
start of the program and reading its answer, as an app would have to.
"""

from __future__ import annotations

import argparse
import math
import shutil
import subprocess
import sys
import time
from itertools import pairwise
from pathlib import Path
from statistics import fmean, median
from typing import TYPE_CHECKING, TypeAlias

import networkx as nx
import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from engine.asking.differentiating import differentiate
from engine.expression import parse_expression
from engine.layout import layout
from engine.picture.lanes import in_order, lanes
from engine.picture.places import Standing, places_for
from engine.picture.seen import Seen
from engine.picture.stretches import legs, struck

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import numpy.typing as npt

    from engine.graph import Wire
    from engine.picture.stretches import Lanes, Run

    Floats: TypeAlias = npt.NDArray[np.float64]
    Bools: TypeAlias = npt.NDArray[np.bool_]
    Places: TypeAlias = Mapping[str, tuple[float, float]]

WIRES_A_BLOCK = 1.3
BLOCKS_AT_ONCE = 256


def random_layers(count: int, seed: int) -> nx.MultiDiGraph:
    """Return a graph whose blocks all, but for those of the first layer, have one or two inputs."""
    pick = np.random.default_rng(seed)
    width = round(math.sqrt(count))
    blocks = count // width * width
    graph = nx.MultiDiGraph()
    for block in range(blocks):
        graph.add_node(f"b{block}", layer=block // width)
    heads = np.arange(width, blocks)
    wires = round(WIRES_A_BLOCK * blocks)
    twice = pick.choice(heads, wires - len(heads), replace=False)
    for port, entered in enumerate((heads, np.sort(twice))):
        for head in entered.tolist():
            tail = (head // width - 1) * width + pick.integers(width)
            graph.add_edge(f"b{tail}", f"b{head}", key=port)
    return graph


def crossings(graph: nx.MultiDiGraph, places: Places) -> int:
    """Count the pairs of wires that cross where each is a straight line."""
    ends = np.array([(*places[tail], *places[head]) for tail, head in graph.edges()])
    found = 0
    for start in range(0, len(ends), BLOCKS_AT_ONCE):
        some, rest = ends[start : start + BLOCKS_AT_ONCE, np.newaxis], ends[np.newaxis, start:]
        cross = _apart(some, rest) & _apart(rest, some)
        later = np.arange(rest.shape[1]) > np.arange(some.shape[0])[:, np.newaxis]
        found += int(np.count_nonzero(cross & later))
    return found


def _apart(line: Floats, other: Floats) -> Bools:
    """Tell whether the ends of the other line lie on both sides of a line."""
    x, y = line[..., 0], line[..., 1]
    dx, dy = line[..., 2] - x, line[..., 3] - y
    first = dx * (other[..., 1] - y) - dy * (other[..., 0] - x)
    second = dx * (other[..., 3] - y) - dy * (other[..., 2] - x)
    apart: Bools = np.sign(first) * np.sign(second) < 0
    return apart


def multipartite(graph: nx.MultiDiGraph) -> Places:
    """Lay out with networkx, which only spreads out each layer."""
    return {name: tuple(place) for name, place in nx.multipartite_layout(graph, "layer").items()}


def dot(graph: nx.MultiDiGraph) -> Places:
    """Lay out with graphviz, blocks as large as ours."""
    lines = [f"{tail}->{head};" for tail, head in graph.edges()]
    source = (
        "digraph{rankdir=LR;nodesep=0.73;node[shape=box,fixedsize=true,width=1.1,height=1];"
        + "".join([*(f"{name};" for name in graph), *lines, "}"])
    )
    answer = subprocess.run(
        [shutil.which("dot") or "dot", "-Tplain"],
        input=source,
        capture_output=True,
        text=True,
        check=True,
    )
    words = [line.split() for line in answer.stdout.splitlines()]
    return {word[1]: (float(word[2]), -float(word[3])) for word in words if word[0] == "node"}


def timed(
    method: Callable[[nx.MultiDiGraph], Places], graph: nx.MultiDiGraph
) -> tuple[Places, float]:
    """Return the places, and how many milliseconds it took to find them."""
    start = time.perf_counter()
    places = method(graph)
    return places, 1000 * (time.perf_counter() - start)


def compare(
    methods: Mapping[str, Callable[[nx.MultiDiGraph], Places]],
    graphs: list[nx.MultiDiGraph],
) -> None:
    """Print a row for each method: mean crossings, median time, and both beside ours."""
    size = len(graphs[0])
    print(f"\n{size:,} blocks, {graphs[0].number_of_edges():,} wires, {len(graphs)} graphs")
    print(f"{'':14}{'crossings':>12}{'of ours':>10}{'ms':>12}{'of ours':>10}")
    ours: tuple[float, float] | None = None
    for name, method in methods.items():
        results = [timed(method, graph) for graph in graphs]
        crossed = fmean(
            crossings(graph, places) for graph, (places, _) in zip(graphs, results, strict=True)
        )
        spent = median(ms for _, ms in results)
        ours = ours or (crossed, spent)
        of_ours = f"{crossed / ours[0]:>9.2f}x{spent:>12,.1f}{spent / ours[1]:>9.2f}x"
        print(f"{name:14}{crossed:>12,.0f}{of_ours}")


def compare_chain(methods: Mapping[str, Callable[[nx.MultiDiGraph], Places]], length: int) -> None:
    """Print how long a plain chain takes."""
    names = [f"b{i}" for i in range(length)]
    chain = nx.MultiDiGraph()
    chain.add_nodes_from((name, {"layer": i}) for i, name in enumerate(names))
    chain.add_edges_from(pairwise(names))
    print(f"\na chain of {length:,} blocks")
    ours = None
    for name, method in methods.items():
        spent = median(timed(method, chain)[1] for _ in range(3))
        ours = ours or spent
        print(f"{name:14}{spent:>44,.1f}{spent / ours:>9.2f}x")


def with_a_block_more(graph: nx.MultiDiGraph, seed: int) -> nx.MultiDiGraph:
    """Return the graph after a small edit: a block is inserted into a wire."""
    edited = graph.copy()
    wires = list(edited.edges(keys=True))
    tail, head, port = wires[np.random.default_rng(seed).integers(len(wires))]
    edited.remove_edge(tail, head, port)
    edited.add_edge(tail, "new", key=0)
    edited.add_edge("new", head, key=port)
    return edited


def displacement(before: Places, after: Places) -> float:
    """Return how far blocks moved on average, apart from the drawing as a whole."""
    way = np.array([np.subtract(after[name], place) for name, place in before.items()])
    return float(np.hypot(*(way - np.median(way, axis=0)).T).mean())


def compare_edit(graphs: list[nx.MultiDiGraph]) -> None:
    """Print how far blocks move when one is inserted."""
    known, fresh = [], []
    for seed, graph in enumerate(graphs):
        before, edited = layout(graph), with_a_block_more(graph, seed)
        known.append(displacement(before, layout(edited, before=before)))
        fresh.append(displacement(before, layout(edited)))
    print(f"\none block inserted among {len(graphs[0]):,}: how far the others move on average")
    print(f"{'as it was':14}{fmean(known):>12,.0f} pixels")
    print(f"{'anew':14}{fmean(fresh):>12,.0f} pixels")


def behind(boxes: Floats, runs: Mapping[Wire, Run], found: Mapping[Wire, Lanes]) -> int:
    """Count the wires that run behind a block."""
    ways = (legs(run, found.get(wire, ())) for wire, run in runs.items())
    return sum(bool(struck(way, boxes, 0.0).any()) for way in ways)


def compare_lanes(most: int) -> None:
    """Print how many wires of the derivatives of tanh run behind blocks, and what lanes take."""
    graph, target = parse_expression("tanh(x)", {"x": np.array(1.0)})
    by = next(block.id for block in graph.blocks.values() if not block.is_function)
    print("\nderivatives of tanh: wires behind blocks, and milliseconds")
    print(
        f"{'':8}{'blocks':>8}{'wires':>8}{'hidden':>8}{'with lanes':>12}{'lanes':>8}{'layout':>10}"
    )
    for order in range(1, most + 1):
        made = differentiate(graph, target, by)
        graph, target = made.graph, made.target
        start = time.perf_counter()
        seen = Seen(graph, Standing(places_for(graph)))
        spent = 1000 * (time.perf_counter() - start)
        rows = [(x, y, x + width, y + height) for x, y, width, height in seen.boxes()]
        boxes, runs = in_order(np.array(rows)), seen.runs()
        start = time.perf_counter()
        found = lanes(seen.boxes(), runs)
        took = 1000 * (time.perf_counter() - start)
        hidden, left = behind(boxes, runs, {}), behind(boxes, runs, found)
        sizes = f"{len(graph):>8,}{len(runs):>8,}"
        print(f"{order:<8}{sizes}{hidden:>8,}{left:>12,}{took:>8,.1f}{spent:>10,.1f}")


def main() -> None:
    """Run what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--large", action="store_true", help="also 10,000 blocks (minutes)")
    parser.add_argument("--seeds", type=int, default=5, help="how many graphs of each size")
    given = parser.parse_args()

    methods: dict[str, Callable[[nx.MultiDiGraph], Places]] = {
        "gradwalk": layout,
        "multipartite": multipartite,
    }
    if shutil.which("dot"):
        methods["dot"] = dot
    else:
        print("graphviz is not installed: no comparison with dot")

    layout(random_layers(100, seed=0))  # what is only done once does not count
    for count in (100, 1_000):
        compare(methods, [random_layers(count, seed) for seed in range(given.seeds)])
    if given.large:
        compare(methods, [random_layers(10_000, seed=0)])
    compare_chain(methods, 10_000)
    compare_edit([random_layers(100, seed) for seed in range(given.seeds)])
    compare_lanes(6)


if __name__ == "__main__":
    main()
