"""Three graphs that everything Gradwalk writes is read of: a chain, ways that meet, and a net."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np

from engine.document import Document
from engine.expression import parse_expression
from engine.grouping import group
from engine.marks import Box, Frame, Note
from engine.picture.places import places_for
from engine.storage import load, save

FOLDER = Path("resources/examples")

NET = "h = tanh(x @ w + b); sum(square(h @ v - t))"
"""A small net: matrices are multiplied, and a row is broadcast over several."""

NUMBERS = {
    "x": [[0.5, -1.0, 2.0], [1.5, 0.25, -0.5]],
    "w": [[0.1, -0.2, 0.3, 0.4], [0.5, -0.6, 0.7, -0.8], [0.9, 0.15, -0.25, 0.35]],
    "b": [0.05, -0.1, 0.2, -0.3],
    "v": [[1.0], [-2.0], [0.5], [0.75]],
    "t": [[0.5], [-0.5]],
}

THREE = ("tutorial", "fan-out", "net")

ALL = (*sorted(path.stem for path in FOLDER.glob("*.gradwalk")), "net")
"""The examples of the app, and the net."""


def document_of(name: str) -> Document:
    """Give one of them all."""
    if name != "net":
        return load(FOLDER / f"{name}.gradwalk")
    values = {key: np.array(value) for key, value in NUMBERS.items()}
    graph, target = parse_expression(NET, values)
    return Document(graph, places_for(graph), target)


def file_of(name: str, folder: Path) -> Path:
    """Give one of the three as a file, for the command line."""
    path = folder / f"{name}.gradwalk"
    save(document_of(name), path)
    return path


def explained() -> Document:
    """Give the net as a teacher would show it: one group folded, one open, a frame and a note."""
    document = document_of("net")
    for names, name in (({"a", "c"}, "Affine"), ({"f", "g"}, "Squares")):
        blocks = [b.id for b in document.graph.blocks.values() if b.name in names]
        changes, made = group(document, blocks)
        document.apply(changes)
        facts = document.groups.group(made)
        document.groups.replace(replace(facts, name=name, folded=name == "Affine"))
    left = min(document.places.values())
    document.marks["m1"] = Frame(
        "m1", "What is given", Box(left.x - 90, left.y - 90, 180, 280), "teal"
    )
    document.marks["m2"] = Note(
        "m2", "Small is good: < & >.", Box(left.x, left.y + 250, 240, 60), "rose"
    )
    return document
