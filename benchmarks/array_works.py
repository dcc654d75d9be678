"""Works on arrays: many Functions element by element, and a step of a net."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np

from benchmarks import peers
from benchmarks.work import Work, planned
from engine import Constant, Variable, exp, linear, mean_squared_error, neg, square, tanh
from engine.plan import Plan
from engine.stretches import one_thread

# Element by element


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
