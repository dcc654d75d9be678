"""Of whatever Function: elements are asked for and followed without a mistake, and add up."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine import FUNCTIONS
from engine.asking.around import around, told_of
from engine.asking.pointing import Pointed
from engine.asking.predicting import questions
from engine.asking.question import judge
from engine.asking.seats import Element, Seat
from engine.moment import Moment
from engine.recording import record
from engine.values import source_text
from tests.engine.drawn_uses import graphs_of

RUNS = st.sampled_from(sorted(FUNCTIONS)).flatmap(graphs_of)
FEW = 3


def run_of(made):
    return record(made[0] if isinstance(made, tuple) else made)


def elements(run):
    """The first elements of every array of a run."""
    for block in run.values:
        for at in itertools.islice(np.ndindex(run.value(block).shape), FEW):
            yield block, at


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(RUNS)
def test_what_is_right_is_judged_so_and_no_number_is_asked_for_that_is_none(made):
    run = run_of(made)
    for cursor in range(len(run)):
        for question in questions(Moment(run, cursor)):
            assert question.answer.size
            assert judge(question, source_text(question.answer)).right, question.prompt
            assert question.at is None or question.answer.ndim == 0


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(RUNS)
def test_what_comes_back_to_an_element_adds_up_to_what_it_gets(made):
    run = run_of(made)
    for block, at in elements(run):
        for met in Pointed(run, block, at).meetings():
            if met.relation == "comes back from" and not met.refusal and np.isfinite(met.total):
                products = sum(partner.product for partner in met.partners)
                assert products == pytest.approx(met.total, rel=1e-6, abs=1e-9)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(RUNS)
def test_an_element_is_among_those_around_it_and_has_a_sentence(made):
    run = run_of(made)
    end = Moment(run, len(run) - 1)
    for block, at in elements(run):
        for is_gradient in (False, block in run.gradients):
            seat = Seat(block, is_gradient)
            assert at in list(around(run, Element(seat, at))[seat])
            assert told_of(end, Element(seat, at))
