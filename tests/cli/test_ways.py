"""The other ways in which `gradwalk walk` tells a walk: the same as the window does."""

from __future__ import annotations

import json

import numpy as np
import pytest

import command_line
from engine.asking.gradient_map import GradientMap
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


POINT = ("walk", "sum(tanh(matmul(x, w) + b))", "--set", "x=[[1, 2], [3, 4]]")
POINT = (*POINT, "--set", "w=[[1, 0], [-0.5, 0.2]]", "--set", "b=[0.1, 0.2]", "--element")


def test_an_element_is_pointed_at_forward_and_back(run):
    status, out, _ = run(*POINT, "a[0, 1]")
    assert status == 0
    assert out.startswith("y = sum(tanh(matmul(x, w) + b))\n\nThe element a[0, 1] = 0.4\n")
    assert "is made of x[0, 0] = 1, x[0, 1] = 2, w[0, 1] = 0, w[1, 1] = 0.2" in out
    assert "Matmul a  to x[0, 0] goes 0.71158 · w[0, 1] = 0.71158 · 0 = 0" in out
    assert out.endswith("\n∂y/∂a[0, 1] = 0.7115777625872228\n")
    assert "added up: 1.1316" in run(*POINT, "b[1]")[1]


def test_json_has_every_element_with_its_numbers(run):
    *steps, ending = map(json.loads, run(*POINT, "b[1]", "--json")[1].splitlines())
    assert [(s["step"], s["relation"]) for s in steps] == [(5, "feeds"), (11, "comes back from")]
    assert [e["index"] for e in steps[1]["elements"]] == [[0, 1], [1, 1]]
    products = [e["product"] for e in steps[1]["elements"]]
    assert products == [e["upstream"] * e["local"] for e in steps[1]["elements"]]
    assert sum(products) == pytest.approx(ending["gradient"], rel=1e-12)
    assert steps[1]["after"] == ending["gradient"]
    assert (ending["element"], ending["index"], ending["value"]) == ("b", [1], 0.2)


def test_of_many_elements_a_few_are_told_and_the_others_counted(run):
    values = ", ".join(map(str, range(40)))
    out = run("walk", "sum(x * x)", "--set", f"x=[{values}]", "--element", "y")[1]
    assert "a[11] = 121, and 28 more" in plain(out)


def test_an_element_that_is_not_there_is_refused(run):
    status, out, err = run(*POINT, "a[0, 7]")
    assert (status, out) == (2, "")
    assert err == "gradwalk: a[0, 7] is not there: a ends at [1, 1].\n"


DEAD = ("walk", "relu(x) * w", "--set", "x=-2", "--set", "w=10", "--sizes")


def test_where_a_gradient_dies_is_told_with_the_reason(run):
    status, out, _ = run(*DEAD)
    graph, y = parse_expression("relu(x) * w", {"x": np.array(-2.0), "w": np.array(10.0)})
    found = GradientMap(record(graph, y))
    assert status == 0
    assert found.sentence in plain(out)
    assert len(found.deaths) == 2
    for death in found.deaths:
        assert f"step {death.step + 1}: {death.sentence}" in plain(out)
    rows = [line.split() for line in out.splitlines() if line[:1].isdigit()]
    assert [row[1:4] for row in rows] == [
        ["x", "2", "0"],
        ["w", "10", "0"],
        ["a", "0", "10"],
        ["y", "0", "1"],
    ]
    *spots, ending = map(json.loads, run(*DEAD, "--json")[1].splitlines())
    assert [spot["gradient"] for spot in spots] == ["-inf", "-inf", 1.0, 0.0]
    assert [place["step"] for place in ending["ends"]] == [6, 7]


def test_the_first_number_that_is_not_finite_is_among_the_places(run):
    out = run("walk", "exp(x)", "--set", "x=710", "--sizes")[1]
    assert "Exp gave infinity at x = 710" in plain(out)
    assert "not finite" in out


def test_a_result_is_told_along_a_number_with_its_tangent_and_the_valley(run):
    asked = ("walk", "square(exp(square(x)))", "--set", "x=0.5", "--plot", "x")
    _, out, _ = run(*asked)
    assert "the tangent has the slope 3.2974" in out
    lines = [json.loads(line) for line in run(*asked, "--json")[1].splitlines()]
    points = [line for line in lines if "tangent" in line]
    trials = [line for line in lines if "nudge" in line]
    assert [point["at"] for point in points] == [-1 + 0.25 * at for at in range(13)]
    for point in points:
        assert point["value"] == pytest.approx(np.exp(point["at"] ** 2) ** 2)
        tangent = 1.6487212707 + 3.2974425414 * (point["at"] - 0.5)
        assert point["tangent"] == pytest.approx(tangent)
    errors = {trial["nudge"]: trial["error"] for trial in trials}
    best = min(errors, key=errors.get)
    assert 1e-9 < best < 1e-3
    assert errors[0.1] > 1e-3
    assert errors[1e-15] > 1e-3
    assert lines[-1]["gradient"] == 3.297442541400256


def test_along_what_is_not_there_nothing_is_told(run):
    status, out, err = run(*FAN_OUT, "--plot", "z")
    assert (status, out) == (2, "")
    assert "There is no number called z to plot along; there are: x." in err


def test_what_would_be_run_again_and_again_over_huge_arrays_is_refused_with_a_sentence(run):
    huge = "sum(sin(broadcast_to(x, shape=(300001,))))"
    status, _, err = run("walk", huge, "--set", "x=0.5", "--plot", "x")
    assert status == 2
    assert "600,004 elements in all. To answer this it is run again" in plain(err)
    assert run("walk", huge, "--set", "x=0.5", "--sizes")[0] == 0, "what looks once is done"


def test_a_derivative_is_walked_and_differentiated_again(run):
    thrice = ("--derive", "x") * 3
    _, out, _ = run("walk", "tanh(x)", "--set", "x=0.5", *thrice)
    square = np.tanh(0.5) ** 2
    fourth = 8 * np.tanh(0.5) * (2 - 3 * square) * (1 - square)
    assert f"∂gx/∂x = {fourth:.10f}"[:18] in out
    _, out, _ = run(*FAN_OUT, "--derive", "x", "--paths", "x")
    assert out.endswith("\n∂gx/∂x = 2\n")
    _, out, err = run(*FAN_OUT, "--derive", "z")
    assert (out, "There is no input called z; there are: x." in err) == ("", True)


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
