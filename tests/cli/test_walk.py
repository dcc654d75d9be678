"""The walk in a terminal, as a person types it and reads it."""

from __future__ import annotations

import re

import pytest

from tests.cli.commands import TUTORIAL, WIDE, finish, start


def test_the_tutorial_is_walked_as_a_table(run):
    assert run(*TUTORIAL) == (0, WIDE, "")


def test_the_first_command_works_as_a_command():
    assert finish(start(*TUTORIAL)) == (0, WIDE, "")


@pytest.mark.parametrize("columns", [40, 50, 60, 80, 120, 200])
def test_lines_are_as_long_as_the_terminal_is_wide(run, monkeypatch, columns):
    monkeypatch.setenv("COLUMNS", str(columns))
    status, out, _ = run("walk", "x * exp(x) + square(x + 1.2345678)", "--set", "x=0.123456789")
    assert status == 0
    assert max(map(len, out.split("\n"))) <= max(columns, 60)
    words = re.sub(r"\s+", " ", out)
    for piece in ("∂y/∂x =", "work list", "by trial", "[Mul b, Square d]"):
        assert piece in words


def test_wide_terminals_have_a_step_on_a_line(run, monkeypatch):
    monkeypatch.setenv("COLUMNS", "120")
    _, out, _ = run(*TUTORIAL)
    steps = [line for line in out.split("\n") if re.match(r"\d [→←]", line)]
    assert len(steps) == 8
    assert "2.5680508 · e^0.25 = 2.5680508 · 1.2840254 = 3.2974425  [Square a]" in steps[6]


def test_narrow_terminals_have_the_numbers_below_the_rule(run, monkeypatch):
    monkeypatch.setenv("COLUMNS", "50")
    _, out, _ = run(*TUTORIAL)
    assert "6 ←  Square y  ∂y/∂b = ∂y/∂y · 2b\n                 1 · 2 · 1.2840254" in out
    assert "work list [Exp b]" in out


def test_contributions_that_meet_are_added(run):
    _, out, _ = run("walk", "a = square(x); square(a) + square(a)", "--set", "x=2")
    assert "∂y/∂a = ∂y/∂c · 2a + …  1 · 2 · 4 = 1 · 8 = 8;" not in out.split("Backward")[0]
    assert "8 + 8 = 16" in out
    assert "∂y/∂x = 64 (by trial 64.00000" in out
    assert out.startswith("a = square(x)\ny = square(a) + square(a)\n")


def test_a_large_array_is_tried_along_directions_which_the_walk_says(run):
    _, out, _ = run("walk", "sum(exp(x))", "--set", f"x={[at / 1000 for at in range(2000)]}")
    ending = " ".join(out[out.index("Gradients of y") :].split())
    assert "(the two agree to 8 digits along 5 random directions with seed 0, in place" in ending


def test_every_input_has_its_gradient_beside_a_trial(run):
    expression = "100 * (x1 - x0**2)**2 + (x0 - 1)**2"
    _, out, _ = run("walk", expression, "--set", "x0=0", "--set", "x1=2")
    assert "∂y/∂x0 = −2 (by trial −2.00000" in out
    assert "∂y/∂x1 = 400 (by trial 400: the two agree" in out
    assert out.count("the two agree to") == 2


def test_arrays_are_walked(run):
    _, out, _ = run("walk", "x + b", "--set", "x=[1, 2, 3]", "--set", "b=[10]")
    assert "[1, 2, 3] + [10] = [11, 12, 13]" in out
    assert "∂y/∂b = [3] (by trial [3.0000000000]" in out
    assert "added up = [3]" in out


def test_values_may_be_fractions_of_pi(run):
    _, out, _ = run("walk", "sin(x)", "--set", "x=pi/4")
    assert "∂y/∂x = 0.7071067811865476" in out


def test_another_target_can_be_chosen(run):
    status, out, _ = run("walk", "square(exp(square(x)))", "--set", "x=0.5", "--target", "b")
    assert status == 0
    assert out.startswith("b = exp(square(x))\n")
    assert "Gradients of b" in out
    assert "∂b/∂x = 1.2840254166877414" in out


def test_numbers_that_are_not_finite_are_results_and_are_pointed_at(run):
    status, out, err = run("walk", "log(exp(x))", "--set", "x=1000")
    assert (status, err) == (0, "")
    assert "e^1000 = ∞" in out
    assert "0 · ∞ = NaN" in out
    assert "∂y/∂x = NaN (a trial cannot tell:" in out
    assert "The first number that went wrong is in step 2: Exp gave infinity at x = 1000." in out


@pytest.mark.parametrize("expression", ["exp(x)", "1 / x", "log(-x)", "x ** -1", "log(x) * x / x"])
@pytest.mark.parametrize("x", ["1e308", "0", "-inf", "nan"])
def test_numpy_warns_of_nothing(expression, x, run, recwarn):
    status, _, err = run("walk", expression, "--set", f"x={x}")
    assert (status, err) == (0, "")
    assert not recwarn.list
