"""Recordings that several engine tests look at."""

from __future__ import annotations

import numpy as np
import pytest

from engine.expression import parse_expression
from engine.recording import record


@pytest.fixture
def recorded():
    """Record an expression at given values; the recording finds blocks by name with `id_of`."""

    def make(text, target=None, **values):
        graph, result = parse_expression(text, {k: np.array(v, float) for k, v in values.items()})
        return record(graph, graph.named(target).id if target else result)

    return make


@pytest.fixture
def tutorial(recorded):
    """The tutorial's chain at x = 0.5: x → a → b → y."""
    return recorded("square(exp(square(x)))", x=0.5)


@pytest.fixture
def id_of():
    """Find the id of a block in a recording by the name of its Variable."""

    def find(recording, name):
        return next(block.id for block in recording.blocks.values() if block.name == name)

    return find
