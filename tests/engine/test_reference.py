"""The reference page says what the classes say."""

from __future__ import annotations

import pytest

from docs.make_reference import PAGE, counts_of, page
from engine import FUNCTIONS, Function, register


@pytest.fixture
def text():
    return PAGE.read_text(encoding="utf-8")


def test_the_page_is_what_the_classes_say(text):
    assert page(counts_of(text)) == text, "run python -m docs.make_reference"


def test_every_function_stands_on_it_with_tests_of_its_own(text):
    counts = counts_of(text)
    assert counts.keys() == FUNCTIONS.keys()
    assert min(counts.values()) >= 6


def test_it_tells_formula_rule_settings_and_numpy(text):
    assert "- Value: y = x^n\n- ∂y/∂x = n · x^(n − 1)\n- ∂y/∂n = x^n · ln(x)\n" in text
    assert "- Setting `slope`: by default 0.01" in text
    assert "- Setting `subscripts`: to be told" in text
    assert "- In NumPy: `np.linalg.solve`" in text
    assert "return y * (gy - (gy * y).sum(settings" in text


def test_a_changed_class_is_noticed(text):
    register(type("Square", (FUNCTIONS["square"],), {"__doc__": "Another."}))
    assert page(counts_of(text)) != text
    register(
        type(
            "Thrice",
            (Function,),
            {"__doc__": "3x.", "local": (lambda y, x: 3.0,), "forward": lambda self, x: 3 * x},
        )
    )
    assert "### thrice\n\n3x.\n" in page({})
