"""In a window of 1280 by 800 a step is seen whole, whatever stands beside it."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtGui import QTextDocument, QTextDocumentFragment
from PySide6.QtWidgets import QAbstractButton, QLabel, QScrollArea, QTextEdit, QWidget

from engine.asking.differentiating import differentiate_by
from engine.depth import DEPTHS
from engine.expression import parse_expression
from gui.document import OpenDocument
from gui.layout import laid_out
from gui.measuring import width_of
from gui.panels.cards import card_width
from gui.panels.check_view import WAITS, CheckView
from gui.panels.formula import Formula
from gui.panels.numbers_label import NumbersLabel
from gui.panels.so_far_view import AsLong
from gui.panels.typesetting import typesetter
from gui.panels.warning_card import WarningCard
from gui.panels.work_list_view import Place
from tests.gui.builders import document_of
from tests.gui.hands import next_turn

SMALLEST = 0.6
"""How much smaller than where there is room a rule may be written."""

NET = {
    "x": [[1.62, -0.61, -0.53], [-1.07, 0.87, -2.3], [1.74, -0.76, 0.32], [-0.25, 1.46, -2.06]],
    "w": [[-0.32, -0.38, 1.13], [-1.1, -0.17, -0.88], [0.04, 0.58, -1.1]],
    "b": [0.1, -0.2, 0.3],
    "v": [[1.14, 0.9], [0.5, 0.9], [-0.68, -0.12]],
    "t": [[1, 0], [0, 1], [1, 0], [0, 1]],
}

LINEAR = {
    "x": [[1, -2, 0.5], [0, 1, 2], [3, 0.5, -1], [-0.5, 1.5, 1]],
    "w": [[0.5, -1], [1.5, 0.2], [-0.3, 0.8]],
    "b": [0.1, -0.2],
    "t": [[1, 0], [0, 1], [1, 1], [0.5, 0]],
}


def third_derivative_of_tanh():
    graph, target = parse_expression("tanh(x)", {"x": np.array(0.5)})
    for _ in range(3):
        made = differentiate_by(graph, target, "x")
        graph, target = made.graph, made.target
    return OpenDocument(laid_out(graph, target))


GRAPHS = {
    "the tutorial": lambda: document_of("square(exp(square(x)))", x=0.5),
    "a fan-out": lambda: document_of("a = x**2; y = a**2 + a**2", x=2.0),
    "a net": lambda: document_of(
        "h = tanh(matmul(x, w) + b); p = softmax(matmul(h, v)); l = -mean(log(p) * t)", **NET
    ),
    "a layer": lambda: document_of("mean_squared_error(linear(x, w, b), t)", **LINEAR),
    "a net with small matrices": lambda: document_of(
        "l = mean(log(softmax(matmul(tanh(matmul(x, w) + b), v))) * t)",
        x=[[1, 2, 3], [3, 4, 5]],
        w=[[1, 0.1], [-0.5, 0.2], [0.3, 0.1]],
        b=[0.1, 0.2],
        v=[[1, 0.5], [0.2, -0.3]],
        t=[[1, 0], [0, 1]],
    ),
    "small matrices": lambda: document_of(
        "h = tanh(matmul(x, w)); sum(square(h) * h)",
        x=[[1, -0.4], [0.3, 0.8]],
        w=[[0.5, -1], [0.7, 0.2]],
    ),
    "tanh to the third derivative": third_derivative_of_tanh,
    "a logarithm of a negative number": lambda: document_of("log(x) * w", x=-1.0, w=2.0),
}


def settled(qtbot):
    for _ in range(3):
        typesetter().wait()
        next_turn(qtbot)


def wide_in(label):
    """How wide the numbers are in the width that they have: wider, if something cannot wrap."""
    text = QTextDocument()
    text.setDocumentMargin(0)
    text.setDefaultFont(label.font())
    text.setHtml(label.text())
    text.setTextWidth(label.width())
    return text.size().width()


def cut(panel):
    """Name the parts of the step that are not seen whole, and by how many pixels."""
    area = panel.findChild(QScrollArea).viewport()
    found = {}
    for part in area.findChildren(QWidget):
        if not (isinstance(part, QLabel | Formula | QAbstractButton) and part.isVisible()):
            continue
        top = part.mapTo(area, part.rect().topLeft()).y()
        low = max(part.height(), part.heightForWidth(part.width()))
        over = max(-top, top + low - area.height(), low - part.height(), 0)
        if isinstance(part, Formula):
            over = max(over, SMALLEST * part.size_as(small=False).width() - part.width())
        if isinstance(part, NumbersLabel):
            over = max(over, wide_in(part) - part.width())
        if over > 0:
            found[part.accessibleName() or part.text()] = over
    code = panel.findChild(QTextEdit).parentWidget()
    below = code.geometry().bottom() + 1 - panel.height()
    return found | ({"code": below} if code.isVisible() and below > 0 else {})


@pytest.mark.parametrize("depth", DEPTHS)
@pytest.mark.parametrize("graph", GRAPHS)
def test_each_step_is_seen_whole_without_scrolling(qtbot, window, graph, depth):
    window.show_document(GRAPHS[graph]())
    panel, player = window.explanation, window.player
    panel.set_depth(depth)
    bar = panel.findChild(QScrollArea).verticalScrollBar()
    for cursor in range(len(player.recording)):
        player.seek(cursor)
        settled(qtbot)
        assert (bar.maximum(), cut(panel)) == (0, {}), f"step {cursor + 1}"


def test_a_finding_that_has_become_a_line_is_not_cut_off(qtbot, window):
    window.show_document(third_derivative_of_tanh())
    line, player = window.explanation.findChild(AsLong), window.player
    lines = set()
    for cursor in range(player.recording.turn + 1, len(player.recording)):
        player.seek(cursor)
        settled(qtbot)
        wide = width_of(line.shown, line.font())
        assert wide <= line.contentsRect().width(), f"step {cursor + 1}: {line.shown}"
        lines.add(line.shown)
    assert any(" = " in each for each in lines)


def test_numbers_of_all_rules_have_letters_of_one_size(qtbot, window):
    window.show_document(third_derivative_of_tanh())
    panel, player = window.explanation, window.player
    for cursor in range(player.recording.turn + 1, len(player.recording)):
        player.seek(cursor)
        settled(qtbot)
        labels = [each for each in panel.findChildren(NumbersLabel) if each.isVisible()]
        assert len({each.font().pixelSize() for each in labels}) <= 1, f"step {cursor + 1}"


def test_numbers_stand_beside_the_rules_where_there_is_little_room(qtbot, window):
    window.show_document(GRAPHS["a layer"]())
    panel, player = window.explanation, window.player
    panel.set_depth("engineer")
    player.to_end()
    settled(qtbot)
    rules = [each for each in panel.findChildren(Formula) if each.isVisible()]
    numbers = [each for each in panel.findChildren(NumbersLabel) if each.isVisible()]
    assert [each.accessibleName() for each in numbers] == [
        "(4×2) (3×2)ᵀ = 4×3 array",
        "(4×3)ᵀ (4×2) = 3×2 array",
        "Σ[0] (4×2) = [0.1, −1.025]",
    ]
    left = {each.mapTo(panel, each.rect().topLeft()).x() for each in numbers}
    assert len(left) == 1, "one below the other"
    ends = [each.mapTo(panel, each.rect().topRight()).x() for each in rules]
    assert max(ends) < left.pop()
    window.view.window().resize(1280, 1100)
    settled(qtbot)
    below = [each.mapTo(panel, each.rect().topLeft()).y() for each in numbers]
    lows = [each.mapTo(panel, each.rect().bottomLeft()).y() for each in rules]
    assert all(low < top for low, top in zip(lows, below, strict=True))


def test_a_warning_gives_room_to_the_step_and_takes_it_back(qtbot, window):
    window.show_document(GRAPHS["a logarithm of a negative number"]())
    panel, player = window.explanation, window.player
    panel.set_depth("engineer")
    card = panel.findChild(WarningCard)
    high = {}
    for cursor in (2, 5):
        player.seek(cursor)
        settled(qtbot)
        high[cursor] = card.height()
        (go,) = [b for b in card.findChildren(QAbstractButton) if b.isVisible()]
        assert go.accessibleName() == "Go to step 3"
        assert card.accessibleDescription() == player.recording.first_bad.sentence
    assert high[5] <= 40 < high[2]


def test_what_cannot_run_is_told_in_full_as_long_as_there_is_room(qtbot, window):
    window.show_document(document_of("square(exp(square(x))) + matmul(x, w)", x=[[1, 2]], w=[1]))
    panel, player = window.explanation, window.player
    player.to_end()
    settled(qtbot)
    problem = player.recording.problems[0].sentence
    seen = [w.text() for w in panel.findChild(WarningCard).findChildren(QLabel) if w.isVisible()]
    assert len(seen) == 1
    assert problem in QTextDocumentFragment.fromHtml(seen[0]).toPlainText()


def test_where_the_list_is_a_line_it_says_what_was_popped_and_what_comes_next(qtbot, window):
    window.show_document(third_derivative_of_tanh())
    panel, player = window.explanation, window.player
    panel.set_depth("engineer")
    player.seek(31)
    settled(qtbot)
    words = [w.text() for w in panel.findChildren(QLabel) if w.isVisible()]
    recording, waiting = player.recording, player.moment.next_popped(5)
    popped = recording.blocks[player.moment.step.block].name
    upcoming, more = recording.blocks[waiting[0]].name, player.moment.waiting - 1
    assert f"popped Mul → {popped} · next Mul → {upcoming} · + {more}" in words


@pytest.mark.parametrize("graph", ["a layer", "tanh to the third derivative"])
def test_each_step_is_seen_whole_with_its_checks_too(qtbot, window, graph):
    window.show_document(GRAPHS[graph]())
    panel, player = window.explanation, window.player
    panel.set_depth("engineer")
    panel.toggle_check()
    check = panel.findChild(CheckView)
    for cursor in range(player.recording.turn + 1, len(player.recording)):
        player.seek(cursor)
        qtbot.waitUntil(lambda: not any(each.right == WAITS for each in check.verdicts))
        settled(qtbot)
        assert cut(panel) == {}, f"step {cursor + 1}"


@pytest.mark.parametrize("cursor", range(9, 16))
def test_what_is_on_the_work_list_is_as_wide_as_what_it_says(qtbot, window, cursor):
    window.commands.derive()
    settled(qtbot)
    window.player.seek(cursor)
    settled(qtbot)
    places = [place for place in window.explanation.findChildren(Place) if place.isVisible()]
    assert places
    for place in places:
        assert place.width() == place.wide
        assert place.card.width() == card_width(place.card.face)
