"""The field in which the graph stands as text: what is lit in it, and what is underlined."""

from __future__ import annotations

import math
from collections.abc import Iterable

from PySide6.QtCore import QMimeData, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFontMetricsF,
    QKeyEvent,
    QLinearGradient,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QSizePolicy, QTextEdit, QWidget

from gui.theme import font, theme, themes

MOST_LINES = 7
"""Lines that are shown at once; of more, there is a scroll bar."""

EDGE, SIDE = 7, 11
"""Pixels between the text and the edge above and below, and at the sides."""

LONGEST = 100_000
"""Characters of the longest text that is pasted."""

FADE = 28
"""Pixels over which a line fades that goes on beyond the edge."""

Stretch = tuple[int, int]
"""The first character of a piece of text, and the one after its last."""


class ExpressionEditor(QPlainTextEdit):
    """A field of one line, and as high as its text while the keyboard is in it.

    Attributes
    ----------
    is_pinned
        Whether it is as high as its text at all times.

    Signals
    -------
    typed
        A person has changed the text.
    pointed
        The caret is elsewhere, or something else is selected, by a person who is in the field.
    entered, left
        The keyboard has come, and has gone.
    taken, given_up
        Enter, and Escape.
    refused
        What was to be pasted is too long: a sentence.
    """

    typed = Signal()
    pointed = Signal()
    entered = Signal()
    left = Signal()
    taken = Signal()
    given_up = Signal()
    refused = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lit: list[tuple[Stretch, QColor, QColor]] = []
        self._wrong: Stretch | None = None
        self._is_written = False
        self.is_pinned = False
        self.setAccessibleName("Expression")
        self.setFont(font(14, code=True))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setPlaceholderText("Type y = square(exp(x))")
        self.setToolTip(
            "The graph as text: Enter takes what you type, Shift+Enter begins a line, "
            "Escape gives it up"
        )
        self.document().setDocumentMargin(0)
        self.viewport().setAutoFillBackground(False)
        self.textChanged.connect(self._on_text)
        self.cursorPositionChanged.connect(self._on_caret)
        self.selectionChanged.connect(self._on_caret)
        themes().changed.connect(self._restyle)
        self._restyle()
        self._fit()

    def write(self, text: str) -> None:
        """Put another text in; the caret stays at its place as far as there is one."""
        if text == self.toPlainText():
            return
        at = self.textCursor().position()
        self._is_written = True
        self.setPlainText(text)
        cursor = self.textCursor()
        cursor.setPosition(min(at, len(text)))
        self.setTextCursor(cursor)
        self._is_written = False
        self._fit()
        self._scroll()  # setting the caret has scrolled to it

    def replace_all(self, text: str) -> None:
        """Type another text over the one there is, so that typing can be undone to it."""
        cursor = self.textCursor()
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(text)

    def light(self, stretches: Iterable[tuple[Stretch, QColor, QColor]]) -> None:
        """Let pieces of the text stand out, each with its own ink and ground."""
        lit = list(stretches)
        if lit != self._lit:
            self._lit = lit
            self._paint_pieces()
            self._scroll()

    def underline(self, wrong: Stretch | None) -> None:
        """Underline a mistake, or none."""
        if wrong != self._wrong:
            self._wrong = wrong
            self._paint_pieces()
            self._restyle()

    def chosen(self) -> Stretch:
        """Say what is selected; where nothing is, both ends are the caret."""
        cursor = self.textCursor()
        return cursor.selectionStart(), cursor.selectionEnd()

    def pin(self, *, pinned: bool) -> None:
        """Show all lines at all times, or only while the keyboard is here."""
        self.is_pinned = pinned
        self._fit()
        self._scroll()

    def sizeHint(self) -> QSize:
        """Be as high as the text."""
        return QSize(400, self.height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take Enter and Escape; Shift+Enter begins a line."""
        shift = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if shift:
                self.textCursor().insertText("\n")
            else:
                self.taken.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
        else:
            super().keyPressEvent(event)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste, unless it is so long that nobody could edit it here."""
        length = len(source.text())
        if length > LONGEST:
            self.refused.emit(
                f"What was copied has {length:,} characters, more than the {LONGEST:,} that can be "
                "edited here. Paste it on the canvas, or save it in a file and open that."
            )
            return
        super().insertFromMimeData(source)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tell that the keyboard is here."""
        super().focusInEvent(event)
        self.viewport().update()
        self._fit()
        self.entered.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that it has gone, but not to a menu of this field."""
        super().focusOutEvent(event)
        self.viewport().update()
        if event.reason() not in (
            Qt.FocusReason.PopupFocusReason,
            Qt.FocusReason.ActiveWindowFocusReason,
        ):
            self.left.emit()
        self._fit()
        self._scroll()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the lines anew."""
        super().resizeEvent(event)
        self._fit()
        self._scroll()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the text, and let what goes on out of sight fade."""
        super().paintEvent(event)
        self._paint_fades()

    def _paint_fades(self) -> None:
        """Let a line fade where it goes on out of sight, so that it does not look whole."""
        if self.lineWrapMode() != QPlainTextEdit.LineWrapMode.NoWrap:
            return
        bar, area = self.horizontalScrollBar(), self.viewport().rect()
        c, painter = theme(), QPainter(self.viewport())
        clear = QColor(c.sel)
        clear.setAlpha(0)
        for goes_on, edge, inner in (
            (bar.value() > bar.minimum(), area.left(), area.left() + FADE),
            (bar.value() < bar.maximum(), area.right() + 1, area.right() + 1 - FADE),
        ):
            if goes_on:
                fade = QLinearGradient(edge, 0, inner, 0)
                fade.setColorAt(0, c.sel)
                fade.setColorAt(1, clear)
                left = min(edge, inner)
                painter.fillRect(left, area.top(), FADE, area.height(), fade)
        painter.end()

    def _on_text(self) -> None:
        self._fit()
        if not self._is_written:
            self.typed.emit()

    def _on_caret(self) -> None:
        if self.hasFocus() and not self._is_written:
            self.pointed.emit()

    def _fit(self) -> None:
        # One line alone is never broken: the rest of it would stand below the edge.
        modes = QPlainTextEdit.LineWrapMode
        is_open = self.is_pinned or self.hasFocus()
        mode = modes.WidgetWidth if is_open else modes.NoWrap
        if mode != self.lineWrapMode():
            self.setLineWrapMode(mode)
        written = max(round(self.document().size().height()), 1)
        lines = min(written, MOST_LINES) if is_open else 1
        off, on = Qt.ScrollBarPolicy.ScrollBarAlwaysOff, Qt.ScrollBarPolicy.ScrollBarAsNeeded
        self.setVerticalScrollBarPolicy(on if is_open and written > MOST_LINES else off)
        line = math.ceil(QFontMetricsF(self.font()).lineSpacing())
        height = lines * line + 2 * EDGE
        if height != self.height():
            self.setFixedHeight(height)

    def _scroll(self) -> None:
        """Where one line alone is shown, let it be that of the step, or else the last."""
        if self.is_pinned or self.hasFocus():
            return
        end = max(self.document().characterCount() - 1, 0)
        at = min(self._lit[0][0][0], end) if self._lit else end
        line = self.document().findBlock(at)
        self.verticalScrollBar().setValue(line.firstLineNumber())
        # As little to the right as it takes to see what is lit, its beginning before its end.
        advance = QFontMetricsF(self.font()).horizontalAdvance("0")
        bar, room = self.horizontalScrollBar(), self.viewport().width() - FADE
        start = (at - line.position()) * advance if self._lit else 0
        stop = start + (self._lit[0][0][1] - self._lit[0][0][0]) * advance if self._lit else 0
        bar.setValue(round(max(min(start - FADE, stop - room + EDGE), 0)) if stop > room else 0)

    def _paint_pieces(self) -> None:
        pieces = [self._piece(stretch, ink, ground) for stretch, ink, ground in self._lit]
        if self._wrong is not None:
            piece = self._piece(self._wrong, theme().bad, theme().bad_bg)
            piece.format.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
            piece.format.setUnderlineColor(theme().bad)
            pieces.append(piece)
        self.setExtraSelections(pieces)

    def _piece(self, stretch: Stretch, ink: QColor, ground: QColor) -> QTextEdit.ExtraSelection:
        piece = QTextEdit.ExtraSelection()
        cursor = QTextCursor(self.document())
        end = max(self.document().characterCount() - 1, 0)
        cursor.setPosition(min(stretch[0], end))
        cursor.setPosition(min(stretch[1], end), QTextCursor.MoveMode.KeepAnchor)
        look = QTextCharFormat()
        look.setForeground(ink)
        look.setBackground(ground)
        piece.cursor, piece.format = cursor, look
        return piece

    def _restyle(self) -> None:
        c = theme()
        edge, lit = (c.line, c.blue) if self._wrong is None else (c.bad, c.bad)
        self.setStyleSheet(
            f"QPlainTextEdit {{ background: {c.sel.name()}; color: {c.ink.name()};"
            f"border: 1px solid {edge.name()}; border-radius: 7px;"
            f"padding: {EDGE - 1}px {SIDE}px;"
            f"selection-background-color: {c.blue.name()};"
            f"selection-color: {c.panel.name()}; }}"
            f"QPlainTextEdit:focus {{ border-color: {lit.name()}; }}"
        )
        self.viewport().update()
