"""The warning says what went wrong in a run, and leads there."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton

from engine.expression import parse_expression
from engine.recording import record
from gui.panels.warning_card import LinkButton, WarningCard
from tests.gui.builders import document_of


@pytest.fixture
def card(qtbot):
    made = WarningCard()
    qtbot.addWidget(made)
    made.resize(324, 90)
    return made


def press(qtbot, card):
    card.show()
    qtbot.mouseClick(card.findChild(QAbstractButton), Qt.MouseButton.LeftButton)


def test_a_good_run_has_none(card, tutorial):
    card.show_recording(tutorial.recording)
    assert card.isHidden()


def test_the_first_number_that_is_not_finite_is_led_to(qtbot, card):
    recording = document_of("square(exp(x))", x=1000).recording
    card.show_recording(recording)
    assert card.accessibleDescription() == recording.first_bad.sentence
    with qtbot.waitSignals([card.step_wanted, card.block_pointed]):
        press(qtbot, card)


def test_a_block_that_could_not_compute_is_pointed_at(qtbot, card):
    graph, target = parse_expression("square(x)")
    recording = record(graph, target)
    card.show_recording(recording)
    assert recording.problems[0].sentence in card.accessibleDescription()
    with qtbot.waitSignal(card.block_pointed) as pointed, qtbot.assertNotEmitted(card.step_wanted):
        press(qtbot, card)
    assert pointed.args == [recording.problems[0].block]


@pytest.mark.parametrize(
    ("flush", "side"), [(Qt.AlignmentFlag.AlignLeft, 0), (Qt.AlignmentFlag.AlignRight, -1)]
)
def test_a_link_can_stand_in_line_with_what_is_above_it(qtbot, flush, side):
    link = LinkButton(flush=flush)
    qtbot.addWidget(link)
    link.show_link("Go to step 3", "blue")
    link.resize(link.sizeHint())
    link.show()
    image = link.grab().toImage()
    ratio = image.devicePixelRatio()
    ground = image.pixelColor(image.width() // 2, 0)
    inked = [
        x
        for x in range(image.width())
        if any(abs(image.pixelColor(x, y).red() - ground.red()) > 60 for y in range(image.height()))
    ]
    assert len(inked) < image.width() - 5 * ratio, "there is air at the other side"
    gap = inked[0] if side == 0 else image.width() - 1 - inked[-1]
    assert gap <= 3 * ratio
