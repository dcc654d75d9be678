"""The engine against the floor and against peers.

    python -m benchmarks.engine              the whole table
    python -m benchmarks.engine chain net    only the works with these words in their names
    python -m benchmarks.engine --keep       all, and keep what is worse than before for the suite

The floor is the same work written by hand in Python or NumPy, without any graph. Gradwalk takes
turns with the floor, and so do all peers that are installed (PyTorch, JAX, autograd, DeZero,
micrograd) with the floor again, so that a machine that grows slower does so for all; printed are
medians and their ratio to the floor, which is what counts.
"""

from __future__ import annotations

import gc
import json
import statistics
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from benchmarks.peers import MISSING, alive
from benchmarks.work import Call, Work
from benchmarks.works import WORKS
from engine import Variable, exp, neg, square
from engine.recording import record

KEPT = Path(__file__).with_name("kept.json")
"""The ratios that the suite holds a new measurement against."""

IMPORT = """
import time
began = time.perf_counter()
import {what}
print(time.perf_counter() - began)
"""


def medians(calls: Iterable[Call], rounds: int) -> list[float]:
    """Time calls in turns; give the median seconds of each."""
    held = list(calls)
    # What has been imported lives on, and is not to be looked through while something is timed.
    gc.collect()
    gc.freeze()
    times: list[list[float]] = [[] for _ in held]
    for call in held:
        call()
    for _ in range(rounds):
        for call, taken in zip(held, times, strict=True):
            began = time.perf_counter()
            call()
            taken.append(time.perf_counter() - began)
    return [statistics.median(taken) for taken in times]


def measured(work: Work, share: float = 1.0) -> tuple[float, float]:
    """Measure a work: seconds of the floor, and our ratio to it."""
    floor, ours = medians([work.floor, work.ours], max(3, round(work.rounds * share)))
    return floor, ours / floor


def compared(work: Work) -> str:
    """Measure the peers on a work, and tell their ratios to the floor."""
    through, dead = alive(work.peers())
    # Some of them keep threads that wait busily, so they take turns with the floor alone. Of two
    # calls in a row the second counts, or the floor would find an empty cache.
    twice = [call for call in (work.floor, *through.values()) for _ in range(2)]
    floor, *others = medians(twice, work.rounds)[1::2]
    told = [f"{name} {other / floor:.3g}" for name, other in zip(through, others, strict=True)]
    return ", ".join([*told, *(f"{name} dies" for name in dead)])


def bytes_per_node() -> tuple[float, float]:
    """Weigh a Variable and its Function in a chain: built, and walked back."""
    gc.collect()
    tracemalloc.start()
    y = x = Variable(np.array(0.5))
    for _ in range(3000):
        y = exp(neg(square(y)))
    built = tracemalloc.get_traced_memory()[0]
    y.backward()
    walked = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    assert x.grad is not None  # noqa: S101 - the work has been done
    return built / 9000, walked / 9000


def deepest() -> int:
    """Walk a chain of a million back, and let it go."""
    y = Variable(np.array(0.5))
    count = 1_000_000
    for _ in range(count):
        y = -y
    y.backward()
    del y
    return count


def first_answer() -> tuple[float, float]:
    """Milliseconds to the values and gradients of 1,000 Functions, and to their recording."""
    from benchmarks.number_works import chain_anew, graph_chain  # noqa: PLC0415 - for this alone

    graph = graph_chain(1000)

    def recorded() -> None:
        graph.worked_out.clear()
        record(graph, "b1000")

    live, kept = medians([lambda: chain_anew(1000, 0.5), recorded], 40)
    return live * 1000, kept * 1000


def import_ratio(rounds: int = 9) -> float:
    """Time `import engine` against the imports it stands on."""

    def taken(what: str) -> float:
        ran = subprocess.run(
            [sys.executable, "-c", IMPORT.format(what=what)],
            capture_output=True,
            text=True,
            check=True,
        )
        return float(ran.stdout)

    pairs = [(taken("engine"), taken("numpy, networkx")) for _ in range(rounds)]
    return statistics.median(a for a, _ in pairs) / statistics.median(b for _, b in pairs)


def main() -> None:
    """Measure and print."""
    words = [word for word in sys.argv[1:] if word != "--keep"]
    kept: dict[str, float] = {}
    print("| work | floor | Gradwalk | asked for | peers |")
    print("|---|---:|---:|---:|---|")
    for works in WORKS:
        for work in works():
            if words and not any(word in work.name for word in words):
                continue
            floor, ratio = measured(work)
            kept[work.name] = round(ratio, 4)
            print(
                f"| {work.name} | {floor * 1e6:,.3g} µs | {ratio:.3g} | {work.asked:g} "
                f"| {compared(work)} |",
                flush=True,
            )
    if "--keep" in sys.argv:
        # The builds of one Python differ by a fifth; the suite runs on more than one.
        before = json.loads(KEPT.read_text(encoding="utf-8")) if KEPT.exists() else {}
        kept = {name: max(ratio, before.get(name, 0.0)) for name, ratio in kept.items()}
        KEPT.write_text(json.dumps(kept, indent=2) + "\n", encoding="utf-8")
    if MISSING:
        print(f"\nNot installed: {', '.join(MISSING)}.")
    if words:
        return
    built, walked = bytes_per_node()
    print(
        f"\nMemory a node of a chain: {built:.0f} bytes, walked back {walked:.0f}; 300 asked for."
    )
    print(f"Depth: {deepest():,} walked back and let go.")
    live, recorded = first_answer()
    print(
        f"First answer of 1,000 Functions: live {live:.1f} ms, "
        f"recorded {recorded:.1f} ms; 2 asked for."
    )
    print(f"import engine: {import_ratio():.2f} times import numpy, networkx; 1.3 asked for.")


if __name__ == "__main__":
    main()
