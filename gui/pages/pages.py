"""The pages of the panel on the right: one table, and each page made when it is first shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from PySide6.QtWidgets import QWidget

from engine.asking.headings import HEADINGS
from gui.panels.explanation import ExplanationPanel

if TYPE_CHECKING:
    from engine.asking.ask import Ask
    from gui.workbench import Workbench


Making = Iterator[QWidget | None]
"""Gives None as long as there is more to be made of a page, and then the page."""


@runtime_checkable
class Asked(Protocol):
    """A page that can tell which question it answers."""

    @property
    def asked(self) -> Ask:
        """Which, and what it is about."""


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
        Makes it for a workbench, a piece at a time: after each the window may answer, and the last
        is the page. It imports what it needs, so that a start does not wait for it.
    needs
        Packages that take long to import: they are there before it is made.
    """

    name: str
    text: str
    tip: str
    make: Callable[[Workbench], Making]
    needs: tuple[str, ...] = ()


def _step(bench: Workbench) -> Making:
    panel = ExplanationPanel(bench.player, bench.checks, bench.prediction)
    panel.block_pointed.connect(bench.point_at)
    yield panel


def _mistakes(bench: Workbench) -> Making:
    from gui.pages.mistakes_page import MistakesPage  # noqa: PLC0415 - made when first shown

    page = MistakesPage(bench.player)
    page.block_pointed.connect(bench.point_at)

    def mark() -> None:
        bench.view.canvas.findings.set_wrong(page.shown)

    page.walked.connect(mark)
    bench.fronted.connect(mark)
    yield page


def _arrays(bench: Workbench) -> Making:
    from gui.pages.arrays_page import ArraysPage  # noqa: PLC0415 - made when first shown

    yield ArraysPage(bench.player, bench.prediction)


def _plot(bench: Workbench) -> Making:
    from gui.pages.plot_page import PlotPage  # noqa: PLC0415 - made when first shown

    yield None
    yield PlotPage(bench.player, lambda: bench.document.graph)


def _map(bench: Workbench) -> Making:
    from gui.pages.map_page import MapPage  # noqa: PLC0415 - made when first shown

    yield None
    page = MapPage(bench.player)
    page.block_pointed.connect(bench.point_at)
    yield page


def _forward(bench: Workbench) -> Making:
    from gui.pages.forward_page import ForwardPage  # noqa: PLC0415 - made when first shown

    page = ForwardPage(bench.player)
    page.block_pointed.connect(bench.point_at)
    yield page


def _paths(bench: Workbench) -> Making:
    from gui.pages.paths_page import PathsPage  # noqa: PLC0415 - made when first shown

    yield None
    page = PathsPage(bench.player)
    page.path_chosen.connect(bench.light_path)
    page.block_pointed.connect(bench.point_at)
    yield page


def _code(bench: Workbench) -> Making:
    from gui.panels.code_page import CodePage  # noqa: PLC0415 - made when first shown

    yield None
    page = CodePage(bench.player, lambda: (bench.document.graph, bench.document.end))
    page.block_pointed.connect(bench.point_at)
    page.save_wanted.connect(bench.commands.export_code)
    yield page


MAKERS = {
    "step": _step,
    "arrays": _arrays,
    "plot": _plot,
    "map": _map,
    "paths": _paths,
    "forward": _forward,
    "mistakes": _mistakes,
    "code": _code,
}

NEEDED = {"plot": ("contourpy",)}

PAGES = tuple(
    Page(name, HEADINGS[name].tab, HEADINGS[name].tip, make, NEEDED.get(name, ()))
    for name, make in MAKERS.items()
)
"""All pages, in the order of their tabs; the first is shown at the start."""
