"""How the answer to each question that has a name is told, for people and for programs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from engine.asking.path_text import path_json, path_lines
from engine.asking.plot_text import plot_json, plot_lines
from engine.asking.pointing_text import pointing_json, pointing_lines
from engine.asking.size_text import size_json, size_lines
from engine.asking.tangent_text import tangent_json, tangent_lines
from engine.asking.wrong_text import wrong_json, wrong_lines
from engine.tints import Paint


class Told(NamedTuple):
    """How an answer is told.

    Attributes
    ----------
    json, lines
        For programs, and for people.
    """

    json: Callable[[Any], Iterator[str]]
    lines: Callable[[Any, int, Paint], Iterator[str]]


TOLD: Mapping[str, Told] = {
    "wrong": Told(wrong_json, wrong_lines),
    "forward": Told(tangent_json, tangent_lines),
    "paths": Told(path_json, path_lines),
    "sizes": Told(size_json, size_lines),
    "plot": Told(plot_json, plot_lines),
    "element": Told(pointing_json, pointing_lines),
}
"""How the answer to each question is told."""
