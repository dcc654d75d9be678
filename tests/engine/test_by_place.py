"""Arithmetic on indices tells what trying out the Functions tells, and more quickly."""

from __future__ import annotations

import numpy as np
import pytest

from engine.asking import feeding, multiplying
from engine.asking.by_place import KINDS
from engine.asking.feeding import by_place, fed_by, feeds
from engine.asking.multiplying import multiplier, times_from, times_to
from engine.asking.on_the_way import reached_by
from engine.asking.terms import terms
from engine.expression import parse_expression
from engine.graph import function_of
from engine.recording import BackwardStep, record

NUMBERS = np.random.default_rng(3).uniform(0.5, 2.0, 200)

TEXTS = [
    ("x * w", (2, 3), (3,)),
    ("x * w", (2, 1), (1, 3)),
    ("x / w", (2, 3), ()),
    ("x - w", (3,), (2, 1)),
    ("x + tanh(w)", (2, 3), (2, 3)),
    ("x @ w", (2, 3), (3, 2)),
    ("x @ w", (3,), (3, 2)),
    ("x @ w", (2, 3), (3,)),
    ("x @ w", (3,), (3,)),
    ("x @ w", (2, 2, 3), (3, 2)),
    ("x @ w", (2, 1, 2, 2), (2, 2, 1)),
    ("x @ w", (2, 3), (2, 3, 2)),
    ("linear(x, w)", (2, 3), (3, 4)),
    ("linear(x, w, w[0])", (2, 2, 3), (3, 2)),
    ("sum(x, axis=1) + sum(w)", (2, 3), (2, 2)),
    ("sum(x, axis=(0, -1), keepdims=True)", (2, 3, 2), ()),
    ("mean(x, axis=0)", (2, 3), ()),
    ("mean(x)", (2, 3), ()),
    ("reshape(x, shape=(3, 2))", (2, 3), ()),
    ("reshape(x, shape=(1, 1))", (), ()),
    ("transpose(x)", (2, 3), ()),
    ("transpose(x, axes=(2, 0, 1))", (2, 3, 4), ()),
    ("transpose(x, axes=(-1, 0, 1))", (2, 3, 4), ()),
    ("broadcast_to(x, shape=(2, 3, 4))", (3, 1), ()),
    ("sum_to(x, shape=(3, 1))", (2, 3, 4), ()),
    ("expand_dims(x, axis=1)", (2, 3), ()),
    ("squeeze(x)", (2, 1, 3), ()),
]


def recorded(text, *shapes):
    values, begin = {}, 0
    for name, shape in zip("xw", shapes, strict=False):
        size = int(np.prod(shape))
        values[name] = NUMBERS[begin : begin + size].reshape(shape)
        begin += size
    graph, y = parse_expression(f"sum(sin({text}))", values)
    return record(graph, y)


def told(run):
    """Tell everything there is to tell about the elements of every block."""
    for step in run.steps:
        if isinstance(step, BackwardStep):
            for at in np.ndindex(step.upstream.shape):
                masks = fed_by(run, step.block, at)
                yield "fed by", at, {port: mask.tolist() for port, mask in masks.items()}
            for part in step.contributions:
                yield from told_of_one(run, step, part)


def told_of_one(run, step, part):
    block, port = step.block, part.wire.port
    other = multiplier(run, block, port)
    yield "by", block, port, other
    for index in np.ndindex(part.value.shape):
        yield "feeds", block, port, index, feeds(run, block, port, index).tolist()
        products = terms(run, step, port, index)
        yield "terms", index, [(t.at, round(t.local, 9)) for t in products]
        yield "times", index, None if other is None else times_to(run, block, port, index)
    if other is not None:
        for at in np.ndindex(step.upstream.shape):
            yield "back", at, times_from(run, block, port, at, other)
        for index in np.ndindex(run.value(run.wires_into(block)[other].source).shape):
            masks = reached_by(run, block, port, other, index)
            yield "reached", index, [mask.tolist() for mask in masks]


@pytest.mark.parametrize(("text", "x", "w"), TEXTS, ids=[f"{t}-{x}-{w}" for t, x, w in TEXTS])
def test_places_tell_the_same_as_trying_it_out(monkeypatch, text, x, w):
    run = recorded(text, x, w) if "w" in text else recorded(text, x)
    by_arithmetic = list(told(run))
    assert all(
        by_place(run, step.block) is not None
        for step in run.steps[run.turn + 1 :]
        if run.blocks[step.block].kind != "getitem"
    )
    for module in (feeding, multiplying):
        monkeypatch.setattr(module, "by_place", lambda *_: None)
    assert by_arithmetic == list(told(run))


def test_every_function_that_goes_by_places_is_among_the_texts():
    runs = [recorded(text, x, w) if "w" in text else recorded(text, x) for text, x, w in TEXTS]
    seen = {function_of(b) for run in runs for b in run.blocks.values() if b.is_function}
    assert set(KINDS) <= seen
