"""From text to a graph and back, and everything that is no expression."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import FUNCTIONS
from engine.errors import ExpressionError, UnknownBlockError, ValueTextError
from engine.execution import execute
from engine.expression import (
    expression_of,
    parse_expression,
    set_values,
)
from engine.graph import Block, Graph, Wire
from engine.signatures import port_names
from engine.syntax import place


def value_of(text, **values):
    graph, target = parse_expression(text, {k: np.array(v, float) for k, v in values.items()})
    return execute(graph).variables[target].data


def kinds(text):
    graph, _ = parse_expression(text)
    return [block.kind for block in graph.blocks.values()]


def test_a_piece_that_is_a_value_is_an_input_of_that_name():
    graph, target = parse_expression("x = 0.5\nw = [1, -2]; y = x * w * 2")
    given = {b.name: b.value.tolist() for b in graph.blocks.values() if b.kind == "input"}
    assert given == {"x": 0.5, "w": [1, -2]}
    assert execute(graph).variables[target].data.tolist() == [1, -2]
    graph, _ = parse_expression("x = 0.5; x + 1", {"x": np.array(3.0)})
    assert graph.named("x").value == 3
    with pytest.raises(ExpressionError, match="“x” is given twice"):
        parse_expression("x = 1; x = 2; x + 1")
    with pytest.raises(ExpressionError, match="nothing to differentiate"):
        parse_expression("x = 1; y = 2")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("x + z * 2", 3 + 4 * 2),
        ("(x + z) * 2", 14),
        ("x - z - 1", 3 - 4 - 1),
        ("x / z / 2", 3 / 4 / 2),
        ("x ** 2 ** 1", 9),
        ("-x ** 2", -9),
        ("(-x) ** 2", 9),
        ("2 * -x", -6),
        ("x − 2.5 − 0.5", 0),
        ("neg(x)", -3),
        ("add(x, z)", 7),
        ("square(x) + sqrt(z)", 11),
        ("y = x + 1", 4),
        ("x + [1, 2]", [4, 5]),
        ("x + -[1, 2]", [2, 1]),
        ("cos(pi) * x", -3),
        ("x * -e", 3 * -np.e),
        ("(\n x\n + z\n)", 7),
        ("a = square(x); a + a", 18),
        ("a = square(x)\nb = a + z\nb * a", 13 * 9),
        ("α = square(x); α + 1", 10),
        ("x + 1  # a remark", 4),
    ],
)
def test_an_expression_means_what_python_would_mean(text, value):
    values = {"x": 3.0, "z": 4.0}
    names = {name: number for name, number in values.items() if name in text}
    np.testing.assert_allclose(value_of(text, **names), value)


def test_a_name_that_is_used_twice_is_one_block():
    assert kinds("x * x") == ["input", "mul"]


def test_a_number_is_a_constant_of_its_own_each_time():
    assert kinds("x + 2 + 2") == ["input", "constant", "add", "constant", "add"]


def test_variables_are_named_in_order_and_the_result_is_y():
    graph, target = parse_expression("square(exp(square(x)))")
    assert [block.name for block in graph.blocks.values()] == ["x", "a", "b", "y"]
    assert graph.block(target).name == "y"


def test_names_that_a_person_gives_are_kept():
    graph, target = parse_expression("b = square(x); z = exp(b) + y")
    assert graph.block(target).name == "z"
    assert {"x", "b", "y", "z"} <= {block.name for block in graph.blocks.values()}


def test_values_reach_their_inputs_and_others_wait():
    graph, _ = parse_expression("x * z", {"x": np.array(3.0)})
    assert graph.named("x").value == 3.0
    assert graph.named("z").value is None
    set_values(graph, {"z": np.array([1.0, 2.0])})
    assert graph.named("z").value.shape == (2,)
    with pytest.raises(UnknownBlockError) as caught:
        set_values(graph, {"z": np.array(0.0), "w": np.array(1.0)})
    assert caught.value.sentence == "There is no input called w; the inputs are: x, z."
    assert graph.named("z").value.tolist() == [1.0, 2.0]
    with pytest.raises(ValueTextError):
        set_values(graph, {"z": np.array("text")})


BAD = {
    "": "The expression is empty; try square(exp(square(x))).",
    " \n ": "The expression is empty",
    "x +": "The expression cannot be read at column 4: invalid syntax.",
    "a = x + 1\na +": "The expression cannot be read at line 2, column 4: invalid syntax.",
    "(x": "The expression cannot be read at column 1: '(' was never closed.",
    "2x": "The expression cannot be read at column 1: invalid decimal literal.",
    "x²": "The expression cannot be read at column 2: invalid character '²' (U+00B2).",
    "1": "There is nothing to differentiate: use at least one function or operator.",
    "x": "There is nothing to differentiate",
    "a = 2; b = 3": "There is nothing to differentiate",
    "y = y + 1": "“y” is used before it is given.",
    "b = a + 1; a = square(x); a": "“a” is used before it is given.",
    "a = x + 1; a = x + 2": "“a” is given twice.",
    "exp = x + 1": "“exp” is the name of a function; choose another one.",
    "pi = x + 1": "“pi” is the name of a number; choose another one.",
    "x + 1; x + 2": "Only the last expression may stand without a name; write a = … before it.",
    "nothing(x)": "There is no function called nothing.",
    "__import__('os')": "There is no function called __import__.",
    "square": "square is a function: write square(…).",
    "square(exp)": "exp is a function: write exp(…).",
    "square()": "square takes 1 input, and 0 are given.",
    "square(x, z)": "square takes 1 input, and 2 are given.",
    "add(x)": "add takes 2 inputs, and 1 is given.",
    "square(x=1)": "square has no setting called x; it has these: none.",
    "sum(x, axes=0)": "sum has no setting called axes; it has these: axis, keepdims.",
    "sum(x, axis=z)": "axis is a setting: a number, a text, None, or a list of them.",
    "sum(x, **z)": "sum has no setting called **; it has these: axis, keepdims.",
    "square(*x)": "“*x” cannot stand in an expression",
    "lambda: x": "“lambda: x” cannot stand",
    "x.real": "“x.real” cannot stand",
    "x.__class__.__mro__": "cannot stand",
    "x[z]": "“z” is no index: write whole numbers, slices like 1:3",
    "x[0.5]": "“0.5” is no index",
    "x['0']": "“'0'” is no index",
    "x[1][open('y')]": "“open('y')” is no index",
    "x[[[0], [1, 2]]]": "“[[0], [1, 2]]” is no index",
    "x[[0, None]]": "“[0, None]” is no index",
    "x[[[], []]]": "“[[], []]” is no index",
    "x[1:2.5]": "“1:2.5” is no index",
    "x[]": "The expression cannot be read at column 3",
    "x if z else w": "cannot stand",
    "x // z": "cannot stand",
    "x % z": "cannot stand",
    "+x": "“+x” cannot stand",
    "not x": "cannot stand",
    "x < z": "cannot stand",
    "x and z": "cannot stand",
    "[x, 1] + 1": "“[x, 1]” is neither a number like 0.5 nor an array like [1, 2, 3].",
    "[1, [2]] * x": "The rows of “[1, [2]]” do not have the same length.",
    "'text' * x": "“'text'” is neither",
    "x * 2j": "“2j” is neither",
    "x * True": "“True” is neither",
    "x * None": "“None” is neither",
    "f'{x}'": "cannot stand",
    "(x := 3) + x": "cannot stand",
    "[n for n in x]": "cannot stand",
    "{x}": "cannot stand",
    "import os": "An expression is wanted, such as square(exp(square(x))) or y = x**2 + 1.",
    "x = z = 3": "An expression is wanted",
    "x, z = 1, 2": "An expression is wanted",
    "x += 1": "An expression is wanted",
    "del x": "An expression is wanted",
    "# nothing": "An expression is wanted",
    "x\0": "The expression ",
    "1and x": "“1and x” cannot stand",
    "(" * 100_000: "too many nested parentheses",
    "(" * 100_001: "This expression has 100,001 characters; 100,000 is the most.",
    "square(" * 10_000: "too many nested parentheses",
    "-" * 50_000 + "x": "The expression is nested too deeply; build it from smaller pieces.",
    "x+" * 40_000 + "x": "The expression is nested too deeply",
    "x**" * 30_000 + "x": "The expression is nested too deeply",
    "x" * 41 + " + 1": "cannot be a name",
}


@pytest.mark.parametrize("text", BAD, ids=lambda text: text[:30])
def test_what_is_no_expression_is_refused_with_a_reason_and_a_place(text):
    with pytest.raises(ExpressionError) as caught:
        parse_expression(text)
    assert BAD[text] in caught.value.sentence
    assert caught.value.sentence.endswith(".")
    assert 0 <= caught.value.at <= max(len(text) - 1, len(text.rstrip()))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("x + nothing(x)", "nothing"),
        ("  x + nothing(x)", "nothing"),
        ("α − β * nothing(x)", "nothing"),
        ("a = x + 1\n\nb = a + nothing(x)", "nothing"),
        ("a = x + 1\r\nb = a + nothing(x)", "nothing"),
        ("a = x + 1; a = x", "a = x"),
        ("x + x.real", "x.real"),
    ],
)
def test_the_place_is_where_the_fault_is(text, found):
    with pytest.raises(ExpressionError) as caught:
        parse_expression(text)
    assert text[caught.value.at :].startswith(found)
    assert caught.value.at == text.rindex(found)


def test_a_place_is_named_by_line_only_where_there_are_several():
    assert place("abc", 2) == "column 3"
    assert place("ab\ncd", 4) == "line 2, column 2"


@given(st.text(alphabet="xyz0129.+-*/() \n=;,[]e'\"\\αsquarexp", max_size=40))
def test_any_text_is_either_read_or_refused(text):
    try:
        graph, target = parse_expression(text)
    except ExpressionError as error:
        assert 0 <= error.at <= len(text)  # noqa: PT017 - either may happen
    else:
        assert target in graph


def test_nothing_of_an_expression_is_run(tmp_path):
    trace = tmp_path / "trace"
    for text in (f"open({str(trace)!r}, 'w')", f"square(open({str(trace)!r}, 'w'))"):
        with pytest.raises(ExpressionError):
            parse_expression(text)
    assert not trace.exists()


# Back to text


def expressions():
    """Texts of expressions over x and z, with every function and operator."""
    leaves = st.sampled_from(["x", "z", "2", "0.5", "[1, 2]", "-3", "pi", "-inf", "1e-9"])

    def larger(inner):
        calls = [
            st.tuples(*[inner] * len(port_names(FUNCTIONS[name]))).map(
                lambda parts, name=name: f"{name}({', '.join(parts)})"
            )
            for name in sorted(FUNCTIONS)
            if FUNCTIONS[name].is_elementwise()
        ]
        operators = st.tuples(inner, st.sampled_from(["+", "-", "*", "/", "**"]), inner)
        return st.one_of(
            *calls,
            operators.map(lambda parts: f"({parts[0]}) {parts[1]} ({parts[2]})"),
            inner.map(lambda part: f"-({part})"),
        )

    return st.recursive(leaves, larger, max_leaves=12).map(lambda text: f"square({text})")


@settings(max_examples=300)
@given(expressions())
def test_a_graph_written_as_text_gives_the_same_values_when_it_is_read_again(text):
    values = {"x": np.array(0.7), "z": np.array([1.5, -2.0])}
    graph, target = parse_expression(text, values)
    written = expression_of(graph, target)
    again, again_target = parse_expression(written, values)
    first, second = execute(graph), execute(again)
    assert again.block(again_target).name == graph.block(target).name
    np.testing.assert_array_equal(first.variables[target].data, second.variables[again_target].data)
    assert expression_of(again, again_target) == written


def test_what_is_used_twice_is_written_once_and_called_by_its_name():
    text = "a = square(x)\ny = a * a + 1"
    graph, target = parse_expression(text)
    assert expression_of(graph, target) == text


def test_a_long_chain_is_written_in_pieces_that_can_be_read_again():
    graph = Graph()
    graph.add(Block("b0", "input", "x0", np.array(0.5)))
    for n in range(1, 400):
        graph.add(Block(f"b{n}", "sin", f"x{n}"))
        graph.connect(Wire(f"b{n - 1}", f"b{n}", 0))
    text = expression_of(graph, "b399")
    assert max(map(len, text.split("\n"))) < 300
    again, target = parse_expression(text, {"x0": np.array(0.5)})
    assert execute(again).variables[target].data == execute(graph).variables["b399"].data


def test_an_open_input_is_written_as_a_gap():
    graph = Graph.build(
        [Block("x", "input", "x", np.array(1.0)), Block("S", "sub", "s")], [Wire("x", "S", 1)]
    )
    assert expression_of(graph, "S") == "s = _ - x"


@pytest.mark.parametrize(
    "text",
    [
        "y = x - (z - w)",
        "y = x / (z * w)",
        "y = (x + z) * w",
        "y = -(x + z)",
        "y = (-x)**2",
        "y = x**-2",
        "y = (x**2)**3",
        "y = x**2**3",
        "y = neg(2) * x",
        "y = -2 * x",
        "y = 1e-09 * x",
        "y = [[1, 2], [3, 4]] * x",
    ],
)
def test_parentheses_stand_only_where_they_are_needed(text):
    graph, target = parse_expression(text)
    assert expression_of(graph, target) == text
