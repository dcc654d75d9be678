"""Formulas as text: parentheses where they are needed, and symbols that a rule is fed with."""

from __future__ import annotations

import numpy as np
import pytest

from engine import FUNCTIONS, Function, register
from engine.signatures import port_names
from engine.symbols import Symbol, as_symbol, local_formula, value_formula
from engine.writing import Term, compose, number_term

x, z, w = Symbol("x"), Symbol("z"), Symbol("w")


@pytest.mark.parametrize(
    ("formula", "text", "tex"),
    [
        (2 * x, "2x", "2x"),
        (2 * Symbol("exp", (x,)), "2 · e^x", "2e^{x}"),
        (x * 2, "x · 2", r"x \cdot 2"),
        (2 * as_symbol(3) * x, "6x", "6x"),
        (x + z - w, "x + z − w", "x + z - w"),
        (x - (z - w), "x − (z − w)", r"x - \left(z - w\right)"),
        (x * (z + w), "x · (z + w)", r"x \cdot \left(z + w\right)"),
        (x / (z * w), "x / (z · w)", r"\frac{x}{z \cdot w}"),
        ((x + z) / w, "(x + z) / w", r"\frac{x + z}{w}"),
        (-(x + z), "−(x + z)", r"-\left(x + z\right)"),
        (x * -z, "x · (−z)", r"x \cdot \left(-z\right)"),
        ((-x) ** 2, "(−x)²", r"\left(-x\right)^{2}"),
        (x**-1, "x⁻¹", "x^{-1}"),
        (x ** (z + 1), "x^(z + 1)", "x^{z + 1}"),
        (x**0.5, "x^0.5", "x^{0.5}"),
        (np.exp(x + z), "e^(x + z)", "e^{x + z}"),
        (np.sqrt(x + z), "√(x + z)", r"\sqrt{x + z}"),
        (np.log(x), "ln(x)", r"\ln\left(x\right)"),
        (np.square(np.sin(x)), "sin(x)²", r"\sin\left(x\right)^{2}"),
        (1e-9 * x, "1 × 10⁻⁹x", r"1 \times 10^{-9}x"),
    ],
)
def test_a_formula_is_written_with_the_parentheses_it_needs(formula, text, tex):
    assert formula.write("text").text == text
    assert formula.write("tex").text == tex


@pytest.mark.parametrize(
    ("formula", "text"),
    [
        (1 * x, "x"),
        (x * 1, "x"),
        (0 + x, "x"),
        (x + 0, "x"),
        (x - 0, "x"),
        (x / 1, "x"),
        (x**1, "x"),
        (-1 * x, "−x"),
        (x * -1, "−x"),
        (as_symbol(2) + 3, "5"),
        (as_symbol(1) / 0, "1 / 0"),
        (as_symbol(-8) ** 0.5, "(−8)^0.5"),
        (np.log(as_symbol(0)), "ln(0)"),
    ],
)
def test_what_a_person_would_leave_out_is_left_out(formula, text):
    assert str(formula) == text


