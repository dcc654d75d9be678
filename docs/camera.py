"""The real window, opened without a screen, led through, and grabbed into a file."""

# ruff: noqa: T201 - it tells what it took

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import ArrayLike
from PIL import Image
from PySide6.QtCore import QRect
from PySide6.QtGui import QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from engine.expression import parse_expression
from gui.app import tutorial
from gui.document import OpenDocument
from gui.ground import BOTTOM_HEIGHT, EXPLANATION_WIDTH
from gui.layout import laid_out
from gui.main_window import MainWindow
from gui.panels.typesetting import typesetter
from gui.theme import RESOURCES
from gui.workbench import Workbench

PICTURES = Path(__file__).resolve().parent / "pictures"
WIDTH, HEIGHT = 1280, 800
COLOURS = 256
LARGEST = 250_000
"""Bytes of the largest picture; the pages are to open quickly."""

SEEN = 0.3
"""Seconds after which whatever appears on its own, such as a verdict, has appeared."""


def take(window: MainWindow, name: str, area: QRect | None = None) -> None:
    """Grab a window, or an area of it, into a file."""
    settle()
    keep(window.grab(area if area is not None else window.rect()), name)


def keep(grabbed: QPixmap, name: str) -> None:
    """Write what was grabbed, its colours in a palette, which makes the file small."""
    path = PICTURES / f"{name}.png"
    grabbed.save(str(path))
    with_few_colours(path)


def with_few_colours(path: Path) -> None:
    """Keep a picture with its colours in a palette."""
    with Image.open(path) as picture:
        few = picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    few.save(path, optimize=True)
    tell(path, LARGEST)


def tell(path: Path, largest: int) -> None:
    """Say what was taken; end here if it has more bytes than that."""
    size = path.stat().st_size
    if size > largest:
        sys.exit(f"{path.name} has {size:,} bytes; {largest:,} is the most.")
    print(f"{path.relative_to(PICTURES.parent.parent)}  {size / 1000:.0f} kB")


def settle() -> None:
    """Let everything be painted that is still to come, formulas too."""
    for _ in range(3):
        QTest.qWait(round(SEEN * 1000))
        typesetter().wait()
    QApplication.processEvents()


def opened(make: Callable[[], OpenDocument] = tutorial) -> tuple[MainWindow, Workbench]:
    """Open a window as a person would see it, on a document."""
    window = MainWindow(make)
    window.resize(WIDTH, HEIGHT)
    window.show()
    bench = window.furnish()
    settle()
    return window, bench


def example(name: str) -> OpenDocument:
    """Open one of the examples."""
    return OpenDocument.example(RESOURCES / "examples" / f"{name}.gradwalk")


def written(expression: str, **values: ArrayLike) -> OpenDocument:
    """Open what an expression says, laid out."""
    given = {name: np.array(value) for name, value in values.items()}
    return OpenDocument(laid_out(*parse_expression(expression, given)))


def close(window: MainWindow, bench: Workbench) -> None:
    """Close a window as it is, without the question about changes."""
    bench.view.cancel()
    for document in bench.documents:
        document.mark_saved()
    window.close()
    window.deleteLater()


def without_explanation(window: MainWindow) -> QRect:
    """Give the area of the palette and the canvas."""
    whole = window.rect()
    return whole.adjusted(0, 0, -EXPLANATION_WIDTH, -BOTTOM_HEIGHT)


Part = TypeVar("Part", bound=QWidget)


def part_of(page: QWidget, kind: type[Part], name: str = "") -> Part:
    """Find a part of a page, or of all pages."""
    found = page.findChild(kind, name) if name else page.findChild(kind)
    assert found is not None  # noqa: S101 - it has just been asked for
    return found
