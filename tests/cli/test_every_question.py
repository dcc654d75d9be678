"""In the terminal, each question can be asked of each kind of graph, and the numbers hold."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from engine.values import source_text
from tests.four import TEXTS, gradient, value
from tests.three import NUMBERS

TRUE = json.loads((Path(__file__).parents[1] / "data" / "numbers.json").read_text("utf-8"))


class Asked:
    """A graph on the command line; values may be set to others."""

    def __init__(self, name, run):
        self.name, self._run = name, run
        self.text, self.values = TEXTS[name]
        self.derived = ("--derive", "x") * 3 if name == "tanh'''" else ()

    def ask(self, *options, **others):
        """Give what is printed for programs, an object a line."""
        values = {**self.values, **others}
        told = [f"--set={name}={source_text(np.array(x))}" for name, x in values.items()]
        status, out, err = self._run("walk", self.text, *told, *self.derived, *options, "--json")
        assert (status, err) == (0, "")
        return [json.loads(line) for line in out.splitlines()]

    def right(self, by="x", **others):
        return gradient(self.name, {**self.values, **others}, by)

    @property
    def number(self):
        """The name of a single number of x."""
        return "x[1, 2]" if self.name == "net" else "x"

    @property
    def place(self):
        return (1, 2) if self.name == "net" else ()


@pytest.fixture(params=list(TEXTS))
def asked(request, run):
    return Asked(request.param, run)


def gradients(steps):
    """What each Variable has got in the end, by name."""
    parts = [part for step in steps for part in step.get("contributions", ())]
    return {part["name"]: part["after"] for part in parts}


def close(found, right):
    np.testing.assert_allclose(found, right, rtol=1e-12, atol=1e-15)


@pytest.mark.parametrize("grain", ["block", "contribution", "line"])
def test_the_walk_ends_with_the_gradients(asked, grain):
    found = gradients(asked.ask("--step-is", grain))
    for name in asked.values:
        close(found[name], asked.right(name))
    known = {"tutorial": TRUE["step09"]["grad"]["x"], "fan-out": TRUE["step16"]["grad"]}
    assert found["x"] == known.get(asked.name, found["x"])


def test_what_if_a_number_were_another(asked):
    moved = np.array(asked.values["x"], dtype=float)
    moved[asked.place] += 0.25
    close(gradients(asked.ask(x=moved))["x"], asked.right(x=moved))


def test_is_it_true(asked, run):
    told = [f"--set={name}={source_text(np.array(x))}" for name, x in asked.values.items()]
    if asked.derived:
        out = run("walk", asked.text, *told, *asked.derived)[1]
        *_, numeric = out.split("by trial ")
        assert float(numeric.split(":")[0].replace("−", "-")) == pytest.approx(
            float(asked.right()), rel=1e-6
        )
        return
    status, out, _ = run("check", asked.text, *told, "--json")
    assert status == 0
    for facts in map(json.loads, out.splitlines()):
        close(facts["analytic"], asked.right(facts["name"]))
        np.testing.assert_allclose(facts["numerical"], asked.right(facts["name"]), atol=1e-6)
        assert facts["verdict"] == "agrees"


def test_what_does_it_look_like(asked):
    *nudges, found = asked.ask("--plot", asked.number)
    assert found["gradient"] == pytest.approx(asked.right()[asked.place], rel=1e-12)
    assert found["at"] == np.array(asked.values["x"])[asked.place]
    errors = {facts["nudge"]: facts["error"] for facts in nudges if "nudge" in facts}
    best = min(errors, key=errors.get)
    assert errors[max(errors)] > errors[best] < errors[min(errors)], "a valley between the two"
    if asked.name == "tutorial":
        curve = TRUE["numerical_u_curve"]
        for nudge in ("1e-1", "1e-2"):  # finer ones differ by what rounding does
            error = abs(curve["central_difference"][nudge] / curve["true"] - 1)
            assert errors[float(nudge)] == pytest.approx(error, rel=0.02)


def test_where_does_it_die(asked):
    sizes = {facts["name"]: facts for facts in asked.ask("--sizes") if "name" in facts}
    for name in asked.values:
        size = 0.5 * np.log10(np.mean(asked.right(name) ** 2))
        assert sizes[name]["gradient"] == pytest.approx(size, abs=1e-9)


def test_why_do_they_add_up(asked):
    *paths, ending = asked.ask("--paths", "x")
    close(ending["gradient"], asked.right())
    products = [np.array(path["factors"][-1]["so_far"]) for path in paths if "factors" in path]
    assert len(products) == ending["paths"]
    close(sum(products), asked.right())


def test_and_forwards(asked):
    *_, last, _ = asked.ask("--forward", asked.number)
    assert last["tangent"] == pytest.approx(asked.right()[asked.place], rel=1e-12)


def test_what_if_the_rule_were_wrong(asked):
    *_, ending = asked.ask("--wrong", "uncleared")
    for name in asked.values:
        close(ending["gradients"][name]["wrong"], 2 * asked.right(name))
        close(ending["gradients"][name]["right"], asked.right(name))
    *_, ending = asked.ask("--wrong", "overwrite")
    if asked.name == "fan-out":
        assert ending["gradients"]["x"] == {"right": 64.0, "wrong": 32.0}
        *_, ending = asked.ask("--wrong", "stack")
        assert ending["gradients"]["x"] == {"right": 64.0, "wrong": 96.0}
    if asked.name == "net":
        *_, ending = asked.ask("--wrong", "unsummed")
        x, w, b, v, t = (np.array(NUMBERS[key]) for key in "xwbvt")
        h = np.tanh(x @ w + b)
        close(ending["gradients"]["b"]["wrong"], 2 * (h @ v - t) @ v.T * (1 - h**2))


def test_can_you_tell_before(asked):
    questions = asked.ask("--predict")
    if asked.name == "net":
        loss = next(q for q in questions if q["kind"] == "value" and q["symbol"] == "y")
        assert loss["answer"] == pytest.approx(value("net", asked.values), rel=1e-12)
        told = {q["symbol"].split("/∂")[-1].split("[")[0]: q for q in questions}
        for name in "xwbvt":  # of each array, one element
            right = gradient("net", asked.values, name)[tuple(told[name]["element"])]
            assert told[name]["answer"] == pytest.approx(right, rel=1e-12)
        return
    last = [q for q in questions if q["kind"] in ("contribution", "sum")][-1]
    assert last["answer"] == pytest.approx(float(asked.right()), rel=1e-12)


def test_and_the_derivative_of_the_derivative(asked):
    steps = asked.ask("--derive", "x")
    values = [step["value"] for step in steps if step["direction"] == "forward"]
    close(values[-1], asked.right())


def test_which_element_feeds_which(asked):
    *meetings, ending = asked.ask("--element", asked.number)
    assert ending["gradient"] == pytest.approx(asked.right()[asked.place], rel=1e-12)
    products = [
        partner["product"]
        for met in meetings
        if met["relation"] == "comes back from"
        for partner in met["elements"]
    ]
    assert sum(products) == pytest.approx(asked.right()[asked.place], rel=1e-12)
    if asked.name == "net":
        w, back = np.array(NUMBERS["w"]), meetings[-1]["elements"]
        assert [each["times"] for each in back] == [
            {"name": "w", "index": [2, column]} for column in range(w.shape[1])
        ]
        assert [each["local"] for each in back] == w[2].tolist()
