"""What can be read on a ground that tells how large a number is."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtGui import QColor

from gui.theme import Theme

LEAST = 4.5
"""What the WCAG asks for."""

BLACK, WHITE = QColor("black"), QColor("white")


def ink_on(ground: QColor, c: Theme) -> QColor:
    """Choose what can be read on a ground: in the dark, those of large numbers are bright.

    On a ground between bright and dark only black or white has the contrast that is asked for.
    """
    for inks in ((c.ink, c.card, c.bg), (BLACK, WHITE)):
        best = max(inks, key=lambda ink: _contrast(ink.rgb(), ground.rgb()))
        if _contrast(best.rgb(), ground.rgb()) >= LEAST:
            break
    return best


@lru_cache(maxsize=512)
def _contrast(ink: int, ground: int) -> float:
    """Measure how well one is read on the other, as the WCAG does."""
    darker, brighter = sorted((_luminance(ink), _luminance(ground)))
    return (brighter + 0.05) / (darker + 0.05)


def _luminance(colour: int) -> float:
    parts = [(colour >> shift & 255) / 255 for shift in (16, 8, 0)]
    linear = [x / 12.92 if x <= TOE else ((x + 0.055) / 1.055) ** 2.4 for x in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


TOE = 0.04045
"""Part of full brightness up to which sRGB is linear."""
