"""Arrays are pictures whose elements can be followed, by mouse and by keyboard."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from engine.asking.feeding import TOO_LARGE
from gui.pages.arrays_page import HINT, SINGLE, ArraysPage
from gui.pages.heat_grid import MOST_COLUMNS, MOST_ROWS, HeatGrid, Sheet
from gui.panels.labels import Prose
from gui.player import Player
from gui.prediction import Prediction
from tests.gui.builders import document_of
from tests.gui.hands import next_turn

X = [[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]


@pytest.fixture
def shown(qtbot):
    def show(document, cursor):
        player = Player(document.recording)
        player.seek(cursor)
        document.recording_changed.connect(lambda: player.set_recording(document.recording))
        page = ArraysPage(player, Prediction(player, lambda: document))
        page.player = player
        qtbot.addWidget(page)
        page.resize(364, 700)
        page.show()
        qtbot.waitExposed(page)
        qtbot.waitUntil(lambda: all(g.height() == g.sizeHint().height() for g in grids(page)))
        return page

    return show


def grids(page):
    return [grid for grid in page.findChildren(HeatGrid) if grid.isVisible()]


def lit(grid):
    return None if grid._mask is None else grid._mask.tolist()


def test_the_way_forward_shows_what_comes_in_and_what_comes_out(shown):
    page = shown(document_of("x + b", x=X, b=[10.0, 20.0]), 2)
    names = [grid.accessibleName() for grid in grids(page)]
    assert names == ["x, shape (3, 2)", "b, shape (2,)", "y, shape (3, 2)"]


def test_an_element_of_a_broadcast_row_gets_the_sum_over_its_copies(shown):
    document = document_of("sum(x + b)", x=X, b=[10.0, 20.0])
    page = shown(document, len(document.recording) - 1)
    above, _, bias = grids(page)  # what is only added is multiplied by nothing
    for _ in range(2):
        QTest.keyClick(bias, Qt.Key.Key_Right)
    assert page.said == "∂y/∂b[1] = 1·1 + 1·1 + 1·1 = 3"
    assert lit(above) == [[False, True]] * 3
    QTest.keyClick(bias, Qt.Key.Key_Escape)
    assert (page.said, lit(above)) == (HINT, None)


def test_what_comes_back_has_its_rule_above_it_unless_it_goes_element_by_element(shown):
    document = document_of("sum(tanh(matmul(x, w) + b))", x=X, w=[[1.0], [2.0]], b=[[0.5]])
    rules = []
    for back in (2, 1):
        page = shown(document, len(document.recording) - back)
        words = [w.text() for w in page.findChildren(QLabel) if w.isVisible()]
        rules.append([word for word in words if "gy" in word])
    assert rules == [["gy.sum(axis=0, keepdims=True)"], ["gy @ w.T", "x.T @ gy"]]


@pytest.mark.parametrize("by_mouse", [False, True])
def test_an_element_of_a_matrix_lights_both_factors_of_its_products(shown, by_mouse):
    document = document_of("sum(matmul(x, w))", x=X, w=[[1.0], [2.0]])
    page = shown(document, len(document.recording) - 1)
    above, _, by_w, to_w, by_x = grids(page)
    assert [g.accessibleName().split(",")[0] for g in (by_w, by_x)] == ["times w", "times x"]
    if by_mouse:
        QTest.mouseMove(to_w, to_w._area(1, 0).center().toPoint())
    else:
        to_w.setFocus()
        for _ in range(2):
            QTest.keyClick(to_w, Qt.Key.Key_Down)
    assert lit(above) == [[True]] * 3
    assert lit(by_x) == [[False, True]] * 3
    assert lit(by_w) is None
    assert page.said == "∂y/∂w[1, 0] = ∂y/∂a[:, 0] · x[:, 1] = 1·2 + 1·4 + 1·6 = 12"


def test_what_a_gradient_is_multiplied_by_stands_beside_it_or_below(shown):
    document = document_of("sum(matmul(x, w))", x=X, w=[[1.0], [2.0]])
    page = shown(document, len(document.recording) - 1)
    _, to_x, by_w, _, _ = grids(page)
    assert by_w.mapTo(page, QPoint()).y() == to_x.mapTo(page, QPoint()).y()
    document = document_of("sum(matmul(x, w))", x=X, w=np.ones((2, 9)))
    page = shown(document, len(document.recording) - 1)
    _, to_x, by_w, _, _ = grids(page)
    assert by_w.mapTo(page, QPoint()).y() > to_x.mapTo(page, QPoint(0, to_x.height())).y()


def test_of_single_numbers_it_says_that_there_is_nothing_to_follow(shown):
    assert shown(document_of("square(x)", x=2.0), 1).said == SINGLE
    assert shown(document_of("square(x)", x=[2.0, 3.0]), 1).said == HINT


def test_the_mouse_points_at_elements(shown):
    document = document_of("matmul(x, w)", x=X, w=[[1.0], [2.0]])
    page = shown(document, 2)
    x, _, y = grids(page)
    QTest.mouseMove(y, y._area(1, 0).center().toPoint())
    assert y.at == (1, 0)
    assert lit(x) == [[False, False], [True, True], [False, False]]
    assert page.said == "y[1, 0] = x[1, :] · w[:, 0] = 3·1 + 4·2 = 11"


def test_the_arrow_keys_walk_the_elements_and_copy_is_numpy_text(shown):
    page = shown(document_of("square(x)", x=X), 0)
    (x,) = grids(page)
    x.setFocus()
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Right):
        QTest.keyClick(x, key)
    assert x.at == (1, 1)
    QTest.keyClick(x, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    copied = QGuiApplication.clipboard().text()
    assert copied == "np.array([[1, 2], [3, 4], [5, 6]])"
    QTest.keyClick(x, Qt.Key.Key_Escape)
    assert x.at is None


def test_a_step_on_shows_the_arrays_of_the_next_step(shown):
    page = shown(document_of("square(x)", x=X), 0)
    page.player.seek(1)
    assert [grid.accessibleName() for grid in grids(page)][-1] == "y, shape (3, 2)"


@pytest.mark.parametrize("shape", [(), (0, 3), (5,), (2, 3, 4), (200, 100), (3, 1)])
def test_arrays_of_every_shape_are_painted(shown, shape):
    page = shown(document_of("square(x)", x=np.ones(shape)), 1)
    page.grab()
    assert grids(page)


@pytest.mark.parametrize(
    ("text", "said"), [("square(x)", "x[0, 0] feeds y[0, 0]."), ("softmax(x)", TOO_LARGE)]
)
def test_huge_arrays_show_a_corner_and_are_followed_where_places_tell_it(shown, text, said):
    page = shown(document_of(text, x=np.ones((1000, 1000))), 1)
    assert page.said == (HINT if said != TOO_LARGE else TOO_LARGE)
    grid = grids(page)[0]
    QTest.keyClick(grid, Qt.Key.Key_Down)
    assert page.said == said
    assert grid._shown == (MOST_ROWS, MOST_COLUMNS)


@pytest.mark.parametrize(
    ("shape", "place", "index"),
    [
        ((), (0, 0), ()),
        ((4,), (0, 3), (3,)),
        ((2, 3), (1, 2), (1, 2)),
        ((2, 3, 4), (4, 1), (1, 1, 1)),
    ],
)
def test_rows_and_columns_lead_to_the_element(shape, place, index):
    assert Sheet.of(shape).index(*place) == index


@pytest.mark.parametrize("width", [260, 290, 310, 330, 420, 280])
@pytest.mark.parametrize("columns", [8, 9, 10])
def test_all_rows_have_room_at_any_width(qtbot, width, columns):
    grid = HeatGrid()
    qtbot.addWidget(grid)
    grid.show_array("x", np.ones((8, columns)), backward=False)
    grid.resize(width, 10)
    grid.show()
    assert grid.sizeHint().height() >= grid._area(7, 0).bottom()
    assert grid.sizeHint().height() <= grid._area(7, 0).bottom() + 3


def test_of_a_huge_array_what_is_shown_is_copied_and_says_so(shown):
    page = shown(document_of("sum(x)", x=np.arange(3e6).reshape(3000, 1000)), 0)
    (grid,) = grids(page)
    grid.setFocus()
    QTest.keyClick(grid, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    first, rest = QGuiApplication.clipboard().text().split("\n")
    assert first == f"# the first {MOST_ROWS} × {MOST_COLUMNS} of 3,000,000 elements"
    assert rest.startswith("np.array([[0, 1, 2, ")
    assert rest.endswith(f"{23_000 + MOST_COLUMNS - 1}]])")


def test_in_the_window_arrow_keys_and_copy_are_about_the_array_that_has_the_keyboard(window):
    window.documents.open(document_of("sum(matmul(x, w))", x=X, w=[[1.0], [2.0]]))
    window.player.to_end()
    window.commands.ask_arrays()
    cursor = window.player.moment.cursor
    grid = next(g for g in grids(window.side) if g.accessibleName().startswith("to ∂y/∂x"))
    grid.setFocus()
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Left):
        QTest.keyClick(grid, key)
    assert grid.at == (1, 0)
    assert window.player.moment.cursor == cursor, "the walk stands where it stood"
    QTest.keyClick(grid, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "np.array([[1, 2], [1, 2], [1, 2]])"


def test_in_a_large_window_what_a_gradient_is_multiplied_by_stands_near_it(qtbot, shown):
    document = document_of("sum(matmul(x, w))", x=X, w=[[1.0, 2.0, 3.0], [2.0, 4.0, 5.0]])
    page = shown(document, len(document.recording) - 1)
    page.resize(640, 900)
    next_turn(qtbot)
    _, to_x, by_w, to_w, by_x = grids(page)
    begins = {each.mapTo(page, QPoint()).x() for each in (by_w, by_x)}
    assert len(begins) == 1  # one below the other
    widest = max(each.mapTo(page, QPoint()).x() + each.natural_width for each in (to_x, to_w))
    assert widest <= begins.pop() <= widest + 24


def test_a_long_rule_is_written_in_lines_and_not_cut_off(shown):
    document = document_of("mean(x)", x=X)
    page = shown(document, len(document.recording) - 1)
    rules = [
        label
        for label in page.findChildren(QLabel)
        if label.isVisible() and "broadcast_to" in (label.accessibleName() or label.text())
    ]
    assert len(rules) == 1
    (rule,) = rules
    assert isinstance(rule, Prose)
    assert rule.height() >= rule.heightForWidth(rule.width())
