"""Whatever the panels write can be read: a contrast of 4.5 in both themes, 3 for signs."""

from __future__ import annotations

import pytest

from gui.theme import theme_named

TEXT = [
    ("ink", "panel"),
    ("ink", "sel"),
    ("ink", "code"),
    ("ink", "card"),
    ("ink", "bad_bg"),
    ("ink", "blue_bg"),
    ("ink", "orange_bg"),
    ("dim", "panel"),
    ("dim", "sel"),
    ("dim", "code"),
    ("dim", "blue_bg"),
    ("blue", "panel"),
    ("blue", "sel"),
    ("blue", "blue_bg"),
    ("orange", "panel"),
    ("orange", "sel"),
    ("orange", "orange_bg"),
    ("ok", "ok_bg"),
    ("bad", "bad_bg"),
    ("bad", "panel"),
    ("panel", "blue"),
]

SIGNS = [("blue", "panel"), ("dim", "sel"), ("bad", "bad_bg")]


def luminance(colour):
    parts = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour.getRgbF()]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(ink, ground):
    one, other = sorted((luminance(ink), luminance(ground)))
    return (other + 0.05) / (one + 0.05)


@pytest.mark.parametrize("name", ["light", "dark"])
@pytest.mark.parametrize(
    ("ink", "ground", "least"),
    [(*pair, 4.5) for pair in TEXT] + [(*pair, 3.0) for pair in SIGNS],
)
def test_it_can_be_read(name, ink, ground, least):
    colours = theme_named(name)
    assert contrast(getattr(colours, ink), getattr(colours, ground)) >= least
