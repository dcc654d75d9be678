"""A program to be read: the lines that the walk is at are lit, and a line knows its blocks."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import (
    QFont,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QSyntaxHighlighter,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
)
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QTextEdit, QWidget

from engine.code.script import CodeLine
from gui.panels.painting import walk_colours
from gui.theme import font, theme, themes

BAR = 3
"""Pixels of the bar before a line that is lit."""


class Quiet(QSyntaxHighlighter):
    """Writes what is about no block more quietly than the lines that the walk goes through."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self.lines: tuple[CodeLine, ...] = ()

    def highlightBlock(self, text: str) -> None:
        """Choose the ink of one line."""
        at = self.currentBlock().blockNumber()
        ink = QTextCharFormat()
        loud = at < len(self.lines) and self.lines[at].blocks
        ink.setForeground(theme().ink if loud else theme().dim)
        self.setFormat(0, len(text), ink)


class CodeView(QPlainTextEdit):
    """The program.

    Signals
    -------
    line_chosen
        A line was clicked, or Enter pressed on it: its place.
    """

    line_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._backward = False
        self._lit: tuple[int, ...] = ()
        self._quiet = Quiet(self.document())
        self.setReadOnly(True)
        flags = Qt.TextInteractionFlag
        self.setTextInteractionFlags(flags.TextSelectableByMouse | flags.TextSelectableByKeyboard)
        self.setAccessibleName("Program")
        self.setToolTip("Click a line to find its block, or press Enter on it")
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.document().setDocumentMargin(10)
        self._dress()
        themes().changed.connect(self._dress)

    @property
    def lit(self) -> tuple[int, ...]:
        """Places of the lines that are lit."""
        return self._lit

    def be_pictured(self) -> None:
        """Break long lines, and show no bars: nobody can scroll a picture."""
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.WidgetWidth)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_lines(self, lines: tuple[CodeLine, ...]) -> None:
        """Show another program; what is in sight stays, as far as it can."""
        across, down = self.horizontalScrollBar().value(), self.verticalScrollBar().value()
        self._quiet.lines = lines
        self._lit = ()
        self.setPlainText("\n".join(line.text for line in lines))
        self.horizontalScrollBar().setValue(across)
        self.verticalScrollBar().setValue(down)

    def light(self, lines: tuple[int, ...], *, backward: bool) -> None:
        """Light some lines, blue or orange, and bring the last of them into sight."""
        if (lines, backward) == (self._lit, self._backward):
            return
        self._lit, self._backward = lines, backward
        self._select()
        texts = [self.document().findBlockByNumber(at).text().strip() for at in lines]
        self.setAccessibleDescription(f"Running: {'; '.join(texts)}" if texts else "")
        if lines:
            self._reveal(lines[0])
            self._reveal(lines[-1])

    def _select(self) -> None:
        _, pale = walk_colours(theme(), backward=self._backward)
        shown = []
        for at in self._lit:
            lit = QTextEdit.ExtraSelection()
            lit.cursor = QTextCursor(self.document().findBlockByNumber(at))
            form = QTextCharFormat()
            form.setBackground(pale)
            form.setProperty(QTextFormat.Property.FullWidthSelection, True)  # noqa: FBT003 - Qt's way
            lit.format = form
            shown.append(lit)
        self.setExtraSelections(shown)
        self.viewport().update()

    def _reveal(self, line: int) -> None:
        """Scroll a line into sight, in steps of lines, and not sideways."""
        bar = self.verticalScrollBar()
        height = max(self.viewport().height() // max(self.fontMetrics().lineSpacing(), 1), 1)
        if not bar.value() <= line < bar.value() + height - 1:
            bar.setValue(max(line - height // 2, 0))

    def _dress(self) -> None:
        c = theme()
        face = QFont(font(12, code=True))
        face.setFeature(QFont.Tag("calt"), 0)  # no arrow where there are two signs to be typed
        self.setFont(face)
        self.setStyleSheet(
            f"QPlainTextEdit {{ background: {c.code.name()}; border: 1px solid {c.line.name()};"
            f" border-radius: 10px; selection-background-color: {c.blue.name()};"
            f" selection-color: {c.panel.name()}; }}"
            f"QPlainTextEdit:focus {{ border-color: {c.blue.name()}; }}"
        )
        self._quiet.rehighlight()
        self._select()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the text, and a bar before each lit line."""
        super().paintEvent(event)
        painter, c = QPainter(self.viewport()), theme()
        strong, _ = walk_colours(c, backward=self._backward)
        for at in self._lit:
            block = self.document().findBlockByNumber(at)
            area = self.blockBoundingGeometry(block).translated(self.contentOffset())
            area.setLeft(0)
            area.setWidth(BAR)
            painter.fillRect(area, c.glow if self._backward else strong)
        painter.end()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Choose the line under the mouse, unless text was selected."""
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton and not self.textCursor().hasSelection():
            self.line_chosen.emit(self.line_at(event.position()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose the line of the text cursor with Enter."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.line_chosen.emit(self.textCursor().blockNumber())
            return
        super().keyPressEvent(event)

    def line_at(self, spot: QPointF) -> int:
        """Find the line at a point."""
        return self.cursorForPosition(spot.toPoint()).blockNumber()
