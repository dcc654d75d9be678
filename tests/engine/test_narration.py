"""What is said of each step, word for word."""

from __future__ import annotations

import math

import numpy as np
import pytest

from engine import Function, Variable
from engine.equations import Line
from engine.expression import parse_expression
from engine.graph import Block, Graph, Wire
from engine.moment import Moment
from engine.narration import narrate
from engine.recording import record, record_variable
from engine.wording import fine, fine_product, name_tex

ABOVE = "What came in from above,"

TUTORIAL = [
    (
        "Forward · step 1 of 8",
        "x is given",
        "The walk begins with a value that is given: x is 0.5.",
        Line("x = 0.5", "x = 0.5", "0.5"),
    ),
    (
        "Forward · step 2 of 8",
        "Square gives a",
        "Square takes x = 0.5 and gives a = 0.25.",
        Line("a = x²", "a = x^{2}", "0.5² = 0.25"),
    ),
    (
        "Forward · step 3 of 8",
        "Exp gives b",
        "Exp takes a = 0.25 and gives b = 1.2840.",
        Line("b = e^a", "b = e^{a}", "e^0.25 = 1.2840254"),
    ),
    (
        "Forward · step 4 of 8",
        "Square gives y",
        "Square takes b = 1.2840 and gives y = 1.6487.",
        Line("y = b²", "y = b^{2}", "1.2840254² = 1.6487213"),
    ),
    (
        "Backward · step 5 of 8",
        "Start from y with 1",
        "Here the walk turns round. y changes exactly as fast as itself, so it starts with 1.",
        Line("∂y/∂y = 1", r"\frac{\partial y}{\partial y} = 1", "1"),
    ),
    (
        "Backward · step 6 of 8",
        "Square passes the gradient on",
        f"{ABOVE} 1, is multiplied by how steeply Square rises at b = 1.2840: 2.5681.",
        Line(
            "∂y/∂b = ∂y/∂y · 2b",
            r"\frac{\partial y}{\partial b} = \frac{\partial y}{\partial y} \cdot 2b",
            "1 · 2 · 1.2840254 = 1 · 2.5680508 = 2.5680508",
        ),
    ),
    (
        "Backward · step 7 of 8",
        "Exp passes the gradient on",
        f"{ABOVE} 2.5681, is multiplied by how steeply Exp rises at a = 0.25: 1.2840.",
        Line(
            "∂y/∂a = ∂y/∂b · e^a",
            r"\frac{\partial y}{\partial a} = \frac{\partial y}{\partial b} \cdot e^{a}",
            "2.5680508 · e^0.25 = 2.5680508 · 1.2840254 = 3.2974425",
        ),
    ),
    (
        "Backward · step 8 of 8",
        "Square passes the gradient on",
        "What came in from above, 3.2974, is multiplied by how steeply Square rises at x = 0.5: 1.",
        Line(
            "∂y/∂x = ∂y/∂a · 2x",
            r"\frac{\partial y}{\partial x} = \frac{\partial y}{\partial a} \cdot 2x",
            "3.2974425 · 2 · 0.5 = 3.2974425 · 1 = 3.2974425",
        ),
    ),
]


@pytest.mark.parametrize("cursor", range(8))
def test_the_tutorial_is_told_step_by_step(tutorial, cursor):
    told = narrate(Moment(tutorial, cursor))
    assert (told.heading, told.title, told.sentence, *told.lines) == TUTORIAL[cursor]


def test_the_chain_rule_grows_factor_by_factor(tutorial):
    chains = [tuple(narrate(Moment(tutorial, cursor)).chain) for cursor in range(8)]
    assert chains[:4] == [()] * 4
    for cursor, chain in enumerate(chains[4:]):
        assert [(factor.top, factor.bottom) for factor in chain] == [
            ("y", "b"),
            ("b", "a"),
            ("a", "x"),
        ]
        assert [factor.value is not None for factor in chain] == [n < cursor for n in range(3)]
        assert [factor.active for factor in chain] == [n == cursor - 1 for n in range(3)]


