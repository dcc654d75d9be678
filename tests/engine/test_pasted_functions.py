"""Python functions that become blocks, and what cannot."""

from __future__ import annotations

import os

import numpy as np
import pytest

from engine.clip_text import read_clip
from engine.errors import ClipError
from engine.execution import execute

SIGMOID = '''
def loss(x, w=2.0, *, b=0.5):
    """Say how wrong it is."""
    h: float = np.tanh(w * x + b)
    h = h ** 2
    h -= 1
    return np.exp(h) / math.pi
'''


def result_of(text):
    found = read_clip(text).document
    return execute(found.graph).variables[found.target].data


def test_a_function_becomes_the_blocks_that_compute_what_it_computes():
    found = read_clip(SIGMOID)
    graph = found.document.graph
    inputs = {b.name: float(b.value) for b in graph.blocks.values() if b.kind == "input"}
    assert inputs == {"x": 1.0, "w": 2.0, "b": 0.5}
    assert graph.block(found.document.target).name == "loss"
    wanted = np.exp(np.tanh(2.5) ** 2 - 1) / np.pi
    assert result_of(SIGMOID) == pytest.approx(wanted)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("lambda x: x * x + 1", 2),
        ("f = lambda a, b=3: a - b", -2),
        ("def f(x):\n    return torch.sum(np.multiply(x, [1, 2, 3]), axis=0)", 6),
        ("def exp2(x): return np.exp(x)", np.e),
        ("@jit\ndef f(x):\n  x = x + 1\n  x = x * x\n  return x - x / 2", 2),
    ],
)
def test_other_ways_to_write_one(text, value):
    assert result_of(text) == pytest.approx(value)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("def f(x):\n    if x > 0:\n        return x\n    return -x", "cannot stand here"),
        ("def f(x):\n    for i in range(3): x = x + i\n    return x", "cannot stand here"),
        ("def f(*xs):\n    return sum(xs)", "any number of inputs"),
        ("def f(x):\n    y = x + 1", "returns nothing"),
        ("def f(x):\n    return open('/etc/passwd').read()", "no function called"),
        ("def f(x):\n    return x.__class__", "cannot stand in an expression"),
        ("def f(x):\n    return mystery(x)", "no function called mystery"),
        ("def f(x:\n    return x", "cannot be read at line"),
        ("def f(x): return x\ndef g(x): return x", "One function is wanted"),
        ("def f(x):\n    return " + "-" * 50_000 + "x", "nested too deeply"),
        ("def f(x):\n    return " + "x+" * 20_000 + "x", "nested too deeply"),
    ],
    ids=lambda text: text[:30],
)
def test_what_cannot_become_blocks_says_why(text, words):
    with pytest.raises(ClipError, match=words):
        read_clip(text)


def test_nothing_of_it_is_run(monkeypatch):
    ran = []
    monkeypatch.setattr(os, "system", ran.append)
    text = "def f(x, y=__import__('os').system('true')):\n    return x + y"
    with pytest.raises(ClipError):
        read_clip(text)
    assert not ran
