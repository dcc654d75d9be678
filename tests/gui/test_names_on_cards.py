"""A name that is too long for a line of its card stands on two."""

from __future__ import annotations

from PySide6.QtGui import QFontMetricsF

from engine.functions import FUNCTIONS
from gui.canvas.geometry import CARD_WIDTH
from gui.canvas.paint import in_two
from gui.theme import font

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
