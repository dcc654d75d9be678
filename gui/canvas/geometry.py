"""Where things are on the canvas: sizes, ports, wires and their labels, in scene units.

Pure functions, so that painting, hitting with the mouse and the layout agree.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath

from engine.document import Place
from engine.graph import INPUT, Block, ports_of
from engine.picture import sizes
from engine.picture.lines import Line
from engine.values import value_text
from gui.measuring import width_of
from gui.theme import font

ORIGIN = QPointF()

# What a picture that is drawn without a screen has, too.
CARD_WIDTH, CARD_HEIGHT, CARD_RADIUS = sizes.CARD_WIDTH, sizes.CARD_HEIGHT, sizes.CARD_RADIUS
PILL_HEIGHT, PILL_MIN, PILL_MAX = sizes.PILL_HEIGHT, sizes.PILL_MIN, sizes.PILL_MAX
CONSTANT_HEIGHT, CONSTANT_MIN = sizes.CONSTANT_HEIGHT, sizes.CONSTANT_MIN
BOW, LEVEL = sizes.BOW, sizes.LEVEL
PORT_RADIUS, LABEL_GAP, STEM = sizes.PORT_RADIUS, sizes.LABEL_GAP, sizes.STEM
TAIL, ARRAY_TAIL, END = sizes.TAIL, sizes.ARRAY_TAIL, sizes.END
LONGEST_PILL, PICTURE, PICTURE_PILL = sizes.LONGEST_PILL, sizes.PICTURE, sizes.PICTURE_PILL

BEND_RADIUS = 4.0
"""Size of a bend on its wire."""

PIECES = 12
"""Rectangles that a line is repainted in."""


def size(block: Block) -> tuple[float, float]:
    """Width and height of a block."""
    if block.is_function:
        ports = len(ports_of(block))
        return CARD_WIDTH, max(CARD_HEIGHT, 34.0 * ports)
    text = "" if block.value is None else value_text(block.value)
    return PICTURE_PILL if has_picture(block) else _pill_size(block.kind, block.name, text)


class Shapes:
    """Width, height and number of ports, 1 at least, of one block after the other.

    Functions of one kind, with nothing set, look alike: it is found out once for all of them.
    """

    def __init__(self) -> None:
        self._known: dict[str, tuple[float, float, int]] = {}

    def __getitem__(self, block: Block) -> tuple[float, float, int]:
        found = self._known.get(block.kind)
        if found is None or block.settings:
            found = (*size(block), len(ports_of(block)) or 1)
            if block.is_function and not block.settings:
                self._known[block.kind] = found
        return found


def has_picture(block: Block) -> bool:
    """Tell whether the pill of an input has the picture of an array in it."""
    value = block.value
    if block.kind != INPUT or value is None or not (value.ndim and value.size):
        return False
    return value.size > LONGEST_PILL or _text_width(value_text(value)) + 24 > PILL_MAX


def _text_width(text: str) -> float:
    return width_of(text, font(13, code=True))


@lru_cache(maxsize=4096)
def _pill_size(kind: str, name: str, text: str) -> tuple[float, float]:
    number = _text_width(text)
    if kind == "constant":
        return min(max(CONSTANT_MIN, number + 24), PILL_MAX), CONSTANT_HEIGHT
    title = width_of(name, font(15, bold=True, italic=True))
    return min(max(PILL_MIN, number + 30, title + 30), PILL_MAX), PILL_HEIGHT


def rect(block: Block, place: Place) -> QRectF:
    """The outline of a block that stands at a place."""
    width, height = size(block)
    return QRectF(place.x - width / 2, place.y - height / 2, width, height)


def input_port(block: Block, place: Place, port: int) -> QPointF:
    """Where a wire enters."""
    return QPointF(*input_place(block, place, port))


def input_place(block: Block, place: Place, port: int) -> Place:
    """Where a wire enters, as a place."""
    width, height = size(block)
    count = len(ports_of(block)) or 1
    return Place(place.x - width / 2, place.y + height * ((port + 1) / (count + 1) - 0.5))


def output_port(block: Block, place: Place) -> QPointF:
    """Where wires leave."""
    return QPointF(*output_place(block, place))


def output_place(block: Block, place: Place) -> Place:
    """Where wires leave, as a place."""
    return Place(place.x + size(block)[0] / 2, place.y)


def label_spot(start: QPointF, end: QPointF) -> QPointF:
    """Where the labels of a wire stand: half way, and in height nearer to where it comes from.

    So the labels of two wires that run together keep apart as their blocks do. Those of a wire that
    turns back stand where it sets out: half way, other blocks may be.
    """
    if end.x() < start.x():
        return QPointF(start.x() + STEM, start.y())
    return QPointF((start.x() + end.x()) / 2, start.y() + (end.y() - start.y()) * 0.2)


def wire_path(start: QPointF, end: QPointF) -> QPainterPath:
    """The line of a wire: straight where it can be, else a curve that leaves and enters level."""
    path = QPainterPath(start)
    if abs(start.y() - end.y()) < 0.5 and end.x() >= start.x():  # noqa: PLR2004 - half a pixel
        path.lineTo(end)
        return path
    reach = max(abs(end.x() - start.x()) * 0.5, 40.0)
    path.cubicTo(start + QPointF(reach, 0), end - QPointF(reach, 0), end)
    return path


Leg = tuple[QPointF, QPointF, QPointF, QPointF]
"""The corners of one of the curves that a wire with bends is made of."""


def legs(points: Sequence[QPointF]) -> list[Leg]:
    """Give the curves that lead through points: level at both ends, and smooth in between."""
    ways = [QPointF(1, 0)]
    for before, after in zip(points, points[2:], strict=False):
        way = after - before
        ways.append(way / (math.hypot(way.x(), way.y()) or 1.0))
    ways.append(QPointF(1, 0))
    found = []
    for at, (a, b) in enumerate(pairwise(points)):
        reach = math.hypot(b.x() - a.x(), b.y() - a.y()) * BOW
        level = min(reach, max(abs(b.x() - a.x()) * 0.5, LEVEL))
        leaves = reach if at else level
        enters = reach if at < len(points) - 2 else level
        found.append((a, a + ways[at] * leaves, b - ways[at + 1] * enters, b))
    return found


def led_path(points: Sequence[QPointF]) -> QPainterPath:
    """The line of a wire from its start through its bends to its end."""
    if len(points) == 2:  # noqa: PLR2004 - no bends
        return wire_path(*points)
    path = QPainterPath(points[0])
    for _, near, far, end in legs(points):
        path.cubicTo(near, far, end)
    return path


def line_path(line: Line, corner: QPointF = ORIGIN, zoom: float = 1.0) -> QPainterPath:
    """The line of a wire, as it is painted in a picture that begins at a corner."""
    if not line.lanes:
        places = (line.start, *line.bends, line.end)
        return led_path([(QPointF(*at) - corner) * zoom for at in places])
    path = QPainterPath((QPointF(*line.start) - corner) * zoom)
    for curve in line.curves():
        _, near, far, end = ((QPointF(*at) - corner) * zoom for at in curve)
        path.cubicTo(near, far, end)
    return path


def nearest_leg(points: Sequence[QPointF], at: QPointF) -> int:
    """Tell between which two points of a wire a point on it lies: the number of the first."""
    found = []
    for number, corners in enumerate(legs(points)):
        line = QPainterPath(corners[0])
        line.cubicTo(*corners[1:])
        near = (line.pointAtPercent(step / PIECES) - at for step in range(PIECES + 1))
        found.append((min(math.hypot(gap.x(), gap.y()) for gap in near), number))
    return min(found)[1]


def pieces(path: QPainterPath, room: float = 10.0) -> Iterator[QRectF]:
    """Give small rectangles that together cover a line, with room for the pen and the loose end."""
    corners = [path.pointAtPercent(step / PIECES) for step in range(PIECES + 1)]
    # A curve strays from the straight line between two corners by less than their distance.
    for a, b in pairwise(corners):
        stray = room + (abs(b.x() - a.x()) + abs(b.y() - a.y())) / 8
        yield QRectF(a, b).normalized().adjusted(-stray, -stray, stray, stray)


CORNERS = 4
"""Of a curve: its ends, and the two places that it sets out for."""


def wire_piece(start: QPointF, end: QPointF, begin: float, last: float) -> QPainterPath:
    """A part of that line: from where to where along it, from 0 to 1.

    To draw the whole of a wire that is many screens long takes longer than all the rest.
    """
    x, y, to_x, to_y = start.x(), start.y(), end.x(), end.y()
    reach = max(abs(to_x - x) * 0.5, 40.0)
    across = _piece(x, x + reach, to_x - reach, to_x, begin, last)
    down = _piece(y, y, to_y, to_y, begin, last)
    path = QPainterPath(QPointF(across[0], down[0]))
    path.cubicTo(across[1], down[1], across[2], down[2], across[3], down[3])
    return path


def outlines(path: QPainterPath, count: int = 8) -> Iterator[tuple[float, float, float, float]]:
    """Give boxes that one curve runs through, part by part: left, top, right and bottom of each.

    A curve lies within the corners that it is told by, and so does each part of it within its own.
    """
    corners = [path.elementAt(number) for number in range(CORNERS)]
    (x, near_x, far_x, to_x), (y, near_y, far_y, to_y) = (
        [corner.x for corner in corners],
        [corner.y for corner in corners],
    )
    for number in range(count):
        begin, last = number / count, (number + 1) / count
        xs = _piece(x, near_x, far_x, to_x, begin, last)
        ys = _piece(y, near_y, far_y, to_y, begin, last)
        yield min(xs), min(ys), max(xs), max(ys)


def _piece(
    a: float, b: float, c: float, d: float, begin: float, last: float
) -> tuple[float, float, float, float]:
    """Give the corners of a part of a cubic along one axis, after de Casteljau: cut twice."""
    near, middle, far = a + (b - a) * last, b + (c - b) * last, c + (d - c) * last
    left, right = near + (middle - near) * last, middle + (far - middle) * last
    end, share = left + (right - left) * last, begin / last
    first, second = a + (near - a) * share, near + (left - near) * share
    third = left + (end - left) * share
    fourth, fifth = first + (second - first) * share, second + (third - second) * share
    return fourth + (fifth - fourth) * share, fifth, third, end
