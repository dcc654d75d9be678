"""The expression and the canvas as two views of one document, each of which follows the other."""

from __future__ import annotations

import weakref
from collections.abc import Collection, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QColor

from engine.errors import ExpressionError
from engine.expression import own_line
from engine.recording import default_target
from engine.sheet import read_sheet, spans_told, write_sheet
from gui.document import OpenDocument
from gui.links import Links
from gui.mistake import Mistake
from gui.panels.expression_editor import ExpressionEditor
from gui.reading import AT_ONCE, ReadText, parsed, read_into, spans_in
from gui.text_spans import TextSpans
from gui.theme import theme, themes

if TYPE_CHECKING:
    from gui.workbench import Workbench

MOST_BLOCKS = 120
"""Blocks of the largest graph that is written as text by itself."""

MOST_ON_REQUEST = 1_000
"""Blocks of the largest that is written when somebody asks for it."""

SOON, PAUSE = 120, 900
"""Milliseconds after a key until the graph follows, and until what follows is undone apart."""

LONGEST = 300
"""Characters of a line that only tells of a step."""


class ExpressionView(QObject):
    """Lets the field of the expression follow the document in front, and the document the field.

    While a person types, the text is theirs, and the graph follows it as soon as it can be read.
    Otherwise the text is written anew whenever the graph changes.
    """

    def __init__(self, bench: Workbench, editor: ExpressionEditor) -> None:
        super().__init__(bench)
        self._bench, self._editor = bench, editor
        self._document = bench.document
        self._apart: weakref.WeakKeyDictionary[OpenDocument, frozenset[str]] = (
            weakref.WeakKeyDictionary()
        )
        self._asked: weakref.WeakSet[OpenDocument] = weakref.WeakSet()
        self._spans = TextSpans()
        self._written: tuple[object, str] | None = None
        self._stretch, self._begun_at = 0, 0
        self._apart_before: frozenset[str] = frozenset()
        self._is_leading = False
        self._reading: OpenDocument | None = None
        self._is_to_leave = self._is_left = False
        self._mistake = Mistake(bench, editor)
        self._soon = self._timer(SOON, self._apply)
        self._pause = self._timer(PAUSE, self._next_stretch)
        self._links = Links()
        editor.typed.connect(self._on_typed)
        editor.pointed.connect(self._on_pointed)
        editor.entered.connect(self._on_entered)
        editor.left.connect(self._on_left)
        editor.taken.connect(self._on_taken)
        editor.given_up.connect(self._on_given_up)
        editor.refused.connect(self._say)
        bench.player.moved.connect(self._light)
        bench.fronted.connect(self._on_fronted)
        themes().changed.connect(self._light)
        self._on_fronted()

    def let_go(self) -> None:
        """Stop listening to the document."""
        self._links.cut()

    def edit(self) -> None:
        """Put the keyboard into the field; a large graph is written out first."""
        document = self._document
        if self._is_summary and len(document.graph) <= MOST_ON_REQUEST:
            self._asked.add(document)
            self._write()
        if self._editor.isReadOnly():
            count = len(document.graph)
            self._bench.view.say(f"A graph of {count:,} blocks is too large to be edited as text.")
            return
        self._editor.setFocus()
        self._editor.selectAll()

    @property
    def _is_summary(self) -> bool:
        document = self._document
        return len(document.graph) > MOST_BLOCKS and document not in self._asked

    @property
    def _is_typed(self) -> bool:
        """Whether what stands in the field is a person's text, however long."""
        is_read = self._is_leading or self._reading is self._document
        return is_read or self._spans.sheet is not None

    # The field follows the document

    def _on_fronted(self) -> None:
        self._links.cut()
        self._is_to_leave = self._is_left = False
        document = self._document = self._bench.document
        self._links = Links(
            (document.rewritten, self._on_rewritten),
            (self._bench.view.canvas.selectionChanged, self._light),
        )
        self._write()

    def _on_rewritten(self) -> None:
        if not self._is_leading and self._reading is not self._document:
            self._write()

    def _write(self) -> None:
        """Write the graph as text, if it is one that can be read again."""
        self._mistake.forget()
        self._soon.stop()
        document = self._document
        graph = document.graph
        if self._is_summary:
            self._spans.forget()
            self._editor.setReadOnly(True)
            self._editor.write(self._summary())
            return
        target = document.target or default_target(graph)
        text = write_sheet(graph, target, self._apart.get(document, frozenset()))
        structure = graph.worked_out.setdefault("as text", object())
        if self._written == (structure, text) and self._editor.toPlainText() == text:
            return  # only a value is another, as while a number is slid
        self._written = structure, text
        self._spans.forget()
        ids: Mapping[str, str] | None = {}
        if text:
            try:
                sheet = read_sheet(text)
            except ExpressionError:
                ids = None
            else:
                ids = document.ids_of(sheet)
                if ids is not None:
                    self._spans.take(sheet, spans_in(sheet, ids))
                else:  # it cannot be edited, and yet the walk goes on in it
                    apart = self._apart.get(document, frozenset())
                    self._spans.take(None, spans_told(graph, target, apart))
        self._editor.setReadOnly(ids is None)
        self._editor.write(text)
        self._light()

    def _summary(self) -> str:
        """Say how large the graph is, and what the step does."""
        graph, step = self._document.graph, self._bench.player.moment.step
        line = own_line(graph, step.block) if step is not None and step.block in graph else ""
        if len(line) > LONGEST:
            line = line[: LONGEST - 1] + "…"
        return f"{len(graph):,} blocks" + (f":  {line}" if line else "")

    def _light(self) -> None:
        """Light the piece of the step, and those of what is selected on the canvas."""
        if self._is_summary and not self._is_typed:
            self._editor.write(self._summary())
            self._editor.light(())
            return
        self._editor.light(self._lit())

    def _lit(self) -> Iterator[tuple[tuple[int, int], QColor, QColor]]:
        c, graph, moment = theme(), self._document.graph, self._bench.player.moment
        step = moment.step
        ink, ground = (c.orange, c.orange_bg) if moment.is_backward else (c.blue, c.blue_bg)
        if step is not None:
            yield from ((piece, ink, ground) for piece in self._spans.of(step.block, graph))
        if not self._editor.hasFocus():
            for block in self._bench.view.canvas.selection.blocks():
                yield from ((piece, c.ink, c.line) for piece in self._spans.of(block, graph))

    # The document follows the field

    def _on_typed(self) -> None:
        self._mistake.wait()
        self._soon.start()
        self._pause.start()

    def _apply(self) -> None:
        """Let the graph be what the text says; a text that says nothing changes nothing."""
        self._soon.stop()
        text, known = self._editor.toPlainText(), self._spans.sheet
        if self._editor.isReadOnly() or (known is not None and text == known.text):
            return
        if len(text) > AT_ONCE or self._reading is self._document:
            self._apply_beside(text)
            return
        try:
            written, sheet = parsed(text)
        except ExpressionError as error:
            self._mistake.error = error if text.strip() else None
            return
        if written != text:
            self._editor.replace_all(written)
        document = self._document
        self._is_leading = True
        ids = document.rewrite(sheet, self._stretch)
        self._is_leading = False
        self._follow_text(document, ReadText(written, sheet, ids, spans_in(sheet, ids)))

    def _apply_beside(self, text: str) -> None:
        """Let the graph be what a long text says; what is typed meanwhile is read after it."""
        if self._reading is not None:
            return
        document = self._reading = self._document

        def wanted() -> bool:
            return document is not self._document or self._editor.toPlainText() == text

        def take(found: ReadText | ExpressionError | None) -> None:
            self._reading = None
            if isinstance(found, ReadText):
                if document is self._document and found.text != text:
                    self._editor.replace_all(found.text)
                self._follow_text(document, found)
            if document is self._document:
                if found is None and self._editor.toPlainText() == text and not self._is_left:
                    self._is_to_leave = False  # given up; whoever wants it read goes on typing
                else:
                    self._go_on(found if isinstance(found, ExpressionError) else None)
            elif self._editor.hasFocus():
                self._apply()

        document.retype(partial(read_into, text=text), self._stretch, wanted, take)

    def _go_on(self, error: ExpressionError | None) -> None:
        """Do what waited for a long text to be read."""
        is_left, is_to_leave = self._is_left, self._is_to_leave
        self._is_left = self._is_to_leave = False
        self._mistake.error = error
        if is_left:
            self._write()
        elif error is not None:
            if is_to_leave or not self._mistake.is_awaited:
                self._mistake.point()
        else:
            self._apply()  # something else may stand there now
            if is_to_leave and self._reading is None:
                self._bench.view.setFocus()

    def _follow_text(self, document: OpenDocument, found: ReadText) -> None:
        """Know where what stands in a text that the graph follows."""
        self._mistake.error = None
        self._apart[document] = frozenset(found.ids[line] for line in found.sheet.lines)
        if document is not self._document:
            return
        self._spans.take(found.sheet, found.spans)
        self._light()
        if document is self._bench.document:  # else another one is just coming to the front
            blocks = list(found.ids.values())
            self._show(blocks if len(blocks) <= MOST_BLOCKS else blocks[-1:])

    def _show(self, blocks: Collection[str]) -> None:
        view = self._bench.view
        for block in blocks:
            if block in self._document.graph:
                view.show_more(block)

    def _next_stretch(self) -> None:
        self._stretch += 1

    # The keyboard comes and goes

    def _on_entered(self) -> None:
        self._is_left = False
        self._next_stretch()
        document = self._document
        self._begun_at = document.undo_stack.index()
        self._apart_before = self._apart.get(document, frozenset())
        self._light()

    def _on_left(self) -> None:
        """Take what was typed, and write it as it is written here; what is wrong goes."""
        self._apply()
        self._next_stretch()
        if self._reading is self._document:
            self._is_left = True
        else:
            self._write()
        self._light()  # what is selected on the canvas stands out again

    def _on_taken(self) -> None:
        self._apply()
        if self._reading is self._document:
            self._is_to_leave = True
            return
        if self._mistake.error is not None:
            self._mistake.point()
            return
        self._bench.view.setFocus()

    def _on_given_up(self) -> None:
        """Take back what was typed since the keyboard came."""
        self._soon.stop()
        self._is_to_leave = False
        self._apart[self._document] = self._apart_before
        document = self._document

        def write() -> None:
            if document is self._document:
                self._write()

        document.undo_to(self._begun_at, write)
        write()  # what stands there is given up, whenever the graph follows
        self._bench.view.setFocus()

    def _on_pointed(self) -> None:
        """Select on the canvas what the caret is in, or what is selected in the text."""
        sheet = self._spans.sheet
        if sheet is None or sheet.text != self._editor.toPlainText():
            return
        graph, blocks = self._document.graph, self._spans.blocks_at(*self._editor.chosen())
        self._bench.view.canvas.selection.choose([block for block in blocks if block in graph])

    def _say(self, sentence: str) -> None:
        """Say something over the canvas that is in front now."""
        self._bench.view.say(sentence)

    def _timer(self, after: int, then: object) -> QTimer:
        timer = QTimer(self, singleShot=True, interval=after)
        timer.timeout.connect(then)
        return timer
