"""Each question is asked of each kind of graph, by keyboard and by mouse; the numbers hold."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QMenu, QMenuBar, QTabBar

from gui.canvas.interactions.sliding import PIXELS, slid
from gui.pages.beside_view import BesideView
from gui.pages.curve_plot import CurvePlot
from gui.pages.heat_grid import HeatGrid
from gui.pages.pages import PAGES
from gui.pages.rule_choice import RuleButton
from gui.pages.size_plot import SizePlot
from tests.four import TEXTS, gradient, value
from tests.gui.builders import document_of
from tests.gui.pages import named
from tests.three import NUMBERS

TRUE = json.loads((Path(__file__).parents[1] / "data" / "numbers.json").read_text("utf-8"))
LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


class Hand:
    """Asks by keyboard, or with the mouse."""

    def __init__(self, window, *, by_mouse):
        self.window, self.by_mouse = window, by_mouse

    def do(self, name):
        """Do an action: its key is pressed, or its entry in the menu is clicked."""
        action = self.window.actions_by_name[name]
        if not self.by_mouse:
            self.window.view.setFocus()
            keys = action.shortcut()[0]
            QTest.keyClick(self.window.view, keys.key(), keys.keyboardModifiers())
            return
        bar = next(iter(self.window.view.window().findChildren(QMenuBar)))
        menu = next(m for m in bar.actions() if action in m.menu().actions())
        QTest.mouseClick(bar, LEFT, pos=bar.actionGeometry(menu).center())
        shown = QApplication.activePopupWidget()
        assert isinstance(shown, QMenu)
        QTest.mouseClick(shown, LEFT, pos=shown.actionGeometry(action).center())

    def turn_to(self, name):
        """Turn to a page: by its key, or with a click on its tab."""
        if not self.by_mouse:
            self.do(f"ask_{name}")
            return self.window.side.page(name)
        tabs = self.window.side.findChild(QTabBar)
        at = [page.name for page in PAGES].index(name)
        QTest.mouseClick(tabs, LEFT, pos=tabs.tabRect(at).center())
        return self.window.side.page(name)

    def go(self, name):
        """Go along the walk: with a key, or with a click on its button."""
        if not self.by_mouse:
            self.do(name)
            return
        words = self.window.actions_by_name[name].text().capitalize()
        buttons = self.window.view.window().findChildren(QAbstractButton)
        found = next(b for b in buttons if b.accessibleName() == words)
        QTest.mouseClick(found, LEFT)


class Asked:
    """A graph in the window, and what is true of it."""

    def __init__(self, name, hand):
        self.name, self.hand, self.window = name, hand, hand.window
        text, values = TEXTS[name]
        self.window.documents.open(document_of(text, **values))
        if name == "tanh'''":
            for _ in range(3):
                hand.do("derive")
        self.window.player.reduced_motion = True
        self.window.view.fit()

    @property
    def graph(self):
        return self.window.document.graph

    @property
    def recording(self):
        return self.window.player.recording

    @property
    def values(self):
        return {name: self.graph.named(name).value for name in TEXTS[self.name][1]}

    def right(self, by):
        return gradient(self.name, self.values, by)

    def id(self, name):
        return self.graph.named(name).id


@pytest.fixture(params=["by keyboard", "by mouse"])
def hand(window, request, qtbot):
    qtbot.waitUntil(window.view.window().isActiveWindow)
    return Hand(window, by_mouse=request.param == "by mouse")


@pytest.fixture(params=list(TEXTS))
def asked(request, hand):
    return Asked(request.param, hand)


def test_the_walk_ends_with_the_gradients(asked):
    asked.hand.go("to_end")
    assert asked.window.player.at_end
    for name in asked.values:
        np.testing.assert_allclose(
            asked.recording.gradient(asked.id(name)), asked.right(name), rtol=1e-12, atol=1e-15
        )
    known = {"tutorial": TRUE["step09"]["grad"]["x"], "fan-out": TRUE["step16"]["grad"]}
    if asked.name in known:
        assert float(asked.recording.gradient(asked.id("x"))) == known[asked.name]
    if asked.name == "tanh'''":
        third = asked.recording.value(asked.recording.target)
        assert float(third) == pytest.approx(TRUE["step35"]["values"][2], rel=1e-10)


def test_what_if_a_number_were_another(asked):
    hand, window = asked.hand, asked.window
    hand.go("to_end")
    name, index = ("b", (2,)) if asked.name == "net" else ("x", ())
    block, before = asked.id(name), asked.recording
    first = float(asked.graph.block(block).value[index])
    item = window.view.canvas.block_item(block)
    if hand.by_mouse:
        at = window.view.mapFromScene(item.number_area(index).center())
        viewport = window.view.viewport()
        QTest.mousePress(viewport, LEFT, pos=at)
        for step in (20, 40, 60):
            QTest.mouseMove(viewport, at + QPoint(step, 0))
        QTest.mouseRelease(viewport, LEFT, pos=at + QPoint(60, 0))
        wanted = slid(first, 60)
    else:
        window.view.canvas.selection.choose([block])
        for _ in range(sum(index) + 1 if index else 0):
            hand.do("slide_next")
        hand.do("slide_up")
        wanted = slid(first, PIXELS / 20)
    assert asked.graph.block(block).value[index] == wanted
    for each in asked.values:
        found = asked.recording.gradient(asked.id(each))
        np.testing.assert_allclose(found, asked.right(each), rtol=1e-12, atol=1e-15)
    assert window.player.at_end, "the walk keeps its place"
    ghost = window.view.canvas.findings.ghost
    assert ghost.gradient(block)[index] == before.gradient(block)[index]


def test_is_it_true(asked, qtbot):
    asked.hand.do("check_all")
    findings = asked.window.view.canvas.findings
    blocks = [b for b in asked.recording.gradients if asked.recording.gradient(b) is not None]
    qtbot.waitUntil(lambda: all(findings.verdict(b) is not None for b in blocks), timeout=20_000)
    assert {findings.verdict(block).agrees for block in blocks} == {True}
    if asked.name != "net":
        numeric = float(findings.verdict(asked.id("x")).numeric.replace("−", "-"))
        assert numeric == pytest.approx(float(asked.right("x")), rel=1e-6)
    asked.hand.do("check_all")


def test_what_does_it_look_like(asked, qtbot):
    asked.hand.go("to_end")
    page = asked.hand.turn_to("plot")
    qtbot.waitUntil(lambda: page.isVisible() and bool(page.choices()))
    plot = named(page, "Plot of the function", CurvePlot)
    (x0, y0), (x1, y1) = plot.tangent
    slope = np.ravel(asked.right("x"))[0]
    assert (y1 - y0) / (x1 - x0) == pytest.approx(slope, rel=1e-9)
    at, height = plot.point[0]
    assert at == np.ravel(asked.values["x"])[0]
    arrays = {key: np.array(x, dtype=float) for key, x in asked.values.items()}
    assert height == pytest.approx(value(asked.name, arrays), rel=1e-12)
    moved = np.array(arrays["x"], dtype=float)
    for place, found in plot.curve[::40]:
        moved.flat[0] = place
        right = value(asked.name, {**arrays, "x": moved})
        assert found == pytest.approx(right, rel=1e-9, abs=1e-12)


def test_where_does_it_die(asked):
    page = asked.hand.turn_to("map")
    picture = named(page, "Sizes of values and gradients", SizePlot).picture
    shown = dict(zip(picture.gradients.blocks, picture.gradients.places[:, 1], strict=True))
    for name in asked.values:
        right = asked.right(name)
        size = 0.5 * np.log10(np.mean(right**2))
        assert shown[asked.id(name)] == pytest.approx(size, abs=1e-9)


def test_why_do_they_add_up(asked):
    page = asked.hand.turn_to("paths")
    paths = page.paths
    total = sum(path.product for path in paths.listed)
    assert len(paths.listed) == paths.count
    name = asked.recording.blocks[paths.listed[0].blocks[-1]].name
    np.testing.assert_allclose(total, asked.right(name), rtol=1e-12, atol=1e-15)
    if asked.name == "fan-out":
        assert [float(path.product) for path in paths.listed] == [32.0, 32.0]
    if paths.count > 1:
        rows = named(page, "Paths and their products", BesideView)
        if asked.hand.by_mouse:
            QTest.mouseClick(rows, LEFT, NONE, rows.row_area(1).center().toPoint())
        else:
            rows.setFocus()
            rows.light(0)
            QTest.keyClick(rows, Qt.Key.Key_Down)
        light = asked.window.view.canvas.lighting.light
        assert light.wires == frozenset(paths.listed[1].wires)


def test_and_forwards(asked):
    walk = asked.hand.turn_to("forward").walk
    name = asked.recording.blocks[walk.source].name
    slope = np.ravel(asked.right(name))[walk.index]
    assert float(walk.steps[-1].tangent) == pytest.approx(slope, rel=1e-12)


def choose_rule(asked, page, rule):
    """Choose a wrong rule on its page."""
    button = next(b for b in page.findChildren(RuleButton) if b.mistake.name == rule)
    if asked.hand.by_mouse:
        QTest.mouseClick(button, LEFT)
    else:
        button.setFocus()
        QTest.keyClick(button, Qt.Key.Key_Space)
    return {asked.recording.blocks[b].name: g for b, g in page.walk.gradients.items()}


def test_what_if_the_gradients_were_not_cleared(asked):
    page = asked.hand.turn_to("mistakes")
    wrong = choose_rule(asked, page, "uncleared")
    for name in asked.values:
        np.testing.assert_allclose(wrong[name], 2 * asked.right(name), rtol=1e-12, atol=1e-15)


def test_what_if_contributions_were_not_added_or_not_summed(asked):
    page = asked.hand.turn_to("mistakes")
    wrong = choose_rule(asked, page, "overwrite")
    if asked.name == "tutorial":
        assert float(wrong["x"]) == float(asked.right("x")), "nothing is added on a chain"
    if asked.name == "fan-out":
        assert (float(wrong["a"]), float(wrong["x"])) == (8.0, 32.0), "one of both is lost"
        stack = choose_rule(asked, page, "stack")
        assert (float(stack["x"]), page.walk.parted is not None) == (96.0, True)
    if asked.name == "tanh'''":
        assert float(wrong["x"]) != pytest.approx(float(asked.right("x")), rel=0.01)
    if asked.name == "net":
        wrong = choose_rule(asked, page, "unsummed")
        x, w, b, v, t = (np.array(NUMBERS[key]) for key in "xwbvt")
        h = np.tanh(x @ w + b)
        rows = 2 * (h @ v - t) @ v.T * (1 - h**2)
        np.testing.assert_allclose(wrong["b"], rows, rtol=1e-12, atol=1e-15)
        np.testing.assert_allclose(rows.sum(axis=0), asked.right("b"), rtol=1e-12)


def answer(asked, text):
    line = next(
        w
        for w in asked.window.view.window().findChildren(QLineEdit)
        if w.accessibleName() == "Your answer" and w.isVisible()
    )
    line.setFocus()
    line.clear()
    QTest.keyClicks(line, text)
    QTest.keyClick(line, Qt.Key.Key_Return)


def test_can_you_tell_before(asked):
    hand, window = asked.hand, asked.window
    prediction, told = window.prediction, 0
    hand.go("to_end")
    hand.go("step_back")
    hand.do("predict")
    hand.go("step_on")
    while asked.name == "net" and prediction.question is not None:
        question = prediction.question  # of each array one element, which can be typed
        name = asked.recording.blocks[question.block].name
        assert question.symbol == f"∂y/∂{name}[{', '.join(map(str, question.at))}]"
        answer(asked, repr(float(asked.right(name)[question.at])))
        assert prediction.question is not question
        told += 1
    while prediction.question is not None:
        question, x = prediction.question, asked.id("x")
        last = question.block == x and question.kind in ("contribution", "sum")
        right = float(asked.right("x")) if last else float(question.answer)
        total = asked.recording.gradient(x)
        if last and question.kind == "contribution" and float(question.answer) != float(total):
            right = float(question.answer)  # one of several: the sum is asked for after it
        answer(asked, repr(right))
        assert prediction.question is not question, f"{right} is right for {question.symbol}"
        told += 1
    score = window.document.score
    assert (score.asked, score.right) == (told, told)
    assert told
    hand.do("predict")


def test_and_the_derivative_of_the_derivative(asked):
    name = "w" if asked.name == "net" else "x"
    right = asked.right(name)
    document = asked.window.document
    asked.window.view.canvas.selection.choose([asked.id(name)])
    asked.hand.do("derive")
    assert asked.window.document is not document
    asked.hand.go("to_end")
    slope = asked.recording.value(asked.recording.target)
    np.testing.assert_allclose(slope, right, rtol=1e-12, atol=1e-15)
    origin = asked.window.document.origin
    made = next(b for b in asked.graph.blocks if origin.sentence(b).startswith("Made by the rule"))
    asked.window.view.canvas.selection.choose([made])
    asked.hand.do("show_origin")
    assert asked.window.document is document
    assert asked.window.view.canvas.selection.blocks() == [origin.blocks[made]]


def test_which_element_feeds_which(asked):
    hand = asked.hand
    hand.go("to_end")
    page = hand.turn_to("arrays")
    if asked.name != "net":
        grids = [grid for grid in page.findChildren(HeatGrid) if grid.isVisible()]
        assert any(" ∂" in grid.accessibleName() for grid in grids)
        return
    x, w, b, v, t = (np.array(NUMBERS[key]) for key in "xwbvt")
    h = np.tanh(x @ w + b)
    gy = 2 * (h @ v - t) @ v.T * (1 - h**2)
    grids = {
        grid.accessibleName().split(",")[0]: grid
        for grid in page.findChildren(HeatGrid)
        if grid.isVisible()
    }
    above = next(grid for name, grid in grids.items() if name.startswith("from above"))
    to_w, by_x = grids["to ∂y/∂w"], grids["times x"]
    if hand.by_mouse:
        QTest.mouseMove(to_w, to_w._area(1, 2).center().toPoint())
    else:
        to_w.setFocus()
        for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Right):
            QTest.keyClick(to_w, key)
    assert to_w.at == (1, 2)
    assert np.argwhere(above._mask).tolist() == [[0, 2], [1, 2]]
    assert np.argwhere(by_x._mask).tolist() == [[0, 1], [1, 1]]
    total = float(page.said.rsplit("= ", 1)[1].replace("−", "-"))
    assert total == pytest.approx(gy[:, 2] @ x[:, 1], rel=1e-4)
    assert total == pytest.approx(asked.right("w")[1, 2], rel=1e-4)
