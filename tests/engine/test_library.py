"""The engine as a library: in Python, and in a notebook."""

import json
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import numpy as np
import pytest

import engine
from engine import Variable
from engine.document import Document
from engine.errors import CodeError, DocumentError, PictureError, RunError

TOUR = Path("docs/tour.ipynb")


def recorded(function, *args):
    return engine.record(engine.trace(function, *args))


def tutorial():
    return recorded(lambda x: np.square(np.exp(np.square(x))), 0.5)


def test_a_compiled_graph_answers_for_any_value_with_its_gradients():
    graph = engine.trace(lambda x, w: np.exp(x) * w, 0.5, 2.0)
    plan = engine.compiled(graph)
    for x, w in ((0.0, 3.0), (1.0, -2.0)):
        value, by_x, by_w = plan.answer(x, w)
        assert (value, by_x, by_w) == pytest.approx((np.exp(x) * w, np.exp(x) * w, np.exp(x)))
    with pytest.raises(RunError, match="nothing to differentiate"):
        engine.compiled(engine.Graph())


def test_a_python_function_of_operators_and_numpy_becomes_a_graph():
    def loss(x, w, b):
        return np.mean((np.tanh(x @ w + b) - 1) ** 2)

    graph = engine.trace(loss, np.ones((4, 3)), np.full((3, 2), 0.1), [0.5, -0.5])
    assert [graph.named(name).kind for name in ("x", "w", "b")] == ["input"] * 3
    recording = engine.record(graph)
    w = Variable(np.full((3, 2), 0.1))
    y = loss(Variable(np.ones((4, 3))), w, Variable(np.array([0.5, -0.5])))
    y.backward()
    assert recording.value(recording.target) == y.data
    np.testing.assert_array_equal(recording.gradient(graph.named("w").id), w.grad)


def test_what_is_given_by_keyword_is_no_input():
    graph = engine.trace(lambda x, axis: np.sum(x, axis=axis), np.ones((2, 3)), axis=0)
    assert [block.kind for block in graph.blocks.values()] == ["input", "sum"]


def test_arguments_of_any_number_are_numbered():
    graph = engine.trace(lambda *xs: xs[0] * xs[1], 2.0, 3.0)
    assert {block.name for block in graph.blocks.values()} >= {"xs0", "xs1"}


def test_variables_that_are_given_keep_their_names_and_are_not_changed():
    x = Variable(np.array(2.0), "speed")
    graph = engine.trace(lambda x: x * x, x)
    assert graph.named("speed") is not None
    assert x.grad is None


def test_trace_of_a_matrix_is_still_the_sum_of_its_diagonal():
    assert engine.trace(Variable(np.diag([1.0, 2.0, 4.0]))).data == 7


@pytest.mark.parametrize(
    ("function", "sentence"),
    [
        (lambda x: (x, x * 2), "several values"),
        (lambda x: 3.0, "no Variable"),
        (lambda x: x, "No function made"),
    ],
)
def test_what_gives_no_variable_is_refused_with_a_sentence(function, sentence):
    with pytest.raises(RunError, match=sentence):
        engine.trace(function, 1.0)


def test_a_variable_shows_how_it_came_to_be_with_its_gradients_once_they_are_there():
    x = Variable(np.array(0.5), "x")
    y = np.square(np.exp(np.square(x)))
    assert x._repr_svg_() is None
    before = y._repr_svg_()
    assert "1.6487" in before
    assert "3.2974" not in before
    y.backward()
    assert ET.fromstring(y._repr_svg_()) is not None
    assert "3.2974" in y._repr_svg_()


def test_a_graph_and_a_recording_show_themselves():
    recording = tutorial()
    graph = engine.trace(np.exp, 0.5)
    assert "Exp" in graph._repr_svg_()
    assert engine.Graph()._repr_svg_() is None
    assert recording._repr_html_().count('title="Forward') == 4
    assert recording._repr_html_().count('title="Backward') == 4
    assert "3.2974" in recording._repr_svg_()


def test_what_is_too_long_to_be_shown_unasked_is_left_to_its_text():
    graph, _ = engine.parse_expression("x" + " + x" * 600, {"x": np.array(1.0)})
    assert graph._repr_svg_() is None
    assert engine.record(graph)._repr_html_() is None


