"""What can be chosen of a picture or a film, and the order that it comes to."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import QSettings, QSignalBlocker, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QSpinBox,
    QWidget,
)

from engine.asking.ask import Ask
from engine.phases import Grain
from gui.export.formats import FORMATS
from gui.export.looked_at import LookedAt
from gui.export.orders import Order
from gui.export.studio import Look
from gui.export.timing import MOST_RATE, MOST_SPEED, Pace

ASKING = ("step", "arrays", "element")
"""Pages that hide what is asked for before it is shown."""

FIELD = 28
"""Height of a field for a number: as high as a list to choose from."""

Number = TypeVar("Number", QSpinBox, QDoubleSpinBox)

WHOLE, SELECTION, VIEW = "Whole graph", "Selection", "View"
NOTHING, FRONT = "Nothing", "The page in front"
GRAINS: dict[str, Grain] = {
    "A block": "block",
    "A contribution": "contribution",
    "A line of code": "line",
}
"""What a step of a film may be, in words."""

OWN_SIZE = "Its own size"
PAGES = "PDF, a page a step"
"""A format in the list, which on the command line is an option of another one."""

SIZES = ((960, 540), (1280, 720), (1920, 1080), (1080, 1080), (3840, 2160))
SCALES = (1, 2, 3, 4)


class Choices(QWidget):
    """The fields beside the preview.

    Parameters
    ----------
    moves
        Whether a film is made, and not a picture.
    steps
        How many steps the walk has.
    step
        The step that a person is at, counted from 1.
    dark
        Whether the window is dark.
    has_selection
        Whether something is selected.
    looked_at
        What stands beside the canvas, and how it is walked.

    Signals
    -------
    changed
        Something else was chosen.
    """

    changed = Signal()

    def __init__(
        self,
        *,
        moves: bool,
        steps: int,
        step: int,
        dark: bool,
        has_selection: bool,
        looked_at: LookedAt,
    ) -> None:
        super().__init__()
        self._looked_at = looked_at
        self._moves, self._count, self._step = moves, steps, step
        self._has_pages = False
        self._form = QFormLayout(self)
        self._form.setContentsMargins(0, 0, 0, 0)
        self._form.setVerticalSpacing(9)
        self._form.setHorizontalSpacing(14)
        names = [known.title for known in FORMATS.values() if known.moves == moves]
        self.format = self._combo("&Format", names if moves else [*names, PAGES])
        areas = [WHOLE, SELECTION, VIEW] if has_selection else [WHOLE, VIEW]
        self.area = self._combo("Sho&w", areas)
        self.beside = self._combo("&Beside the graph", [NOTHING, FRONT, *looked_at.asks])
        sizes = [f"{width} × {height}" for width, height in SIZES]
        self.dimensions = self._combo("Si&ze", [*sizes] if moves else [OWN_SIZE, *sizes])
        self.scale = self._combo("&Dots a pixel", [str(scale) for scale in SCALES])
        self.theme = self._combo("&Theme", ["Light", "Dark"])
        self.first, self.last = self._spin(steps), self._spin(steps)
        self.rate, self.speed = self._decimal(1, MOST_RATE, 20), self._decimal(0.1, MOST_SPEED, 1)
        self._to = QLabel("to")
        self._steps = self._steps_row()
        self.grain = self._combo("A step &is", list(GRAINS))
        self.grain.setCurrentIndex(list(GRAINS.values()).index(looked_at.grain))
        if moves:
            self._row("Steps a seco&nd", self.speed)
            self._row("Fra&mes a second", self.rate)
        self.strip = self._check("E&xplain the step below", on=moves)
        self.transparent = self._check("&Leave the ground away")
        self.all_numbers = self._check("Show &all numbers")
        self._take_steps()
        self.theme.setCurrentIndex(int(dark))
        if not moves:
            self.scale.setCurrentIndex(1)
        self._recall()
        self.format.currentIndexChanged.disconnect(self.changed)
        self.format.currentIndexChanged.connect(self._on_format_changed)
        self._on_format_changed()

    @property
    def each_step(self) -> bool:
        """Whether there is a page for each step."""
        return self.format.currentText() == PAGES

    def order(self) -> Order:
        """Give what is chosen."""
        each_step, title = self.each_step, self.format.currentText()
        known = next((one for one in FORMATS.values() if one.title == title), FORMATS["pdf"])
        at = self.dimensions.currentIndex() - (0 if self._moves else 1)
        ask = self._ask
        look = Look(
            size=SIZES[at] if at >= 0 and self.area.currentText() != VIEW else None,
            scale=1.0 if known.is_sharp else float(self.scale.currentText()),
            dark=bool(self.theme.currentIndex()),
            transparent=self.transparent.isChecked() and known.has_soft_alpha,
            strip=self.strip.isChecked(),
            all_numbers=self.all_numbers.isChecked(),
            beside=ask,
            depth=self._looked_at.depth,
            predict=self._looked_at.predict and ask is not None and ask.what in ASKING,
        )
        last = self.last.value()
        first = self.first.value() if self._moves or each_step else last
        steps = (first, last) if self.last.maximum() else None
        pace = Pace(self.rate.value(), self.speed.value())
        goes = self._moves or each_step
        grain = GRAINS[self.grain.currentText()] if goes else "block"
        return Order(known, look, steps, pace=pace, each_step=each_step, grain=grain)

    @property
    def _ask(self) -> Ask | None:
        """What is to stand beside the graph."""
        chosen, seen = self.beside.currentText(), self._looked_at
        return seen.asks.get(seen.front if chosen == FRONT else chosen)

    def remember(self) -> None:
        """Keep what is a matter of taste for the next time."""
        settings = QSettings()
        for name, field in self._kept().items():
            settings.setValue(f"export/{self._kind}/{name}", field.currentText())

    def follow(self) -> None:
        """Let only that be chosen which means something."""
        known = self.order().format
        self.transparent.setEnabled(known.has_soft_alpha)
        self.dimensions.setEnabled(self.area.currentText() != VIEW)
        self.scale.setEnabled(not known.is_sharp)
        self.grain.setEnabled(self._moves or self.each_step)

    # Inside

    @property
    def _kind(self) -> str:
        return "film" if self._moves else "picture"

    def _kept(self) -> dict[str, QComboBox]:
        return {
            "format": self.format,
            "beside": self.beside,
            "size": self.dimensions,
            "scale": self.scale,
        }

    def _recall(self) -> None:
        for name, field in self._kept().items():
            field.setCurrentText(str(QSettings().value(f"export/{self._kind}/{name}", "")))

    def _row(self, text: str, field: QWidget) -> None:
        label = QLabel(text)
        label.setBuddy(field)
        field.setAccessibleName(text.replace("&", ""))
        self._form.addRow(label, field)

    def _combo(self, text: str, names: list[str]) -> QComboBox:
        made = QComboBox()
        made.addItems(names)
        made.currentIndexChanged.connect(self.changed)
        self._row(text, made)
        return made

    def _spin(self, steps: int) -> QSpinBox:
        made = QSpinBox(minimum=min(1, steps), maximum=steps)
        return self._told(made)

    def _decimal(self, least: float, most: float, value: float) -> QDoubleSpinBox:
        made = QDoubleSpinBox(minimum=least, maximum=most, value=value, decimals=1)
        return self._told(made)

    def _told(self, made: Number) -> Number:
        """Be told when a number changes."""
        made.valueChanged.connect(self.changed)
        made.setFixedHeight(FIELD)
        return made

    def _steps_row(self) -> QLabel:
        """Make the row of the first and the last step; give its label."""
        both = QWidget()
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.first, 1)
        row.addWidget(self._to)
        row.addWidget(self.last, 1)
        self._row("Ste&ps", both)
        label = self._form.labelForField(both)
        assert isinstance(label, QLabel)  # noqa: S101 - as it was just made
        self.first.setAccessibleName("First step")
        return label

    def _take_steps(self) -> None:
        """Propose the whole walk, or the step that a person is at."""
        whole = self._moves or self.each_step
        self.first.setValue(1)
        self.last.setValue(self._count if whole else self._step)
        self._steps.setText("Ste&ps" if whole else "Ste&p")
        self._steps.setBuddy(self.first if whole else self.last)
        self.last.setAccessibleName("Last step" if whole else "Step")
        self.first.setVisible(whole)
        self._to.setVisible(whole)

    def _on_format_changed(self) -> None:
        """Pages explain their steps, and are of the whole walk, unless a person says otherwise."""
        if self.each_step != self._has_pages:
            self._has_pages = self.each_step
            with QSignalBlocker(self):
                self.strip.setChecked(self.each_step)
                self._take_steps()
        self.changed.emit()

    def _check(self, text: str, *, on: bool = False) -> QCheckBox:
        made = QCheckBox(text)
        made.setChecked(on)
        made.toggled.connect(self.changed)
        self._form.addRow("", made)
        return made