def test_where_wires_meet_the_sum_is_told(recorded):
    recording = recorded("x + square(x)", x=3.0)
    told = narrate(Moment(recording, 5))
    assert told.sentence == (
        "What came in from above, 1, is multiplied by how steeply Square rises at x = 3: 6. "
        "Added to what x had: 1 + 6 = 7."
    )
    assert told.lines[0].rule == "∂y/∂x = ∂y/∂a · 2x + …"
    assert told.lines[0].tex.endswith(r"\cdot 2x + \cdots")
    assert told.lines[0].numbers == "1 · 2 · 3 = 1 · 6 = 6;  1 + 6 = 7"
    assert not told.chain


def test_negative_numbers_do_not_meet_another_sign(recorded):
    recording = recorded("x - 2 * square(x)", x=-1.5)
    told = [narrate(Moment(recording, cursor)) for cursor in range(len(recording))]
    numbers = [line.numbers for step in told for line in step.lines]
    assert numbers[1] == "(−1.5)² = 2.25"
    assert numbers[-1] == "−2 · 2 · (−1.5) = −2 · (−3) = 6;  1 + 6 = 7"
    assert not any("− −" in text or "· −" in text or "+ −" in text for text in numbers)


def test_two_inputs_are_told_together_and_ruled_apart(recorded):
    recording = recorded("x * z", x=2.0, z=5.0)
    told = narrate(Moment(recording, 4))
    assert told.sentence == ("What came in from above, 1, goes to x and z, multiplied by 5 and 2.")
    assert [line.rule for line in told.lines] == ["∂y/∂x = ∂y/∂y · z", "∂y/∂z = ∂y/∂y · x"]


def test_what_was_broadcast_is_added_up(recorded):
    recording = recorded("x * [1, 2, 3]", x=-2.0)
    assert narrate(Moment(recording, 3)).lines[0].numbers == (
        "[1, 1, 1] · [1, 2, 3] = [1, 2, 3];  added up = 6"
    )


def test_constants_are_numbers_and_not_names(recorded):
    recording = recorded("(x + 3) ** 2", x=1.0)
    told = [narrate(Moment(recording, cursor)) for cursor in range(len(recording))]
    assert told[1].lines[0].rule == "a = x + 3"
    assert told[1].sentence == "Add takes x = 1 and 3 and gives a = 4."
    assert told[2].lines[0] == Line("y = a²", "y = a^{2}", "4² = 16")
    assert told[4].lines[0].rule == "∂y/∂a = ∂y/∂y · 2a"


def test_a_gradient_that_meets_only_constants_ends(recorded):
    recording = recorded("x + log(2)", x=1.0)
    assert narrate(Moment(recording, len(recording) - 1)).sentence == (
        "Log uses constants only, so the gradient 1 ends here."
    )


@pytest.mark.parametrize("text", ["x / 0", "0 ** x", "(-8) ** x", "log(0) * x", "1 / x", "x ** x"])
def test_rules_are_told_where_numbers_are_not_finite(recorded, text):
    recording = recorded(text, x=0.0)
    for cursor in range(len(recording)):
        assert narrate(Moment(recording, cursor)).sentence.endswith(".")


def test_a_function_in_the_tutorials_style_is_told_by_what_its_backward_does():
    class Cube(Function):
        def forward(self, x):
            return x**3

        def backward(self, gy):
            return 3 * self.input.data**2 * gy

    recording = record_variable(Cube()(Variable(np.array(2.0), name="x")))
    line = narrate(Moment(recording, 3)).lines[0]
    assert line.rule == "∂a/∂x = 3x² · ∂a/∂a"
    assert line.numbers == "1 · 12 = 12"
    assert narrate(Moment(recording, 1)).lines[0].tex == r"a = \operatorname{cube}\left(x\right)"


