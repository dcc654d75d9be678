"""Text that stands in a panel: its colour follows the theme, and it can be selected."""

from __future__ import annotations

import math
import re
from html import escape
from typing import Literal, NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from gui.panels.painting import head_font, write
from gui.theme import Theme, font, theme, themes

APART = 122
"""Height of a line of prose, in hundredths of the font's own."""

KEPT_HEIGHTS = 16
"""Widths of which a label keeps how high its text is there."""

LEAST_WIDTH = 280
"""Pixels in which a text would like to stand."""

Ink = Literal["ink", "dim", "blue", "orange", "bad", "ok"]


def ink_of(colours: Theme, ink: Ink) -> QColor:
    """Look a colour up by its name."""
    found: QColor = getattr(colours, ink)
    return found


class Text(QLabel):
    """A line of text.

    It writes itself: a palette of its own would be lost when the style sheet of the app is set.

    Parameters
    ----------
    face
        Its font.
    ink
        Name of its colour.
    parent
        The widget it stands in.
    """

    def __init__(self, face: QFont, ink: Ink, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._face = face
        self._ink: Ink = ink
        self.setFont(face)
        self.setTextFormat(Qt.TextFormat.PlainText)
        themes().changed.connect(self.update)

    def show_text(self, text: str) -> None:
        """Write another text; the same one again would only lay the panel out anew."""
        if text != self.text():
            self.setText(text)

    def set_ink(self, ink: Ink) -> None:
        """Write in another colour."""
        self._ink = ink
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - it is small: paint all
        """Write the text."""
        painter = QPainter(self)
        area = QRectF(self.contentsRect())
        write(painter, area, self.text(), self._face, ink_of(theme(), self._ink), self.alignment())
        painter.end()


class Wrapping(QLabel):
    """Rich text that wraps at whatever width it gets."""

    def __init__(self, face: QFont, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._heights: dict[tuple[str, int, int], int] = {}
        self.setFont(face)
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.RichText)
        # A long word must not make the panel wider than it is.
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def heightForWidth(self, width: int) -> int:
        """Measure the text once for each width: a layout asks many times, and it is slow."""
        key = (self.text(), width, self.font().pixelSize())
        if key not in self._heights:
            if len(self._heights) >= KEPT_HEIGHTS:
                self._heights.clear()
            self._heights[key] = super().heightForWidth(width)
        return self._heights[key]

    def sizeHint(self) -> QSize:
        """Be as high as the text is at this width; Qt would try several widths for a good shape."""
        width = max(self.width(), LEAST_WIDTH)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Need little; how high it is depends on the width (Qt would take the narrowest)."""
        return QSize(40, self.fontMetrics().height())


class Prose(Wrapping):
    """Text in lines that stand apart, which a person can select and copy.

    It lays itself out and paints itself, to the pixel as Qt does: Qt would read it as rich text
    first, which takes longer than all the rest. Only while some of it is selected, Qt paints it.
    """

    def __init__(self, face: QFont, ink: Ink, parent: QWidget | None = None) -> None:
        super().__init__(face, parent)
        self._ink: Ink = ink
        self._laid_out: dict[int, LaidOut] = {}
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        themes().changed.connect(self._write)

    def show_text(self, text: str) -> None:
        """Show another text, which is plain."""
        if text != self.accessibleName():
            self.setAccessibleName(text)
            self._write()

    def set_ink(self, ink: Ink) -> None:
        """Write in another colour."""
        if ink != self._ink:
            self._ink = ink
            self._write()

    def _write(self) -> None:
        lines = "<br>".join(escape(together(line)) for line in self.accessibleName().splitlines())
        colour = ink_of(theme(), self._ink).name()
        self._laid_out.clear()
        self.setText(f'<p style="line-height:{APART}%; color:{colour}">{lines}</p>')

    def heightForWidth(self, width: int) -> int:
        """Say how high the lines are at this width."""
        if not self.accessibleName():
            return super().heightForWidth(width)
        return math.ceil(self._lines(width).height)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the lines, in the middle of the height that there is, or at its top."""
        if self.hasSelectedText() or not self.accessibleName():
            super().paintEvent(event)
            return
        area = self.contentsRect()
        lines = self._lines(area.width())
        at_top = bool(self.alignment() & Qt.AlignmentFlag.AlignTop)
        above = 0 if at_top else max((area.height() - math.ceil(lines.height)) // 2, 0)
        painter = QPainter(self)
        painter.setPen(ink_of(theme(), self._ink))
        lines.layout.draw(painter, QPointF(area.x(), area.y() + above))
        painter.end()

    def _lines(self, width: int) -> LaidOut:
        # A layout asks for the height with and without a scroll bar, and again and again.
        if width not in self._laid_out:
            if len(self._laid_out) >= KEPT_HEIGHTS:
                self._laid_out.clear()
            lines = (together(line) for line in self.accessibleName().splitlines())
            self._laid_out[width] = laid_out(LINE_END.join(lines), self.font(), width)
        return self._laid_out[width]


class LaidOut(NamedTuple):
    """Text that was laid out.

    Attributes
    ----------
    height
        How high all lines are.
    layout
        The lines.
    """

    height: float
    layout: QTextLayout


FORMULA = re.compile(r"[^ ]+(?: [=+−·×≠/] [^ ]+)+")
"""Terms with signs between them."""

ELEMENT = re.compile(r"\w\[[\d:, ]+\]")
"""One element of an array, or a row or a column of it."""

LONGEST_FORMULA, SHORTEST_END = 22, 4
"""Characters of a formula up to which no line breaks within it, and of the last word of a sentence
from which it may stand on a line alone."""


def together(line: str) -> str:
    """Keep together what no line of a book parts: a short formula, a name, and a last word.

    Examples
    --------
    >>> together("a was used before: 8 + 8 = 16.").count("\u00a0")
    4
    >>> together("that is the gradient ∂gx/∂x") == "that is the gradient ∂gx/\ufeff∂x"
    True
    """
    # The other sign that joins words is not in the font, and that of another makes lines higher.
    words = " ".join(line.split()).replace("/∂", "/\ufeff∂")
    words = ELEMENT.sub(lambda found: found[0].replace(" ", "\u00a0"), words)
    bound = FORMULA.sub(lambda found: _bound(found[0]), words)
    before, _, last = bound.rpartition(" ")
    return f"{before}\u00a0{last}" if before and len(last) < SHORTEST_END else bound


def _bound(formula: str) -> str:
    """Bind a short formula whole; in a long one, lines end before a sign."""
    if len(formula) <= LONGEST_FORMULA:
        return formula.replace(" ", "\u00a0")
    return re.sub(r" ([=+−·×≠/]) ", " \\1\u00a0", formula)


LINE_END = "\u2028"
"""What ends a line in the text of a layout."""


def laid_out(text: str, face: QFont, width: int) -> LaidOut:
    """Break text into lines that stand apart as those of `Prose`."""
    layout = QTextLayout(text, face)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WordWrap)
    layout.setTextOption(option)
    height = 0.0
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        line.setPosition(QPointF(0, height))
        apart = math.ceil(line.ascent() + line.descent() + line.leading()) * APART / 100
        height += int(64 * apart) / 64  # as finely as Qt counts
    layout.endLayout()
    return LaidOut(height, layout)


def head(text: str = "", ink: Ink = "dim") -> Text:
    """Make the head of a section."""
    made = Text(head_font(), ink)
    made.setText(text)
    return made


def section(widget: QWidget, left: QWidget, right: QWidget) -> QVBoxLayout:
    """Begin a section with its head, and what stands across from it; give the column below."""
    top = QHBoxLayout()
    top.addWidget(left, 1)
    top.addWidget(right)
    column = QVBoxLayout(widget)
    column.setContentsMargins(0, 4, 0, 0)
    column.setSpacing(7)
    column.addLayout(top)
    return column


def tallest(*parts: QWidget) -> int:
    """Say how high a row of these is, such as the head of a section."""
    return max(part.sizeHint().height() for part in parts)


def code_label(ink: Ink = "dim") -> Text:
    """Make a small label in the font of code."""
    return Text(font(12, code=True), ink)
