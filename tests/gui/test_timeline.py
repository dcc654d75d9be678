"""The timeline shows where the walk is, and leads it there."""

from __future__ import annotations

import time
from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip

from engine.graph import Block, Graph, Wire
from engine.recording import record
from gui.panels.timeline import Timeline
from gui.panels.timeline_painting import MARGIN, Scale, labelled
from gui.player import Player
from gui.theme import theme
from tests.gui.builders import document_of


@pytest.fixture
def player(tutorial):
    return Player(tutorial.recording)


def shown_timeline(qtbot, player, width=760):
    timeline = Timeline(player)
    qtbot.addWidget(timeline)
    timeline.resize(width, timeline.sizeHint().height())
    timeline.show()
    qtbot.waitExposed(timeline)
    return timeline


@pytest.fixture
def timeline(qtbot, player):
    return shown_timeline(qtbot, player)


def place(timeline, step):
    return QPoint(round(timeline.scale().x(step)), 40)


def long_chain(blocks):
    graph = Graph()
    graph.add(Block("b0", "input", "x", np.array(0.5)))
    for at in range(1, blocks + 1):
        graph.add(Block(f"b{at}", "sin", f"a{at}"))
        graph.connect(Wire(f"b{at - 1}", f"b{at}", 0))
    return record(graph)


def test_its_value_is_the_cursor_of_the_walk(player, timeline):
    assert (timeline.minimum(), timeline.maximum(), timeline.value()) == (0, 7, 0)
    player.seek(5)
    assert timeline.value() == 5


def test_a_click_goes_to_the_nearest_step(qtbot, player, timeline):
    qtbot.mouseClick(timeline, Qt.MouseButton.LeftButton, pos=place(timeline, 5) + QPoint(12, 0))
    assert player.moment.cursor == 5


def test_dragging_scrubs_through_every_step(qtbot, player, timeline):
    seen = []
    player.moved.connect(lambda: seen.append(player.moment.cursor))
    qtbot.mousePress(timeline, Qt.MouseButton.LeftButton, pos=place(timeline, 1))
    for step in (2, 3, 4, 5, 6, 7, 3):
        qtbot.mouseMove(timeline, place(timeline, step))
    qtbot.mouseMove(timeline, QPoint(-50, 40))
    qtbot.mouseRelease(timeline, Qt.MouseButton.LeftButton, pos=QPoint(-50, 40))
    assert seen == [1, 2, 3, 4, 5, 6, 7, 3, 0]


def test_moving_the_mouse_without_a_button_leads_nowhere(qtbot, player, timeline):
    qtbot.mouseMove(timeline, place(timeline, 6))
    assert player.moment.cursor == 0


@pytest.mark.parametrize(
    ("key", "start", "end"),
    [
        (Qt.Key.Key_Right, 2, 3),
        (Qt.Key.Key_Left, 2, 1),
        (Qt.Key.Key_Up, 2, 3),
        (Qt.Key.Key_Down, 2, 1),
        (Qt.Key.Key_Home, 4, 0),
        (Qt.Key.Key_End, 4, 7),
        (Qt.Key.Key_PageUp, 4, 5),
        (Qt.Key.Key_PageDown, 4, 3),
        (Qt.Key.Key_Left, 0, 0),
        (Qt.Key.Key_Right, 7, 7),
    ],
)
def test_keys_step(qtbot, player, timeline, key, start, end):
    player.seek(start)
    qtbot.keyClick(timeline, key)
    assert player.moment.cursor == end


def test_the_wheel_goes_a_step_a_notch(player, timeline):
    def turn(delta):
        at = QPointF(100, 40)
        no_button, no_key = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
        inverted, phase = False, Qt.ScrollPhase.NoScrollPhase
        event = QWheelEvent(at, at, QPoint(), QPoint(0, delta), no_button, no_key, phase, inverted)
        QApplication.sendEvent(timeline, event)

    turn(-120)
    turn(-120)
    assert player.moment.cursor == 2
    turn(60)
    assert player.moment.cursor == 2, "half a notch of a fine wheel waits for the other half"
    turn(60)
    assert player.moment.cursor == 1


def test_a_screen_reader_finds_a_slider_that_says_the_step(player, timeline):
    player.seek(6)
    interface = QAccessible.queryAccessibleInterface(timeline)
    assert interface.role() == QAccessible.Role.Slider
    assert interface.text(QAccessible.Text.Name) == "Timeline"
    assert "step 7 of 8: ∂y/∂a" in interface.text(QAccessible.Text.Description)
    assert interface.valueInterface().currentValue() == 6
    interface.valueInterface().setCurrentValue(3)
    assert player.moment.cursor == 3


def test_resting_on_a_step_tells_its_title(qtbot, timeline):
    timeline._tell(place(timeline, 6))
    assert "Exp passes the gradient on" in QToolTip.text()
    QToolTip.hideText()


