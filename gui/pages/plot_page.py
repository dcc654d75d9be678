"""What does it look like, and is it true? The target along one input or two, and its slope."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QTimer

from engine.asking.ask import Ask
from engine.asking.curves import Landscape, reach
from engine.asking.headings import HEADINGS
from engine.asking.plot_axes import Axis, axes_of, axis_name
from engine.asking.plot_words import NOTHING, curve_sentence, plane_sentence, trial_sentence
from engine.asking.plotted import (
    ALONG_SIDE,
    POSITIONS,
    TIMES,
    Curve,
    Plane,
    Question,
    Trial,
    curve_of,
    plane_of,
    trial_of,
)
from engine.asking.too_large import too_large
from engine.graph import Graph
from engine.recording import Recording
from gui.answer import Answer, takes_long
from gui.pages.curve_plot import CurvePlot
from gui.pages.error_plot import ErrorPlot
from gui.pages.plane_plot import PlanePlot
from gui.pages.recording_page import Choice, RecordingPage, row_of
from gui.panels.labels import Prose, Text, head
from gui.panels.slider import Slider
from gui.panels.visibility import keep_away, show_if
from gui.player import Player
from gui.theme import font

FINEST, COARSEST, COARSE, TENTH = -140, 0, -5, 10
"""Ends of the slider for the nudge and where it begins, in tenths of a power of ten."""

REST = 150
"""Milliseconds without another value after which the hand is taken to rest."""

NEAR_EDGE = 0.1
"""How near to the edge of a plot, as a part of its width, a point may come before it is moved."""

AND = " and "
"""What parts the names of two numbers."""


class PlotPage(RecordingPage):
    """The page.

    Parameters
    ----------
    player
        Whose recording is looked at.
    graph
        Gives the graph that was recorded.
    """

    def __init__(self, player: Player, graph: Callable[[], Graph]) -> None:
        super().__init__(player, "Plot", HEADINGS["plot"].title)
        self._graph = graph
        self._axes: tuple[Axis, ...] = ()
        self._plotted: Graph | None = None
        self._windows: dict[Axis, tuple[float, float]] = {}
        self._landscape: Landscape | None = None
        self._first = Choice("Input that runs along the plot")
        self._second = Choice("Second input, for a plane")
        self._curve, self._plane, self._errors = CurvePlot(), PlanePlot(), ErrorPlot()
        self._nudge = Slider("Nudge of the numerical derivative")
        self._nudge.setRange(FINEST, COARSEST)
        self._nudge.setValue(COARSE)
        self._said, self._trial = Prose(font(13), "ink"), Prose(font(13), "dim")
        self._truth = head(HEADINGS["check"].title)
        self._along_one = self._curve, self._errors, self._nudge, self._trial, self._truth
        self._and = Text(font(13), "dim")
        self._and.show_text("and")
        self.add(row_of("along", self._first, self._and, self._second), self.nothing)
        self.add(self._curve, self._plane, self._said)
        self.add(self._truth, self._nudge, self._trial, self._errors)
        self._first.currentIndexChanged.connect(self._choose)
        self._second.currentIndexChanged.connect(self._choose)
        self._nudge.valueChanged.connect(self._try)
        self._rest = QTimer(self, singleShot=True, interval=REST)
        self._rest.timeout.connect(self._on_rest)
        self._is_rough = False
        self._trials = Answer(self)
        self._trials.known.connect(self._show_trial)

    @property
    def nudge(self) -> float:
        """How far the numerical derivative steps to each side."""
        return float(10.0 ** (self._nudge.value() / TENTH))

    @property
    def said(self) -> str:
        """What the page says about the slope."""
        return self._said.accessibleName()

    def choices(self) -> list[str]:
        """Name the inputs that can run."""
        return [self._first.itemText(at) for at in range(self._first.count())]

    def choose(self, first: str, second: str = "") -> None:
        """Choose the inputs that run, by the names in the lists."""
        self._first.setCurrentText(first)
        self._second.setCurrentText(second or self._second.itemText(0))

    @property
    def asked(self) -> Ask:
        """Along which number, or two, parted by `AND`."""
        second = self._second.currentIndex()
        names = self._first.currentText(), self._second.currentText() if second > 0 else ""
        return Ask("plot", AND.join(filter(None, names)))

    def ask(self, ask: Ask) -> None:
        """Plot along other numbers."""
        first, _, second = ask.about.partition(AND)
        self._first.prefer(first)
        self._second.prefer(second)

    def be_pictured(self) -> None:
        """Leave away the slider, and that nothing else runs."""
        super().be_pictured()
        keep_away(self._nudge)
        if not self._second.preferred:
            keep_away(self._and, self._second)

    def show_recording(self, recording: Recording) -> None:
        """Offer its inputs, and plot along those that are chosen."""
        if self._graph() is not self._plotted:  # another document, with other inputs by these ids
            self._plotted = self._graph()
            self._windows.clear()
        # Looking whether the numbers of large arrays are finite would take long, for nothing.
        self._axes = () if too_large(recording) else axes_of(recording)
        names = [axis_name(recording.blocks, axis) for axis in self._axes]
        self._first.offer(names)
        self._second.offer(["nothing else", *names])
        moving = self._rest.isActive()
        self._rest.start()
        self._show(moving=moving)

    def _choose(self) -> None:
        self._windows.clear()
        self._show()

    def _chosen(self) -> tuple[Axis, ...]:
        if not 0 <= self._first.currentIndex() < len(self._axes):
            return ()
        first, at = self._axes[self._first.currentIndex()], self._second.currentIndex() - 1
        if not 0 <= at < len(self._axes) or self._axes[at] == first:
            return (first,)
        return first, self._axes[at]

    def _on_rest(self) -> None:
        """Plot all positions, where fewer had to do while a number was slid."""
        if self._is_rough and self.isVisible():
            self._show()

    def _show(self, *, moving: bool = False) -> None:
        recording = self.player.recording
        self._landscape = None
        self._trials.forget()
        refused = too_large(recording)
        axes = self._chosen() if refused is None else ()
        for part in self._along_one:
            show_if(part, len(axes) == 1)
        show_if(self._plane, len(axes) > 1)
        self.show_nothing(refused or ("" if axes else NOTHING), self._said)
        if not axes or recording.target is None:
            return
        windows = tuple(self._window(axis) for axis in axes)
        asked = Question(recording, axes, windows, tuple(map(self._slope, axes)), moving)
        if len(axes) == 1:
            work = partial(curve_of, asked, self.nudge)
            parts = *self._along_one, self._said
            self.work_out(work, partial(self._show_curve, axes[0]), *parts, times=TIMES)
        else:
            show = partial(self._show_plane, axes)
            self.work_out(partial(plane_of, asked), show, self._plane, self._said, times=TIMES)

    def _show_curve(self, axis: Axis, found: Curve) -> None:
        self._is_rough = len(found.x) < POSITIONS
        self._landscape, at, value = found.landscape, found.at, found.value
        slope, names = self._slope(axis), self._names((axis,))
        self._curve.name_axes(names[1], names[0])
        self._curve.show_curve(found.x, found.y)
        self._curve.frame(found.x, found.y, at, value, slope)
        self._curve.show_point(at, value, slope)
        self._said.show_text(curve_sentence((names[0], names[1]), at, value, slope))
        self._errors.show_errors(found.errors)
        self._show_trial(found.trial)
        if found.trial.nudge != self.nudge:
            self._try()

    def _try(self) -> None:
        """Try the nudge that is chosen; of a large graph, what comes of it is told later."""
        if self._landscape is None:
            return
        work = partial(trial_of, self._landscape, self.nudge)
        if takes_long(self.player.recording):
            self._trials.ask(work)
        else:
            self._show_trial(work())

    def _show_trial(self, trial: Trial) -> None:
        axes, found = self._chosen(), trial.found
        if len(axes) != 1:
            return
        slope = self._slope(axes[0])
        self._curve.show_secant(found)
        error = abs(found.slope - slope) / (abs(slope) or 1.0)
        self._errors.show_here(trial.nudge, error)
        self._trial.show_text(trial_sentence(trial.nudge, found.slope, error))

    def _show_plane(self, axes: tuple[Axis, ...], found: Plane) -> None:
        self._is_rough = len(found.x) < ALONG_SIDE
        self._plane.show_plane(found.x, found.y, found.height)
        at, gradient = found.at, (self._slope(axes[0]), self._slope(axes[1]))
        self._plane.show_point(at, gradient)
        top, *names = self._names(axes)
        self._plane.name_axes(*names)
        self._said.show_text(plane_sentence(top, at, gradient))

    def _window(self, axis: Axis) -> tuple[float, float]:
        """Keep the ends of an axis while its input runs, until it comes too near to one."""
        value = self.player.recording.value(axis[0])
        at = math.nan if value is None else float(value.flat[axis[1]])
        low, high = self._windows.get(axis, (math.inf, -math.inf))
        room = NEAR_EDGE * (high - low)
        if not low + room <= at <= high - room:
            low, high = reach(at)
            self._windows[axis] = low, high
        return low, high

    def _slope(self, axis: Axis) -> float:
        gradient = self.player.recording.gradient(axis[0])
        return math.nan if gradient is None else float(gradient.flat[axis[1]])

    def _names(self, axes: tuple[Axis, ...]) -> list[str]:
        blocks = self.player.recording.blocks
        target = self.player.recording.target or ""
        return [blocks[target].name, *(axis_name(blocks, axis) for axis in axes)]
