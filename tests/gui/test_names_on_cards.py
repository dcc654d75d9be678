"""A name that is too long for a line of its card stands on two."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QFontMetricsF

from engine.functions import FUNCTIONS
from gui.canvas import paint
from gui.canvas.geometry import CARD_WIDTH
from gui.canvas.paint import in_two
from gui.theme import font
from tests.gui.builders import document_of

ROOM = CARD_WIDTH - 12
LONGEST = "BinaryCrossEntropyWithLogits"


def test_every_function_but_one_can_be_read_on_its_card(window):
    del window  # with it come the fonts
    for name in {found.__name__ for found in FUNCTIONS.values()} - {LONGEST}:
        lines = in_two(name, font(12), ROOM)
        assert "".join(lines) == name
        measure = QFontMetricsF(font(12 if len(lines) == 1 else 11)).horizontalAdvance
        assert max(map(measure, lines)) <= ROOM, name


def test_a_short_name_stays_on_one_line(window):
    del window
    assert in_two("Square", font(12), ROOM) == ("Square",)
    assert in_two("SoftmaxCrossEntropy", font(12), ROOM) == ("Softmax", "CrossEntropy")


@pytest.mark.parametrize(
    "text",
    [
        "hidden_activation = tanh(square(x)); sin(hidden_activation)",
        "a_long_name = exp(x); a_long_name * square(a_long_name)",
    ],
)
def test_a_long_name_on_a_wire_covers_no_card(window, monkeypatch, text):
    window.show_document(document_of(text, x=0.5))
    window.player.to_end()
    view, seen, real = window.view, [], paint.box

    def noted(painter, rect, radius, fill, edge=None):
        if rect.height() == NAME_HEIGHT:
            seen.append(painter.transform().mapRect(rect))
        real(painter, rect, radius, fill, edge)

    monkeypatch.setattr(paint, "box", noted)
    view.set_zoom(1.0)
    view.fit()
    view.grab()
    cards = [
        QRectF(view.mapFromScene(view.canvas.block_rect(block)).boundingRect())
        for block in view.canvas.document.graph.blocks
    ]
    assert len(seen) > 1
    for name in seen:
        assert not [card for card in cards if card.adjusted(2, 2, -2, -2).intersects(name)]


NAME_HEIGHT = 16
"""Height of the ground on which a name on a wire is written."""
