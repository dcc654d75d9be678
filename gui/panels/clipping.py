"""Cutting off what is painted at an edge, also in an SVG, of which Qt's generator knows nothing.

There, a mark is written as a text before and after; `as_group` makes groups of them that are cut.
"""

from __future__ import annotations

import re

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPaintEngine, QPainter

MARK = "\ue000"
"""What no text begins with: it is of nobody's alphabet."""

CUT = re.compile(rf"{MARK}cut (\S+) (\S+) (\S+) (\S+)")


def begin_cut(painter: QPainter, area: QRectF) -> None:
    """Cut off at the edges of an area what is painted from now on, until `end_cut`."""
    if _writes_svg(painter):
        there = painter.deviceTransform().mapRect(area)
        sides = there.x(), there.y(), there.width(), there.height()
        painter.drawText(0, 0, f"{MARK}cut {' '.join(f'{side:.2f}' for side in sides)}")
    else:
        painter.setClipRect(area)


def end_cut(painter: QPainter) -> None:
    """Cut nothing off any more; anywhere but in an SVG, the painter is restored for that."""
    if _writes_svg(painter):
        painter.drawText(0, 0, f"{MARK}end")


def as_group(words: str) -> str | None:
    """Give what stands in an SVG in place of a mark; None if a text is none.

    Each text is the last thing in a group, and no group is in another: so the mark ends the one
    that it is in, and leaves one open behind it.
    """
    if not words.startswith(MARK):
        return None
    cut = CUT.match(words)
    if cut is None:
        return "</g></g><g>"
    x, y, width, height = cut.groups()
    name = f"cut-{'-'.join(cut.groups())}".replace(".", "_")
    return (
        f'<clipPath id="{name}"><rect x="{x}" y="{y}" width="{width}" height="{height}"/>'
        f'</clipPath></g><g clip-path="url(#{name})"><g>'
    )


def _writes_svg(painter: QPainter) -> bool:
    engine = painter.paintEngine()
    return engine is not None and engine.type() is QPaintEngine.Type.SVG
