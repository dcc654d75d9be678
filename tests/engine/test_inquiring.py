"""A recording answers questions in the words of the terminal, and its answers show themselves."""

import numpy as np
import pytest

import engine
from engine.asking.answers import answer
from engine.asking.ask import Ask
from engine.asking.told import TOLD
from engine.errors import RunError
from engine.terminal import as_it_is
from tests.engine.four_pages import recorded
from tests.engine.reading import read, with_class
from tests.engine.test_page_questions import TRUE
from tests.four import TEXTS, gradient


@pytest.fixture(params=list(TEXTS))
def asked(request):
    name = request.param
    number = "x[1, 2]" if name == "net" else "x"
    place = (1, 2) if name == "net" else ()
    return recorded(name), number, gradient(name, TEXTS[name][1], "x"), place


def close(found, right):
    np.testing.assert_allclose(found, right, rtol=1e-9, atol=1e-12)


def test_every_answer_holds_the_gradient(asked):
    recording, number, right, place = asked
    close(recording.paths("x").answer.total, right)
    close(recording.plot(number).answer.slope, right[place])
    close(recording.forward(number).answer.steps[-1].tangent, right[place])
    close(recording.element(number).answer.gradient, right[place])
    wrong = recording.wrong("uncleared").answer
    source = next(block.id for block in recording.blocks.values() if block.name == "x")
    close(wrong.gradients[source], 2 * right)
    np.testing.assert_allclose(
        recording.checked("x").answer.checks[source].numeric, right, rtol=1e-6, atol=1e-9
    )
    size = recording.sizes().answer.by_block[source].gradient
    assert size == pytest.approx(0.5 * np.log10(np.mean(right**2)), abs=1e-9)


def test_it_prints_what_the_terminal_tells(asked, monkeypatch):
    monkeypatch.setenv("COLUMNS", "90")
    recording, number, _, _ = asked
    for what, about, shown in (
        ("paths", "x", recording.paths("x")),
        ("plot", number, recording.plot(number)),
        ("forward", number, recording.forward(number)),
        ("element", number, recording.element(number)),
        ("sizes", "", recording.sizes()),
        ("wrong", "overwrite", recording.wrong("overwrite")),
    ):
        lines = TOLD[what].lines(answer(recording, Ask(what, about)), 90, as_it_is)
        assert str(shown) == repr(shown) == "\n".join(lines).strip("\n")


def test_it_shows_itself_as_html_that_asks_for_nothing(asked):
    recording, number, _, _ = asked
    for shown in (
        recording.paths("x"),
        recording.plot(number),
        recording.sizes(),
        recording.wrong("stack"),
        recording.forward(number),
        recording.element(number),
        recording.checked(),
    ):
        elements = read(shown._repr_html_())
        assert with_class(elements, "answer")
        assert not [e for e in elements if e.keys() & {"src", "href", "action"}]
        assert not [e for e in elements if "data-step" in e]  # there is no walk to go to


def test_the_tutorial_is_told_with_its_own_numbers():
    recording = recorded("tutorial")
    assert str(TRUE["step09"]["grad"]["x"]) in str(recording.checked("x"))
    assert "∂y/∂x = 3.2974" in str(recording.paths("x"))
    html = recording.paths("x")._repr_html_()
    (path,) = with_class(read(html), "path")
    assert "open" in path


def test_along_two_numbers_it_tells_where_the_gradient_points():
    graph, y = engine.parse_expression("x**2 + y**2", {"x": np.array(1.0), "y": np.array(1.0)})
    shown = engine.record(graph, y).plot("x", "y")
    assert "The arrow is the gradient, (2, 2)." in str(shown)
    assert shown.answer.slopes == (2.0, 2.0)
    assert len(with_class(read(shown._repr_html_()), "band")) >= 5


@pytest.mark.parametrize(
    ("ask", "sentence"),
    [
        (lambda r: r.paths("q"), "No path leads back to an input called q; there are: x."),
        (lambda r: r.plot("q"), "There is no number called q to plot along; there are: x."),
        (lambda r: r.plot("x", "x"), "x cannot run along both sides."),
        (lambda r: r.wrong("best"), "There is no wrong rule “best”"),
        (lambda r: r.checked("q"), "There is no gradient by q; there are: "),
        (lambda r: r.element("q"), "There is no Variable called q"),
    ],
)
def test_what_cannot_be_asked_is_refused_with_a_sentence(ask, sentence):
    with pytest.raises(RunError) as refused:
        ask(recorded("tutorial"))
    assert sentence in refused.value.sentence


def test_arrays_that_are_too_large_are_refused_as_in_the_window():
    graph, y = engine.parse_expression("sum(square(x))", {"x": np.ones(400_000)})
    recording = engine.record(graph, y)
    for ask in (recording.checked, lambda: recording.plot("x[0]", "x[1]")):
        with pytest.raises(RunError, match="have 800,001 elements in all"):
            ask()


def test_the_derivative_of_the_derivative_is_a_walk_that_can_be_asked_the_same():
    graph, y = engine.parse_expression("tanh(x)", {"x": np.array(1.0)})
    run, known = engine.record(graph, y), TRUE["step35"]
    for value in known["values"]:
        (block,) = (b for b in run.blocks.values() if b.name == "x")
        assert float(run.gradient(block.id)) == pytest.approx(value, rel=known["rtol"])
        run = run.derive("x")
        assert float(run.value(run.target)) == pytest.approx(value, rel=known["rtol"])
    assert "12 paths lead from gx back to x" in str(run.paths("x"))
    with pytest.raises(RunError, match="There is no input called q; there are: x"):
        run.derive("q")


def test_it_asks_for_each_number_in_a_notebook():
    shown = recorded("tutorial").predict()
    assert [question.symbol for question in shown.answer][:4] == ["a", "b", "y", "∂y/∂b"]
    assert "How steeply does Exp rise at a = 0.25?\n∂b/∂a = ?" in str(shown)
    elements = read(shown._repr_html_())
    (data,) = with_class(elements, "quiz-data")
    assert "The local derivative of Exp: ∂b/∂a = 1.2840." in data["text"]
