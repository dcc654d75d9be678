"""The page of wrong rules: chosen by name, told in a sentence, lit where the walk stands."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from engine.asking import wrong_text
from engine.asking.mistakes import MISTAKES
from engine.asking.wrong_text import beside, endings
from gui.cells import cell_ground
from gui.document import OpenDocument
from gui.pages import mistakes_page
from gui.pages.beside_view import BesideView
from gui.pages.broken_lines import MOST, fitted
from gui.pages.broken_rows import LOW
from gui.pages.mistakes_page import MOST_ENDS, MistakesPage
from gui.pages.rule_choice import RuleButton
from gui.panels.panel_scroll import FADE
from gui.player import Player
from gui.theme import font, theme
from tests.gui.builders import document_of, long_chain
from tests.gui.pages import show_page


@pytest.fixture
def page(qtbot):
    document = document_of("a = square(x); square(a) + square(a)", x=2.0)
    shown = MistakesPage(Player(document.recording))
    shown.document = document
    qtbot.addWidget(shown)
    shown.resize(364, 900)
    shown.show()
    qtbot.waitExposed(shown)
    return shown


def named(page, name):
    return next(w for w in page.findChildren(QWidget) if w.accessibleName().startswith(name))


def sentence(page):
    return page.walk.sentence


@pytest.mark.parametrize("mistake", MISTAKES.values(), ids=lambda m: m.name)
def test_a_click_on_a_rule_walks_by_it(page, mistake):
    QTest.mouseClick(named(page, mistake.title), Qt.MouseButton.LeftButton)
    assert page.walk.mistake is mistake
    assert named(page, sentence(page)[:30]).isVisible()


def test_rules_are_chosen_with_the_arrow_keys(page):
    first = page.findChildren(RuleButton)[0]
    first.setFocus()
    QTest.keyClick(first, Qt.Key.Key_Down)
    assert page.rule == "stack"


def test_the_gradients_that_end_otherwise_are_listed(page):
    page.choose("stack")
    assert named(page, "x gets 96 instead of 64").isVisible()


def test_a_row_that_is_clicked_is_shown_on_the_canvas(qtbot, page):
    page.choose("stack")
    rows = named(page, "Right and wrong rule")
    with qtbot.waitSignal(page.block_pointed) as pointed:
        spot = rows.row_area(page.walk.parted).center().toPoint()
        QTest.mouseClick(rows, Qt.MouseButton.LeftButton, pos=QPoint(spot))
    assert pointed.args == [page.walk.steps[page.walk.parted].block]
    assert page.player.moment.cursor == page.walk.recording.turn + page.walk.parted


def test_another_value_is_walked_by_the_wrong_rule_at_once(page):
    document = page.document
    document.recording_changed.connect(lambda: page.player.set_recording(document.recording))
    page.choose("overwrite")
    assert page.walk.gradients[document.graph.named("x").id] == 32.0
    document.set_value(document.graph.named("x").id, 1.0)
    assert page.walk.gradients[document.graph.named("x").id] == 4.0


def test_a_graph_that_cannot_be_walked_back_says_so(page):
    page.player.set_recording(OpenDocument().recording)
    assert page.walk is None
    assert named(page, "There is nothing to walk back yet").isVisible()


def test_the_window_turns_to_it_from_the_menu(window):
    window.actions_by_name["ask_mistakes"].trigger()
    assert window.side.front == "mistakes"
    assert window.side.page("mistakes").walk.parted is None  # the tutorial is a chain
    window.actions_by_name["ask_step"].trigger()
    assert window.side.front == "step"


def test_a_long_chain_is_walked_by_a_wrong_rule_while_the_window_goes_on(qtbot, threads_of):
    walked = threads_of(mistakes_page, "walk_wrong")
    page = show_page(qtbot, MistakesPage, OpenDocument(long_chain()))
    assert page.walk is None
    assert named(page, "Going over 1,500 numbers …").isVisible()
    rows = named(page, "Right and wrong rule")
    with qtbot.waitSignal(page.walked):
        pass
    assert named(page, "No Variable is used more than once here").isVisible()
    qtbot.waitUntil(lambda: len(rows._broken) == 1_500)
    page.choose("uncleared")
    assert page.walk is None
    qtbot.waitUntil(lambda: page.walk is not None)
    assert page.walk.mistake.name == "uncleared"
    assert walked == {"gradwalk-answers_0"}


def test_of_many_gradients_that_end_otherwise_the_first_are_listed(qtbot):
    terms = " + ".join(f"square(x{at}) * x{at}" for at in range(40))
    document = document_of(terms, **{f"x{at}": 2.0 for at in range(40)})
    page = show_page(qtbot, MistakesPage, document)
    listed = page._ends.accessibleName().splitlines()
    assert len(listed) == MOST_ENDS + 1
    assert listed[0].endswith(" instead of 12")
    assert listed[-1] == "… and 34 more, marked on the canvas"


def test_arrays_stand_in_the_rows_as_pictures(qtbot):
    values = {"x": [[1, 2, 3], [4, 5, 6]], "b": [1, 2, 3]}
    document = document_of("sum(square(x + b))", **values)
    page = show_page(qtbot, MistakesPage, document)
    page.resize(364, 1400)
    page.choose("unsummed")
    right, wrong = beside(page.walk)[-1].left, beside(page.walk)[-1].right
    assert [array.shape for array in right.arrays] == [(2, 3)], "b's is written out"
    assert [array.shape for array in wrong.arrays] == [(2, 3), (2, 3)]
    assert wrong.arrays[1].tolist() == [[4, 8, 12], [10, 14, 18]]
    rows = named(page, "Right and wrong rule")
    last, first = (rows.row_area(at).height() for at in (len(page.walk.steps) - 1, 0))
    assert last > first + 2 * 2 * LOW
    image, area = rows.grab().toImage(), rows.row_area(len(page.walk.steps) - 1).toRect()
    ratio = image.devicePixelRatio()
    seen = {
        image.pixelColor(round(x * ratio), round(y * ratio)).name()
        for x in range(area.left(), area.right())
        for y in range(area.top(), area.bottom())
    }
    assert cell_ground(18.0, 18.0, theme(), backward=True).name() in seen, "its largest element"


def test_a_step_whose_arrays_differ_is_marked_though_they_are_written_alike(qtbot):
    document = document_of("a = square(x); sum(a * a)", x=[[1, 2, 3], [4, 5, 6]])
    page = show_page(qtbot, MistakesPage, document)
    page.choose("overwrite")
    assert [row.differs for row in beside(page.walk)] == [False, False, True, True]


def test_inputs_come_first_among_what_ends_otherwise(page):
    page.choose("uncleared")
    assert endings(page.walk)[0][0] == "x"


def test_the_row_of_the_step_stays_in_sight_while_one_walks(page):
    page.resize(364, 520)
    player, view = page.player, page.scrolled.viewport()
    beside = page.findChild(BesideView)
    for cursor in range(player.recording.turn, len(player.recording)):
        player.seek(cursor)
        row = beside.lit_area.toRect()
        corner, bar = beside.mapTo(view, row.topLeft()), page.scrolled.verticalScrollBar()
        top = FADE if bar.value() > bar.minimum() else 0
        bottom = FADE if bar.value() < bar.maximum() else 0
        clear = view.rect().adjusted(0, top, 0, -bottom)
        assert clear.contains(QRect(corner, row.size())), cursor


def test_a_sum_is_broken_between_its_terms_and_what_is_too_long_ends_after_a_factor(qapp):
    del qapp
    face = font(11.5, code=True)
    said = "0.46212 · 0.78645 + 0.46212 · 0.78645"
    for width in (140, 170, 200):
        assert fitted(said, face, width) == ["0.46212 · 0.78645", "+ 0.46212 · 0.78645"]
    assert fitted("0.78645 · 1 · 1", face, 70) == ["0.78645", "· 1 · 1"]  # a product alone
    factors = " · ".join(f"∂a{at}/∂b{at}" for at in range(40))
    lines = fitted(factors, face, 150)
    assert len(lines) == MOST
    assert lines[-1] == "· ∂a6/∂b6 · …"


def slid_page(qtbot):
    """A page of many rows, of which some are in sight, and the document with its input."""
    document = document_of(" + ".join(["sin(x)"] * 20), x=0.5)
    page = show_page(qtbot, MistakesPage, document)
    page.choose("overwrite")
    x = document.inputs()[0]
    for value in (0.6, 0.7, 0.8):  # a graph is compiled at its third run
        document.set_value(x, np.array(value))
    qtbot.waitUntil(lambda: not rows_of(page)._rest.isActive())
    return page, document, x


def rows_of(page):
    return named(page, "Right and wrong rule")


def painted(rows):
    return rows.grab().toImage()


def test_while_a_number_is_slid_the_rows_in_sight_alone_are_written(qtbot, monkeypatch):
    page, document, x = slid_page(qtbot)
    rows = rows_of(page)
    written, write = [], wrong_text._row
    monkeypatch.setattr(wrong_text, "_row", lambda walk, at: written.append(at) or write(walk, at))
    document.set_value(x, np.array(1.25))
    seen = rows.visibleRegion().boundingRect()
    every = range(len(rows._tops) - 1)
    in_sight = {at for at in every if seen.intersects(rows.row_area(at).toRect())}
    assert set(written) <= in_sight | {min(in_sight) - 1, max(in_sight) + 1}
    assert len(in_sight) < 30
    qtbot.waitUntil(lambda: not rows._rest.isActive())
    assert set(written) == set(every), "once it rests, all of them"
    other = show_page(qtbot, MistakesPage, document)
    other.choose("overwrite")
    assert painted(rows) == painted(rows_of(other))
    assert rows.accessibleDescription() == rows_of(other).accessibleDescription()


def test_a_row_that_is_scrolled_to_while_a_number_is_slid_has_its_number(qtbot):
    page, document, x = slid_page(qtbot)
    rows = rows_of(page)
    document.set_value(x, np.array(1.25))
    assert rows._rest.isActive()
    before = painted(rows)  # all of it, whether in sight or not
    qtbot.waitUntil(lambda: not rows._rest.isActive())
    assert before == painted(rows)