def test_a_shorter_recording_does_not_move_the_walk_by_itself(player, timeline):
    player.seek(7)
    player.set_recording(document_of("square(x)", x=0.5).recording)
    assert timeline.maximum() == 3
    assert timeline.value() == player.moment.cursor


def test_without_steps_there_is_nothing_to_lead(qtbot):
    timeline = shown_timeline(qtbot, Player(record(Graph())))
    assert not timeline.isEnabled()
    qtbot.mouseClick(timeline, Qt.MouseButton.LeftButton, pos=QPoint(300, 40))
    assert not timeline.grab().isNull()


def test_done_is_solid_and_blue_then_orange(player, timeline):
    def colour(between):
        image = timeline.grab().toImage()
        return image.pixelColor(round(timeline.scale().x(between)), 40)

    player.seek(5)
    assert colour(1.4) == theme().blue
    assert colour(4.4) == theme().glow
    assert colour(6.4) not in (theme().glow, theme().blue, theme().panel)


def test_the_handle_is_on_its_way_while_a_step_is_being_shown(player, timeline):
    player.reduced_motion = False
    player.seek(2)
    standing = timeline.scale().handle(player.moment)
    player.step_on()
    setting_out = timeline.scale().handle(player.moment)
    player.pause()
    assert setting_out == standing
    assert timeline.scale().handle(player.moment) == timeline.scale().x(3)


def test_all_steps_of_the_tutorial_are_labelled(player):
    labels = labelled(Scale(760, 8, 4), player.recording, 0)
    expected = ["x", "a", "b", "y", "∂y/∂y", "∂y/∂b", "∂y/∂a", "∂y/∂x"]
    assert [text for _, text, _ in labels] == expected


@pytest.mark.parametrize("width", [160, 320, 700, 1900])
@pytest.mark.parametrize("cursor", [0, 3, 59, 60, 61, 119])
def test_labels_never_run_into_each_other_or_out_of_the_widget(width, cursor):
    recording = long_chain(59)
    scale = Scale(width, len(recording), recording.turn)
    labels = labelled(scale, recording, cursor)
    spans = [(scale.x(at) - room / 2, scale.x(at) + room / 2) for at, _, room in labels]
    assert all(left >= 0 and right <= width for left, right in spans)
    assert all(one[1] <= other[0] for one, other in pairwise(spans))
    assert cursor in [at for at, _, _ in labels]


def test_places_and_steps_agree():
    scale = Scale(700, 15_000, 7_500)
    assert [scale.step_at(scale.x(step)) for step in (0, 1, 7_499, 14_999)] == [0, 1, 7499, 14999]
    assert scale.step_at(-1000) == 0
    assert scale.step_at(10_000) == 14_999
    assert scale.x(0) == MARGIN


def test_painting_fifteen_thousand_steps_costs_little_more_than_sixty(qtbot):
    def cost(blocks):
        timeline = shown_timeline(qtbot, Player(long_chain(blocks)))
        timeline._player.seek(blocks + 3)
        timeline.grab()

        def once():
            start = time.perf_counter()
            timeline.grab()
            return time.perf_counter() - start

        return min(once() for _ in range(7))

    assert cost(7_500) < 3 * cost(30)


def test_dragging_with_shift_marks_what_is_played_over_and_over(timeline, player):
    scale, shift = timeline.scale(), Qt.KeyboardModifier.ShiftModifier
    ends = [QPoint(round(scale.x(step)), 40) for step in (2, 5)]
    QTest.mousePress(timeline, Qt.MouseButton.LeftButton, shift, ends[0])
    QTest.mouseMove(timeline, ends[1])
    QTest.mouseRelease(timeline, Qt.MouseButton.LeftButton, shift, ends[1])
    assert player.loop == (2, 5)
    timeline.grab()


def test_a_number_that_is_slid_paints_no_step_anew_and_a_name_does(qtbot, monkeypatch):
    document = document_of("square(exp(square(x)))", x=0.5)
    player = Player(document.recording)
    timeline = shown_timeline(qtbot, player)
    player.seek(6)
    QApplication.processEvents()
    widths = []

    def note(painter, *_, **__):
        widths.append(painter.clipBoundingRect().width())

    monkeypatch.setattr("gui.panels.timeline.paint_timeline", note)

    def painted():
        player.set_recording(document.recording)
        QApplication.processEvents()
        widest = max(widths, default=0)
        widths.clear()
        return widest

    x = document.graph.named("x").id
    document.set_value(x, np.array(0.25))
    painted()
    document.set_value(x, np.array(0.75))
    assert painted() < timeline.width() / 2, "the handle at most"
    document.rename(x, "weight")
    assert painted() == timeline.width()
