"""The strip under a picture: where the walk is, the step in words, its rule, and its numbers."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QTextDocument, QTextOption
from PySide6.QtSvg import QSvgRenderer

from engine.equations import Line
from engine.moment import Moment
from engine.narration import Narration
from engine.recording import BackwardStep
from engine.variable import Array
from gui.panels.numbers import Numbers
from gui.panels.painting import walk_colours, write
from gui.panels.tex import INK, Setting, typeset
from gui.theme import Theme, font, theme

HEIGHT, WIDTH = 132.0, 960.0
"""Height of the strip under a picture of this width; under another one it is so much larger."""

SMALLEST, LARGEST = 0.62, 3.0
SIDE, WORDS, TRACK = 24.0, 0.5, 3.0
MOST_LINES = 2
"""Rules that find room, one above the other."""

FORMULA, FORMULA_HEIGHT, NUMBERS_HEIGHT = 19.0, 50.0, 24.0


def strip_scale(width: int) -> float:
    """Tell how much larger than life the strip under a picture is."""
    return min(max(width / WIDTH, SMALLEST), LARGEST)


def strip_height(width: int) -> int:
    """Give the pixels that the strip under a picture takes."""
    return round(HEIGHT * strip_scale(width))


def paint_strip(painter: QPainter, area: QRectF, moment: Moment, told: Narration) -> None:
    """Paint the strip, in pixels.

    Parameters
    ----------
    area
        Where; as high as `strip_height` says.
    told
        What is said of the step.
    """
    c, scale = theme(), strip_scale(round(area.width()))
    painter.save()
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
    painter.translate(area.topLeft())
    painter.scale(scale, scale)
    room = QRectF(0, 0, area.width() / scale, HEIGHT)
    painter.fillRect(room, c.panel)
    _track(painter, room, moment, c)
    step = moment.step
    split = SIDE + (room.width() - 2 * SIDE) * (WORDS if told.lines else 1.0)
    colour = walk_colours(c, backward=moment.is_backward)[0] if step is not None else c.dim
    left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
    words = QRectF(SIDE, 14, split - SIDE, 18)
    write(painter, words, told.heading.upper(), font(11, bold=True), colour, left)
    title = QRectF(SIDE, 33, split - SIDE, 26)
    write(painter, title, told.title, font(19, bold=True), c.ink, left)
    _sentence(painter, QRectF(SIDE, 62, split - SIDE - 10, 60), told.sentence, c)
    upstream = step.upstream if isinstance(step, BackwardStep) else None
    box = QRectF(split + 14, 14, room.width() - split - SIDE - 14, HEIGHT - 26)
    _rules(painter, box, told.lines, upstream)
    painter.restore()


def _track(painter: QPainter, room: QRectF, moment: Moment, c: Theme) -> None:
    """Paint how far the walk is, in its two colours, along the upper edge."""
    count = max(len(moment.recording), 1)
    turn = moment.recording.turn / count if moment.recording.steps else 1.0
    done = (moment.cursor + moment.phase) / count if moment.recording.steps else 0.0
    painter.fillRect(QRectF(0, 0, room.width(), TRACK), c.line)
    painter.fillRect(QRectF(0, 0, room.width() * min(done, turn), TRACK), c.blue)
    if done > turn:
        start = room.width() * turn
        painter.fillRect(QRectF(start, 0, room.width() * done - start, TRACK), c.orange)


def _sentence(painter: QPainter, area: QRectF, sentence: str, c: Theme) -> None:
    """Paint the sentence over as many lines as find room; what is too long is shortened."""
    face, flags = font(13), Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignTop
    metrics, words = QFontMetricsF(face), sentence
    while metrics.boundingRect(area, flags, words).height() > area.height() and " " in words:
        words = words.rstrip("…").rpartition(" ")[0] + "…"
    painter.setFont(face)
    painter.setPen(c.dim)
    painter.drawText(area, flags, words)


def _rules(painter: QPainter, box: QRectF, lines: tuple[Line, ...], upstream: Array | None) -> None:
    """Paint the first rules with their numbers; of more, the numbers make room for the rules."""
    if not lines:
        return
    c, shown = theme(), lines[:MOST_LINES]
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(c.sel)
    painter.drawRoundedRect(box, 10, 10)
    inner, share = box.adjusted(14, 6, -14, -6), len(shown)
    for at, line in enumerate(shown):
        height = inner.height() / share
        slot = QRectF(inner.left(), inner.top() + at * height, inner.width(), height)
        said = not line.numbers or line.rule.endswith(f"= {line.numbers}")
        if share == 1 and not said:
            middle = slot.center().y() - (FORMULA_HEIGHT + NUMBERS_HEIGHT) / 2
            above = QRectF(slot.left(), middle, slot.width(), FORMULA_HEIGHT)
            _formula(painter, above, line)
            below = QRectF(slot.left(), above.bottom() + 2, slot.width(), NUMBERS_HEIGHT)
            _numbers(painter, below, line, upstream)
        else:
            _formula(painter, slot, line)


def _formula(painter: QPainter, area: QRectF, line: Line) -> None:
    made = _typeset(line.tex)
    if not made:
        write(painter, area, line.rule, font(17, italic=True), theme().ink)
        return
    renderer = QSvgRenderer(QByteArray(made.replace(INK.encode(), theme().ink.name().encode())))
    size = renderer.viewBoxF().size()
    size.scale(size.boundedTo(area.size()), Qt.AspectRatioMode.KeepAspectRatio)
    box = QRectF(area.topLeft(), size)
    box.moveCenter(area.center())
    renderer.render(painter, box)


def _numbers(painter: QPainter, area: QRectF, line: Line, upstream: Array | None) -> None:
    """Paint the numbers on one line, smaller if they would not fit."""
    html = Numbers.read(line.numbers, upstream).html(theme(), broken=False)
    document = QTextDocument()
    document.setDocumentMargin(0)
    document.setDefaultFont(font(14, code=True))
    document.setDefaultTextOption(QTextOption(Qt.AlignmentFlag.AlignHCenter))
    document.setHtml(f'<div style="color:{theme().ink.name()}">{html}</div>')
    shrink = min(1.0, area.width() / max(document.idealWidth(), 1.0))
    document.setTextWidth(area.width() / shrink)
    shrink = min(shrink, area.height() / max(document.size().height(), 1.0))
    document.setTextWidth(area.width() / shrink)
    painter.save()
    lower = (area.height() - document.size().height() * shrink) / 2
    painter.translate(area.left(), area.top() + max(lower, 0.0))
    painter.scale(shrink, shrink)
    document.drawContents(painter)
    painter.restore()


@lru_cache(maxsize=512)
def _typeset(tex: str) -> bytes:
    return typeset(Setting(tex, FORMULA))
