"""A Python function becomes an expression: parsed, and never run."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import ExpressionError, PythonFunctionError
from engine.execution import execute
from engine.expression import parse_expression
from engine.python_function import expression_of_function, is_function_text
from engine.sheet import read_sheet

TWO_LINES = """
import numpy as np

def loss(x: float, w=2.0):
    "How far off it is."
    a = np.exp(x) * w
    a += np.sin(x)
    return a ** 2
"""


def value_of(text, **values):
    graph, target = parse_expression(expression_of_function(text))
    given = {name: np.array(value) for name, value in values.items()}
    graph, target = parse_expression(expression_of_function(text), given)
    return execute(graph).variables[target].data


def test_a_function_gives_what_python_gives():
    namespace = {"np": np}
    exec(TWO_LINES, namespace)  # noqa: S102 - the test's own text
    assert value_of(TWO_LINES, x=0.3) == pytest.approx(namespace["loss"](0.3), rel=1e-15)


@pytest.mark.parametrize(
    ("text", "expression"),
    [
        ("lambda x: x**2 + 1", "y = x ** 2 + 1"),
        ("f = lambda x: math.atan(x)", "f = arctan(x)"),
        ("def f(x):\n    return x.sum(axis=0)", "f = sum(x, axis=0)"),
        ("def f(x, *, k=3):\n    return k * x.T", "k = 3\nf = k * transpose(x)"),
        ("def f(x):\n    y = np.array([1, 2]) * x\n    return y", "y = [1, 2] * x\ny"),
        ("  def f(x):\n      return -x[1:]", "f = -x[1:]"),
        ("def exp(x):\n    return np.exp(x)", "exp1 = exp(x)"),
        ("def f(x):\n    x = x * 2\n    x = x * 3\n    return x", "x1 = x * 2\nx2 = x1 * 3\nx2"),
    ],
)
def test_what_it_is_written_as(text, expression):
    assert is_function_text(text)
    assert expression_of_function(text) == expression
    read_sheet(expression)


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("def f(x):\n    for i in x: pass\n    return x", 2, 5),
        ("def f(x):\n    a = open('secret')\n    return a", 2, 9),
        ("def f(x):\n    return x if x else 0", 2, 12),
        ("def f(x):\n    return x + z", 2, 16),
        ("def f(*xs):\n    return xs", 1, 8),
        ("def f(x):\n    return x.__class__", 2, 12),
        ("def f(x):\n    return x\n    y = 2", 3, 5),
        ("def f(x):\n    a = x * 2", 2, 5),
        ("def f(x):\n    return 'text'", 2, 12),
        ("def f(x:\n    return x", 1, 6),
        ("def f(x): return x\nprint(1)", 1, 1),
    ],
)
def test_what_cannot_be_is_refused_with_its_line_and_column(text, line, column):
    with pytest.raises(PythonFunctionError) as caught:
        expression_of_function(text)
    assert (caught.value.line, caught.value.column) == (line, column)
    assert caught.value.sentence.endswith(".")


@pytest.mark.parametrize("text", ["y = x + 1", "", "definite * 2", "lambdas = x", "a = 1\nlambda"])
def test_an_expression_is_no_function(text):
    assert not is_function_text(text)


def test_nothing_is_run(tmp_path):
    trace = tmp_path / "trace"
    text = f"def f(x=open({str(trace)!r}, 'w')):\n    return x"
    with pytest.raises(PythonFunctionError):
        expression_of_function(text)
    assert not trace.exists()


@given(st.text(alphabet="def f(x):\n returnlambda+*.np,=12'", max_size=60))
def test_any_text_is_either_translated_or_refused(text):
    try:
        read_sheet(expression_of_function(text))
    except ExpressionError as error:
        assert error.sentence  # noqa: PT017 - either may happen
