"""A graph as code: run, it gives the values and gradients of the engine."""

from __future__ import annotations

import contextlib
import importlib.util
import io
import json
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import FUNCTIONS, Function, register
from engine.block import Block
from engine.code.exported import exported, python_names
from engine.code.notebook import Notebook
from engine.code.numpy_code import numpy_code
from engine.code.python_code import RESERVED, python_code
from engine.code.torch_code import torch_code
from engine.code.tutorial_code import tutorial_code
from engine.errors import CodeError
from engine.expression import parse_expression
from engine.graph import Graph
from engine.recording import record
from main import main
from tests.engine.drawn_uses import any_graphs, graphs_of, number_graphs
from tests.engine.ways import check_all_ways
from tests.three import ALL, THREE, document_of, file_of

TORCH = importlib.util.find_spec("torch") is not None
RULES = "E,W,F,I,B,UP,C4,PIE,RET,SIM"


def ran(text):
    """Run a program, and give what its names stand for."""
    names = {"__name__": "program"}
    with np.errstate(all="ignore"), contextlib.redirect_stdout(io.StringIO()):
        exec(compile(text, "program", "exec"), names)  # noqa: S102
    return names


def check_numpy(run):
    text = numpy_code(run).text
    names, own = ran(text), python_names(run, ())
    for block in (*run.inputs, *run.functions):
        same(names[own[block.id]], run.value(block.id), run)
        gradient = run.recording.gradient(block.id)
        if gradient is not None:
            same(names[f"grad_{own[block.id]}"], gradient, run)
    return text


def check_python(run):
    """Hold the whole program, and all that the engine computes, to the last digit."""
    check_all_ways(run.graph, run.target)
    text = python_code(run).text
    names, own = ran(text), python_names(run, RESERVED)
    for block in (*run.inputs, *run.functions):
        np.testing.assert_array_equal(names[own[block.id]], run.value(block.id))
        gradient = run.recording.gradient(block.id)
        if gradient is not None:
            np.testing.assert_array_equal(names[f"grad_{own[block.id]}"], gradient)
    return text


def check_tutorial(run):
    text = tutorial_code(run).text
    names, own = ran(text), python_names(run, ())
    for block in (*run.inputs, *run.functions):
        same(names[own[block.id]].data, run.value(block.id), run)
        gradient = run.recording.gradient(block.id)
        if gradient is not None:
            same(names[own[block.id]].grad, gradient, run)
    return text


def check_torch(run):
    text = torch_code(run).text
    if TORCH:
        names, own = ran(text), python_names(run, ())
        for block in (*run.inputs, *run.functions):
            near(names[own[block.id]].detach().numpy(), run.value(block.id))
        for block in run.inputs:
            gradient, got = run.recording.gradient(block.id), names[own[block.id]].grad
            if gradient is not None and got is None:
                assert not gradient.any()  # what only chooses gets none
            elif gradient is not None:
                if "the engine gives NaN; PyTorch takes 0" in text:
                    got, gradient = got.numpy(), np.where(np.isnan(gradient), got, gradient)
                near(np.asarray(got), gradient)
    return text


def same(got, wanted, run):
    """Bit for bit, unless it computes single numbers: by Python's functions here, NumPy's there."""
    assert np.shape(got) == np.shape(wanted)
    if all(run.value(block.id).ndim for block in run.functions):
        np.testing.assert_array_equal(got, wanted)
    else:
        np.testing.assert_allclose(got, wanted, rtol=1e-10, atol=1e-12)


def near(got, wanted):
    assert got.shape == wanted.shape
    scale = np.max(np.abs(wanted), initial=0.0, where=np.isfinite(wanted))
    np.testing.assert_allclose(got, wanted, rtol=1e-10, atol=1e-12 * max(scale, 1.0))


