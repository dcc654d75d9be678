"""A line of text that is set once and painted often looks as Qt has it."""

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter

from gui.measuring import set_line
from gui.theme import font

FLAG = Qt.AlignmentFlag
FACES = {
    "code": (13, {"code": True}),
    "italic": (14, {"italic": True}),
    "symbol": (27, {"bold": True}),
    "small": (11, {}),
}


def painted(zoom: float, paint) -> QImage:
    image = QImage(300, 90, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(zoom, zoom)
    paint(painter)
    painter.end()
    return image


@pytest.mark.parametrize("face", FACES.values(), ids=FACES)
@pytest.mark.parametrize(
    "align",
    [FLAG.AlignCenter, FLAG.AlignLeft | FLAG.AlignVCenter, FLAG.AlignRight, FLAG.AlignTop],
    ids=["middle", "left", "right", "top"],
)
def test_a_line_that_is_set_once_is_painted_to_the_pixel_as_qt_does(qapp, face, align):
    pixels, style = face
    face = font(pixels, **style)
    for words in ("1.2840", "3.3e−9", "tanh′", "Ägö x₁²"):
        for zoom in (0.8, 1.0, 1.5):
            for left, top in ((10.0, 10.0), (10.3, 10.2), (10.7, 10.8)):
                area = QRectF(left, top, 140, 36)

                def as_qt(painter, area=area, words=words):
                    painter.setFont(face)
                    painter.drawText(area, align, words)

                def as_set(painter, area=area, words=words):
                    set_line(painter, area, words, face, align)

                assert painted(zoom, as_set) == painted(zoom, as_qt)
