"""Every path back to an input, one to be lit on the canvas."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox

from engine.expression import parse_expression
from engine.values import source_text
from gui.document import OpenDocument
from gui.layout import laid_out
from gui.pages import paths_page
from gui.pages.heat_grid import HeatGrid
from gui.pages.path_view import FactorView
from gui.pages.paths_page import PathsPage
from gui.panels.labels import Text
from gui.panels.warning_card import LinkButton
from gui.theme import theme
from tests.gui.builders import document_of, long_chain
from tests.gui.pages import named, show_page


@pytest.fixture
def shown(qtbot):
    return lambda document: show_page(qtbot, PathsPage, document)


def test_the_sum_over_the_paths_is_told(shown):
    page = shown(document_of("x * square(x) * x", x=3.0))
    assert named(page, "3 paths lead from y back to x").isVisible()
    assert page.paths.count == 3


def test_a_path_is_chosen_with_the_arrow_keys(qtbot, shown):
    page = shown(document_of("x + x", x=3.0))
    rows = named(page, "Paths and their products")
    rows.setFocus()
    with qtbot.waitSignal(page.path_chosen) as chosen:
        QTest.keyClick(rows, Qt.Key.Key_Down)
    assert chosen.args == [page.paths.listed[0]]


def test_another_input_has_other_paths(shown):
    page = shown(document_of("x * exp(w) + w", x=2.0, w=0.0))
    box = named(page, "Input that the paths lead to", QComboBox)
    box.setCurrentText("w")
    assert page.paths.count == 2


def test_the_canvas_lights_the_path_that_is_chosen(window):
    window.show_document(document_of("x * square(x) * x", x=3.0))
    window.actions_by_name["ask_paths"].trigger()
    page = window.side.page("paths")
    rows = named(page, "Paths and their products")
    QTest.mouseClick(rows, Qt.MouseButton.LeftButton, pos=rows.row_area(1).center().toPoint())
    light = window.view.canvas.lighting.light
    assert light.wires == frozenset(page.paths.listed[1].wires)


NET = {
    "x": [[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]],
    "w": [[0.5, 0.1], [0.2, 0.3]],
    "b": [0.1, 0.2],
}


@pytest.fixture
def net(shown):
    page = shown(document_of("h = tanh(matmul(x, w) + b); sum(square(h) * h + h)", **NET))
    named(page, "Input that the paths lead to", QComboBox).setCurrentText("w")
    return page


def choose(page, at):
    rows = named(page, "Paths and their products")
    QTest.mouseClick(rows, Qt.MouseButton.LeftButton, pos=rows.row_area(at).center().toPoint())


def told(page):
    """Give what each factor that is shown says: its name, and its numbers in words."""
    return [
        [factor.accessibleName(), *(t.text() for t in factor.findChildren(Text) if t.isVisible())]
        for factor in page.findChildren(FactorView)
        if factor.isVisible()
    ]


def test_the_product_along_a_path_of_arrays_grows_factor_by_factor(net):
    choose(net, 1)
    path, shown_ = net.paths.listed[1], told(net)
    assert shown_[-1] == ["∂a/∂w, Matmul: x.T @ gy", "part of ∂y/∂w, 2×2"]
    assert len(shown_) == len(path.wires)
    last = net.findChildren(FactorView)[len(shown_) - 1]
    ends = [grid for grid in last.findChildren(HeatGrid) if grid.isVisible()]
    assert [grid.copy_text() for grid in ends] == [f"np.array({source_text(path.product)})"]
    assert [grid.accessibleName() for grid in ends] == ["part of ∂y/∂w, shape (2, 2)"]


def test_all_paths_of_arrays_are_seen_to_add_up_to_the_gradient(net):
    choose(net, 0)
    total = named(net, "All 3 paths added up: ∂y/∂w, shape", HeatGrid)
    w = net.paths.ends[1]
    assert total.isVisible()
    assert total.copy_text() == f"np.array({source_text(net.paths.total)})"
    np.testing.assert_allclose(net.paths.total, net.player.recording.gradient(w), rtol=1e-12)


def test_the_factor_of_the_block_at_work_is_lit_and_leads_to_it(qtbot, net):
    choose(net, 2)
    course = net.player.recording.course
    matmul = course.popped[-1]
    link = named(net, "∂a/∂w   Matmul", LinkButton)
    net.player.seek(course.backward_steps[matmul])
    qtbot.waitUntil(lambda: link.width() >= link.sizeHint().width())  # it is laid out
    image, orange = link.grab().toImage(), theme().orange
    assert any(image.pixelColor(x, y) == orange for x in range(80) for y in range(28))
    with qtbot.waitSignal(net.block_pointed) as pointed:
        link.click()
    assert pointed.args == [matmul]


def test_a_single_path_needs_no_choice(shown):
    page = shown(document_of("square(exp(square(x)))", x=0.5))
    assert named(page, "The path, factor by factor").isVisible()
    assert told(page)[:2] == [
        ["∂y/∂b, Square: gy * (2 * b)", "local derivative 2.5681", "so far 2.5681"],
        ["∂b/∂a, Exp: gy * b", "local derivative 1.2840", "so far 3.2974"],
    ]
    assert not named(page, "Choose a path").isVisible()


def test_a_chosen_path_stays_chosen_while_a_number_changes(shown):
    document = document_of("x * square(x) * x", x=3.0)
    page = shown(document)
    choose(page, 1)
    document.set_value(document.graph.named("x").id, np.array(2.0))
    assert [said for *_, said in told(page)] == ["so far 2", "so far 4", "part of ∂y/∂x 16"]


def test_of_a_long_path_the_two_ends_are_shown(shown):
    chain = "; ".join(["a0 = sin(x)", *(f"a{i} = sin(a{i - 1})" for i in range(1, 40))])
    page = shown(document_of(chain, x=[1.0, 2.0]))
    view = named(page, "The path, factor by factor")
    names = [name.partition(",")[0] for name, *_ in told(page)]
    assert (len(names), names[7:9]) == (12, ["∂a32/∂a31", "∂a3/∂a2"])
    assert named(view, "… 28 factors in between …").isVisible()


def test_very_large_arrays_show_their_shapes(qtbot, shown):
    page = shown(document_of("sum(exp(x) * x)", x=np.zeros(2_000_000)))
    qtbot.waitUntil(lambda: page.paths is not None)
    choose(page, 0)
    assert told(page)[0] == ["∂y/∂b, Sum: gy by the rule of Sum", "so far, 2,000,000 elements"]
    assert not [grid for grid in page.findChildren(HeatGrid) if grid.isVisible()]


def test_an_empty_document_has_none(shown):
    assert named(shown(OpenDocument()), "There is nothing to walk back yet").isVisible()


def test_every_factor_and_the_product_can_be_read(shown):
    page = shown(document_of("exp(exp(square(square(x))))", x=0.5))
    page.resize(320, 500)
    rows = named(page, "Paths and their products")
    path = page.paths.listed[0]
    broken = rows._broken[0]
    left, right = ([*heads, *numbers] for heads, numbers in (broken.left, broken.right))
    assert " ".join(left) == f"y ← c ← b ← a ← x {path.text(page.player.recording)}"
    assert " ".join(right[1:]) == path.numbers()
    assert right[-1] == "= 1.5432"
    assert len(right) > 3


def test_the_path_of_a_long_chain_is_followed_while_the_window_goes_on(qtbot, shown, threads_of):
    followed = threads_of(paths_page, "Paths"), threads_of(paths_page, "ends_of")
    document = OpenDocument(long_chain())
    page = shown(document)
    assert named(page, "Going over 1,500 numbers …").isVisible()
    assert page.paths is None
    qtbot.waitUntil(lambda: page.paths is not None)
    assert named(page, "A single path leads from v1499 back to x").isVisible()
    first, *_, last = told(page)
    assert first[:1] == ["∂v1499/∂v1498, Cos: gy * -np.sin(v1498)"]
    assert last[0] == "∂v1/∂x, Tanh: gy * (1 - v1 * v1)"
    assert named(page, "… 1,487 factors in between …").isVisible()
    assert followed == ({"gradwalk-answers_0"}, {"gradwalk-answers_0"})


def test_a_path_stays_chosen_while_the_numbers_of_a_large_graph_change(qtbot, shown):
    lines = ["a0 = square(x) + x", *(f"a{at + 1} = sin(a{at})" for at in range(500))]
    graph, target = parse_expression("; ".join(lines), {"x": np.array(0.5)})
    document = OpenDocument(laid_out(graph, target))
    page = shown(document)
    for value in (0.25, 0.75):
        qtbot.waitUntil(lambda: page.paths is not None)
        choose(page, 1)
        before = page.paths
        document.set_value(graph.named("x").id, value)
        document.set_value(graph.named("x").id, value / 2)
        qtbot.waitUntil(lambda before=before: page.paths not in (before, None))
        assert page._chosen.wires == page.paths.listed[1].wires
        assert page._path.isVisible()


def test_inputs_are_offered_in_the_order_in_which_they_are_given(shown):
    page = shown(document_of("square(x * w) * b + square(x)", x=1.0, w=2.0, b=3.0))
    choice = named(page, "Input that the paths lead to")
    assert [choice.itemText(at) for at in range(choice.count())] == ["x", "w", "b"]
    assert page.paths.ends[1] == page.player.recording.course.order[0]
