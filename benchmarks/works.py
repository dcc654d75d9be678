"""What the engine is measured on: each work done by hand, by Gradwalk, and by peers.

By hand is the floor: what is left to write, in Python or NumPy, when nobody keeps a graph.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from benchmarks import peers
from engine import Constant, Variable, exp, linear, mean_squared_error, neg, square, tanh
from engine.graph import Block, Graph, Wire
from engine.plan import Plan
from engine.recording import BackwardStep, record
from engine.stretches import one_thread
from engine.tracing import trace

Call = Callable[[], Any]


@dataclass(frozen=True, slots=True)
class Work:
    """One line of the table.

    Attributes
    ----------
    name
        What is done.
    floor
        The same by hand.
    ours
        By Gradwalk.
    asked
        The most it may take, in times the floor.
    peers
        Makes the same ready by others, as far as they are installed; some compile for seconds.
    rounds
        How often it is measured.
    """

    name: str
    floor: Call
    ours: Call
    asked: float
    peers: Callable[[], dict[str, Call]] = dict
    rounds: int = 100


# A chain of single numbers


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


def planned(y: Variable) -> tuple[Plan, str]:
    """Compile what a Variable was made by; give the plan, and the name of its only input."""
    graph, _, target = trace(y)
    plan = Plan(graph, record(graph, target).course)
    return plan, target


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


# Arrays


def thirty_by_hand(x: Any) -> tuple[Any, Any]:
    """Compute exp(-x²) ten times over on arrays, and its derivative."""
    kept = []
    for _ in range(10):
        y = np.exp(-np.square(x))
        kept.append((x, y))
        x = y
    g = np.ones_like(x)
    for before, y in reversed(kept):
        g = g * y
        g = -g
        g = g * (2 * before)
    return x, g


def thirty(x: Variable) -> Variable:
    """Do the same on Variables."""
    for _ in range(10):
        x = exp(neg(square(x)))
    return x


def thirty_anew(x: Any) -> None:
    """Build it and walk it back; of what lies between nobody asks for the gradient."""
    thirty(Variable(x)).backward(retain_grad=False)


def arrays() -> list[Work]:
    """Thirty Functions, element by element."""
    works = []
    for size, one, rounds in ((10**3, 0.6, 300), (10**5, 0.75, 40), (10**6, 0.6, 9)):
        x = np.random.default_rng(0).uniform(-1, 1, size)
        plan, _ = planned(thirty(Variable(x)))
        floor, alone = partial(thirty_by_hand, x), partial(on_one_thread, plan, x)
        others = partial(peers.thirty_again, x)
        works.append(Work(f"30 Functions on {size:,}, again", floor, alone, one, others, rounds))
        if size == 10**6:
            both, anew = partial(plan.answer, x), partial(thirty_anew, x)
            works.append(
                Work(f"the same on {size:,}, two threads", floor, both, 0.45, dict, rounds)
            )
            others = partial(peers.thirty_anew, x)
            works.append(Work(f"the same on {size:,}, anew", floor, anew, 1.4, others, rounds))
    return works


def on_one_thread(plan: Plan, x: Any) -> Any:
    """Run a plan without a second thread."""
    with one_thread():
        return plan.answer(x)


# A net

INPUTS = np.random.default_rng(1).normal(size=(64, 2))
WANTED = np.sin(INPUTS.sum(axis=1, keepdims=True))
SHAPES = ((2, 32), (32,), (32, 32), (32,), (32, 1), (1,))
WEIGHTS = [np.random.default_rng(2).normal(size=shape) * 0.3 for shape in SHAPES]


def net_by_hand() -> tuple[Any, ...]:
    """Take one step of a net 2-32-32-1 with tanh, for 64 cases: the loss and all gradients."""
    w1, b1, w2, b2, w3, b3 = WEIGHTS
    h1 = np.tanh(INPUTS @ w1 + b1)
    h2 = np.tanh(h1 @ w2 + b2)
    apart = h2 @ w3 + b3 - WANTED
    loss = (apart * apart).sum() / 64
    g3 = apart * (2 / 64)
    g2 = (g3 @ w3.T) * (1 - h2 * h2)
    g1 = (g2 @ w2.T) * (1 - h1 * h1)
    return (
        loss,
        INPUTS.T @ g1,
        g1.sum(axis=0),
        h1.T @ g2,
        g2.sum(axis=0),
        h2.T @ g3,
        g3.sum(axis=0),
    )


def net(weights: list[Variable]) -> Variable:
    """Compute the loss on Variables."""
    w1, b1, w2, b2, w3, b3 = weights
    x: Any = Constant(INPUTS)
    h = tanh(linear(x, w1, b1))
    h = tanh(linear(h, w2, b2))
    loss: Variable = mean_squared_error(linear(h, w3, b3), Constant(WANTED))
    return loss


def net_anew() -> None:
    """Build the net and walk it back."""
    net([Variable(w) for w in WEIGHTS]).backward(retain_grad=False)


def nets() -> list[Work]:
    """One step of learning."""
    weights = [Variable(w, f"w{at}") for at, w in enumerate(WEIGHTS)]
    plan, _ = planned(net(weights))
    given = [plan.value(block) for block in plan.inputs]
    others = partial(peers.net, INPUTS, WANTED, WEIGHTS)
    return [
        Work("a step of a net 2-32-32-1, anew", net_by_hand, net_anew, 1.4, others, 500),
        Work("the same, again", net_by_hand, lambda: plan.answer(*given), 0.9, dict, 500),
    ]


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


WORKS: tuple[Callable[[], list[Work]], ...] = (chains, arrays, fans, nets, sliders, recordings)
