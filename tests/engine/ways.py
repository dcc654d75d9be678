"""A graph run by `Variable.backward`, by a recording and by a plan: the same numbers."""

from __future__ import annotations

import numpy as np

from engine import FUNCTIONS
from engine.execution import execute
from engine.graph import Block, Graph, Wire
from engine.plan import Plan
from engine.recording import record
from engine.signatures import is_variadic


def placed(name, inputs, settings):
    """Place a Function on a canvas as block f, with an input for each of its own."""
    told = FUNCTIONS[name](**settings).told()
    if is_variadic(FUNCTIONS[name]):
        told = {**told, "inputs": len(inputs)}
    blocks = [Block(f"b{at}", "input", f"x{at}", x) for at, x in enumerate(inputs)]
    wires = [Wire(block.id, "f", port) for port, block in enumerate(blocks)]
    return Graph.build([*blocks, Block("f", name, "y", None, told)], wires)


def by_hand(graph, target):
    """Run a graph over Variables, as `Variable.backward` does."""
    run = execute(graph)
    run.variables[target].backward()
    return run.variables


def planned(graph, target):
    recording = record(graph, target)
    return Plan(graph, recording.course), recording


def same(one, other):
    one, other = np.asarray(one), np.asarray(other)
    assert one.shape == other.shape
    assert one.dtype == other.dtype
    np.testing.assert_array_equal(one, other)


def check_all_ways(graph, target):
    """Hold `backward`, a recording, its steps, and a plan's two answers against each other."""
    plan, recording = planned(graph, target)
    variables = by_hand(graph, target)
    values = [graph.block(block).value for block in plan.inputs]
    if plan.is_of_numbers:
        values = [float(value) for value in values]
    value, *slopes = plan.answer(*values)
    same(value, variables[target].data)
    for block, slope in zip(plan.inputs, slopes, strict=True):
        grad = variables[block].grad
        same(slope, np.zeros_like(variables[block].data) if grad is None else grad)
    every, gradients = plan.everything(*values)
    for block, found in zip(plan.course.order, every, strict=True):
        same(found, variables[block].data)
        same(recording.value(block), variables[block].data)
    assert set(plan.received) == {b for b, x in variables.items() if x.grad is not None}
    for block, found in zip(plan.received, gradients, strict=True):
        same(found, variables[block].grad)
        same(recording.gradient(block), variables[block].grad)
        same(recording.gradient_history(block)[-1][1], variables[block].grad)
    return plan
