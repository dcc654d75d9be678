"""An answer to a question about a walk, which shows itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Shown:
    """An answer: as HTML in a notebook, and as the terminal tells it where it is printed.

    Attributes
    ----------
    answer
        What was found, to go on with.
    text, html
        Write it.
    """

    answer: Any
    text: Callable[[], str]
    html: Callable[[], str]

    def __str__(self) -> str:
        return self.text()

    def __repr__(self) -> str:
        return self.text()

    def _repr_html_(self) -> str:
        return self.html()