def test_a_recording_is_written_out_in_every_way(tmp_path):
    recording = tutorial()
    text = recording.to_html(tmp_path / "walk.html")
    assert (tmp_path / "walk.html").read_text(encoding="utf-8") == text
    assert "3.2974" not in recording.to_svg(5)
    assert "3.2974" in recording.to_svg()
    assert recording.to_svg(theme="dark") != recording.to_svg()
    assert [json.loads(line)["step"] for line in recording.to_json().splitlines()] == [*range(1, 9)]
    assert "grad_x" in recording.to_python()
    assert "import torch" in recording.to_python("pytorch")
    assert json.loads(recording.to_python("notebook"))["nbformat"] == 4
    assert recording.to_latex().startswith(r"\documentclass")
    assert recording.to_mermaid().startswith("flowchart")
    assert recording.to_dot().startswith("digraph")


def test_what_cannot_be_written_out_is_refused_with_a_sentence(tmp_path):
    recording = tutorial()
    with pytest.raises(RunError, match="steps 1 to 8"):
        recording.to_svg(9)
    with pytest.raises(RunError, match="steps 1 to 8"):
        recording.to_svg(0)
    with pytest.raises(CodeError, match="fortran"):
        recording.to_python("fortran")
    with pytest.raises(DocumentError, match="cannot be saved"):
        recording.to_html(tmp_path / "nowhere" / "walk.html")
    graph, target = engine.parse_expression("exp(x) + 1", {"x": np.array(0.5)})
    other = Document(graph, {}, target)
    with pytest.raises(PictureError, match="other blocks than were walked"):
        recording.to_html(document=other)
    with pytest.raises(PictureError, match="other blocks than were walked"):
        recording.to_svg(document=other)


def test_what_cannot_be_run_cannot_be_compiled_and_the_sentence_says_why():
    values = {"x": np.ones((2, 3)), "w": np.ones((2, 3))}
    graph, _ = engine.parse_expression("matmul(x, w)", values)
    with pytest.raises(RunError, match="Matmul cannot run"):
        engine.compiled(graph)


def test_the_steps_are_a_table_of_equal_columns_with_a_row_for_each_contribution():
    rows = recorded(lambda x, w: x * w + x, 2.0, 5.0).records()
    assert len({tuple(row) for row in rows}) == 1
    backward = [row for row in rows if row["direction"] == "backward"]
    assert [(row["block"], row["to"]) for row in backward] == [
        ("Add", "b"),
        ("Add", "a"),
        ("Add", "x"),
        ("Mul", "x"),
        ("Mul", "w"),
    ]
    add = backward[3]
    assert (add["upstream"], add["local"], add["contribution"]) == (1, 5, 5)
    assert (add["before"], add["gradient"]) == (1, 6)
    assert add["rule"].startswith("∂b/∂x = ∂b/∂a · w")


def test_importing_the_engine_loads_nothing_of_what_shows_it():
    code = (
        "import sys, engine; late = ('engine.exports', 'engine.picture', 'engine.code', 'networkx',"
        " 'latex2mathml', 'msgspec'); print([name for name in late if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def cells(kind):
    notebook = json.loads(TOUR.read_text(encoding="utf-8"))
    return ["".join(c["source"]) for c in notebook["cells"] if c["cell_type"] == kind]


def test_every_cell_of_the_tour_runs_and_what_it_ends_with_shows_itself():
    namespace, shown = {}, []
    for source in cells("code"):
        *lines, last = source.rstrip().split("\n")
        exec("\n".join(lines), namespace)  # noqa: S102 - our own notebook
        try:
            value = eval(last, namespace)  # noqa: S307 - and again
        except SyntaxError:
            exec(last, namespace)  # noqa: S102 - a statement
            continue
        found = getattr(value, "_repr_html_", lambda: None)()
        picture = getattr(value, "_repr_svg_", lambda: None)()
        if value is not None:
            shown.append("html" if found else "svg" if picture else "text")
    answers = ["html"] * 8
    assert shown == ["text", "svg", "svg", "html", "text", *answers, "text", "html"]


def test_the_tour_is_a_notebook_without_outputs_of_a_machine():
    notebook = json.loads(TOUR.read_text(encoding="utf-8"))
    assert (notebook["nbformat"], notebook["nbformat_minor"]) == (4, 5)
    assert len({cell["id"] for cell in notebook["cells"]}) == len(notebook["cells"])
    for cell in notebook["cells"]:
        assert cell["cell_type"] == "markdown" or (cell["outputs"], cell["execution_count"]) == (
            [],
            None,
        )
