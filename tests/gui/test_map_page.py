"""The map tells where a gradient vanishes, lists where one ends, and colours the canvas."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton

from engine.asking.gradient_map import GradientMap
from engine.asking.size_dots import picture_of
from engine.expression import parse_expression
from engine.recording import record
from gui.answer import Answer
from gui.canvas import findings
from gui.canvas.heat import heat_colours, heat_shade
from gui.contrast import ink_on
from gui.document import OpenDocument
from gui.pages import map_page
from gui.pages.map_page import MapPage
from gui.pages.size_plot import SizePlot
from gui.theme import theme, themes
from tests.gui.builders import document_of, long_chain
from tests.gui.pages import named, show_page
from tests.gui.test_panel_contrast import contrast


@pytest.fixture
def shown(qtbot):
    return lambda document: show_page(qtbot, MapPage, document)


def test_vanishing_is_said(shown):
    page = shown(document_of("sigmoid(" * 30 + "x" + ")" * 30, x=0.0))
    assert named(page, "The gradient vanishes: from y back to the inputs")


def test_the_legend_has_the_colours_of_the_marks(shown):
    page = shown(document_of("square(x)", x=2.0))
    legend = named(page, "▲ values, ● gradients, ✕ gradients that are exactly 0")
    for theme_name in ("light", "dark"):
        themes().choose(theme_name)
        for mark, colour in (("▲", theme().blue), ("●", theme().orange), ("✕", theme().bad)):
            assert f'color:{colour.name()}">{mark}' in legend.text()


def plot_of(page):
    return named(page, "Sizes of values and gradients", SizePlot)


def test_every_variable_has_a_dot_that_leads_to_its_block(qtbot, shown):
    document = document_of("square(exp(square(x)))", x=0.5)
    page = shown(document)
    plot = plot_of(page)
    found = plot.picture
    assert [len(dots.blocks) for dots in (found.values, found.gradients, found.zeros)] == [4, 4, 0]
    for dots in (found.values, found.gradients):
        for pixels, block in zip(plot.points(dots.places), dots.blocks, strict=True):
            place = QPointF(*pixels)
            with qtbot.waitSignal(page.block_pointed) as pointed:
                QTest.mouseClick(plot, Qt.MouseButton.LeftButton, pos=place.toPoint())
            assert pointed.args == [block]
            QTest.mouseMove(plot, place.toPoint())
            assert plot.cursor().shape() == Qt.CursorShape.PointingHandCursor


def test_beside_all_dots_there_is_nothing_to_click(qtbot, shown):
    page = shown(document_of("square(exp(square(x)))", x=0.5))
    plot = plot_of(page)
    with qtbot.assertNotEmitted(page.block_pointed):
        QTest.mouseClick(plot, Qt.MouseButton.LeftButton, pos=QPoint(3, 3))
    QTest.mouseMove(plot, QPoint(3, 3))
    assert plot.cursor().shape() == Qt.CursorShape.ArrowCursor


def test_very_large_arrays_are_looked_at_while_the_window_goes_on(qtbot, shown):
    page = shown(document_of("sum(relu(x))", x=np.r_[-np.ones(200_000), np.ones(200_000)]))
    assert named(page, "Going over 800,001 numbers …").isVisible()
    qtbot.waitUntil(lambda: bool(plot_of(page).picture.values.blocks))
    assert named(page, "The gradient neither vanishes nor explodes").isVisible()
    assert page.nothing.isHidden()


def test_a_long_chain_is_looked_at_while_the_window_goes_on(qtbot, shown, threads_of):
    looked = threads_of(map_page, "found_in")
    page = shown(OpenDocument(long_chain()))
    assert named(page, "Going over 1,500 numbers …").isVisible()
    assert not page._places_head.isVisible()
    qtbot.waitUntil(page.nothing.isHidden)
    assert page._places_head.isVisible()
    assert named(page, "The gradient vanishes: from v1499 back to the inputs").isVisible()
    assert looked == {"gradwalk-answers_0"}


def test_what_was_asked_before_a_change_is_not_shown_after_it(qtbot, shown, held_answers):
    document = OpenDocument(long_chain())
    page = shown(document)
    document.set_target("b2")
    qtbot.waitUntil(lambda: not document.is_behind)
    held_answers.set()
    qtbot.waitUntil(page.nothing.isHidden)
    assert named(page, "The gradient neither vanishes nor explodes")


def test_a_page_that_is_left_and_come_back_to_is_worked_out_anew(qtbot, shown, held_answers):
    page = shown(OpenDocument(long_chain()))
    page.hide()
    assert not page._answer.is_awaited
    held_answers.set()
    page.show()
    qtbot.waitUntil(page.nothing.isHidden)
    assert plot_of(page).picture.values.blocks


def test_dots_that_would_hide_each_other_are_drawn_once(qtbot, shown):
    page = shown(OpenDocument(long_chain(4_000)))
    qtbot.waitUntil(page.nothing.isHidden)
    x = plot_of(page).picture.values.x
    assert 100 < len(x) < 2_000
    assert x.min() == 0
    assert x.max() > 3_970


@pytest.mark.parametrize(
    ("blocks", "marks"),
    [(3, ["0", "1", "2", "3"]), (30, ["0", "10", "20", "30"])],
)
def test_blocks_are_counted_in_whole_numbers(shown, blocks, marks):
    page = shown(document_of("sigmoid(" * blocks + "x" + ")" * blocks, x=0.0))
    assert [text for _, text in plot_of(page).across.marks(6)] == marks


def test_a_dead_relu_is_listed_with_a_way_to_its_step(shown):
    page = shown(document_of("exp(relu(x))", x=-2.0))
    assert named(page, "Relu lets nothing through to x")
    link = named(page, "Go to step 6", QAbstractButton)
    QTest.mouseClick(link, Qt.MouseButton.LeftButton)
    assert page.player.moment.cursor == 5


def test_another_value_takes_the_place_off_the_list(shown):
    document = document_of("exp(relu(x))", x=-2.0)
    page = shown(document)
    document.set_value(document.graph.named("x").id, 2.0)
    assert named(page, "None becomes exactly 0, NaN or infinite.")


def test_an_empty_document_has_nothing_to_show(shown):
    page = shown(OpenDocument())
    assert named(page, "There are no gradients")


def test_colour_by_gradient_is_switched_on_the_canvas_and_follows(window):
    window.actions_by_name["heat"].setChecked(True)
    heat = window.view.canvas.findings.heat
    graph = window.document.graph
    low = graph.named("y").id  # its gradient is 1, the smallest here
    grounds = [heat_colours(heat, block, theme())[0].lightness() for block in (low, "b1")]
    assert grounds[0] > grounds[1]
    window.document.set_value(graph.named("x").id, 0.0)
    edge = heat_colours(window.view.canvas.findings.heat, graph.named("x").id, theme())[1]
    assert edge == theme().bad
    window.actions_by_name["heat"].setChecked(False)
    assert window.view.canvas.findings.heat is None


def test_a_long_chain_is_coloured_once_its_gradients_have_been_looked_at(qtbot, window, threads_of):
    looked = threads_of(findings, "sizes_in")
    window.show_document(OpenDocument(long_chain()))
    shown = window.view.canvas.findings
    window.actions_by_name["heat"].setChecked(True)
    assert shown.is_heated
    assert shown.heat is None
    qtbot.waitUntil(lambda: shown.heat is not None)
    assert shown.heat.by_block["b1"].value == np.log10(0.5)
    window.document.set_value("b1", np.array(np.inf))
    before = shown.heat
    qtbot.waitUntil(lambda: shown.heat is not before)
    assert np.isnan(shown.heat.by_block["b1"].value)
    assert looked == {"gradwalk-answers_0"}
    window.actions_by_name["heat"].setChecked(False)
    assert shown.heat is None


def test_colours_that_are_switched_off_before_they_are_there_stay_off(qtbot, window, held_answers):
    window.show_document(OpenDocument(long_chain()))
    window.actions_by_name["heat"].setChecked(True)
    window.actions_by_name["heat"].setChecked(False)
    held_answers.set()
    done = Answer()
    done.ask(lambda: 0)
    with qtbot.waitSignal(done.known):
        pass
    assert window.view.canvas.findings.heat is None


def test_there_is_room_for_gradients_of_0_in_the_plot_only_where_there_are_any():
    lows = []
    for w in (1.0, -1.0):
        graph, y = parse_expression("relu(x * w) + x", {"x": np.array(1.0), "w": np.array(w)})
        lows.append(picture_of(GradientMap(record(graph, y)).spots))
    well, dead = lows
    assert not well.zeros.blocks
    assert well.low == min(*well.values.y, *well.gradients.y) - 1.0
    assert dead.low < dead.zeros.y[0] < min(*dead.values.y, *dead.gradients.y)


@pytest.mark.parametrize("name", ["light", "dark"])
def test_what_stands_on_a_ground_of_the_map_can_be_read(window, name):
    themes().choose(name)
    c = theme()
    for share in np.linspace(0.0, 1.0, 16):
        ground = heat_shade(float(share), c)[0]
        assert contrast(ink_on(ground, c), ground) >= 4.5
    window.player.to_start()
    window.player.step_on()
    window.view.fit()
    item = window.view.canvas.block_item(window.document.graph.named("x").id)
    at = window.view.mapFromScene(item.number_area().adjusted(6, 6, -6, -10)).boundingRect()

    def blue_dots():
        seen = window.view.viewport().grab(at).toImage()
        places = product(range(seen.width()), range(seen.height()))
        dots = (seen.pixelColor(*place) for place in places)
        return sum(dot.blue() > dot.red() + 60 for dot in dots)

    assert blue_dots()
    window.actions_by_name["heat"].setChecked(True)
    assert not blue_dots()


ENDS = {
    "exp at 710": ("exp(x) * w", {"x": 710, "w": 2}, "Exp gave infinity at x = 710", "overflow"),
    "log of 0": ("log(x) * w", {"x": 0, "w": 2}, "Log gave minus infinity at x = 0", "no bound"),
    "a dead relu": ("relu(x) * w", {"x": -2, "w": 3}, "Relu lets nothing through", "it is flat"),
}


@pytest.mark.parametrize("by_mouse", [False, True], ids=["by keyboard", "by mouse"])
@pytest.mark.parametrize("case", ENDS)
def test_where_a_number_ends_is_named_with_its_reason_and_gone_to(window, qtbot, case, by_mouse):
    text, values, words, reason = ENDS[case]
    window.documents.open(document_of(text, **values))
    window.player.to_start()
    window.commands.ask_map()
    page = window.side.page("map")
    sentence = named(page, words).accessibleName()
    assert reason in sentence
    bad = window.player.recording.first_bad
    deaths = GradientMap(window.player.recording).deaths
    step = bad.step if bad is not None else next(d.step for d in deaths if words in d.sentence)
    link = named(page, f"Go to step {step + 1}", QAbstractButton)
    qtbot.waitUntil(link.isVisible)
    if by_mouse:
        QTest.mouseClick(link, Qt.MouseButton.LeftButton)
    else:
        link.setFocus()
        QTest.keyClick(link, Qt.Key.Key_Space)
    assert window.player.moment.cursor == step
    block = window.player.moment.step.block
    assert window.view.canvas.selection.blocks() == [block]
    value = window.player.recording.value(block)
    expected = {"exp at 710": np.inf, "log of 0": -np.inf, "a dead relu": 0.0}
    assert float(value) == expected[case]
