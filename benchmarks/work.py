"""One thing that the engine is measured on: done by hand, by Gradwalk, and by peers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from engine import Variable
from engine.plan import Plan
from engine.recording import record
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


def planned(y: Variable) -> tuple[Plan, str]:
    """Compile what a Variable was made by; give the plan, and the name of its only input."""
    graph, _, target = trace(y)
    plan = Plan(graph, record(graph, target).course)
    return plan, target
