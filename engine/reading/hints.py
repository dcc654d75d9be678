"""What a rule itself calls the values that it works with."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

from engine.reading.pieces import Piece
from engine.reading.written import Written

UNTELLING = ("self", "cls", "args", "value", "made", "total", "other")
"""Names in a rule that say nothing about what they stand for."""

Hints = dict[Piece, str]


@contextmanager
def noting(hints: Hints, home: str) -> Iterator[None]:
    """Note what a rule itself calls the values that it works with.

    A value that needs a name in the code is then given the one that whoever wrote the rule gave it.

    Parameters
    ----------
    hints
        Where to note it.
    home
        The module that the rule stands in.
    """
    before, homes = sys.getprofile(), ("engine.function", home)

    def look(frame: FrameType, event: str, _: Any) -> None:
        if event != "return" or not frame.f_globals.get("__name__", "").startswith(homes):
            return
        for key, value in frame.f_locals.items():
            if isinstance(value, Written) and len(key) > 1 and key not in UNTELLING:
                hints.setdefault(value.piece, key.strip("_"))

    sys.setprofile(look)
    try:
        yield
    finally:
        sys.setprofile(before)
