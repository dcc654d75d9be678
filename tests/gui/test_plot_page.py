"""The plot shows the target along an input, its tangent, and what a trial finds."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QSlider, QWidget

from engine.asking.curves import reach
from engine.expression import parse_expression
from gui.document import OpenDocument
from gui.layout import laid_out
from gui.pages import plot_page
from gui.pages.curve_plot import CurvePlot
from gui.pages.plane_plot import PlanePlot
from gui.pages.plot_page import PlotPage
from gui.player import Player
from gui.theme import theme, themes
from tests.gui.builders import document_of
from tests.gui.pages import named, show_page


@pytest.fixture
def shown(qtbot):
    return lambda document: show_page(
        qtbot, lambda player: PlotPage(player, lambda: document.graph), document
    )


def plot_of(page):
    return named(page, "Plot of the function", CurvePlot)


def curve_of(page):
    """The points of the curve."""
    return plot_of(page).curve.T


def slope_of(line):
    (x0, y0), (x1, y1) = line
    return (y1 - y0) / (x1 - x0)


def test_the_curve_is_the_function_and_the_tangent_is_its_gradient(shown, tutorial):
    page = shown(tutorial)
    x, y = curve_of(page)
    np.testing.assert_allclose(y, np.exp(x**2) ** 2, rtol=1e-14)
    plot = plot_of(page)
    assert plot.point.tolist() == [[0.5, 1.648721270700128]]
    assert slope_of(plot.tangent) == pytest.approx(3.297442541400256, rel=1e-14)
    assert "slope 3.2974: that is the gradient ∂y/∂x" in page.said


def test_the_secant_goes_through_the_two_points_of_the_trial(shown, tutorial):
    page = shown(tutorial)
    plot = plot_of(page)
    h = page.nudge
    np.testing.assert_allclose(plot.ends[:, 0], [0.5 - h, 0.5 + h], rtol=1e-15)
    np.testing.assert_allclose(plot.ends[:, 1], np.exp(plot.ends[:, 0] ** 2) ** 2, rtol=1e-14)
    assert slope_of(plot.secant) == pytest.approx(slope_of(plot.ends), rel=1e-14)


def test_another_value_moves_the_point_and_leaves_the_window_where_it_is(shown, tutorial):
    page = shown(tutorial)
    before = curve_of(page)[0]
    x = tutorial.graph.named("x").id
    tutorial.set_value(x, 0.75)
    assert "At x = 0.75" in page.said
    assert curve_of(page)[0].tolist() == before.tolist()
    tutorial.set_value(x, 40.0)
    assert curve_of(page)[0].max() > 40.0


def test_another_document_has_a_window_of_its_own(qtbot):
    first, second = (document_of("square(x)", x=value) for value in (0.5, 0.75))
    player, graphs = Player(first.recording), [first.graph]
    page = PlotPage(player, lambda: graphs[-1])
    qtbot.addWidget(page)
    page.show()
    assert curve_of(page)[0][[0, -1]].tolist() == [*reach(0.5)]
    graphs.append(second.graph)
    player.set_recording(second.recording)
    assert curve_of(page)[0][[0, -1]].tolist() == [*reach(0.75)]


def test_the_nudge_is_moved_by_keyboard_and_the_trial_follows(shown, tutorial):
    page = shown(tutorial)
    slider = named(page, "Nudge of the numerical derivative", QSlider)
    slider.setValue(-40)
    assert page.nudge == pytest.approx(1e-4)
    trial = page.findChildren(QWidget)
    assert any(
        "3.29744263, off by a part of 2.7\u00a0×\u00a010⁻⁸" in w.accessibleName() for w in trial
    )
    QTest.keyClick(slider, Qt.Key.Key_Right)
    assert page.nudge > 1e-4


def test_two_inputs_give_a_plane_with_the_gradient_as_an_arrow(shown):
    page = shown(document_of("100 * (x1 - x0**2)**2 + (x0 - 1)**2", x0=0.0, x1=2.0))
    page.choose("x0", "x1")
    assert named(page, "Plot of the function of two inputs").isVisible()
    assert not named(page, "Plot of the function").isVisible()
    assert "(−2, 400)" in page.said


def test_lines_of_equal_height_are_where_the_function_has_one_height(shown):
    page = shown(document_of("x * x + w * w", x=0.0, w=0.0))
    page.choose("x", "w")
    plot = named(page, "Plot of the function of two inputs", PlanePlot)
    assert len(plot.lines) >= 12
    for line in plot.lines:
        heights = ((3 * line - 1.5) ** 2).sum(axis=1)  # from -1.5 to 1.5 along both sides
        np.testing.assert_allclose(heights, heights[0], atol=2e-3)


def test_the_arrow_points_where_the_function_rises_and_is_none_at_a_summit(shown):
    document = document_of("x * x + w * w", x=1.0, w=0.0)
    page = shown(document)
    page.choose("x", "w")
    plot = named(page, "Plot of the function of two inputs", PlanePlot)
    assert plot.point.tolist() == [[1.0, 0.0]]
    assert (plot.tip - plot.point).tolist() == [[pytest.approx(0.28 * 3), 0.0]]
    document.set_value(document.graph.named("x").id, 0.0)
    assert plot.tip.size == 0


def test_a_plane_is_drawn_anew_where_another_number_is_slid(shown):
    document = document_of("x * w + sin(v)  * x * x", x=1.0, w=0.5, v=0.0)
    page = shown(document)
    page.choose("x", "w")
    plot = named(page, "Plot of the function of two inputs", PlanePlot)
    document.set_value(document.graph.named("x").id, 1.1)
    lines = plot.lines
    document.set_value(document.graph.named("x").id, 1.25)
    assert plot.lines is lines
    document.set_value(document.graph.named("v").id, 1.0)
    assert plot.lines is not lines


def test_while_a_number_is_slid_a_plane_has_fewer_positions_and_all_of_them_at_rest(qtbot, shown):
    document = document_of("sin(x * w) * k", x=1.0, w=0.5, k=1.0)
    page = shown(document)
    page.choose("x", "w")
    plot = named(page, "Plot of the function of two inputs", PlanePlot)
    assert plot.heights.shape == (121, 121)
    for k in (1.1, 1.2, 1.3):
        document.set_value(document.graph.named("k").id, k)
    assert plot.heights.shape == (61, 61)
    x, w = np.linspace(*reach(1.0), 61)[:, None], np.linspace(*reach(0.5), 61)[None, :]
    np.testing.assert_allclose(plot.heights, np.sin(x * w) * 1.3, atol=1e-15)
    qtbot.waitUntil(lambda: plot.heights.shape == (121, 121))
    assert plot.heights[60, 60] == pytest.approx(np.sin(0.5) * 1.3)


def test_a_curve_that_takes_long_at_each_point_has_all_of_them_at_rest(qtbot, shown):
    values = {"x": np.eye(3), "k": 1.0}
    document = document_of("sum(inv(x)) * k", **values)
    page = shown(document)
    assert len(curve_of(page)[0]) == 401
    for k in (1.1, 1.2):
        document.set_value(document.graph.named("k").id, k)
    x, y = curve_of(page)
    assert len(x) < 401
    there = np.isfinite(y)
    np.testing.assert_allclose(y[there], (2 + 1 / x[there]) * 1.2, rtol=1e-12)
    assert plot_of(page).point.tolist() == [[1.0, pytest.approx(3.6)]]
    qtbot.waitUntil(lambda: len(curve_of(page)[0]) == 401)


@pytest.mark.parametrize("theme_name", ["light", "dark"])
def test_plots_take_the_colours_of_the_theme(shown, theme_name):
    page = shown(document_of("x * x + w * w", x=0.5, w=1.0))
    themes().choose(theme_name)
    image = plot_of(page).grab().toImage()
    c = theme()
    assert image.pixelColor(image.width() // 2, 3) == c.sel
    seen = {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(190)}
    assert {c.blue.name(), c.orange.name(), c.dim.name()} <= seen
    page.choose("x", "w")
    image = named(page, "Plot of the function of two inputs").grab().toImage()
    seen = {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(320)}
    assert c.orange.name() in seen


def test_every_number_of_an_array_can_be_chosen(shown):
    page = shown(document_of("sum(x * x)", x=[[1.0, 2.0]]))
    box = named(page, "Input that runs along the plot", QComboBox)
    assert [box.itemText(at) for at in range(box.count())] == ["x[0, 0]", "x[0, 1]"]
    page.choose("x[0, 1]")
    assert "At x[0, 1] = 2 the tangent has the slope 4" in page.said


@pytest.mark.parametrize("text", ["relu(x)", "log(x)", "x * 0", "1 / x", "exp(1000 * x + 700)"])
def test_a_function_with_corners_and_gaps_is_plotted_too(shown, text):
    page = shown(document_of(text, x=0.0))
    assert len(curve_of(page)[0]) > 100
    assert not plot_of(page).grab().isNull()


def test_where_the_function_is_not_finite_there_is_no_point_and_no_tangent(shown):
    document = document_of("log(x)", x=1.0)
    page = shown(document)
    assert plot_of(page).point.tolist() == [[1.0, 0.0]]
    document.set_value(document.graph.named("x").id, -1.0)
    plot = plot_of(page)
    assert (plot.point.size, plot.tangent.size, plot.ends.size) == (0, 0, 0)
    x, y = curve_of(page)
    assert np.isnan(y[x < 0]).all()
    assert np.isfinite(y[x > 0]).all()
    assert "there is no tangent" in page.said
    assert not plot.grab().isNull()


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("square(x)", {"x": 1e308}),
        ("x * 2", {"x": -1.7e308}),
        ("x * w", {"x": 1.7976931348623157e308, "w": 0.0}),
        ("square(x)", {"x": 5e-324}),
        ("x * 1e-320 * w", {"x": 1.0, "w": 1.0}),
        ("x * 1e300 * w", {"x": 1e10, "w": 1e10}),
        ("exp(x) * w", {"x": 709.7, "w": 1.0}),
        ("arcsin(x) * w", {"x": 5.0, "w": 1.0}),
        ("x ** w", {"x": -2.0, "w": 0.5}),
        ("x + 1e17", {"x": 1.0}),
        ("sum(x) * w", {"x": np.empty(0), "w": 1.0}),
        ("sum(dropout(x, seed=2))", {"x": [1.0, 2.0]}),
        ("softmax_cross_entropy(x, t)", {"x": np.eye(3), "t": [0.0, 1.0, 2.0]}),
        ("sum(embedding(t, w))", {"t": [0.0, 1.0], "w": np.eye(2)}),
    ],
)
def test_whatever_the_numbers_are_a_plot_is_painted(shown, text, values):
    page = shown(document_of(text, **values))
    first, *others = page.choices()
    assert not plot_of(page).grab().isNull()
    if others:
        page.choose(first, others[-1])
        plane = named(page, "Plot of the function of two inputs")
        assert plane.isVisible()
        assert not plane.grab().isNull()


def test_without_a_function_it_says_what_it_takes(shown):
    page = shown(OpenDocument())
    assert named(page, "Input that runs along the plot", QComboBox).count() == 0
    assert any("nothing to plot yet" in w.accessibleName() for w in page.findChildren(QWidget))


def test_an_input_that_goes_is_no_longer_chosen(shown):
    document = document_of("x * w", x=1.0, w=2.0)
    page = shown(document)
    page.choose("w")
    document.remove([document.graph.named("w").id])
    box = named(page, "Input that runs along the plot", QComboBox)
    assert box.findText("w") == -1


def long_product():
    """Two inputs and five hundred blocks, as an open document."""
    lines = ["a0 = x * w", *(f"a{at + 1} = sin(a{at})" for at in range(500))]
    values = {"x": np.array(0.5), "w": np.array(2.0)}
    return OpenDocument(laid_out(*parse_expression("; ".join(lines), values)))


def trial_told(page):
    return page._trial.accessibleName()


def test_a_long_chain_is_plotted_while_the_window_goes_on(qtbot, shown, threads_of):
    drawn, tried = threads_of(plot_page, "curve_of"), threads_of(plot_page, "trial_of")
    document = long_product()
    page = shown(document)
    assert named(page, "Going over 503 numbers …").isVisible()
    assert not named(page, "Plot of the function").isVisible()
    slider = named(page, "Nudge of the numerical derivative", QSlider)
    slider.setValue(-40)  # while the curve, with a trial at another nudge, is being worked out
    qtbot.waitUntil(lambda: "With h = 0.0001 " in trial_told(page))
    x, y = curve_of(page)
    assert len(x) == 401
    at = abs(x - 0.5).argmin()
    assert y[at] == pytest.approx(float(document.recording.value(document.end)), rel=1e-2)
    assert "the tangent has the slope" in page.said
    slider.setValue(-60)
    qtbot.waitUntil(lambda: "With h = 10⁻⁶ " in trial_told(page))
    assert drawn == tried == {"gradwalk-answers_0"}


def test_two_inputs_of_a_long_chain_give_a_plane_a_little_later(qtbot, shown, threads_of):
    drawn = threads_of(plot_page, "plane_of")
    page = shown(long_product())
    page.choose("x", "w")
    assert not named(page, "Plot of the function of two inputs").isVisible()
    qtbot.waitUntil(named(page, "Plot of the function of two inputs").isVisible)
    assert "The arrow is the gradient" in page.said
    assert drawn == {"gradwalk-answers_0"}


def test_a_net_is_plotted_at_once(shown):
    values = {"x": [[1.0, -0.4], [0.3, 0.8]], "w": [[0.5, -1.0], [0.7, 0.2]], "b": [0.1, 0.2]}
    document = document_of("sum(square(tanh(matmul(x, w) + b)))", **values)
    page = shown(document)
    page.choose("w[0, 1]")
    x, y = curve_of(page)
    assert len(x) == 401
    for at in (0, 123, 400):
        w = np.array(values["w"])
        w[0, 1] = x[at]
        h = np.tanh(np.array(values["x"]) @ w + values["b"])
        assert y[at] == pytest.approx((h * h).sum(), rel=1e-14)


def test_large_arrays_are_plotted_while_the_window_goes_on(qtbot, shown, threads_of):
    drawn = threads_of(plot_page, "curve_of")
    page = shown(document_of("sum(sin(x))", x=np.full(15_000, 0.5)))
    assert named(page, "Going over 30,001 numbers …").isVisible()
    qtbot.waitUntil(page.nothing.isHidden)
    assert "At x[0] = 0.5 the tangent has the slope 0.87758" in page.said
    assert drawn == {"gradwalk-answers_0"}


def test_a_block_that_goes_while_its_plot_is_worked_out_is_no_mishap(qtbot, shown, held_answers):
    document = long_product()
    page = shown(document)
    document.remove([document.end])
    held_answers.set()
    qtbot.waitUntil(lambda: not document.is_behind and page.nothing.isHidden())
    assert "∂a499/∂x" in page.said


def test_a_secant_has_as_many_digits_as_tell_where_it_is_off(shown, tutorial):
    page = shown(tutorial)
    assert "the slope 4.3014, off by 30\u00a0%" in trial_told(page)
    named(page, "Nudge of the numerical derivative", QSlider).setValue(-40)
    assert "the slope 3.29744263, off by" in trial_told(page)


def test_a_plot_is_as_much_higher_as_it_is_wider(shown, tutorial):
    page = shown(tutorial)
    plot = named(page, "Plot of the function")
    form = plot.width() / plot.height()
    page.resize(480, 900)
    assert plot.width() > 400
    assert plot.width() / plot.height() == pytest.approx(form, rel=0.01)
