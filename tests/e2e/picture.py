"""Finding things in a picture of the screen by their colour, as an eye does."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

Point = tuple[int, int]

NEAR = 90
"""How far from a colour a pixel may be, of 255, that a thin line shares with its ground."""


@dataclass(frozen=True, order=True)
class Box:
    """A rectangle of pixels; boxes are in order from left to right."""

    left: int
    top: int
    width: int
    height: int

    @property
    def right(self) -> int:
        return self.left + self.width

    @property
    def bottom(self) -> int:
        return self.top + self.height

    @property
    def centre(self) -> Point:
        return self.at(0.5, 0.5)

    def at(self, across: float, down: float) -> Point:
        """Give a point inside: 0, 0 is the upper left corner and 1, 1 the lower right one."""
        return round(self.left + across * self.width), round(self.top + down * self.height)

    def contains(self, point: Point) -> bool:
        return self.left <= point[0] < self.right and self.top <= point[1] < self.bottom


def is_colour(picture: np.ndarray, *colours: str) -> np.ndarray:
    """Tell of each pixel whether it has exactly one of some colours, such as "#1F5FD0"."""
    wanted = [tuple(bytes.fromhex(colour[1:])) for colour in colours]
    return np.any([np.all(picture == colour, axis=-1) for colour in wanted], axis=0)


def is_near(picture: np.ndarray, *colours: str) -> np.ndarray:
    """Tell of each pixel whether it is nearly of one of some colours, as thin lines are."""
    wanted = [tuple(bytes.fromhex(colour[1:])) for colour in colours]
    apart = [np.abs(picture.astype(int) - colour).max(axis=-1) for colour in wanted]
    return np.min(apart, axis=0) < NEAR


def area(mask: np.ndarray, least: int) -> Box | None:
    """Give the box of all rows and columns in which at least so many pixels are set."""
    rows = np.flatnonzero(mask.sum(axis=1) >= least)
    columns = np.flatnonzero(mask.sum(axis=0) >= least)
    if not rows.size or not columns.size:
        return None
    left, top = int(columns[0]), int(rows[0])
    return Box(left, top, int(columns[-1]) - left + 1, int(rows[-1]) - top + 1)


def islands(mask: np.ndarray, smallest: int) -> list[Box]:
    """Give a box around each connected group of pixels, if both its sides are long enough.

    Parameters
    ----------
    smallest
        Shortest side of a box that is of interest, in pixels.
    """
    parents: list[int] = []
    boxes: list[list[int]] = []  # left, top, right, bottom of each run of pixels

    def root(run: int) -> int:
        while parents[run] != run:
            parents[run] = run = parents[parents[run]]
        return run

    before: list[int] = []
    for y, row in enumerate(mask):
        edges = np.flatnonzero(np.diff(np.concatenate(([0], row.astype(np.int8), [0]))))
        here = []
        for left, right in edges.reshape(-1, 2).tolist():
            run = len(parents)
            parents.append(run)
            boxes.append([left, y, right, y + 1])
            here.append(run)
            for other in before:
                if boxes[other][0] < right and left < boxes[other][2]:
                    parents[root(other)] = run
        before = here
    groups: dict[int, list[list[int]]] = {}
    for run, box in enumerate(boxes):
        groups.setdefault(root(run), []).append(box)
    found = []
    for runs in groups.values():
        left, top = min(run[0] for run in runs), runs[0][1]
        right, bottom = max(run[2] for run in runs), runs[-1][3]
        if min(right - left, bottom - top) >= smallest:
            found.append(Box(left, top, right - left, bottom - top))
    return sorted(found)


def longest_stretch(mask: np.ndarray, gap: int) -> Box | None:
    """Give the longest row of pixels that are set, with no gap in it longer than `gap`."""
    best = None
    for y, row in enumerate(mask):
        at = np.flatnonzero(row)
        for part in np.split(at, np.flatnonzero(np.diff(at) > gap) + 1) if at.size else []:
            if best is None or part[-1] - part[0] >= best.width:
                best = Box(int(part[0]), y, int(part[-1] - part[0]) + 1, 1)
    return best