def check_style(folder):
    """Hold all programs in a folder against ruff."""
    ruff = [sys.executable, "-m", "ruff"]
    for call in (["check", "--select", RULES], ["format", "--diff"]):
        options = ["--isolated", "--no-cache", "--line-length", "88"]
        done = subprocess.run(
            [*ruff, *call, *options, str(folder)], capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr


CHECKS = {
    "python": check_python,
    "numpy": check_numpy,
    "tutorial": check_tutorial,
    "torch": check_torch,
}


@pytest.mark.parametrize("name", ALL)
def test_every_example_runs_to_the_same_numbers_and_is_formatted(name, tmp_path):
    document = document_of(name)
    for language, check in CHECKS.items():
        text = check(exported(document.graph, document.target))
        (tmp_path / f"{language}.py").write_text(text)
    check_style(tmp_path)


@pytest.mark.parametrize("name", sorted(FUNCTIONS))
def test_every_function_runs_to_the_same_numbers_and_is_formatted(name, tmp_path):
    count = iter(range(10**6))

    @settings(max_examples=12)
    @given(st.booleans().flatmap(lambda ties: graphs_of(name, ties=ties)))
    def draw(drawn):
        run = exported(*drawn)
        for language, check in CHECKS.items():
            text = check(run)
            (tmp_path / f"{language}{next(count)}.py").write_text(text)

    draw()
    check_style(tmp_path)


def test_any_graph_runs_to_the_same_numbers_and_is_formatted(tmp_path):
    count = iter(range(10**6))

    @settings(max_examples=60)
    @given(any_graphs())
    def draw(drawn):
        run = exported(*drawn)
        for language, check in CHECKS.items():
            (tmp_path / f"{language}{next(count)}.py").write_text(check(run))

    draw()
    check_style(tmp_path)


@settings(max_examples=300)
@given(number_graphs())
def test_single_numbers_of_any_size_are_the_same_to_the_last_digit(drawn):
    check_python(exported(*drawn))


def expression(text, **values):
    graph, target = parse_expression(text, {k: np.array(v, float) for k, v in values.items()})
    return exported(graph, target)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("x**n", {"x": 0.0, "n": 0.0}),
        ("x**n", {"x": 0.0, "n": 2.0}),
        ("x**n", {"x": 0.0, "n": -1.0}),
        ("x**n", {"x": [0.0, 1.0, 2.0, 0.0], "n": [0.0, 0.0, 3.0, 1.0]}),
        ("x**n", {"x": [0.0, 2.0], "n": 2.0}),
        ("x**0", {"x": 0.0}),
        ("x**0 + x**0.5", {"x": [0.0, 4.0]}),
    ],
)
def test_what_is_chosen_for_powers_of_0_is_chosen_in_the_code_too(text, values, tmp_path):
    run = expression(text, **values)
    for language, check in CHECKS.items():
        (tmp_path / f"{language}.py").write_text(check(run))
    check_style(tmp_path)
    assert "x == 0" not in numpy_code(expression(text, x=1.0, n=1.0)).text


def test_the_code_looks_as_one_writes_it_by_hand():
    text = numpy_code(expression("x * sin(w) + x", x=2, w=0.5)).text
    assert (
        text
        == '''"""y and its gradients in NumPy."""

import numpy as np

# What is given
x = np.array(2.0)
w = np.array(0.5)

# Forward
a = np.sin(w)
b = x * a
y = b + x

# Backward: grad_x is dy/dx
grad_y = np.ones_like(y)
grad_b = grad_y
grad_x = grad_y
grad_x = grad_x + grad_b * a
grad_a = grad_b * x
grad_w = grad_a * np.cos(w)

# The results
print("y =", y)
print("grad_x =", grad_x)
print("grad_w =", grad_w)
'''
    )


def test_a_program_of_single_numbers_needs_nothing_but_python():
    text = python_code(expression("x * sin(w) + x**3 / maximum(w, 0)", x=2, w=0.5)).text
    assert (
        text
        == '''"""y and its gradients in Python."""

import math


def heaviside(x: float, at_zero: float) -> float:
    """Give 0 left of 0 and 1 right of it; NaN of NaN."""
    return 1.0 if x > 0 else 0.0 if x < 0 else at_zero if x == 0 else x


def maximum(a: float, b: float) -> float:
    """Give the larger number, or NaN if one is."""
    return a if a >= b or math.isnan(a) else b


# What is given
x = 2.0
w = 0.5

# Forward
a = math.sin(w)
c = x**3
d = maximum(w, 0.0)
b = x * a
f = c / d
y = b + f

# Backward: grad_x is dy/dx
grad_y = 1.0
grad_b = grad_y
grad_f = grad_y
grad_c = grad_f * (1 / d)
grad_d = grad_f * (-c / (d * d))
grad_x = grad_b * a
grad_a = grad_b * x
grad_w = grad_a * math.cos(w)
grad_w = grad_w + grad_d * heaviside(w, 0.5)
grad_x = grad_x + grad_c * (3 * x**2)

# The results
print("y =", y)
print("grad_x =", grad_x)
print("grad_w =", grad_w)
'''
    )


