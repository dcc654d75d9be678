"""One moment as a picture: PNG in dots, SVG and PDF in lines and text."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import BinaryIO

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRectF, QSizeF
from PySide6.QtGui import QFont, QPageLayout, QPageSize, QPainterPath, QPdfWriter
from PySide6.QtSvg import QSvgGenerator

from engine.errors import PictureError
from engine.moment import Moment
from gui.export.painting import painting
from gui.export.studio import Studio

MOST_POINTS = 14_400
"""The longest side of a page that readers of PDF can show."""

TEXT = re.compile(r"<text ([^>]*)>([^<]*)</text>")
ATTRIBUTE = re.compile(r'([\w:-]+)="([^"]*)"')


def write_png(studio: Studio, moment: Moment, file: BinaryIO) -> None:
    """Write a picture in dots."""
    file.write(png_of(studio, moment))


def png_of(studio: Studio, moment: Moment) -> bytes:
    """Give a picture as a PNG."""
    image, buffer = studio.image(moment), QBuffer()
    # So that a document shows it as large as it was meant, whatever its scale.
    per_metre = round(96 / 0.0254 * studio.look.scale)
    image.setDotsPerMeterX(per_metre)
    image.setDotsPerMeterY(per_metre)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload] # the stubs of Qt want bytes here
    return bytes(buffer.data().data())


def write_svg(studio: Studio, moment: Moment, file: BinaryIO) -> None:
    """Write a picture in lines; its text is there to be searched and copied, too."""
    file.write(svg_of(studio, moment).encode())


def svg_of(studio: Studio, moment: Moment) -> str:
    """Give a picture as an SVG that looks the same wherever it is opened.

    The fonts of Gradwalk are hardly on another machine, and most programs do not read fonts inside
    an SVG. So letters are drawn as outlines; the text itself lies over them unseen, to be found,
    selected and read out.
    """
    buffer, generator = QBuffer(), QSvgGenerator()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    size = studio.size
    generator.setOutputDevice(buffer)
    generator.setResolution(72)
    generator.setSize(studio.pixels)
    generator.setViewBox(QRectF(0, 0, size.width(), size.height()))
    generator.setTitle("Gradwalk")
    with painting(generator) as painter:
        studio.paint(painter, moment)
    text = bytes(buffer.data().data()).decode()
    pixels = studio.pixels
    text = re.sub(r'width="[^"]*mm" height="[^"]*mm"', _size(pixels.width(), pixels.height()), text)
    return TEXT.sub(_outlined, text)


def write_pdf(studio: Studio, moment: Moment, file: BinaryIO) -> None:
    """Write a page that is just the picture, its fonts embedded."""
    file.write(pdf_of(studio, moment))


def pdf_of(studio: Studio, moment: Moment) -> bytes:
    """Give a picture as a PDF of one page; a pixel is a point."""
    file = BytesIO()
    for _ in write_pages(studio, [moment], file):
        pass
    return file.getvalue()


def write_pages(studio: Studio, moments: Iterable[Moment], file: BinaryIO) -> Iterator[int]:
    """Write a PDF with a page for each moment, and tell how many are painted."""
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
        for number, moment in enumerate(moments, start=1):
            if number > 1:
                writer.newPage()
            studio.paint(painter, moment)
            yield number
    file.write(bytes(data.data()))


def _size(width: int, height: int) -> str:
    return f'width="{width}px" height="{height}px"'


def _outlined(found: re.Match[str]) -> str:
    """Put outlines under a piece of text, and make the text itself invisible."""
    facts = dict(ATTRIBUTE.findall(found[1]))
    words = html.unescape(found[2])
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
