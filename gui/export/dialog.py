"""The dialog that makes a picture or a film: what it will look like, and what can be chosen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, SignalInstance
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from engine.errors import GradwalkError
from gui.canvas.view import CanvasView
from gui.export.carrying import Carried, Copying, pictured
from gui.export.choices import SELECTION, VIEW, Choices
from gui.export.filming import Filming, Making
from gui.export.looked_at import LookedAt
from gui.export.orders import Order, Work
from gui.export.pieces import at_once
from gui.export.playing import Playing
from gui.export.preview import Preview
from gui.export.studio import Studio
from gui.export.where import ask_where
from gui.panels.labels import Prose
from gui.player import Player
from gui.theme import font, theme

WIDTH, HEIGHT = 960, 540


class ExportDialog(QDialog):
    """Makes a picture or a film of what a canvas shows, as it is when that is asked for.

    Parameters
    ----------
    view
        The canvas.
    player
        Where the walk is.
    looked_at
        What stands beside the canvas, and how it is walked.
    moves
        Whether a film is made, and not a picture.
    """

    def __init__(
        self, view: CanvasView, player: Player, looked_at: LookedAt, *, moves: bool
    ) -> None:
        super().__init__(view.window())
        self._view, self._moves = view, moves
        self._moment = player.moment
        # Something large may be on its way, and is then done while the picture is painted.
        self._document = view.canvas.document.as_it_is()
        self._studio: Studio | None = None
        self._work: Work | None = None
        self._filming: Filming | None = None
        self._ready: Carried | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Export Film" if moves else "Export Picture")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.preview = Preview(self._carried)
        self.playing = Playing(self.preview, still=player.reduced_motion)
        self.choices = Choices(
            moves=moves,
            steps=len(player.recording),
            step=self._moment.cursor + 1,
            dark=theme().dark,
            has_selection=bool(view.canvas.selection.items()),
            looked_at=looked_at,
        )
        self._said = Prose(font(13), "dim")
        self._said.setAccessibleName("")
        self._bar = QProgressBar()
        self._bar.setAccessibleName("Progress")
        self._bar.setTextVisible(False)
        self._bar.hide()
        self._copy = QPushButton("&Copy")
        self._export = QPushButton("&Export…")
        self._close = QPushButton("Close")
        self._assemble()
        self.choices.all_numbers.setChecked(view.canvas.show_all)
        self.choices.changed.connect(self._follow)
        self._follow()

    @property
    def order(self) -> Order:
        """What is chosen; a picture of the step that the walk is at shows as much of it."""
        made = self.choices.order()
        found, lens = self._view.canvas.findings, self._view.lens.wanted
        is_checked = found.checks is not None
        look = replace(made.look, heat=found.is_heated, check=is_checked, lens=lens)
        made = replace(made, look=look)
        is_still = not (self._moves or made.each_step)
        is_here = is_still and made.steps == (self._moment.cursor + 1,) * 2
        return replace(made, phase=self._moment.phase) if is_here else made

    def make(self, path: Path) -> None:
        """Begin to make the file."""
        studio = self._studio
        if studio is None:
            return
        try:
            work = Work(studio, self.order, path)
        except GradwalkError as error:
            self._say(error.sentence, bad=True)
            return
        self._begin(work).connect(self._on_finished)

    def copy(self) -> None:
        """Put the picture on the clipboard."""

        def take(picture: Carried) -> None:
            picture.copy()
            self._say("Copied: paste it into a document.")

        self._with_picture(take)

    def reject(self) -> None:
        """Give up what is being made; close if there is nothing."""
        if self._filming is not None:
            self._filming.give_up()
            self._end_filming()
            self._say("Given up. Nothing was made.")
            return
        super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Leave nothing half-made behind."""
        if self._filming is not None:
            self._filming.give_up()
        super().closeEvent(event)

    def done(self, result: int) -> None:
        """Stop listening to the document."""
        self.playing.stop()
        self._let_studio_go()
        self._document.let_go()
        super().done(result)

    # Inside

    def _assemble(self) -> None:
        for button in (self._copy, self._export, self._close):
            button.setAutoDefault(button is self._export)
        self._copy.clicked.connect(self.copy)
        self._export.clicked.connect(self._ask)
        self._close.clicked.connect(self.reject)
        self._export.setDefault(True)
        QShortcut(QKeySequence.StandardKey.Copy, self, self.copy)
        side = QWidget()
        side.setFixedWidth(286)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.choices)
        column.addStretch(1)
        top = QHBoxLayout()
        top.setSpacing(18)
        top.addWidget(self.preview, 1)
        top.addWidget(side)
        bottom = QHBoxLayout()
        bottom.addWidget(self._said, 1)
        for button in (self._copy, self._export, self._close):
            bottom.addWidget(button)
        page = QVBoxLayout(self)
        page.setContentsMargins(18, 18, 18, 16)
        page.setSpacing(12)
        page.addLayout(top, 1)
        page.addWidget(self._bar)
        page.addLayout(bottom)
        self.resize(WIDTH, HEIGHT)

    def _follow(self) -> None:
        """Show what is chosen now, or say why that cannot be."""
        self._ready = None
        self.choices.follow()
        self._let_studio_go()
        order = self.order
        canvas, shown = self._view.canvas, self.choices.area.currentText()
        area = canvas.selected_area() if shown == SELECTION else None
        framing = self._view.framing if shown == VIEW else None
        try:
            studio = Studio(self._document, order.look, area=area, framing=framing, like=canvas)
            self._studio = studio
            self._work = Work(studio, order, Path())
        except GradwalkError as error:
            self._say(error.sentence, bad=True)
            self.playing.stop()
            self.playing.show_nothing()
            self._set_ready(on=False)
            return
        self._set_ready(on=True)
        self._say(self._work.summary)
        self._show()

    def _show(self) -> None:
        if self._studio is not None and self._work is not None:
            self.playing.show(self._studio, self._work)

    def _begin(self, work: Making) -> SignalInstance:
        """Begin to make something; give what tells when it is there."""
        self.playing.stop()
        self._bar.setRange(0, work.total)
        self._set_busy(on=True)
        filming = self._filming = Filming(work, self)
        filming.went_on.connect(self._on_went_on)
        filming.failed.connect(self._on_failed)
        return filming.finished

    def _with_picture(self, take: Callable[[Carried], None]) -> None:
        """Do something with the picture that is shown, once it is there."""
        if self._ready is not None:
            take(self._ready)
        elif self._studio is not None and self._work is not None:
            moment = self._work.moment(self.playing.frame)
            if self._studio.is_large:
                work = Copying(self._studio, moment)
                self._begin(work).connect(lambda: self._on_pictured(work.carried, take))
            else:
                take(at_once(pictured(self._studio, moment)))

    def _on_pictured(self, picture: Carried | None, take: Callable[[Carried], None]) -> None:
        self._end_filming()
        self.playing.stop()  # what is shown stays what has been made
        self._ready = picture
        self._with_picture(take)

    def _carried(self) -> QMimeData | None:
        """Give what is dragged; of what is large nothing, until it has been made for that."""
        if self._ready is None and self._studio is not None and self._studio.is_large:
            self._with_picture(lambda _: self._say("Ready: drag it into a document."))
            return None
        found: list[Carried] = []
        self._with_picture(found.append)
        return found[0].mime(as_file=True) if found else None

    def _ask(self) -> None:
        path = ask_where(self, self._view.canvas.document, self.order.format)
        if path is not None:
            self.make(path)
            # Two questions go away at once, and some window managers do not see who is left.
            self.activateWindow()

    def _say(self, words: str, *, bad: bool = False) -> None:
        self._said.set_ink("bad" if bad else "dim")
        self._said.show_text(words)

    def _set_ready(self, *, on: bool) -> None:
        self._export.setEnabled(on)
        self._copy.setEnabled(on)

    def _set_busy(self, *, on: bool) -> None:
        for widget in (self.choices, self.preview, self._export, self._copy):
            widget.setEnabled(not on)
        self._bar.setVisible(on)
        self._close.setText("Cancel" if on else "Close")
        self._close.setFocus()

    def _end_filming(self) -> None:
        if self._filming is not None:
            self._filming.deleteLater()
            self._filming = None
        self._set_busy(on=False)
        self._show()

    def _on_went_on(self, done: int, words: str) -> None:
        self._bar.setValue(done)
        self._say(words)

    def _on_finished(self) -> None:
        self.choices.remember()
        self._end_filming()
        self.accept()

    def _on_failed(self, sentence: str) -> None:
        self._end_filming()
        self._say(sentence, bad=True)

    def _let_studio_go(self) -> None:
        self.playing.let_go()
        if self._studio is not None:
            self._studio.let_go()
            self._studio = None
        self._work = None
