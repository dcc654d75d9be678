"""The explanation: the step under the cursor in words, as a rule, with its numbers and its code."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, QSettings, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from engine.asking.ask import Ask
from engine.depth import DEPTHS, Depth, details, narrate_at
from engine.listing import listing
from engine.moment import Moment
from engine.narration import narrate
from engine.recording import BackwardStep, Recording
from gui.checking import Checks
from gui.panels.check_view import CheckView
from gui.panels.details_label import DetailsLabel
from gui.panels.equation_view import EquationView
from gui.panels.labels import Prose, head
from gui.panels.listing_view import ListingView
from gui.panels.look_ahead import LookAhead
from gui.panels.panel_scroll import SIDE, PanelScroll
from gui.panels.predict_card import PredictCard
from gui.panels.so_far_view import SoFarView
from gui.panels.step_room import APART, Beside, StepRoom
from gui.panels.transcript import transcript
from gui.panels.visibility import keep_away, laid_out_after, show_if
from gui.panels.warning_card import LinkButton, WarningCard
from gui.panels.work_list_view import WorkListView
from gui.player import Player
from gui.prediction import Prediction
from gui.theme import font, theme, themes

WIDTH, LEAST = 364, 280
"""Pixels that the panel likes and needs."""


class ExplanationPanel(QWidget):
    """The panel on the right. It is written anew only while it can be seen.

    Parameters
    ----------
    player
        What is explained.
    checks
        Compares gradients with numerical ones.
    prediction
        What is asked before it is shown; while it is, nothing here gives it away.

    Signals
    -------
    block_pointed
        The id of a block that a person clicked the card of.
    """

    block_pointed = Signal(str)

    def __init__(
        self,
        player: Player,
        checks: Checks,
        prediction: Prediction,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._is_pictured = False
        self._player = player
        self._prediction = prediction
        self._shown: tuple[Recording, int] | None = None
        self._announced: tuple[Recording, int] | None = None
        self._warned: Recording | None = None
        self._look_ahead = LookAhead(self)
        self._seen = False
        self.setAccessibleName("Explanation")
        self.setMinimumWidth(LEAST)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)  # it paints its ground itself
        self._heading = head()
        self._depth_button = LinkButton(flush=Qt.AlignmentFlag.AlignRight)
        self._depth_button.clicked.connect(self.go_deeper)
        self._details = DetailsLabel()
        self._title = Prose(font(19, bold=True), "ink")
        self._sentence = Prose(font(13), "dim")
        self._predict = PredictCard(prediction)
        self._warning = WarningCard()
        self._equations = EquationView()
        self._check = CheckView(checks)
        self._so_far = SoFarView()
        self._work_list = WorkListView()
        self._listing = ListingView()
        self._is_explaining = False
        self._warning.step_wanted.connect(player.seek)
        for section in (self._warning, self._so_far, self._work_list):
            section.block_pointed.connect(self.block_pointed)
        kept = QSettings().value("depth", "student")
        self._depth: Depth = kept if kept in DEPTHS else "student"
        self._show_depth()
        self._assemble()
        player.moved.connect(self._follow)
        prediction.changed.connect(self._explain_anew)
        themes().changed.connect(self.update)
        self._follow()

    def sizeHint(self) -> QSize:
        """Be as wide as the sketch has it."""
        return QSize(WIDTH, 640)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the parts the room that there is now."""
        super().resizeEvent(event)
        self._room.share()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Share the room anew when a part has become higher or lower by itself."""
        is_laid_out = event.type() is QEvent.Type.LayoutRequest and self.isVisible()
        if is_laid_out and not self._is_explaining:
            self._room.share_anew()
        return super().eventFilter(watched, event)

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what has happened while nobody looked."""
        super().showEvent(event)
        self._catch_up()

    def copy_text(self) -> str:
        """Give the whole step as plain text, its numbers in full; a hidden one, as its question."""
        self._catch_up()
        question = self._prediction.question
        if question is not None:
            return f"{question.prompt}\n"
        text = transcript(self._player.moment)
        for verdict in self._check.verdicts:
            text += f"{verdict.text}\n"
        return text

    def toggle_check(self) -> None:
        """Turn the numerical check on or off."""
        self._catch_up()
        self._check.toggle()

    def go_deeper(self) -> None:
        """Tell steps one depth deeper; after the deepest comes the first again."""
        depths = list(DEPTHS)
        self.set_depth(depths[(depths.index(self._depth) + 1) % len(depths)])

    @property
    def told_depth(self) -> Depth:
        """How deeply steps are told."""
        return self._depth

    @property
    def asked(self) -> Ask:
        """Nothing but what happens in the step."""
        return Ask("step")

    def set_depth(self, depth: Depth) -> None:
        """Tell steps at another depth, now and the next time."""
        self._depth = depth
        QSettings().setValue("depth", depth)
        self._show_depth()
        self._explain_anew()

    def be_pictured(self, depth: Depth, *, checked: bool) -> None:
        """Leave away what only a hand needs: it becomes a picture.

        Parameters
        ----------
        depth
            How deeply steps are told.
        checked
            Whether gradients are checked.
        """
        self._is_pictured, self._depth = True, depth
        self._scrolled.be_pictured()
        self._warning.be_pictured()
        self._predict.be_pictured()
        self._check.setChecked(checked)
        keep_away(self._depth_button, *(() if checked else (self._check,)))

    def _show_depth(self) -> None:
        self._depth_button.show_link(DEPTHS[self._depth], "blue")
        self._depth_button.setToolTip("How deeply steps are told (E)")

    def _detail(self, moment: Moment | None) -> None:
        """Show what an engineer asks, if one does."""
        asked = moment is not None and self._depth == "engineer"
        found = details(moment) if asked and moment is not None else ()
        show_if(self._details, bool(found))
        self._details.show_details(found)

    def _assemble(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self._heading, 1)
        top.addWidget(self._depth_button)
        words = QVBoxLayout()
        words.setSpacing(5)
        words.addLayout(top)
        for widget in (self._title, self._sentence):
            words.addWidget(widget)
        content = QWidget()
        content.installEventFilter(self)
        column = QVBoxLayout(content)
        column.setSpacing(APART)
        column.addLayout(words)
        for section in (
            self._predict,
            self._warning,
            self._equations,
            self._details,
            self._check,
            self._so_far,
        ):
            column.addWidget(section)
        column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        self._scrolled = PanelScroll(content)
        whole.addWidget(self._scrolled, 1)
        # Work list and code stay in sight whatever stands above them: they are the walk itself.
        loop = QVBoxLayout()
        loop.setContentsMargins(SIDE, 4, SIDE, 12)
        loop.setSpacing(12)
        loop.addWidget(self._work_list)
        loop.addWidget(self._listing)
        whole.addLayout(loop)
        beside = Beside(
            self._warning, self._equations, self._so_far, self._work_list, self._listing
        )
        self._room = StepRoom(self, column, loop, beside)
        parts = self._equations, self._check, self._so_far, self._work_list
        self._laid_out = self, content, *parts

    def _follow(self) -> None:
        # A trial takes its time, and a step can be copied from any page, with its verdicts.
        if self.isVisible() or self._check.isChecked():
            self._catch_up()
        self._announce()

    def _catch_up(self) -> None:
        moment = self._player.moment
        if self._warned is not moment.recording:
            self._warned = moment.recording
            self._warning.show_recording(moment.recording)
        with laid_out_after(self._laid_out):
            self._listing.show_listing(listing(moment), backward=moment.is_backward)
        if self._shown != (moment.recording, moment.cursor):
            self._shown = (moment.recording, moment.cursor)
            self._explain()

    def _explain_anew(self) -> None:
        self._shown = self._announced = None
        self._follow()

    def _explain(self) -> None:
        # The room is shared at the end, and not for each part that is shown or hidden.
        self._is_explaining = True
        with laid_out_after(self._laid_out):
            self._tell(self._player.moment)
            self._is_explaining = False
            self._room.share()
        if self._seen and not self._is_pictured:
            self._look_ahead.look_from(self._player.moment)

    def _tell(self, moment: Moment) -> None:
        told, step = narrate_at(moment, self._depth), moment.step
        hidden = self._prediction.question is not None
        self._heading.show_text(told.heading)
        self._heading.set_ink("orange" if moment.is_backward else "blue" if step else "dim")
        show_if(self._depth_button, step is not None)
        self._title.show_text(told.title)
        self._sentence.show_text(told.sentence)
        # Without steps, the warning says what is missing.
        show_if(self._sentence, not hidden and (step is not None or self._warning.isHidden()))
        upstream = step.upstream if isinstance(step, BackwardStep) else None
        lines = tuple(replace(line, numbers="") for line in told.lines) if hidden else told.lines
        self._equations.show_lines(lines, upstream)
        self._detail(moment if not hidden else None)
        # What is asked for stands neither in the check nor among what is known.
        known = replace(moment, cursor=moment.cursor - 1, phase=1.0) if hidden else moment
        self._check.show_moment(known)
        self._so_far.show_moment(known, narrate(known).chain if hidden else told.chain)
        self._work_list.show_list(moment)

    def _announce(self) -> None:
        """Say a step once to a screen reader, whichever page is in front."""
        moment = self._player.moment
        if self._announced == (moment.recording, moment.cursor):
            return
        self._announced = moment.recording, moment.cursor
        if QAccessible.isActive() and not self._player.playing:
            told, question = narrate_at(moment, self._depth), self._prediction.question
            words = told.sentence if question is None else question.prompt
            said = f"{told.heading}. {told.title}. {words}"
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, said))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground."""
        if not self._seen:
            self._seen = True
            if not self._is_pictured:
                self._look_ahead.look_from(self._player.moment)
        painter, colours = QPainter(self), theme()
        painter.fillRect(event.rect(), colours.panel)
        painter.end()
