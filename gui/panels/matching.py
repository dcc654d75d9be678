"""How near what a person has typed comes to a name."""

from __future__ import annotations

EXACT, BEGINS, WORD, INSIDE, SCATTERED = range(5)
"""From the nearest to the farthest: the whole name, its beginning, the beginning of a word in it,
somewhere in it, and letters of it in their order."""


def nearness(typed: str, name: str) -> int | None:
    """Tell how near a text comes to a name; None if it does not mean it.

    Examples
    --------
    >>> [nearness("sq", name) for name in ("Square", "MeanSquaredError", "ASqr", "SoftQ", "Exp")]
    [1, 2, 2, 4, None]
    >>> nearness("SQUARE ", "Square")
    0
    """
    wanted, told = plain(typed), plain(name)
    if wanted == told:
        return EXACT
    if told.startswith(wanted):
        return BEGINS
    if wanted in told:
        return WORD if any(plain(word).startswith(wanted) for word in _tails(name)) else INSIDE
    letters = iter(told)
    scattered = told[:1] == wanted[:1] and all(letter in letters for letter in wanted)
    return SCATTERED if scattered else None


def plain(text: str) -> str:
    """Leave case and spaces out."""
    return "".join(text.casefold().split())


def _tails(name: str) -> list[str]:
    """Give what a name is from each of its words on: words begin with a capital or after a gap."""
    starts = [
        at
        for at in range(1, len(name))
        if (name[at].isupper() and not name[at - 1].isupper())
        or name[at - 1] in " _-."
        or (name[at].isupper() and name[at - 1].isupper() and name[at + 1 : at + 2].islower())
    ]
    return [name[at:] for at in starts]
