"""Arrays on a page: those of each step, and what each of their elements has to do with others."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from typing import Any

import numpy as np

from engine.asking.lit import HINT, SINGLE, lit
from engine.asking.overview import table_shape
from engine.asking.step_arrays import Picture, pictures_of
from engine.errors import RunError
from engine.graph import title
from engine.page.parts import Asked, said
from engine.picture.cells import COLUMNS, ROWS, largest_of, shape_text, strength
from engine.recording import ForwardStep, Recording, SeedStep
from engine.steps import Step
from engine.values import source_text, value_text
from engine.variable import Array

MOST_ELEMENTS = 1500
"""Elements that can be pointed at on a page; arrays of further steps are left out."""

LARGER = (
    f"This page shows arrays of up to {ROWS} rows and {COLUMNS} columns; the arrays of this step "
    "are larger."
)
FURTHER = f"This page has room for {MOST_ELEMENTS:,} elements; the arrays of this step are beyond."


def arrays_panel(asked: Asked) -> Iterator[str]:
    """Write the arrays of all steps, for a script that shows those of one."""
    steps = _steps(asked.recording)
    if not any(step for step in steps):
        yield said(SINGLE)
        return
    yield '<p class="said" role="status"></p><div class="grids"></div>\n'
    yield '<noscript><p class="dim">To show and follow elements takes a script.</p></noscript>\n'
    told = {
        "steps": steps,
        "words": {"hint": HINT, "single": SINGLE, "larger": LARGER, "further": FURTHER},
    }
    data = json.dumps(told, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    yield f'<script type="application/json" class="arrays-data">{data}</script>\n'


def _steps(recording: Recording) -> list[Any]:
    """Give the arrays of each step, or in a word why there are none."""
    found, room = list[Any](), MOST_ELEMENTS
    for step in recording.steps:
        pictures = pictures_of(recording, step)
        if not any(picture.array.ndim for picture in pictures):
            found.append(None)
            continue
        if any(_is_large(picture.array) for picture in pictures):
            found.append("larger")
            continue
        room -= sum(picture.array.size for picture in pictures)
        if room < 0:
            found.append("further")
            continue
        found.append(
            {
                "title": title(recording.blocks[step.block]),
                "pictures": [_picture(each) for each in pictures],
                "lit": [_lit(recording, step, pictures, at) for at in range(len(pictures))],
            }
        )
    return found


def _is_large(array: Array) -> bool:
    rows, columns = table_shape(array.shape)
    return rows > ROWS or columns > COLUMNS


def _picture(picture: Picture) -> dict[str, Any]:
    """Give an array as a script can hold it: its cells row by row, each with its strength."""
    array = picture.array
    rows, columns = table_shape(array.shape)
    largest = largest_of(array)
    return {
        "head": picture.head,
        "rule": picture.rule,
        "times": picture.role == "times",
        "back": picture.is_gradient,
        "shape": shape_text(array) if array.ndim else "",
        "rows": [rows, columns],
        "names": [_name(picture, at) for at in np.ndindex(array.shape)],
        "cells": [value_text(np.asarray(each), 4) for each in array.flat],
        "copy": source_text(array),
        "shades": [_shade(float(each), largest) for each in array.flat],
    }


def _name(picture: Picture, at: tuple[int, ...]) -> str:
    return f"{picture.name}[{', '.join(map(str, at))}]" if at else picture.name


def _shade(value: float, largest: float) -> float:
    return round(strength(value, largest), 2) if math.isfinite(value) else 0.0


def _lit(recording: Recording, step: Step, pictures: tuple[Picture, ...], at: int) -> list[Any]:
    """Give what there is to say of each element of a picture, and what it lights in each."""
    if isinstance(step, SeedStep) or (isinstance(step, ForwardStep) and not step.inputs):
        return []  # there is but one array
    found = []
    for index in np.ndindex(pictures[at].array.shape):
        try:
            one = lit(recording, step, pictures, at, index)
        except RunError as error:
            return [[error.sentence, []]]
        masks = [None if m is None else np.flatnonzero(m).tolist() for m in one.masks]
        found.append([one.said, masks])
    return found