def test_before_there_is_anything_to_walk_it_says_what_to_do():
    told = narrate(Moment(record(Graph())))
    assert told.heading == "Nothing to walk yet"
    assert told.sentence.startswith("Drag a function")
    told = narrate(Moment(record(Graph.build([Block("b1", "exp", "a")], []))))
    assert told.sentence == "The input of Exp is open."


def test_long_arrays_are_shortened(recorded):
    recording = recorded("square(x)", x=np.arange(100.0))
    told = [narrate(Moment(recording, cursor)) for cursor in range(4)]
    assert told[0].sentence.endswith("x is [0, 1, … 98, 99].")
    assert told[0].lines[0].tex == r"x = [0, 1, \ldots  98, 99]"


@pytest.mark.parametrize(
    ("name", "tex"),
    [
        ("x", "x"),
        ("x1", "x_{1}"),
        ("x_1", "x_{1}"),
        ("loss", r"\mathrm{loss}"),
        ("loss2", r"\mathrm{loss}_{2}"),
        ("a_b", r"\mathrm{a\_b}"),
        ("α", "α"),
    ],
)
def test_names_in_tex(name, tex):
    assert name_tex(name) == tex


def test_a_name_of_digits_and_lines_alone_can_be_set_in_tex():
    graph = Graph.build(
        [Block("b1", "input", "_", np.array(1.0)), Block("b2", "exp", "_1")],
        [Wire("b1", "b2", 0)],
    )
    recording = record(graph)
    tex = [narrate(Moment(recording, cursor)).lines[0].tex for cursor in range(4)]
    assert all(line.count("{") == line.count("}") for line in tex)
    assert not any("{}" in line for line in tex)


def test_the_numbers_of_a_long_product_are_worked_out_only_where_they_are_written():
    rng = np.random.default_rng(0)
    for x, w in ((50, 50), (50, ()), (3, 3), ((4, 1), 5), ((2, 2), (2, 2))):
        one, other = rng.normal(size=x), rng.normal(size=w)
        assert fine_product(one, other) == fine(one * other)


def sentence_of(text, **values):
    """Tell the last step of the walk, of arrays of these shapes."""
    given = {name: np.linspace(0.1, 0.9, math.prod(shape)) for name, shape in values.items()}
    given = {name: given[name].reshape(shape) for name, shape in values.items()}
    recording = record(*parse_expression(text, given))
    return narrate(Moment(recording, len(recording) - 1)).sentence


def test_of_long_arrays_it_is_told_what_is_done_and_not_their_shapes_one_after_the_other():
    assert sentence_of("sum(tanh(x))", x=(4, 3)) == (
        f"{ABOVE} a 4×3 array, is multiplied element by element by how steeply Tanh rises at x."
    )
    assert sentence_of("sum(x * w)", x=(8, 3), w=(8, 3)) == (
        f"{ABOVE} an 8×3 array, goes to x and w, multiplied by how steeply Mul rises with each of "
        "them."
    )


def test_of_long_arrays_it_is_told_that_a_second_contribution_is_added():
    said = sentence_of("a = tanh(x); sum(a * a)", x=(4, 3))
    assert "array + " not in said
    recording = record(*parse_expression("sum(x + exp(x))", {"x": np.ones((4, 3)) / 3}))
    said = narrate(Moment(recording, len(recording) - 1)).sentence
    assert said.endswith(" It is added to what x had.")


def test_small_and_large_numbers_are_written_one_way_in_a_line():
    graph, y = parse_expression(
        "exp(x) * square(w)", {"x": np.array(300.0), "w": np.array(-1.5e-12)}
    )
    recording = record(graph, y)
    told = [
        line.numbers
        for cursor in range(recording.turn + 1, len(recording))
        for line in narrate(Moment(recording, cursor)).lines
    ]
    assert any("e−12" in numbers for numbers in told)
    assert not [numbers for numbers in told if "× 10" in numbers]
    assert "2 · (−1.5e−12)" in " ".join(told)
