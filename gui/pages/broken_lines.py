"""Long texts of formulas, broken into a few lines before their signs."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from PySide6.QtGui import QFont, QFontMetricsF

MOST = 4
"""Lines over which one text is broken; more of it ends with an ellipsis."""

SHORT = 12
"""Letters that always fit on a line."""

LONGEST = 2_000
"""Letters of a text that anything is done with: more than its lines could ever show."""

SIGNS = ("·", "=", "+", "←", "→")
"""What a line may begin with."""

LONG_TERM = 26
"""Letters of a term from which it may be broken itself."""


def fitted(text: str, face: QFont, width: float) -> list[str]:
    """Break a text before the signs in it, where it is too long for a line."""
    if len(text) <= SHORT:
        return [text]
    letters, lines, so_far = _letters(face), [""], 0.0
    for word in _with_signs(text[:LONGEST]):
        wide = sum([letters[letter] for letter in word])
        longer = so_far + letters[" "] + wide
        is_full = len(lines) == MOST and longer > width
        if is_full and word[:1] == "·":
            lines[-1] = _left_off(lines[-1], letters, width)
            break
        if lines[-1] and not is_full and longer > width:
            lines.append(word)
            so_far = wide
        elif lines[-1]:
            lines[-1] += f" {word}"
            so_far = longer
        else:
            lines[-1], so_far = word, wide
    return lines


def _left_off(line: str, letters: Mapping[str, float], width: float) -> str:
    """End a line of factors after one, and say that more follow."""
    while " · " in line and sum([letters[letter] for letter in f"{line} · …"]) > width:
        line = line.rpartition(" · ")[0]
    return f"{line} · …"


class _Letters(dict[str, float]):
    """How wide each letter of a font is: a line of text is measured by them without Qt."""

    def __init__(self, face: QFont) -> None:
        super().__init__()
        self._face = face

    def __missing__(self, letter: str) -> float:
        self[letter] = wide = QFontMetricsF(self._face).horizontalAdvance(letter)
        return wide


@lru_cache(maxsize=8)
def _letters(face: QFont) -> _Letters:
    return _Letters(face)


def _with_signs(text: str) -> list[str]:
    """Take a text apart so that each sign stands with what follows it."""
    words: list[str] = []
    for word in text.split(" "):
        if words and words[-1] in SIGNS:
            words[-1] += f" {word}"
        else:
            words.append(word)
    return _terms(words) if "+" in text else words


def _terms(words: list[str]) -> list[str]:
    """Keep the factors of a term together, unless it is long: a sum is broken between its terms."""
    terms: list[str] = []
    for word in words:
        if terms and word[:1] == "·" and len(terms[-1]) + len(word) < LONG_TERM:
            terms[-1] += f" {word}"
        else:
            terms.append(word)
    return terms
