"""The pages of the panel on the right: one table, and each page made when it is first shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from gui.panels.explanation import ExplanationPanel

if TYPE_CHECKING:
    from gui.workbench import Workbench


@dataclass(frozen=True, slots=True)
class Page:
    """One page.

    Attributes
    ----------
    name
        What the code calls it.
    text
        What its tab says.
    tip
        What it shows, in a sentence.
    make
        Makes it for a workbench; it imports what it needs when it is called, so that a start
        does not wait for it.
    needs
        Packages that take long to import: they are there before it is made.
    """

    name: str
    text: str
    tip: str
    make: Callable[[Workbench], QWidget]
    needs: tuple[str, ...] = ()


def _step(bench: Workbench) -> QWidget:
    panel = ExplanationPanel(bench.player, bench.checks, bench.prediction)
    panel.block_pointed.connect(bench.point_at)
    return panel


def _mistakes(bench: Workbench) -> QWidget:
    from gui.pages.mistakes_page import MistakesPage  # noqa: PLC0415 - made when first shown

    page = MistakesPage(bench.player)
    page.block_pointed.connect(bench.point_at)

    def mark() -> None:
        bench.view.canvas.findings.set_wrong(page.shown)

    page.walked.connect(mark)
    bench.fronted.connect(mark)
    return page


def _arrays(bench: Workbench) -> QWidget:
    from gui.pages.arrays_page import ArraysPage  # noqa: PLC0415 - made when first shown

    return ArraysPage(bench.player)


def _plot(bench: Workbench) -> QWidget:
    from gui.pages.plot_page import PlotPage  # noqa: PLC0415 - plots take long to import

    return PlotPage(bench.player, lambda: bench.document.graph)


def _map(bench: Workbench) -> QWidget:
    from gui.pages.map_page import MapPage  # noqa: PLC0415 - plots take long to import

    page = MapPage(bench.player)
    page.block_pointed.connect(bench.point_at)
    return page


def _forward(bench: Workbench) -> QWidget:
    from gui.pages.forward_page import ForwardPage  # noqa: PLC0415 - made when first shown

    page = ForwardPage(bench.player)
    page.block_pointed.connect(bench.point_at)
    return page


def _paths(bench: Workbench) -> QWidget:
    from gui.pages.paths_page import PathsPage  # noqa: PLC0415 - made when first shown

    page = PathsPage(bench.player)
    page.path_chosen.connect(bench.light_path)
    page.block_pointed.connect(bench.point_at)
    return page


def _code(bench: Workbench) -> QWidget:
    from gui.panels.code_page import CodePage  # noqa: PLC0415 - made when first shown

    page = CodePage(bench.player, lambda: (bench.document.graph, bench.document.end))
    page.block_pointed.connect(bench.point_at)
    page.save_wanted.connect(bench.commands.export_code)
    return page


PAGES = (
    Page("step", "Step", "The step of the walk, explained", _step),
    Page("arrays", "Arrays", "The arrays of the step, element by element", _arrays),
    Page(
        "plot",
        "Plot",
        "What does it look like, and is it true?",
        _plot,
        needs=("pyqtgraph", "contourpy"),
    ),
    Page(
        "map",
        "Sizes",
        "Where does it die? Sizes of gradients over the graph",
        _map,
        needs=("pyqtgraph",),
    ),
    Page("paths", "Paths", "Why do they add up? Every path back to an input", _paths),
    Page("forward", "Forward", "Forward mode, and what it costs", _forward),
    Page("mistakes", "Wrong", "What if the rule were wrong?", _mistakes),
    Page("code", "Code", "The graph as code that runs by itself, or as text", _code),
)
"""All pages, in the order of their tabs; the first is shown at the start."""
