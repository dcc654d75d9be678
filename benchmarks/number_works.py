"""Works on single numbers: chains, numbers that are used often, sliders and recordings."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

from benchmarks import peers
from benchmarks.work import Call, Work, planned
from engine import Variable, exp, neg, square
from engine.graph import Block, Graph, Wire
from engine.plan import Plan
from engine.recording import BackwardStep, record

# A chain


def chain_by_hand(depth: int, x: float) -> tuple[float, float]:
    """Compute exp(-x²) again and again, and its derivative."""
    kept = []
    for _ in range(depth // 3):
        y = math.exp(-(x * x))
        kept.append((x, y))
        x = y
    g = 1.0
    for before, y in reversed(kept):
        g = -(g * y) * (2 * before)
    return x, g


def three_by_hand(x: float) -> tuple[float, float]:
    """Compute exp(-x²) and its derivative, as one writes it out."""
    a = x * x
    b = -a
    c = math.exp(b)
    g = c
    g = -g
    g = g * (2 * x)
    return c, g


def chain_anew(depth: int, x: float) -> tuple[float, float]:
    """Build the chain of Variables, and walk it back."""
    start = y = Variable(np.array(x))
    for _ in range(depth // 3):
        y = exp(neg(square(y)))
    y.backward()
    return float(y.data), float(start.grad)


def chain_plan(depth: int) -> Plan:
    """Compile the chain."""
    y = Variable(np.array(0.5))
    for _ in range(depth // 3):
        y = exp(neg(square(y)))
    return planned(y)[0]


SHORT = 3
"""Depth of a chain that is measured a hundred at a time, or the clock would be most of it."""


def _often(call: Call) -> None:
    for _ in range(100):
        call()


def _chains_again(depth: int) -> dict[str, Call]:
    others = peers.chains_again(depth)
    if depth == SHORT:
        return {peer: partial(_often, run) for peer, run in others.items()}
    return others


def chains() -> list[Work]:
    """Single numbers: anew, again, and with all that lies between kept."""
    works = [
        Work(
            f"chain of {depth:,}, anew",
            partial(chain_by_hand, depth, 0.5),
            partial(chain_anew, depth, 0.5),
            20,
            partial(peers.chains_anew, depth),
            rounds,
        )
        for depth, rounds in ((99, 200), (999, 100), (99_999, 5))
    ]
    for depth, answer, everything in ((3, 0.9, 1.6), (99, 0.6, 1.1), (999, 0.8, 1.7)):
        plan = chain_plan(depth)
        floor: Callable[[], object] = partial(chain_by_hand, depth, 0.5)
        if depth == SHORT:
            floor = partial(_often, partial(three_by_hand, 0.5))
        for name, call, asked in (
            ("again", plan.answer, answer),
            ("again, everything kept", plan.everything, everything),
        ):
            ours: Callable[[], object] = partial(call, 0.5)
            if depth == SHORT:
                ours = partial(_often, ours)
            others: Callable[[], dict[str, Call]] = dict
            if name == "again":
                others = partial(_chains_again, depth)
            works.append(Work(f"chain of {depth}, {name}", floor, ours, asked, others, 200))
    return works


# Fan-out


def doubled_by_hand(x: float) -> tuple[float, float]:
    """Add a number to itself a thousand times over."""
    for _ in range(1000):
        x = x + x
    g = 1.0
    for _ in range(1000):
        g = g + g
    return x, g


def doubled(x: Variable) -> Variable:
    """Do the same on Variables."""
    for _ in range(1000):
        x = x + x
    return x


def squares_by_hand(x: float) -> tuple[float, float]:
    """Add up a thousand squares of a number."""
    s = x * x
    for _ in range(999):
        s = s + x * x
    g, gx = 1.0, 0.0
    for _ in range(1000):
        gx += g * x
        gx += g * x
    return s, gx


def squares(x: Variable) -> Variable:
    """Do the same on Variables."""
    s: Variable = x * x
    for _ in range(999):
        s = s + x * x
    return s


def walked(f: Callable[[Variable], Variable], x: float) -> None:
    """Build a function of one Variable, and walk it back."""
    f(Variable(np.array(x))).backward()


def fans() -> list[Work]:
    """Numbers that are used more than once."""
    works = []
    for name, by_hand, f, anew, again in (
        ("y = y + y, 1,000 times", doubled_by_hand, doubled, 25, 0.7),
        ("a sum of 1,000 x·x", squares_by_hand, squares, 30, 0.9),
    ):
        plan, _ = planned(f(Variable(np.array(0.5))))
        floor = partial(by_hand, 0.5)
        works.append(
            Work(f"{name}, anew", floor, partial(walked, f, 0.5), anew, partial(peers.fan, f))
        )
        works.append(Work(f"{name}, again", floor, partial(plan.answer, 0.5), again))
    return works


# A slider, and a recording


def sliders() -> list[Work]:
    """Two hundred positions of a slider: one run on an array, against a run for each."""
    positions = np.linspace(0.1, 0.9, 200)
    plan = chain_plan(99)
    y = Variable(positions)
    for _ in range(33):
        y = exp(neg(square(y)))
    whole, _ = planned(y)
    singles = [float(x) for x in positions]

    def one_by_one() -> list[Any]:
        return [chain_anew(99, x) for x in singles]

    def planned_one_by_one() -> list[Any]:
        return [plan.answer(x) for x in singles]

    return [
        Work(
            "200 positions at once, of 200 runs", one_by_one, lambda: whole.answer(positions), 0.1
        ),
        Work("200 positions, of 200 plans", planned_one_by_one, lambda: whole.answer(positions), 1),
    ]


def graph_chain(depth: int) -> Graph:
    """Make the chain as a graph of blocks."""
    blocks = [Block("b0", "input", "x", np.array(0.5))]
    kinds = ("square", "neg", "exp")
    blocks += [Block(f"b{at + 1}", kinds[at % 3], f"v{at}") for at in range(depth)]
    return Graph.build(blocks, [Wire(f"b{at}", f"b{at + 1}", 0) for at in range(depth)])


def recordings() -> list[Work]:
    """A recording, against the bare run of the same Functions."""
    graph = graph_chain(15_000)

    def fresh() -> Any:
        graph.worked_out.clear()
        return record(graph, "b15000")

    def read() -> None:
        recording = fresh()
        blocks = recording.blocks
        for step in recording.steps:
            told = [blocks[step.block].kind, step.raw]
            if isinstance(step, BackwardStep):
                told += [(part.raw_local, part.raw) for part in step.contributions]

    return [
        Work(
            "recording of 15,000 blocks, of the bare run",
            lambda: chain_anew(15_000, 0.5),
            fresh,
            4,
            dict,
            5,
        ),
        Work(
            "the same, and every number of every step read",
            lambda: chain_anew(15_000, 0.5),
            read,
            4,
            dict,
            5,
        ),
    ]
