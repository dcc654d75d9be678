"""The rule of a Function on whole arrays is set as a formula, read off its own class."""

from __future__ import annotations

import numpy as np
import pytest
from ziamath import Latex

from engine.errors import CodeError
from engine.expression import parse_expression
from engine.functions import FUNCTIONS
from engine.moment import Moment
from engine.narration import narrate
from engine.pulled_rule import pulled_rule
from engine.reading.typeset import Set, typeset
from engine.recording import record

X = [[1.0, 2.0], [3.0, 4.0]]


def lines(text, **values):
    """The rules of the last step of the way back."""
    graph, y = parse_expression(text, {k: np.array(v, float) for k, v in values.items()})
    recording = record(graph, y)
    return [line.rule for line in narrate(Moment(recording, len(recording) - 1)).lines]


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("matmul(x, w)", ["∂y/∂x = ∂y/∂y wᵀ", "∂y/∂w = xᵀ ∂y/∂y"]),
        ("linear(x, w, b)", ["∂y/∂x = ∂y/∂y wᵀ", "∂y/∂w = xᵀ ∂y/∂y", "∂y/∂b = Σ[0] ∂y/∂y"]),
        ("transpose(x)", ["∂y/∂x = (∂y/∂y)ᵀ"]),
        ("softmax(x)", ["∂y/∂x = y · (∂y/∂y − (Σ[-1] ∂y/∂y · y))"]),
        ("x + b", ["∂y/∂x = ∂y/∂y", "∂y/∂b = Σ[0] ∂y/∂y"]),
        ("inv(x)", ["∂y/∂x = −yᵀ ∂y/∂y yᵀ"]),
    ],
)
def test_the_rule_says_what_the_class_does(text, rules):
    assert lines(text, x=X, w=X, b=[1.0, 2.0]) == rules


def numbers(text, **values):
    graph, y = parse_expression(text, {k: np.array(v, float) for k, v in values.items()})
    recording = record(graph, y)
    return [line.numbers for line in narrate(Moment(recording, len(recording) - 1)).lines]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "matmul(x, w)",
            ["(2×3) (2×3)ᵀ = [[3, 3], [3, 3]]", "[[1, 2], [3, 4]]ᵀ (2×3) = 2×3 array"],
        ),
        ("sum(x)", ["1, copied to 2×2 = [[1, 1], [1, 1]]"]),
        ("mean(x)", ["1 · 0.25, copied to 2×2 = [[0.25, 0.25], [0.25, 0.25]]"]),
        ("norm(x)", ["[[0.183, 0.365], [0.548, 0.730]]"]),
        ("matmul(x, x)", ["[[1, 1], [1, 1]] [[1, 2], [3, 4]]ᵀ = [[3, 7], [3, 7]]"]),
    ],
)
def test_the_numbers_stand_in_the_rule_and_of_large_arrays_their_shapes(text, expected):
    assert numbers(text, x=X, w=np.ones((2, 3)))[: len(expected)] == expected


def test_what_takes_several_statements_falls_back_on_the_chain_rule():
    assert lines("x[0]", x=X) == ["∂y/∂x = ∂y/∂y · ∂y/∂x"]


def test_very_large_arrays_are_not_read():
    graph, y = parse_expression("sum(x)", {"x": np.ones(30_000)})
    recording = record(graph, y)
    step = recording.steps[-1]
    assert pulled_rule(recording, step, step.contributions[0]) is None


@pytest.mark.parametrize(
    ("line", "text", "tex"),
    [
        ("a / (b + 2)", "a / (b + 2)", r"\frac{a}{b + 2}"),
        ("-(a - b) ** 2", "−(a − b)²", r"-(a - b)^{2}"),
        ("np.where(a > 0, b, 0)", "b where a > 0, else 0", None),
        ("np.exp(a) * np.sqrt(b)", "e^a · √b", r"e^{a} \cdot \sqrt{b}"),
        ("(a * b).mean(axis=1)", "mean(a · b over 1)", None),
        ("a @ b @ np.tanh(a)", "a b tanh(a)", None),
        ("np.log(abs(a))", "ln(|a|)", r"\ln(\left|a\right|)"),
    ],
)
def test_numpy_is_set_as_mathematics(line, text, tex):
    found = typeset(line, {"a": Set("a", "a"), "b": Set("b", "b")})
    assert found.text == text
    assert tex is None or found.tex == tex
    Latex(found.tex)  # it can be typeset


@pytest.mark.parametrize(
    "line", ["np.zeros(3)", "x[1:]", "lambda: 1", "a if b else c", "a; b", "a" * 200]
)
def test_what_is_no_formula_says_so(line):
    with pytest.raises(CodeError):
        typeset(line, {})


def test_every_rule_that_is_set_can_be_typeset():
    set_rules = 0
    for name, function in FUNCTIONS.items():
        if function.is_elementwise() or function.inner:
            continue
        for arguments in ("x", "x, w", "x, w, b"):
            try:
                graph, y = parse_expression(
                    f"sum({name}({arguments}))",
                    {"x": np.array(X), "w": np.array(X) + 1, "b": np.array([1.0, 2.0])},
                )
                recording = record(graph, y)
            except Exception:  # noqa: BLE001, S112 - it takes other inputs, or settings
                continue
            if recording.problems:
                continue
            for step in recording.steps[recording.turn + 2 :]:
                for part in step.contributions:
                    rule = pulled_rule(recording, step, part)
                    if rule is not None:
                        Latex(rule.rule.tex)
                        set_rules += 1
    assert set_rules > 15
