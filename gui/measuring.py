"""How wide text is, and what of it fits: found once for each text, because a frame asks again."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetricsF


@lru_cache(maxsize=8192)
def width_of(words: str, face: QFont) -> float:
    """Measure a line of text."""
    return QFontMetricsF(face).horizontalAdvance(words)


@lru_cache(maxsize=4096)
def shortened(words: str, face: QFont, room: float, mode: Qt.TextElideMode) -> str:
    """Give a line of text, or what of it fits, with an ellipsis for the rest."""
    if width_of(words, face) <= room:
        return words
    return QFontMetricsF(face).elidedText(words, mode, room)