LOCAL = {
    "sigmoid": ("σ(x) · (1 − σ(x))",),
    "relu": ("step(x, 0)",),
    "leaky_relu": ("0.01 + 0.99step(x, 0)",),
    "elu": ("step(x, 0) + (1 − step(x, 0)) · e^min(x, 0)",),
    "gelu": ("(erf(x / 1.4142135623730951) + 1) / 2 + x · e^(−x² / 2) / 2.5066282746310002",),
    "silu": ("(tanh(x / 2) + 1) / 2 · (1 + x · (1 − tanh(x / 2)) / 2)",),
    "softplus": ("(tanh(x / 2) + 1) / 2",),
    "add": ("1", "1"),
    "sub": ("1", "−1"),
    "mul": ("z", "x"),
    "div": ("1 / z", "−x / z²"),
    "neg": ("−1",),
    "pow": ("z · x^(z − 1)", "x^z · ln(x)"),
    "abs": ("sgn(x)",),
    "maximum": ("step(x − z, 0.5)", "step(z − x, 0.5)"),
    "minimum": ("step(z − x, 0.5)", "step(x − z, 0.5)"),
    "sign": ("0",),
    "heaviside": ("0", "1 − |sgn(x)|"),
    "clip": (
        "step(x − z, 0.5) · step(w − max(x, z), 0.5)",
        "step(z − x, 0.5) · step(w − max(x, z), 0.5)",
        "step(max(x, z) − w, 0.5)",
    ),
    "where": ("0", "|sgn(x)|", "1 − |sgn(x)|"),
    "square": ("2x",),
    "exp": ("e^x",),
    "sqrt": ("1 / (2 · √x)",),
    "log": ("1 / x",),
    "sin": ("cos(x)",),
    "cos": ("−sin(x)",),
    "tanh": ("1 − tanh(x)²",),
    "expm1": ("e^x",),
    "log1p": ("1 / (x + 1)",),
    "log2": ("1 / (x · 0.6931471805599453)",),
    "log10": ("1 / (x · 2.302585092994046)",),
    "tan": ("1 + tan(x)²",),
    "arcsin": ("1 / √(1 − x²)",),
    "arccos": ("−1 / √(1 − x²)",),
    "arctan": ("1 / (1 + x²)",),
    "sinh": ("cosh(x)",),
    "cosh": ("sinh(x)",),
    "arctan2": ("z / (x² + z²)", "−x / (x² + z²)"),
    "erf": ("1.1283791670955126 · e^(−x²)",),
}

ELEMENTWISE = sorted(name for name, function in FUNCTIONS.items() if function.is_elementwise())


@pytest.mark.parametrize("name", ELEMENTWISE)
def test_every_rule_tells_its_own_formula(name):
    function = FUNCTIONS[name]
    inputs = (x, z, w)[: len(port_names(function))]
    formulas = [str(local_formula(function, port, inputs)) for port in range(len(inputs))]
    assert tuple(formulas) == LOCAL[name]


@pytest.mark.parametrize("name", sorted(FUNCTIONS))
def test_every_formula_has_as_many_braces_open_as_closed(name):
    function = FUNCTIONS[name]
    inputs = (x + z, w - 1, w)[: len(port_names(function))] or (x, z)
    rules = [local_formula(function, port, inputs) for port in range(len(inputs))]
    for formula in (Symbol(name, inputs), *(rule for rule in rules if rule is not None)):
        tex = formula.write("tex").text
        assert tex.count("{") == tex.count("}")
        assert tex.count(r"\left") == tex.count(r"\right")


@pytest.mark.parametrize("name", sorted(set(FUNCTIONS) - set(ELEMENTWISE)))
def test_a_rule_for_whole_arrays_has_no_formula_for_one_element(name):
    assert local_formula(FUNCTIONS[name], 0, (x, z, w)) is None


def test_a_rule_in_the_style_of_the_tutorial_has_no_formula():
    own = type("Own", (FUNCTIONS["square"],), {"local": ()})
    assert local_formula(own, 0, (x,)) is None


def test_a_function_that_is_known_by_another_name_is_written_by_that():
    own = register(type("Add", (Function,), {"local": (lambda y, x: y,)}), "add_2")
    own.forward = lambda self, x: x
    assert str(value_formula(own, (x,))) == "add_2(x)"
    assert str(local_formula(own, 0, (x,))) == "add_2(x)"


def test_numbers_can_be_put_in_place_of_names():
    formula = 2 * x + z
    terms = {"x": Term("1.5"), "z": Term("−3", 2)}
    assert formula.write("text", terms).text == "2 · 1.5 + (−3)"


def test_numbers_in_tex_are_powers_of_ten():
    assert number_term(1.5e20, "tex").text == r"1.5 \times 10^{20}"
    assert number_term(float("inf"), "tex").text == r"\infty"
    assert number_term(float("nan"), "tex").text == r"\mathrm{NaN}"
    assert number_term(-1.5e20, "python").text == "-1.5e20"


def test_python_is_written_with_operators_and_calls():
    formula = np.square(x + 1) * -z / 2
    assert formula.write("python").text == "square(x + 1) * -z / 2"
    assert compose("pow", [Term("x"), Term("n")], "python").text == "x**n"