@pytest.mark.parametrize(
    ("text", "values", "lines"),
    [
        ("exp(x)", {"x": 800.0}, ["y = np.exp(x)", "grad_x = grad_y * y"]),
        ("log(x)", {"x": 0.0}, ["y = np.log(x)", "grad_x = grad_y * (1 / np.array(x))"]),
        ("x**n", {"x": -8.0, "n": 0.5}, ["y = np.array(x) ** n"]),
        ("sqrt(x) / x", {"x": 0.0}, ["a = math.sqrt(x)", "y = np.array(a) / x"]),
    ],
)
def test_numpy_computes_what_python_raises_an_error_for(text, values, lines):
    text = check_python(expression(text, **values))
    assert set(lines) <= set(text.splitlines())


def test_numbers_beside_arrays_are_python_s_and_arrays_numpy_s():
    text = check_python(expression("log(sum(x * exp(w)) ** 2)", x=[1.0, 2.0], w=-0.5))
    written = text.splitlines()
    for line in (
        "w = -0.5",
        "a = math.exp(w)",
        "b = x * a",
        "d = math.pow(c, 2)",
        "grad_y = 1.0",
        "grad_b = np.broadcast_to(grad_c, b.shape)",
        "grad_w = grad_a * a",
    ):
        assert line in written


@pytest.mark.parametrize("text", ["embedding(i, w)", "embedding(abs(i), w) * i"])
def test_a_single_number_chooses_the_rows_that_a_gradient_goes_back_into(text):
    check_python(expression(text, i=1.0, w=[[1.0, 2.0], [3.0, 4.0]]))


def test_what_a_rule_names_bears_that_name_and_is_computed_once():
    x = np.arange(6.0).reshape(2, 3) ** 2
    text = numpy_code(expression("layer_norm(x, g, b)", x=x, g=x[0], b=x[1])).text
    assert text.count("apart = x - x.mean(axis=-1, keepdims=True)") == 1
    assert "grad_x = (gy - gy.mean(axis=-1, keepdims=True) - normal * along) / spread" in text


@pytest.mark.parametrize("write", [python_code, numpy_code, tutorial_code, torch_code])
@pytest.mark.parametrize(
    "names",
    [
        ("np", "torch", "F", "as_variable"),
        ("l", "O", "grad_y", "y"),
        ("Square", "Variable", "local", "part"),
        ("α", "été", "gy", "self"),
        ("math", "isnan", "x0", "at_zero"),
        ("a" * 40, "b" * 40, "c" * 40, "d" * 40),
        tuple(f"{x}_very_long_name" for x in "abcd"),
    ],
)
def test_any_name_can_stand_in_a_program(names, write, tmp_path):
    a, b, c, d = names
    text = f"{c} = {a} * square({b}); {d} = {c} + {c} / {b}; maximum({d}, -{a}) * sigmoid({a})"
    run = expression(text, **{a: 2.0, b: 3.0})
    program = write(run).text
    if write is not torch_code or TORCH:
        wanted = [run.value(run.target), *(run.recording.gradient(x.id) for x in run.inputs)]
        np.testing.assert_allclose(printed(program), wanted, rtol=1e-10)
    (tmp_path / "program.py").write_text(program)
    check_style(tmp_path)


def printed(text):
    """Run a program as a process of its own, and give the numbers that it prints."""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-"], input=text.encode(), capture_output=True, check=True
    )
    return [float(line.partition(" = ")[2]) for line in done.stdout.decode().splitlines()]


READ = """
import json, sys
import numpy as np
names = {"__name__": "__main__"}
exec(compile(open(sys.argv[1]).read(), sys.argv[1], "exec"), names)
found = {name: FORM for name in json.loads(sys.argv[2])}
print(json.dumps(found))
"""
FORMS = {
    "python": "np.asarray(names['grad_' + name]).tolist()",
    "numpy": "names['grad_' + name].tolist()",
    "tutorial": "names[name].grad.tolist()",
    "pytorch": "names[name].grad.tolist()",
}


@pytest.mark.parametrize("name", THREE)
@pytest.mark.parametrize("style", [*FORMS][: 4 if TORCH else 3])
def test_a_script_of_each_of_the_three_is_run_by_python_to_the_gradients_of_the_walk(
    tmp_path, name, style
):
    path = tmp_path / "program.py"
    source = str(file_of(name, tmp_path))
    assert main(["export", source, "--to", style, "--output", str(path)]) == 0
    document = document_of(name)
    recording = record(document.graph, document.target)
    inputs = [block for block in recording.blocks.values() if block.kind == "input"]
    names = json.dumps([block.name for block in inputs])
    reader = READ.replace("FORM", FORMS[style])
    command = [sys.executable, "-P", "-c", reader, path, names]
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, check=True)
    *told, found = done.stdout.splitlines()
    assert len(told) >= 1 + len(inputs)  # it prints its results
    for block in inputs:
        gradient = recording.gradient(block.id)
        np.testing.assert_allclose(json.loads(found)[block.name], gradient, rtol=1e-10)


