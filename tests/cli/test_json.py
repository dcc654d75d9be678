"""The walk as a program reads it."""

from __future__ import annotations

import json
import math

import pytest

from tests.cli.commands import TUTORIAL


def lines_of(out):
    def refuse(name):
        pytest.fail(f"{name} is no JSON")

    return [json.loads(line, parse_constant=refuse) for line in out.splitlines()]


def test_json_has_an_object_a_line_for_each_step_in_full_precision(run):
    status, out, _ = run(*TUTORIAL, "--json")
    steps = lines_of(out)
    assert status == 0
    assert [step["step"] for step in steps] == list(range(1, 9))
    assert [step["direction"] for step in steps] == ["forward"] * 4 + ["backward"] * 4
    assert [step["name"] for step in steps] == list("xabyyyba")
    kinds = ["input", "square", "exp", "square", "square", "square", "exp", "square"]
    assert [step["kind"] for step in steps] == kinds
    assert [step["value"] for step in steps[:4]] == [
        0.5,
        0.25,
        1.2840254166877414,
        1.648721270700128,
    ]
    assert steps[1]["inputs"] == [{"port": 0, "block": "b1", "name": "x", "value": 0.5}]
    assert steps[4]["gradient"] == 1.0
    assert steps[5]["upstream"] == 1.0
    assert steps[7]["contributions"] == [
        {
            "port": 0,
            "block": "b1",
            "name": "x",
            "local": 1.0,
            "contribution": 3.297442541400256,
            "before": None,
            "after": 3.297442541400256,
        }
    ]
    assert steps[5]["rules"] == ["∂y/∂b = ∂y/∂y · 2b"]
    assert steps[5]["sentence"].startswith("What came in from above, 1,")


def test_json_tells_what_is_popped_and_pushed_and_what_waits(run):
    _, out, _ = run(*TUTORIAL, "--json")
    told = [(s.get("popped"), s["pushed"], s["work_list"]) for s in lines_of(out)[4:]]
    assert told == [
        (None, ["b4"], ["b4"]),
        ("b4", ["b3"], ["b3"]),
        ("b3", ["b2"], ["b2"]),
        ("b2", [], []),
    ]


def test_json_tells_before_and_after_where_contributions_meet(run):
    _, out, _ = run("walk", "x * x", "--set", "x=3", "--json")
    parts = lines_of(out)[-1]["contributions"]
    assert [(p["port"], p["before"], p["contribution"], p["after"]) for p in parts] == [
        (0, None, 3.0, 3.0),
        (1, 3.0, 3.0, 6.0),
    ]


def test_json_has_texts_for_numbers_that_are_not_finite(run):
    _, out, _ = run("walk", "log(x) + [1, nan]", "--set", "x=0", "--json")
    steps = lines_of(out)
    assert steps[1]["value"] == "-inf"
    assert steps[2]["value"] == ["-inf", "nan"]
    assert steps[1]["went_wrong"] == "Log gave minus infinity at x = 0. It has no bound there."
    assert [step["step"] for step in steps if "went_wrong" in step] == [2]


def test_json_holds_every_element_of_an_array(run):
    values = [math.sqrt(n) for n in range(50)]
    _, out, _ = run("walk", "square(x)", "--set", f"x={values}", "--json")
    assert lines_of(out)[0]["value"] == values
