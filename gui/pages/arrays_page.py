"""The arrays of a step as pictures, and which of their elements feed which, there and back."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from engine.asking.feeding import (
    LARGEST,
    TOO_LARGE,
    Index,
    fed_by,
    feeds,
    terms,
    terms_text,
)
from engine.errors import CodeError, RunError
from engine.graph import title
from engine.picture.cells import shape_text
from engine.pulled_rule import rule_along
from engine.recording import BackwardStep, Contribution, ForwardStep, Recording, SeedStep, Step
from engine.variable import Array
from engine.wording import WAITING, text_fraction
from gui.pages.heat_grid import HeatGrid
from gui.panels.labels import Prose, Text, code_label
from gui.panels.panel_scroll import PanelScroll
from gui.panels.visibility import show_if
from gui.player import Player
from gui.theme import font

SAID_HEIGHT = 62
"""Room for a sentence of three lines."""

SINGLE = "All are single numbers here. Of an array you can see which elements feed which."
HINT = "Point at an element to see which elements feed it, and which it feeds."


@dataclass(frozen=True, slots=True)
class Picture:
    """One array of a step.

    Attributes
    ----------
    head
        What it is.
    array
        The array.
    backward
        Whether it is a gradient.
    port
        The input it belongs to; -1 for the output.
    rule
        On the way back, how it comes about, as a line of NumPy; empty if that goes element by
        element, or cannot be written down.
    """

    head: str
    array: Array
    backward: bool
    port: int
    rule: str = ""


def pictures_of(recording: Recording, step: Step | None) -> tuple[Picture, ...]:
    """List the arrays of a step: what comes in first, and then what comes of it."""
    if step is None:
        return ()
    block, names = recording.blocks[step.block], recording.blocks
    match step:
        case ForwardStep():
            inputs = [
                Picture(names[w.source].name, value, backward=False, port=w.port)
                for w in step.inputs
                if (value := recording.value(w.source)) is not None
            ]
            return (*inputs, Picture(block.name, step.value, backward=False, port=-1))
        case SeedStep():
            head = text_fraction(block.name, block.name)
            return (Picture(head, step.gradient, backward=True, port=-1),)
    target = names[recording.target or step.block].name
    head = f"from above {text_fraction(target, block.name)}"
    above = Picture(head, step.upstream, backward=True, port=-1)
    parts = [
        Picture(
            f"{'to ' if part.before is None else 'added to '}"
            f"{text_fraction(target, names[part.wire.source].name)}",
            part.value,
            backward=True,
            port=part.wire.port,
            rule=_rule(recording, step, part),
        )
        for part in step.contributions
    ]
    return (above, *parts)


def _rule(recording: Recording, step: BackwardStep, part: Contribution) -> str:
    by_element = part.local is not None and part.value.shape == step.upstream.shape
    if by_element or max(part.value.size, step.upstream.size) > LARGEST:
        return ""
    try:
        return rule_along(recording, part.wire, step.upstream, "gy")
    except CodeError:
        return ""


class Heading(QWidget):
    """What stands above a picture: what it is, how it comes about, and its shape."""

    def __init__(self) -> None:
        super().__init__()
        self._what = Text(font(13, bold=True), "ink")
        self._rule, self._shape = code_label(), code_label()
        self._rule.setMinimumWidth(1)  # it is shortened before it makes the panel wider
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(self._what)
        row.addWidget(self._shape)
        row.addStretch()
        row.addWidget(self._rule)

    def show_picture(self, picture: Picture) -> None:
        """Stand above another one."""
        self._what.show_text(picture.head)
        self._what.set_ink("orange" if picture.backward else "blue")
        self._shape.show_text(shape_text(picture.array))
        self._rule.show_text(picture.rule)
        self._rule.setToolTip(picture.rule)


class ArraysPage(QWidget):
    """The page.

    Parameters
    ----------
    player
        The step under its cursor is shown.
    """

    def __init__(self, player: Player, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._player = player
        self._shown: tuple[Recording, int] | None = None
        self._pictures: tuple[Picture, ...] = ()
        self._grids: list[tuple[Heading, HeatGrid]] = []
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
        self._rows = QVBoxLayout()
        self._rows.setSpacing(4)
        column.addLayout(self._rows)
        column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(PanelScroll(content))
        player.moved.connect(self._follow)
        player.recording_changed.connect(self._follow)

    @property
    def said(self) -> str:
        """What the page says of the element that is pointed at."""
        return self._said.accessibleName()

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what has changed while nobody looked."""
        super().showEvent(event)
        self._follow()

    def _follow(self) -> None:
        moment = self._player.moment
        if not self.isVisible() or self._shown == (moment.recording, moment.cursor):
            return
        self._shown = moment.recording, moment.cursor
        self._pictures = pictures_of(moment.recording, moment.step)
        step = moment.step
        name = "Nothing yet" if step is None else title(moment.recording.blocks[step.block])
        self._title.show_text(name)
        while len(self._grids) < len(self._pictures):
            self._add_grid()
        for at, (text, grid) in enumerate(self._grids):
            for part in (text, grid):
                show_if(part, at < len(self._pictures))
            if at < len(self._pictures):
                picture = self._pictures[at]
                text.show_picture(picture)
                grid.show_array(picture.head, picture.array, backward=picture.backward)
        self._show_hint()

    def _show_hint(self) -> None:
        if self._player.recording.is_waiting:
            self._said.show_text(WAITING)
        elif self._pictures and not any(picture.array.ndim for picture in self._pictures):
            self._said.show_text(SINGLE)
        else:
            self._said.show_text(HINT if self._can_follow() else TOO_LARGE)

    def _add_grid(self) -> None:
        text, grid = Heading(), HeatGrid()
        grid.pointed.connect(partial(self._on_pointed, len(self._grids)))
        self._grids.append((text, grid))
        self._rows.addWidget(text)
        self._rows.addWidget(grid)
        self._rows.addSpacing(8)

    def _can_follow(self) -> bool:
        return all(picture.array.size <= LARGEST for picture in self._pictures)

    def _on_pointed(self, at: int, index: Index | None) -> None:
        for _, grid in self._grids:
            grid.light(None)
        step = self._player.moment.step
        inputs = isinstance(step, ForwardStep) and not step.inputs
        if index is None or not self._can_follow() or inputs or isinstance(step, SeedStep | None):
            self._show_hint()
            return
        try:
            self._light(step, self._pictures[at], index)
        except RunError as error:
            self._said.show_text(error.sentence)

    def _light(self, step: Step, picture: Picture, index: Index) -> None:
        recording = self._player.recording
        if picture.port < 0:
            masks = fed_by(recording, step.block, index)
            goes = "goes back to" if picture.backward else "is fed by"
        else:
            masks = {-1: feeds(recording, step.block, picture.port, index)}
            goes = "feeds"
        if picture.port >= 0 and isinstance(step, BackwardStep):
            found = terms(recording, step, picture.port, index)
            said = terms_text(_name(picture), index, found)
        else:
            count = sum(int(mask.sum()) for mask in masks.values())
            what = "element" if count == 1 else "elements"
            said = f"{_place(picture, index)} {goes} {count:,} {what}."
        self._said.show_text(said)
        for other, (_, grid) in zip(self._pictures, self._grids, strict=False):
            if other.port in masks:
                grid.light(masks[other.port])


def _name(picture: Picture) -> str:
    """Give the last word of its head."""
    return picture.head.rpartition(" ")[2]


def _place(picture: Picture, index: Index) -> str:
    name = _name(picture)
    return f"{name}[{', '.join(map(str, index))}]" if index else name
