"""The other ways in which `gradwalk walk` tells a walk: the same as the window does."""

from __future__ import annotations

import json

import numpy as np
import pytest

import command_line
from engine.asking.mistakes import MISTAKES
from engine.asking.tangents import walk_forward_by
from engine.asking.wrong_rules import walk_wrong
from engine.depth import DEPTHS, details, narrate_at
from engine.expression import parse_expression
from engine.moment import Moment
from engine.recording import record

FAN_OUT = ("walk", "square(x) + x", "--set", "x=3")


@pytest.fixture
def recording():
    return record(*parse_expression("square(x) + x", {"x": np.array(3.0)}))


def plain(text):
    return " ".join(text.split())


def test_the_command_line_and_the_engine_know_the_same_depths_and_rules():
    assert tuple(DEPTHS) == command_line.DEPTHS
    assert tuple(MISTAKES) == command_line.WRONG_RULES


def test_at_first_contact_each_step_is_the_sentence_of_the_window(run, recording):
    status, out, _ = run(*FAN_OUT, "--depth", "first")
    assert status == 0
    for index in range(len(recording)):
        assert plain(narrate_at(Moment(recording, index), "first").sentence) in plain(out)
    assert "work list" not in out
    assert "∂y/∂x = 7" in out


def test_a_student_is_told_what_everybody_is_told(run):
    assert run(*FAN_OUT, "--depth", "student") == run(*FAN_OUT)


def test_an_engineer_is_told_what_it_takes(run, recording):
    _, out, _ = run(*FAN_OUT, "--depth", "engineer")
    for index in range(len(recording)):
        for detail in details(Moment(recording, index)):
            assert f"{detail.what}: {detail.text}" in plain(out)
    assert "work list" in out


def test_json_follows_the_depth(run, recording):
    steps = [
        json.loads(line) for line in run(*FAN_OUT, "--json", "--depth", "first")[1].splitlines()
    ]
    told = narrate_at(Moment(recording, 5), "first").sentence
    assert steps[5]["sentence"] == told
    lines = run(*FAN_OUT, "--json", "--depth", "engineer")[1].splitlines()
    steps = [json.loads(line) for line in lines]
    assert {"what": "shapes", "text": "grad_a () → grad_x ()"} in steps[5]["details"]


@pytest.mark.parametrize("rule", MISTAKES)
def test_every_wrong_rule_can_be_walked(run, rule):
    status, out, err = run(
        "walk", "x + b + x", "--set", "x=[1, 2]", "--set", "b=1", "--wrong", rule
    )
    assert (status, err) == (0, "")
    assert f"What if: {MISTAKES[rule].title}" in out


def test_a_wrong_rule_stands_beside_the_right_one(run, recording):
    _, out, _ = run(*FAN_OUT, "--wrong", "overwrite")
    assert out.startswith("y = square(x) + x\n\nWhat if")
    assert "≠ Square → a  ∂y/∂x = 6" in out
    assert plain(walk_wrong(recording, "overwrite").sentence) in plain(out)
    *_, ending = run(*FAN_OUT, "--wrong", "overwrite", "--json")[1].splitlines()
    assert json.loads(ending)["gradients"]["x"] == {"right": 7.0, "wrong": 6.0}


def test_forward_mode_walks_from_a_number(run, recording):
    _, out, _ = run(*FAN_OUT, "--forward", "x")
    walk = walk_forward_by(recording, "x")
    for step in walk.steps:
        assert walk.line(step) in out
    assert plain(walk.cost) in plain(out)
    *steps, ending = map(json.loads, run(*FAN_OUT, "--forward", "x", "--json")[1].splitlines())
    assert [step["tangent"] for step in steps] == [1.0, 6.0, 7.0]
    assert steps[2]["parts"][0] == {"port": 0, "name": "a", "local": 1.0, "tangent": 6.0}
    assert (ending["by"], ending["passes"]) == ("x", 1)


def test_every_path_back_is_told_factor_by_factor(run):
    _, out, _ = run("walk", "x * square(x)", "--set", "x=3", "--paths", "x")
    assert out.startswith("y = x * square(x)\n\nPaths from y back to x\n2 paths lead")
    assert "2  y ← a ← x" in out
    assert "∂a/∂x  Square  gy * (2 * x)  local derivative 6; so far 18" in out
    assert out.endswith("\n∂y/∂x = 27\n")


def test_paths_of_arrays_have_their_rules_and_their_numbers(run):
    asked = ("walk", "sum(matmul(x, w) + x)", "--set", "x=[[1, 2], [3, 4]]")
    asked = (*asked, "--set", "w=[[1, 0], [2, 1]]", "--paths", "x")
    _, out, _ = run(*asked)
    assert "∂a/∂x  Matmul  gy @ w.T" in out
    assert "[[1, 3], [1, 3]] + [[1, 1], [1, 1]] = [[2, 4], [2, 4]]" in plain(out)
    first, _, ending = map(json.loads, run(*asked, "--json")[1].splitlines())
    assert first["blocks"] == ["y", "b", "a", "x"]
    assert first["factors"][2] == {
        "of": "a",
        "by": "x",
        "block": "Matmul",
        "rule": "gy @ w.T",
        "local": None,
        "shape": [2, 2],
        "so_far": [[1.0, 3.0], [1.0, 3.0]],
    }
    assert (ending["paths"], ending["gradient"]) == (2, [[2.0, 4.0], [2.0, 4.0]])


def test_of_more_paths_than_anybody_could_read_some_are_told(run):
    doubled = "; ".join(["a0 = x + x", *(f"a{i} = a{i - 1} + a{i - 1}" for i in range(1, 9))])
    _, out, _ = run("walk", doubled, "--set", "x=1", "--paths", "x")
    assert "… and 452 more" in out
    assert out.endswith("∂a8/∂x = 512\n")


@pytest.mark.parametrize("name", ["x[1, 0]", "x[1,0]", " x[ 1 , 0 ] "])
def test_forward_mode_walks_from_an_element_of_an_array(run, name):
    _, out, _ = run("walk", "sum(x * x)", "--set", "x=[[1, 2], [3, 4]]", "--forward", name)
    assert "Forwards from x[1, 0]" in out
    assert "∂y/∂x = 6" in out


def test_in_a_narrow_terminal_a_long_line_goes_on_below(run, monkeypatch):
    monkeypatch.setenv("COLUMNS", "50")
    _, out, _ = run("walk", "x * sin(x) + x * cos(x)", "--set", "x=0.5", "--forward", "x")
    assert max(map(len, out.splitlines())) <= 60
    assert "∂y/∂x = 1 · 0.91822 + 1 · 0.63787 = 1.5561" in plain(out)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--forward", "q"), "There is no number called q to walk forwards from; there are: x."),
        (("--forward", "x[0]"), "There is no number called x[0]"),
        (("--paths", "q"), "No path leads back to an input called q; there are: x."),
    ],
)
def test_bad_input_gets_one_sentence(complaint, arguments, sentence):
    assert sentence in complaint(*FAN_OUT, *arguments)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--wrong", "no"), "Argument --wrong: invalid choice: 'no'"),
        (("--depth", "deep"), "Argument --depth: invalid choice: 'deep'"),
        (("--depth", "first", "--wrong", "stack"), "not allowed with argument"),
    ],
)
def test_a_wrong_option_gets_one_sentence(run, capsys, arguments, sentence):
    with pytest.raises(SystemExit, match="2"):
        run(*FAN_OUT, *arguments)
    assert sentence in capsys.readouterr().err
