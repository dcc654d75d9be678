"""A question about a walk, by name: what is asked, and of what."""

from __future__ import annotations

from typing import NamedTuple


class Ask(NamedTuple):
    """What is asked.

    Attributes
    ----------
    what
        Which question: one of `ANSWERS` in `answers.py`, or a page that is asked nothing.
    about
        The rule, the number, the input or the element that it is about; empty for none.
    path
        Which of the paths is lit, counted from 1; 0 for none.
    """

    what: str
    about: str = ""
    path: int = 0
