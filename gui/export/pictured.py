"""The pages that can stand beside a graph in a picture, and what the graph shows with each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from engine.asking.ask import Ask
from engine.depth import Depth
from gui.canvas.lighting import light_of
from gui.canvas.scene import CanvasScene
from gui.checking import Checks
from gui.document import OpenDocument
from gui.pages.arrays_page import ArraysPage
from gui.pages.forward_page import ForwardPage
from gui.pages.map_page import MapPage
from gui.pages.mistakes_page import MistakesPage
from gui.pages.paths_page import PathsPage
from gui.pages.plot_page import PlotPage
from gui.pages.recording_page import RecordingPage
from gui.pages.rows_page import RowsPage
from gui.panels.code_page import CodePage
from gui.panels.explanation import ExplanationPanel
from gui.player import Player
from gui.prediction import Prediction


@dataclass(frozen=True, slots=True)
class Stand:
    """What a page is made on.

    Attributes
    ----------
    player
        Says which moment it shows.
    document
        What is looked at.
    ask
        Which page is wanted, and what it is about.
    depth
        How deeply a step is told.
    checks
        Whether gradients are true; None where nobody asks.
    prediction
        What is asked before it is shown, if it is turned on.
    """

    player: Player
    document: OpenDocument
    ask: Ask
    depth: Depth
    checks: Checks | None
    prediction: Prediction


def _no_mark(page: QWidget, canvas: CanvasScene) -> None:
    """Leave the canvas as it is."""
    del page, canvas


def _draw_together(page: QWidget) -> None:
    """Leave the page at its beginning, with no gap in it."""
    if isinstance(page, RecordingPage):
        page.draw_together()


@dataclass(frozen=True, slots=True)
class Pictured:
    """A page that can be painted into a picture.

    Attributes
    ----------
    make
        Makes it.
    mark
        Lets a canvas show what it shows while the page is in front.
    reveal
        Brings what the walk is at into sight.
    gives_way
        Whether its parts give way to each other, so that it is never too high.
    follows
        Whether it shows another thing at another step.
    has_lines
        Whether it shows which line runs within a step.
    """

    make: Callable[[Stand], QWidget]
    mark: Callable[[QWidget, CanvasScene], None] = _no_mark
    reveal: Callable[[QWidget], None] = _draw_together
    gives_way: bool = False
    follows: bool = True
    has_lines: bool = False


def _step(stand: Stand) -> QWidget:
    page = ExplanationPanel(stand.player, stand.checks or Checks(), stand.prediction)
    page.be_pictured(stand.depth, checked=stand.checks is not None)
    return page


def _arrays(stand: Stand) -> QWidget:
    page = ArraysPage(stand.player, stand.prediction)
    page.ask(stand.ask)
    page.be_pictured()
    return page


def _code(stand: Stand) -> QWidget:
    document = stand.document
    page = CodePage(stand.player, lambda: (document.graph, document.end))
    page.ask(stand.ask)
    page.be_pictured()
    return page


def _plot(stand: Stand) -> QWidget:
    return _asked(PlotPage(stand.player, lambda: stand.document.graph), stand)


def _asked(page: RecordingPage, stand: Stand) -> QWidget:
    """Ask a page about what was wished for."""
    page.ask(stand.ask)
    page.be_pictured()
    return page


def _about(make: Callable[[Player], RecordingPage]) -> Callable[[Stand], QWidget]:
    """Give what makes a page about a recording."""
    return lambda stand: _asked(make(stand.player), stand)


def _mark_wrong(page: QWidget, canvas: CanvasScene) -> None:
    if isinstance(page, MistakesPage):
        canvas.findings.set_wrong(page.walk)


def _reveal_row(page: QWidget) -> None:
    _draw_together(page)
    if isinstance(page, RowsPage):
        page.reveal()


def _mark_path(page: QWidget, canvas: CanvasScene) -> None:
    if isinstance(page, PathsPage) and page.asked.path and page.chosen is not None:
        canvas.set_light(light_of(page.chosen))


def _mark_element(page: QWidget, canvas: CanvasScene) -> None:
    if isinstance(page, ArraysPage):
        canvas.elements.picture(page.pointed)


def _reveal_factor(page: QWidget) -> None:
    _draw_together(page)
    if isinstance(page, PathsPage):
        page.reveal()


PICTURED: Mapping[str, Pictured] = {
    "step": Pictured(_step, gives_way=True, has_lines=True),
    "arrays": Pictured(_arrays),
    "element": Pictured(_arrays, _mark_element),
    "plot": Pictured(_plot, follows=False),
    "sizes": Pictured(_about(MapPage), follows=False),
    "paths": Pictured(_about(PathsPage), _mark_path, _reveal_factor),
    "forward": Pictured(_about(ForwardPage), reveal=_reveal_row),
    "wrong": Pictured(_about(MistakesPage), _mark_wrong, _reveal_row),
    "code": Pictured(_code),
}
"""The pages by the question that they answer; those that are asked nothing, by their names."""
