"""How fast the engine is, as times the same work by hand: no slower than it has been."""

from __future__ import annotations

import json

import numpy as np
import pytest

from benchmarks import tutorial
from benchmarks.engine import KEPT, import_ratio, measured
from benchmarks.peers import alive
from benchmarks.works import WORKS
from engine import Variable, exp, neg, square

KEPT_RATIOS = json.loads(KEPT.read_text(encoding="utf-8"))
SLOWER = 1.5
"""How many times worse a ratio may get; that is much, and much less than the noise of one run."""

LARGE = ("99,999", "1,000,000", "15,000")
"""What takes seconds is left to the benchmark."""

NAMES = [name for name in KEPT_RATIOS if not any(size in name for size in LARGE)]


@pytest.fixture(scope="module")
def works():
    return {work.name: work for make in WORKS for work in make()}


def test_all_that_is_measured_is_kept(works):
    assert set(works) == set(KEPT_RATIOS)
    assert len(NAMES) > 10


@pytest.mark.parametrize("name", NAMES)
def test_a_work_takes_no_longer_than_it_did(works, name):
    ratios = []
    for _ in range(6):  # neighbours may slow one of the two down for a while
        ratios.append(measured(works[name], share=0.2)[1])
        if min(ratios) <= SLOWER * KEPT_RATIOS[name]:
            return
    pytest.fail(f"{name} takes {min(ratios):.3g} times the floor, and took {KEPT_RATIOS[name]:.3g}")


def test_a_peer_that_dies_of_a_work_is_told_apart():
    def deep():
        return deep()

    through, dead = alive({"one": lambda: 1, "two": deep})
    assert list(through) == ["one"]
    assert dead == ["two"]


def test_the_engine_in_the_tutorials_style_finds_the_same_gradient():
    x = Variable(np.array(0.5))
    exp(neg(square(x))).backward()
    assert tutorial.gradient_of_chain(0.5, 3) == pytest.approx(float(x.grad), rel=1e-14)


def test_importing_the_engine_costs_less_than_what_it_stands_on():
    assert import_ratio(3) < 1.3