def test_a_line_tells_its_block_and_which_way_it_goes():
    run = expression("square(exp(x))", x=0.5)
    b, y = (block.id for block in run.functions)
    found = {line.text: (line.blocks, line.direction) for line in numpy_code(run).lines}
    assert found["a = np.exp(x)"] == ((b,), "forward")
    assert found["grad_x = grad_a * a"] == ((b,), "backward")
    assert found["grad_y = np.ones_like(y)"] == ((y,), None)
    lines = torch_code(run).lines
    backward = next(line for line in lines if line.text == "y.backward()")
    assert set(backward.blocks) == {b, y}
    lines = [line for line in tutorial_code(run).lines if b in line.blocks]
    assert [line.text for line in lines if line.direction == "forward"] == [
        "    def forward(self, x):",
        "        return np.exp(x)",
        "a = Exp()(x)",
    ]


def test_a_function_of_ones_own_is_written_out_and_needs_nothing_more():
    @register
    class Half(Function):
        local = (lambda y, x: 0.5,)

        def forward(self, x):
            return x / 2

    @register
    class Cube(Function):
        def forward(self, x):
            return x**3

        def backward(self, gy):
            return 3 * self.input.data**2 * gy

    run = expression("cube(half(x)) + x", x=[1.0, 2.0])
    for check in CHECKS.values():
        assert "**3" in check(run)


def test_what_cannot_be_written_down_is_refused_with_a_sentence():
    @register
    class Odd(Function):
        local = (lambda y, x: 0.5,)

        def forward(self, x):
            return np.array([float(element) for element in x])

    with pytest.raises(CodeError, match="What Odd does cannot be written down as code"):
        numpy_code(expression("odd(x)", x=[1.0, 2.0]))


def test_what_pytorch_lacks_is_refused_with_a_sentence():
    @register
    class Rounded(Function):
        local = (lambda y, x: 0.0,)

        def forward(self, x):
            return np.rint(x)

    run = expression("rounded(x)", x=[1.2, 2.0])
    assert "np.rint(x)" in check_numpy(run)
    with pytest.raises(CodeError, match="PyTorch lacks what Rounded does") as caught:
        torch_code(run)
    assert caught.value.block == run.target


def test_an_array_that_is_too_large_is_refused_before_it_is_run():
    with pytest.raises(CodeError, match=r"x has 10,000,000 elements; .* 10,000 at most"):
        expression("sin(x)", x=np.zeros(10**7))


@pytest.mark.parametrize(
    ("text", "values", "sentence"),
    [
        ("sin(x)", {}, "There is no code for y, which cannot be computed. x has no value yet."),
        ("x @ x", {"x": 1.0}, "There is no code for y, .* Matmul cannot run"),
    ],
)
def test_what_cannot_be_computed_is_refused_with_the_reason(text, values, sentence):
    with pytest.raises(CodeError, match=sentence):
        expression(text, **values)


def test_a_graph_without_functions_is_refused():
    graph = Graph()
    graph.add(Block("b1", "input", "x", np.array(1.0)))
    with pytest.raises(CodeError, match="no function is in this graph"):
        exported(graph, None)


def test_an_array_that_fills_many_lines_is_still_formatted(tmp_path):
    x = np.random.default_rng(1).random((2, 3, 40))
    run = expression("sum(x * w)", x=x, w=x[0, 0] * 1e-9)
    for language, check in CHECKS.items():
        (tmp_path / f"{language}.py").write_text(check(run))
    check_style(tmp_path)


def test_a_notebook_holds_the_program_a_section_a_cell():
    run = expression("square(x)", x=3.0)
    found = json.loads(Notebook(numpy_code(run)).text)
    assert (found["nbformat"], found["nbformat_minor"]) == (4, 5)
    assert len({cell["id"] for cell in found["cells"]}) == len(found["cells"])
    cells = ["".join(cell["source"]) for cell in found["cells"] if cell["cell_type"] == "code"]
    assert ran("\n".join(cells))["grad_x"] == 6.0
    titles = [c["source"] for c in found["cells"] if c["cell_type"] == "markdown"]
    assert ["## Forward"] in titles
