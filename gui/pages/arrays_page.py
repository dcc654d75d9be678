"""The arrays of a step as pictures, and which of their elements feed which, there and back."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import zip_longest

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from engine.asking.ask import Ask
from engine.asking.element_names import element_name
from engine.asking.elements import Index
from engine.asking.feeding import TOO_LARGE, can_follow
from engine.asking.lit import HINT, SINGLE, lit
from engine.asking.pointing import Pointed, point_at
from engine.asking.seats import Element, Seat
from engine.asking.step_arrays import Picture, pictures_of
from engine.errors import RunError
from engine.graph import Wire, title
from engine.recording import ForwardStep, Recording, SeedStep
from engine.variable import Array
from engine.wording import WAITING
from gui.pages.array_row import ArrayRow, Framed
from gui.panels.labels import Prose
from gui.panels.panel_scroll import PanelScroll
from gui.panels.visibility import show_if
from gui.player import Player
from gui.prediction import Prediction
from gui.theme import font

SAID_HEIGHT = 82
"""Room for a sentence of four lines."""

MOST_HEIGHT = 16_777_215
"""That of a widget, as Qt has it."""

ASKED = "Tell what is asked for first; then you can see which elements feed which."


class ArraysPage(QWidget):
    """The page.

    Parameters
    ----------
    player
        The step under its cursor is shown.
    prediction
        What is asked before it is shown; while it is, nothing here gives it away.

    Attributes
    ----------
    pointed
        The element that is followed in a picture, where the step shows it; None if none is.
    """

    def __init__(
        self, player: Player, prediction: Prediction, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._player, self._prediction = player, prediction
        self._shown: tuple[Recording, int, bool] | None = None
        self._pictures: tuple[Picture, ...] = ()
        self._framed: list[Framed] = []
        self._rows: list[ArrayRow] = []
        self._followed, self._is_pictured = "", False
        self._is_pointing = self._is_own = False
        self.pointed: Element | None = None
        self.setAccessibleName("Arrays")
        self._title = Prose(font(19, bold=True), "ink")
        self._said = Prose(font(13), "dim")
        # Always as high, so that nothing moves away under the mouse when the sentence changes.
        self._said.setFixedHeight(SAID_HEIGHT)
        self._said.setAlignment(Qt.AlignmentFlag.AlignTop)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setSpacing(6)
        column.addWidget(self._title)
        column.addWidget(self._said)
        self._column = QVBoxLayout()
        self._column.setSpacing(12)
        column.addLayout(self._column)
        column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        self._scrolled = PanelScroll(content)
        whole.addWidget(self._scrolled)
        player.moved.connect(self._follow)
        player.recording_changed.connect(self._follow)
        prediction.changed.connect(self._follow)
        player.pointed.changed.connect(self._on_element)

    @property
    def said(self) -> str:
        """What the page says of the element that is pointed at."""
        return self._said.accessibleName()

    @property
    def asked(self) -> Ask:
        """Of which element, if the keyboard is at one."""
        pointed, recording = self._player.pointed, self._player.recording
        element = pointed.in_recording(recording) if pointed.by_keys else None
        if element is None:
            return Ask("arrays")
        return Ask("element", element_name(recording, element.seat.block, element.at))

    def ask(self, ask: Ask) -> None:
        """Point at an element in every step that it is in, or at none."""
        self._followed = ask.about

    def be_pictured(self) -> None:
        """Leave away what only a hand needs: the page is painted into a picture."""
        self._scrolled.be_pictured()
        self._is_pictured = True
        self._said.setMinimumHeight(0)
        self._said.setMaximumHeight(MOST_HEIGHT)

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what has changed while nobody looked."""
        super().showEvent(event)
        self._follow()

    def _follow(self) -> None:
        moment = self._player.moment
        now = moment.recording, moment.cursor, self._is_asked
        if not self.isVisible() or self._shown == now:
            return
        self._shown = now
        self._pictures = pictures_of(moment.recording, moment.step)
        step = moment.step
        name = "Nothing yet" if step is None else title(moment.recording.blocks[step.block])
        self._title.show_text(name)
        self._show_pictures()
        if self._followed:
            self._point(point_at(moment.recording, self._followed))
        else:
            self._take_element()
        self._look()

    def _look(self) -> None:
        """Light what the element has to do with that a grid is pointed at, if one is."""
        pointed = next((each for each in self._framed if each.grid.at is not None), None)
        if pointed is not None:
            self._on_pointed(pointed, pointed.grid.at)
            return
        for framed in self._framed:
            framed.grid.light(None)
        self._show_hint()

    def _point(self, element: Pointed) -> None:
        """Point at an element where the step shows its value, or else its gradient."""
        block, seats = element.block, self._seats()
        wanted = (Seat(block), Seat(block, is_gradient=True))
        place = next((seats.index(seat) for seat in wanted if seat in seats), None)
        seat = Seat(block) if place is None else seats[place]
        self.pointed = None if seat is None else Element(seat, element.at)
        for at, framed in enumerate(self._framed):
            framed.grid.point(element.at if at == place else None)

    def _seats(self) -> list[Seat | None]:
        """List whose value or gradient each picture shows; None for a local derivative."""
        step, recording = self._player.moment.step, self._player.recording
        wires = () if step is None else recording.wires_into(step.block)
        return [
            None if step is None else _seat(picture, step.block, wires)
            for picture in self._pictures
        ]

    def _take_element(self) -> None:
        """Point at the element that is pointed at, if the step has it."""
        pointed, seats = self._player.pointed, self._seats()
        element = pointed.in_recording(self._player.recording)
        among = [at for at, seat in enumerate(seats) if element and seat == element.seat]
        if element is not None and among:
            held = [at for at in among if self._framed[at].grid.at == element.at]
            place = (held or among)[0]
            for at, framed in enumerate(self._framed):
                framed.grid.point(element.at if at == place else None)
        elif element is not None and self._is_own:
            pointed.point(None)  # the step that it was pointed at in is gone

    def _on_element(self) -> None:
        """Follow what is pointed at on the canvas."""
        if self.isVisible() and not self._is_pointing:
            self._is_own = False
            for framed in self._framed:
                framed.grid.point(None)
            self._take_element()
            self._look()

    def _on_grid(self, framed: Framed, index: Index | None) -> None:
        """Point at an element of a picture, here and on the canvas."""
        seat = self._seats()[self._framed.index(framed)]
        element = None if index is None or seat is None else Element(seat, index)
        self._is_pointing, self._is_own = True, element is not None
        self._player.pointed.point(element, by_keys=framed.grid.hasFocus())
        self._is_pointing = False
        self._on_pointed(framed, index)

    @property
    def _is_asked(self) -> bool:
        return self._prediction.question is not None

    def _left_open(self, picture: Picture) -> Array | None:
        """Mask what is not to be seen yet: all that the step makes, while any of it is asked."""
        is_made = picture.role in ("made", "to") or (picture.role == "times" and not picture.source)
        return np.ones(picture.array.shape, dtype=bool) if self._is_asked and is_made else None

    def _show_hint(self) -> None:
        if self._is_asked:
            self._said.show_text(ASKED)
        elif self._player.recording.is_waiting:
            self._said.show_text(WAITING)
        elif self._pictures and not any(picture.array.ndim for picture in self._pictures):
            self._said.show_text(SINGLE)
        elif self._followed:
            self._said.show_text(f"{self._followed} is not in this step.")
        elif self._is_pictured:
            self._said.show_text("")
        else:
            self._said.show_text(HINT if self._can_follow() else TOO_LARGE)

    def _show_pictures(self) -> None:
        """Show a picture a row; beside what goes back, what it is multiplied by."""
        places = [at for at, each in enumerate(self._pictures) if each.role != "times"]
        while len(self._rows) < len(places):
            self._rows.append(ArrayRow())
            self._column.addWidget(self._rows[-1])
            for framed in self._rows[-1].framed:
                framed.grid.pointed.connect(partial(self._on_grid, framed))
        self._framed = []
        for row, begin in zip_longest(self._rows, places):
            show_if(row, begin is not None)
            if begin is not None:
                after = self._pictures[begin + 1 : begin + 2]
                beside = next((each for each in after if each.role == "times"), None)
                self._framed += row.show_pictures(self._pictures[begin], beside, self._left_open)
        column = max((row.column for row in self._rows[: len(places)]), default=0)
        for row in self._rows:
            row.set_column(column)

    def _can_follow(self) -> bool:
        step = self._player.moment.step
        return step is None or can_follow(self._player.recording, step.block)

    def _on_pointed(self, at: Framed, index: Index | None) -> None:
        for framed in self._framed:
            framed.grid.light(None)
        step = self._player.moment.step
        inputs = isinstance(step, ForwardStep) and not step.inputs
        is_told = not (self._is_asked or inputs) and self._can_follow()
        if index is None or not is_told or isinstance(step, SeedStep | None):
            self._show_hint()
            return
        try:
            seen = lit(self._player.recording, step, self._pictures, self._framed.index(at), index)
        except RunError as error:
            self._said.show_text(error.sentence)
            return
        self._said.show_text(seen.said)
        for framed, mask in zip(self._framed, seen.masks, strict=True):
            framed.grid.light(mask)


def _seat(picture: Picture, block: str, wires: Sequence[Wire]) -> Seat | None:
    """Tell whose value or gradient a picture of a step shows; None for a local derivative."""
    if picture.source:
        return Seat(picture.source)
    if picture.role == "above":
        return Seat(block, is_gradient=True)
    return Seat(wires[picture.port].source, is_gradient=True) if picture.role == "to" else None
