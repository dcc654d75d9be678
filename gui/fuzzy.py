"""How well a few letters fit a text: each must be in it, in their order."""

from __future__ import annotations

FIRST, START, RUN, JUMP = 11, 8, 7, 3
"""Points for a letter that begins the text, or a word, for one that follows the last; and off for
a jump over others."""


def fit(letters: str, text: str) -> int | None:
    """Say how well letters fit a text, the more the better; None if they do not.

    Examples
    --------
    >>> fit("fa", "Fit All") > fit("fa", "Differentiate and so on")
    True
    >>> fit("xyz", "Fit All") is None
    True
    >>> fit("", "Fit All")
    0
    """
    wanted, found = letters.lower().replace(" ", ""), text.lower()
    best: dict[int, int] = {-1: 0}
    for letter in wanted:
        following: dict[int, int] = {}
        for at, here in enumerate(found):
            if here != letter:
                continue
            scores = [
                score + _points(found, before, at) for before, score in best.items() if before < at
            ]
            if scores:
                following[at] = max(scores)
        best = following
    if not best:
        return None
    return max(best.values())


def _points(text: str, before: int, at: int) -> int:
    if at == 0:
        return FIRST
    begins = not text[at - 1].isalnum()
    if before == at - 1:
        return RUN
    lost = JUMP if before >= 0 and at - before > 1 + begins else 0
    return (START if begins else 0) - lost
