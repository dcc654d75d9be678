"""One moment as a picture: PNG in dots, SVG and PDF in lines and text."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Generator, Iterable
from io import BytesIO
from typing import BinaryIO

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRectF, QSizeF
from PySide6.QtGui import QFont, QImage, QPageLayout, QPageSize, QPainterPath, QPdfWriter
from PySide6.QtSvg import QSvgGenerator

from engine.errors import PictureError
from engine.moment import Moment
from gui.canvas.near import AT_A_TIME
from gui.export.painting import painting
from gui.export.pieces import at_once, between
from gui.export.png import pack_png
from gui.export.studio import Studio
from gui.panels.clipping import as_group

Write = Callable[[Studio, Moment, BinaryIO], Generator[float]]
"""Writes a picture a little at a time, and tells each time what share is done."""

MOST_POINTS = 14_400
"""The longest side of a page that readers of PDF can show."""

PAINTING = 0.4
"""Share of the time that painting takes, before what is painted is packed or drawn as outlines."""

LENGTHS = re.compile(r'width="[^"]*mm" height="[^"]*mm"')
TEXT = re.compile(r"<text ([^>]*)>([^<]*)</text>")
ATTRIBUTE = re.compile(r'([\w:-]+)="([^"]*)"')


def write_png(studio: Studio, moment: Moment, file: BinaryIO) -> Generator[float]:
    """Write a picture in dots."""
    image = yield from between(0.0, PAINTING, studio.developed(moment))
    yield from between(PAINTING, 1.0, write_dots(image, studio, file))


def write_dots(image: QImage, studio: Studio, file: BinaryIO) -> Generator[float]:
    """Write what a studio has painted as a PNG."""
    # So that a document shows it as large as it was meant, whatever its scale.
    per_metre = round(96 / 0.0254 * studio.look.scale)
    return pack_png(image, per_metre, file)


def write_svg(studio: Studio, moment: Moment, file: BinaryIO) -> Generator[float]:
    """Write a picture as an SVG that looks the same wherever it is opened.

    The fonts of Gradwalk are hardly on another machine, and most programs do not read fonts inside
    an SVG. So letters are drawn as outlines; the text itself lies over them unseen, to be found,
    selected and read out.
    """
    buffer, generator = QBuffer(), QSvgGenerator()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    size, pixels = studio.size, studio.pixels
    generator.setOutputDevice(buffer)
    generator.setResolution(72)
    generator.setSize(pixels)
    generator.setViewBox(QRectF(0, 0, size.width(), size.height()))
    generator.setTitle("Gradwalk")
    with painting(generator) as painter:
        yield from between(0.0, PAINTING, studio.painted(painter, moment))
    text = bytes(buffer.data().data()).decode()
    text = LENGTHS.sub(f'width="{pixels.width()}px" height="{pixels.height()}px"', text, count=1)
    yield from between(PAINTING, 1.0, _write_outlined(text, file))


def write_pdf(studio: Studio, moment: Moment, file: BinaryIO) -> Generator[float]:
    """Write a page that is just the picture, its fonts embedded; a pixel is a point."""
    return write_pages(studio, [moment], file)


def write_pages(studio: Studio, moments: Iterable[Moment], file: BinaryIO) -> Generator[float]:
    """Write a PDF with a page for each moment, and tell how many are painted, also in parts."""
    pixels = studio.pixels
    if max(pixels.width(), pixels.height()) > MOST_POINTS:
        raise PictureError(
            f"A page of PDF is at most {MOST_POINTS:,} pixels long; choose a size, or take SVG."
        )
    data, buffer = QByteArray(), QBuffer()
    buffer.setBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setCreator("Gradwalk")
    writer.setTitle("Gradwalk")
    writer.setResolution(72)
    points = QSizeF(pixels.width(), pixels.height())
    page = QPageSize(points, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.ExactMatch)
    layout = QPageLayout(page, QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0))
    layout.setMode(QPageLayout.Mode.FullPageMode)
    writer.setPageLayout(layout)
    with painting(writer) as painter:
        painter.scale(studio.look.scale, studio.look.scale)
        for number, moment in enumerate(moments):
            if number:
                writer.newPage()
            yield from between(number, number + 1, studio.painted(painter, moment))
            yield number + 1
    file.write(bytes(data.data()))


def written(write: Write, studio: Studio, moment: Moment) -> bytes:
    """Give a picture as the content of a file, at once.

    Parameters
    ----------
    write
        What writes it: `write_png`, `write_svg` or `write_pdf`.
    """
    file = BytesIO()
    at_once(write(studio, moment, file))
    return file.getvalue()


def _write_outlined(svg: str, file: BinaryIO) -> Generator[float]:
    """Write an SVG with outlines in the place of its letters."""
    at = 0
    for number, found in enumerate(TEXT.finditer(svg), start=1):
        file.write((svg[at : found.start()] + _outlined(found)).encode())
        at = found.end()
        if not number % AT_A_TIME:
            yield at / len(svg)
    file.write(svg[at:].encode())


def _outlined(found: re.Match[str]) -> str:
    """Put outlines under a piece of text, and make the text itself invisible."""
    facts = dict(ATTRIBUTE.findall(found[1]))
    words = html.unescape(found[2])
    group = as_group(words)
    if group is not None:
        return group
    path = QPainterPath()
    path.addText(float(facts["x"]), float(facts["y"]), _font(facts), words)
    drawn = f'<path fill="{facts["fill"]}" fill-opacity="{facts["fill-opacity"]}" stroke="none"'
    return f'{drawn} d="{_path_data(path)}"/>\n<text opacity="0" {found[1]}>{found[2]}</text>'


def _font(facts: dict[str, str]) -> QFont:
    made = QFont([family.strip(" '") for family in facts["font-family"].split(",")])
    made.setPixelSize(round(float(facts["font-size"].removesuffix("px"))))
    made.setWeight(QFont.Weight(int(facts.get("font-weight", "400"))))
    made.setItalic(facts.get("font-style") == "italic")
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return made


def _path_data(path: QPainterPath) -> str:
    """Write a path as SVG has it."""
    parts, count = [], path.elementCount()
    kinds = QPainterPath.ElementType
    for at in range(count):
        element = path.elementAt(at)
        kind = {kinds.MoveToElement: "M", kinds.LineToElement: "L", kinds.CurveToElement: "C"}
        letter = kind.get(element.type, "")
        parts.append(f"{letter}{element.x:.2f} {element.y:.2f}")
    return " ".join(parts)
