"""The recording of what code written by hand has computed."""

from __future__ import annotations

import numpy as np
import pytest

from engine import Function, Variable, add, exp
from engine.errors import RunError
from engine.recording import BackwardStep, ForwardStep, SeedStep, record_variable


def odd(**methods):
    return type("Odd", (Function,), {"forward": lambda self, x: x, **methods})


def broken(self, gy):
    raise KeyError("lost")


@pytest.mark.parametrize(
    ("backward", "reason"),
    [
        (broken, "'lost'."),
        (lambda self, gy: None, "Odd.backward gave NoneType where an array was due."),
        (lambda self, gy: (gy, gy), "Odd.backward gave 2 gradients for 1 inputs."),
    ],
)
def test_a_function_that_cannot_walk_back_ends_the_walk_with_a_reason(backward, reason):
    y = exp(odd(backward=backward)()(exp(Variable(np.array(1.0)))))
    recording = record_variable(y)
    assert isinstance(recording.steps[-1], BackwardStep)
    assert recording.blocks[recording.steps[-1].block].kind == "exp"
    (problem,) = recording.problems
    assert problem.sentence == f"Odd cannot walk back: {reason}"
    assert problem.failed


def test_a_variable_that_is_changed_in_place_does_not_reach_a_recording():
    x = Variable(np.array([1.0, 2.0]), name="x")
    y = x * x
    recording = record_variable(y)
    x.data -= 10.0
    y.data[0] = 50.0
    forward = [step.value.tolist() for step in recording.steps if isinstance(step, ForwardStep)]
    assert forward == [[1.0, 2.0], [1.0, 4.0]]
    assert [part.local.tolist() for part in recording.steps[-1].contributions] == [[1.0, 2.0]] * 2


def test_variables_keep_their_names_unless_a_block_cannot_have_them():
    x = Variable(np.array(1.0), name="weight")
    z = Variable(np.array(1.0), name="weight")
    w = Variable(np.array(1.0), name="no name")
    v = Variable(np.array(1.0), name="exp")
    u = Variable(np.array(1.0), name="w" * 50)
    recording = record_variable(add(x, z) + w + v + u)
    found = [block.name for block in recording.blocks.values() if block.kind == "input"]
    assert found[0] == "weight"
    assert len(set(found)) == 5
    assert not {"no name", "exp", "w" * 50} & set(found)


def test_a_variable_that_no_function_made_has_nothing_to_walk_back():
    with pytest.raises(RunError, match="No function made this Variable"):
        record_variable(Variable(np.array(1.0)))


def test_a_reader_may_call_a_function_what_we_call_other_things():
    y = Variable(np.array(2.0))
    for name in ("Input", "Constant", "Add"):
        own = type(
            name, (Function,), {"forward": lambda self, x: x, "backward": lambda self, gy: gy}
        )
        y = own()(y)
    recording = record_variable(y)
    assert [block.kind for block in recording.blocks.values()] == [
        "input",
        "input_2",
        "constant_2",
        "add_2",
    ]
    assert recording.gradient(next(iter(recording.blocks))) == 1.0


def test_a_chain_of_ten_thousand_is_recorded():
    y = Variable(np.array(1.0))
    for _ in range(10_000):
        y = y + 0.0
    recording = record_variable(y)
    assert isinstance(recording.steps[recording.turn], SeedStep)
    assert sum(isinstance(step, BackwardStep) for step in recording.steps) == 10_000
