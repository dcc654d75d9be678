"""The present document as code or text, following the walk line by line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QSettings, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QHideEvent, QShowEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from engine.asking.ask import Ask
from engine.code.following import lines_at
from engine.code.languages import DEFAULT, LANGUAGES, Language
from engine.code.script import CodeLine
from engine.errors import GradwalkError
from engine.graph import Graph
from gui.answer import Answer, going_over, takes_long
from gui.panels.code_view import CodeView
from gui.panels.labels import Prose
from gui.panels.visibility import keep_away, show_if
from gui.panels.warning_card import LinkButton
from gui.player import Player
from gui.theme import font

SETTING = "code_language"

CALM = 80
"""Milliseconds without a change before the code is written anew."""

MOST_BLOCKS = 500
"""Blocks of the largest graph whose code is shown as it changes."""

TELLING = ("latex", "latex-fragment", "mermaid", "dot")
"""The languages that can show the numbers, too."""

Source = Callable[[], tuple[Graph, str | None]]


class CodePage(QWidget):
    """The page.

    Parameters
    ----------
    player
        The walk that is followed.
    source
        Gives the graph and the id of what is differentiated.

    Signals
    -------
    block_pointed
        The id of the block of a line that was chosen.
    save_wanted
        The code is to go to a file.
    """

    block_pointed = Signal(str)
    save_wanted = Signal()

    def __init__(self, player: Player, source: Source, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._player = player
        self._source = source
        self._lines: tuple[CodeLine, ...] = ()
        self._stale = True
        self._answer = Answer(self)
        self._answer.known.connect(self._show)
        self._choice = QComboBox()
        self._numbers = QCheckBox("Numbers")
        self._copy, self._save = LinkButton(), LinkButton(flush=Qt.AlignmentFlag.AlignRight)
        self._code = CodeView()
        self._why_not = Prose(font(13), "dim")
        self._timer = QTimer(self, singleShot=True, interval=CALM)
        self._timer.timeout.connect(self._write)
        self._assemble()
        self._choice.currentIndexChanged.connect(self._choose)
        self._numbers.toggled.connect(self._write)
        self._copy.clicked.connect(self.copy)
        self._save.clicked.connect(self.save_wanted)
        self._code.line_chosen.connect(self._point)
        player.moved.connect(self._light)
        player.recording_changed.connect(self._wait)

    @property
    def language(self) -> Language:
        """What the code is written in."""
        return LANGUAGES[self._choice.currentData()]

    @property
    def shows_numbers(self) -> bool:
        """Whether the numbers are shown, too."""
        return self._numbers.isChecked() and self.language.name in TELLING

    @property
    def asked(self) -> Ask:
        """In which language."""
        return Ask("code", self.language.name)

    def ask(self, ask: Ask) -> None:
        """Write it in another language, for now; without a name, in the first of all."""
        self._choice.blockSignals(True)  # noqa: FBT003 - Qt takes no keyword here
        self._choice.setCurrentIndex(max(self._choice.findData(ask.about or DEFAULT.name), 0))
        self._choice.blockSignals(False)  # noqa: FBT003 - Qt takes no keyword here
        self._offer_numbers()

    def be_pictured(self) -> None:
        """Leave away what only a hand needs: the page is painted into a picture."""
        keep_away(self._choice, self._numbers, self._copy, self._save)
        self._code.be_pictured()

    def copy(self) -> None:
        """Put the whole on the clipboard."""
        if self._stale or self._answer.is_awaited:
            self._answer.forget()
            self._stale = False
            self._show(self._writing()())
        QGuiApplication.clipboard().setText("".join(f"{line.text}\n" for line in self._lines))

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what has changed while nobody looked."""
        super().showEvent(event)
        self._write_if_stale()
        self._light()

    def hideEvent(self, event: QHideEvent) -> None:
        """Want nothing any more that is still being written."""
        super().hideEvent(event)
        if self._answer.is_awaited:
            self._answer.forget()
            self._stale = True

    def _assemble(self) -> None:
        self.setAccessibleName("Code of the graph")
        self._choice.setAccessibleName("Language")
        for language in LANGUAGES.values():
            self._choice.addItem(language.title, language.name)
        self._choice.setCurrentIndex(max(self._choice.findData(chosen_language().name), 0))
        self._numbers.setToolTip("Show each step, or each block, with its numbers, too")
        self._copy.show_link("Copy", "blue")
        self._copy.setAccessibleName("Copy the code")
        self._save.show_link("Export…", "blue")
        self._save.setAccessibleName("Export the code to a file")
        top = QHBoxLayout()
        top.setSpacing(10)
        top.addWidget(self._choice, 1)
        top.addWidget(self._numbers)
        top.addWidget(self._copy)
        top.addWidget(self._save)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 14, 14)
        column.setSpacing(12)
        column.addLayout(top)
        column.addWidget(self._why_not)
        column.addWidget(self._code, 1)
        self._offer_numbers()

    def _offer_numbers(self) -> None:
        show_if(self._numbers, self.language.name in TELLING)

    def _choose(self) -> None:
        QSettings().setValue(SETTING, self.language.name)
        self._offer_numbers()
        self._write()

    def _wait(self) -> None:
        """Write it anew once the changes pause; a number that is dragged changes at every frame."""
        self._stale = True
        if self.isVisible():
            self._timer.start()

    def _write_if_stale(self) -> None:
        if self._stale:
            self._write()

    def _write(self) -> None:
        """Write it; what tells the numbers of a very large array is written beside the window."""
        self._timer.stop()
        self._answer.forget()
        self._stale = False
        recording, (graph, _) = self._player.recording, self._source()
        is_long = recording.is_waiting or takes_long(recording)
        if is_long and len(graph) <= MOST_BLOCKS:
            self._show(Written((), going_over(recording)))
            self._answer.ask(self._writing())
        else:
            self._show(self._writing()())

    def _show(self, written: Written) -> None:
        self._lines, sentence = written.lines, written.why_not
        show_if(self._why_not, bool(sentence))
        show_if(self._code, not sentence)
        for button in (self._copy, self._save):
            button.setEnabled(not sentence)
        self._why_not.show_text(sentence)
        self._code.show_lines(self._lines)
        self._light()

    def _writing(self) -> Callable[[], Written]:
        """Give what writes the graph as it is now, on any thread."""
        graph, target = self._source()
        if len(graph) > MOST_BLOCKS:
            sentence = (
                f"This graph has {len(graph):,} blocks; its code is shown up to {MOST_BLOCKS:,}. "
                "Export Code in the File menu writes it to a file."
            )
            return lambda: Written((), sentence)
        return partial(written, self.language, graph.copy(), target, numbers=self.shows_numbers)

    def _light(self) -> None:
        if self.isVisible() and not self._stale:
            moment = self._player.moment
            lines = () if self._player.waiting else lines_at(moment.step, self._lines)
            self._code.light(lines, backward=moment.is_backward)

    def _point(self, line: int) -> None:
        blocks = self._lines[line].blocks if line < len(self._lines) else ()
        if blocks:
            self.block_pointed.emit(blocks[0])


@dataclass(frozen=True, slots=True)
class Written:
    """A graph, written down.

    Attributes
    ----------
    lines
        The lines.
    why_not
        Why there are none; "" if there are.
    """

    lines: tuple[CodeLine, ...]
    why_not: str


def written(language: Language, graph: Graph, target: str | None, *, numbers: bool) -> Written:
    """Write a graph down; it may be called on any thread."""
    try:
        return Written(language.write(graph, target, numbers).lines, "")
    except GradwalkError as error:
        return Written((), error.sentence)


def chosen_language() -> Language:
    """Give the language that was chosen last."""
    return LANGUAGES.get(str(QSettings().value(SETTING, DEFAULT.name)), DEFAULT)
