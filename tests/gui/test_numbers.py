"""The line of numbers: upstream and result are lit, and it breaks at equals signs."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtGui import QRawFont

from gui.panels.numbers import Numbers
from gui.theme import RESOURCES, theme


def test_upstream_and_result_are_lit():
    numbers = Numbers.read("2.5 · 2 · 3 = 2.5 · 6 = 15", np.array(2.5))
    html = numbers.html(theme(), broken=False)
    orange = theme().orange.name()
    assert html.count(f'<span style="color:{orange}">2.5</span>') == 2
    assert f'<span style="color:{orange}; font-weight:700">15</span>' in html


def test_a_number_that_only_begins_like_the_upstream_is_not_lit():
    html = Numbers.read("2.55 · 2 = 5.1", np.array(2.5)).html(theme(), broken=False)
    assert "2.55" in html


def test_a_value_on_the_way_forward_is_blue():
    html = Numbers.read("e^0.25 = 1.2840254", None).html(theme(), broken=False)
    assert theme().blue.name() in html
    assert "0.25</sup>" in html
    html = Numbers.read("e^(−1.5e−12) = 1.0000000", None).html(theme(), broken=False)
    assert ">−1.5e−12</sup>" in html
    assert "^" not in html


def test_a_small_upstream_is_found_however_it_is_written():
    numbers = Numbers.read("−5.0039269 × 10⁻³ · 2 = −5.0039269e−3 · 2 = 1", np.array(-5.0039269e-3))
    assert numbers.html(theme(), broken=False).count("<span") == 3


def test_broken_each_equals_sign_begins_a_line():
    numbers = Numbers.read("3 · 2 = 6;  1 + 6 = 7", np.array(3.0))
    html = numbers.html(theme(), broken=True)
    assert numbers.broken_width == len("= 1 + 6")
    lines = html.split("<br>")
    assert [line.startswith("=&nbsp;") for line in lines] == [False, True, False, True]


def test_a_short_array_is_not_torn_apart():
    numbers = Numbers.read("[1, 2, 3] · 2 = [2, 4, 6]", np.array([1.0, 2.0, 3.0]))
    assert " " not in numbers.parts[1]
    assert numbers.html(theme(), broken=False).count("<span") == 2


@pytest.mark.parametrize("weight", ["Regular", "Bold"])
def test_the_minus_of_a_number_is_no_hyphen(qapp, weight):
    del qapp
    face = QRawFont(str(RESOURCES / "fonts" / f"JetBrainsMono-{weight}.ttf"), 100)
    minus, hyphen, plus = (
        face.boundingRect(face.glyphIndexesForString(sign)[0]).width() for sign in "−-+"
    )
    assert minus > 1.3 * hyphen
    assert minus > 0.9 * plus
