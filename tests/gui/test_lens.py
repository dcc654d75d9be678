"""The lens: a step that is drawn too small to be read is shown from near beside it."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRectF, QSettings, Qt
from PySide6.QtTest import QTest

from engine.moment import Moment
from gui.canvas.item import FAR
from gui.canvas.lens import FEW, REST, Lens
from gui.canvas.magnified import LEAST, LEGEND, LEGIBLE
from gui.document import OpenDocument
from gui.export.changes import pixels_of
from gui.export.studio import Look, Studio
from gui.main_window import MainWindow
from tests.gui.builders import long_chain
from tests.gui.hands import next_turn, written_in
from tests.gui.test_step_room import GRAPHS

WIDE = ["a net", "a net with small matrices", "tanh to the third derivative"]


def lens_of(view):
    return next(each for each in view.findChildren(Lens) if each.isVisible())


def opened(qtbot, window, graph):
    window.show_document(GRAPHS[graph]())
    window.player.to_end()
    next_turn(qtbot)
    return window.view, lens_of(window.view)


@pytest.mark.parametrize("graph", WIDE)
def test_each_step_of_a_wide_graph_can_be_read(qtbot, window, graph):
    view, lens = opened(qtbot, window, graph)
    player, canvas = window.player, view.canvas
    assert view.zoom < LEGIBLE
    spots = set()
    for cursor in range(len(player.recording)):
        player.seek(cursor)
        assert lens.framing.zoom >= LEAST
        block = canvas.block_rect(player.moment.step.block)
        assert lens.framing.part.contains(block), f"step {cursor + 1}"
        spots.add(lens.geometry().getRect())
    assert len(spots) == 1  # the eye need not look for it


@pytest.mark.parametrize("graph", WIDE)
@pytest.mark.parametrize("size", [(1280, 800), (1920, 1080)])
def test_it_covers_no_block_and_not_the_legend(qtbot, window, graph, size):
    window.view.window().resize(*size)
    view, lens = opened(qtbot, window, graph)
    behind = view.mapToScene(lens.geometry()).boundingRect()
    assert view.canvas.where.blocks_in(behind) == []
    assert lens.y() >= LEGEND
    seen = QRectF(view.mapFromScene(view.canvas.content_rect()).boundingRect())
    assert seen.top() >= LEGEND
    assert view.rect().contains(lens.geometry())


def test_on_the_way_forward_it_shows_what_an_input_feeds(qtbot, window):
    view, lens = opened(qtbot, window, "a net")
    graph, steps = window.document.graph, window.player.recording.steps
    b = graph.named("b").id
    window.player.seek(next(at for at, step in enumerate(steps) if step.block == b))
    (wire,) = graph.wires_from(b)
    assert lens.framing.part.contains(view.canvas.block_rect(wire.target))


def test_it_shows_the_numbers_of_the_step(qtbot, window, monkeypatch):
    view, lens = opened(qtbot, window, "a net")
    window.player.seek(window.player.recording.turn + 1)  # the negation
    written = written_in(lens, monkeypatch)
    assert {"−0.35034", "−1", "× −1", "1"} <= {text.replace("-", "−") for text in written}
    assert "×" in written_in(view, monkeypatch)  # the whole graph is still there


def test_what_was_before_is_seen_in_it_while_a_number_is_slid(qtbot, window, monkeypatch):
    _, lens = opened(qtbot, window, "tanh to the third derivative")
    window.player.seek(0)
    before = written_in(lens, monkeypatch)
    assert "0.5" in before
    window.actions_by_name["slide_up"].trigger()
    next_turn(qtbot)
    after = written_in(lens, monkeypatch)
    assert {"0.55", "was 0.5"} <= set(after)


def test_where_the_canvas_can_be_read_there_is_none(qtbot, window):
    next_turn(qtbot)
    assert window.view.zoom >= LEGIBLE
    assert not window.view.lens.isVisible()


def test_it_comes_and_goes_with_the_zoom(qtbot, window):
    view, lens = opened(qtbot, window, "a net")
    view.set_zoom(1.0)
    assert not lens.isVisible()
    view.fit()
    assert lens.isVisible()


def test_who_comes_nearer_goes_on_seeing_blocks(qtbot, window):
    view, _ = opened(qtbot, window, "a net")
    window.actions_by_name["life_size"].trigger()
    assert view.zoom == 1
    middle = view.canvas.content_rect().center()
    assert view.visible_rect().contains(middle)
    assert view.canvas.where.blocks_in(view.visible_rect())
    high = view.mapFromScene(middle).y()
    assert abs(high - view.viewport().height() / 2) < view.viewport().height() / 4


def test_a_key_takes_it_away_for_good(qtbot, window):
    view, lens = opened(qtbot, window, "a net")
    middle = view.canvas.content_rect().center().y()
    assert view.visible_rect().center().y() > middle  # there is room for it below
    QTest.keyClick(view, Qt.Key.Key_Z)
    assert not lens.isVisible()
    view.fit()
    assert view.visible_rect().center().y() == pytest.approx(middle, abs=2 / view.zoom)
    again = MainWindow(GRAPHS["a net"])
    qtbot.addWidget(again)
    again.resize(1280, 800)
    again.show()
    bench = again.furnish()
    next_turn(qtbot)
    assert not bench.view.lens.isVisible()
    assert not bench.actions_by_name["lens"].isChecked()
    bench.actions_by_name["lens"].trigger()
    assert bench.view.lens.isVisible()
    assert QSettings().value("lens", type=bool)


def test_a_click_goes_where_it_shows(qtbot, window):
    view, lens = opened(qtbot, window, "a net")
    block = view.canvas.block_rect(window.player.moment.step.block)
    QTest.mouseClick(lens, Qt.MouseButton.LeftButton, pos=QPoint(40, 40))
    assert view.zoom == 1
    assert view.visible_rect().contains(block)
    assert not lens.isVisible()


def test_a_picture_of_the_same_size_shows_the_same(qtbot, window):
    view, lens = opened(qtbot, window, "a net")
    size = view.viewport().width(), view.viewport().height()
    with_it, without = (
        Studio(window.document, Look(size, lens=wanted)) for wanted in (True, False)
    )
    for cursor in (3, window.player.recording.turn + 4):
        window.player.seek(cursor)
        spot, moment = lens.geometry(), window.player.moment
        there = with_it.image(moment).copy(spot)
        here = lens.grab().toImage().convertToFormat(there.format())
        assert there.size() == here.size()
        assert share_of_difference(there, here) < 0.002  # a clip rounds colours otherwise
        assert share_of_difference(without.image(moment).copy(spot), here) > 0.02


def test_a_picture_that_can_be_read_has_none(qtbot, window):
    document = window.document
    images = [
        Studio(document, Look((720, 400), lens=wanted)).image(Moment(document.recording, 6))
        for wanted in (True, False)
    ]
    assert images[0] == images[1]


def share_of_difference(one, other):
    """How many of the pixels of two pictures differ clearly."""
    apart = np.abs(channels(one).astype(int) - channels(other).astype(int)).max(axis=-1)
    return (apart > 24).mean()


def channels(image):
    pixels = pixels_of(image)
    return pixels.reshape(*pixels.shape[:2], -1).view(np.uint8).reshape(*pixels.shape[:2], -1)


def test_it_is_as_sharp_as_the_screen(qtbot, window):
    _, lens = opened(qtbot, window, "a net")
    ratio = lens.devicePixelRatioF()
    assert lens.grab().toImage().width() == round(lens.width() * ratio)


def test_over_a_large_graph_it_comes_once_the_walk_rests(qtbot, window, monkeypatch):
    painted, paint = [], Lens._painted_anew
    monkeypatch.setattr(Lens, "_painted_anew", lambda lens: painted.append(lens) or paint(lens))
    window.show_document(OpenDocument(long_chain(FEW + 1)))
    view, player = window.view, window.player
    view.fit()
    qtbot.wait(3 * REST)
    assert not view.lens.isVisible()
    assert not painted, "it would hold the window while a large graph is opened"
    player.seek(3)
    qtbot.waitUntil(view.lens.isVisible)
    player.seek(7)
    assert not view.lens.isVisible()
    qtbot.waitUntil(view.lens.isVisible)
    block = view.canvas.block_rect(player.moment.step.block)
    assert view.lens.framing.part.contains(block)


def test_items_of_steps_before_do_not_pile_up(qtbot, window, monkeypatch):
    monkeypatch.setattr("gui.canvas.lens.MANY", 5)
    window.show_document(OpenDocument(long_chain(60)))
    view, player = window.view, window.player
    view.fit()
    assert view.zoom < FAR
    for cursor in range(40):
        player.seek(cursor)
        written = written_in(view.lens, monkeypatch)
        assert player.moment.step.block in view.canvas.shown.blocks
        assert written
    assert len(view.canvas.shown.blocks) < 20
