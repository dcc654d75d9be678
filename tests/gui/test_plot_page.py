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
from gui.pages.plot_page import PlotPage
from gui.player import Player
from gui.theme import themes
from tests.gui.builders import document_of
from tests.gui.pages import named, show_page


@pytest.fixture
def shown(qtbot):
    return lambda document: show_page(
        qtbot, lambda player: PlotPage(player, lambda: document.graph), document
    )


def curve_of(page):
    """The points of the curve: the first line of the plot."""
    return named(page, "Plot of the function").listDataItems()[0].getData()


def test_the_curve_is_the_function_and_the_tangent_is_its_gradient(shown, tutorial):
    page = shown(tutorial)
    x, y = curve_of(page)
    at = abs(x - 0.5).argmin()
    assert y[at] == pytest.approx(1.6487, rel=2e-2)
    _, _, tangent = named(page, "Plot of the function").listDataItems()[:3]
    ends, heights = tangent.getData()
    assert (heights[1] - heights[0]) / (ends[1] - ends[0]) == pytest.approx(3.297442541400256)
    assert "slope 3.2974: that is the gradient ∂y/∂x" in page.said


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
    assert any("3.29744263, off by a part of 2.7e−8" in w.accessibleName() for w in trial)
    QTest.keyClick(slider, Qt.Key.Key_Right)
    assert page.nudge > 1e-4


def test_two_inputs_give_a_plane_with_the_gradient_as_an_arrow(shown):
    page = shown(document_of("100 * (x1 - x0**2)**2 + (x0 - 1)**2", x0=0.0, x1=2.0))
    page.choose("x0", "x1")
    assert named(page, "Plot of the function of two inputs").isVisible()
    assert not named(page, "Plot of the function").isVisible()
    assert "(−2, 400)" in page.said


def test_lines_of_equal_height_take_the_colours_of_the_theme(shown):
    page = shown(document_of("x * x + w * w", x=0.5, w=1.0))
    page.choose("x", "w")
    line = named(page, "Plot of the function of two inputs").listDataItems()[-1]
    light = line.opts["pen"].color()
    themes().choose("dark")
    assert line.opts["pen"].color() != light
    page.choose("w", "x")
    again = named(page, "Plot of the function of two inputs").listDataItems()[-1]
    assert again.opts["pen"].color() == line.opts["pen"].color()


def test_every_number_of_an_array_can_be_chosen(shown):
    page = shown(document_of("sum(x * x)", x=[[1.0, 2.0]]))
    box = named(page, "Input that runs along the plot", QComboBox)
    assert [box.itemText(at) for at in range(box.count())] == ["x[0, 0]", "x[0, 1]"]
    page.choose("x[0, 1]")
    assert "At x[0, 1] = 2 the tangent has the slope 4" in page.said


@pytest.mark.parametrize("text", ["relu(x)", "log(x)", "x * 0"])
def test_a_function_with_corners_and_gaps_is_plotted_too(shown, text):
    page = shown(document_of(text, x=0.0))
    assert len(curve_of(page)[0]) > 100


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


def test_numbers_at_the_axes_are_written_as_everywhere_else(shown):
    page = shown(document_of("square(x**2 + x**2)", x=-1.5))
    valley = named(page, "Error of the numerical derivative against the nudge").getAxis("left")
    assert valley.label.toPlainText().strip() == "error"
    assert valley.tickStrings([-9.0, 0.0, 0.5], 1.0, 1.0) == ["10⁻⁹", "10⁰", ""]
    across = named(page, "Plot of the function").getAxis("bottom")
    assert across.tickStrings([-1.5], 1.0, 0.5) == ["−1.5"]


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
    qtbot.waitUntil(lambda: "With h = 1e−6 " in trial_told(page))
    assert drawn == tried == {"gradwalk-answers_0"}


def test_two_inputs_of_a_long_chain_give_a_plane_a_little_later(qtbot, shown, threads_of):
    drawn = threads_of(plot_page, "plane_of")
    page = shown(long_product())
    page.choose("x", "w")
    assert not named(page, "Plot of the function of two inputs").isVisible()
    qtbot.waitUntil(named(page, "Plot of the function of two inputs").isVisible)
    assert "The arrow is the gradient" in page.said
    assert drawn == {"gradwalk-answers_0"}


def test_arrays_that_are_run_position_by_position_do_not_hold_the_window_up(
    qtbot, shown, threads_of
):
    drawn = threads_of(plot_page, "curve_of")
    page = shown(document_of("sum(" + "sin(" * 30 + "x" + ")" * 30 + ")", x=[0.5, 0.25]))
    assert named(page, "Going over 63 numbers …").isVisible()
    qtbot.waitUntil(page.nothing.isHidden)
    assert "At x[0] = 0.5 the tangent has the slope" in page.said
    assert drawn == {"gradwalk-answers_0"}


def test_a_block_that_goes_while_its_plot_is_worked_out_is_no_mishap(qtbot, shown, held_answers):
    document = long_product()
    page = shown(document)
    document.remove([document.end])
    held_answers.set()
    qtbot.waitUntil(lambda: not document.is_behind and page.nothing.isHidden())
    assert "∂a499/∂x" in page.said
