"""The panel on the right: pages under tabs, of which one is in front."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QTabBar, QVBoxLayout, QWidget

from gui.answer import Answer
from gui.pages.pages import PAGES, Asked, Making
from gui.pages.pile import Pile
from gui.theme import font, theme, themes

if TYPE_CHECKING:
    from engine.asking.ask import Ask
    from gui.workbench import Workbench


class SidePanel(QWidget):
    """Pages under tabs.

    A page is made when it is first shown; until then it costs nothing. What takes long to import
    for it is imported beside the window, and what takes long to make is made a piece at a time.

    Parameters
    ----------
    bench
        What the pages are about.

    Signals
    -------
    turned
        Another page is in front: its name.
    """

    turned = Signal(str)

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)  # it paints its ground itself
        self._bench = bench
        self._pages = {page.name: page for page in PAGES}
        self._made: dict[str, QWidget] = {}
        self._making: dict[str, Making] = {}
        self._soon = QTimer(self, interval=0)
        self._soon.timeout.connect(self._on_turn)
        self._pile = Pile()
        self._empty = QWidget()
        self._pile.put(self._empty)
        self._imported = Answer(self)
        self._imported.known.connect(self._on_imported)
        self._tabs = QTabBar()
        self._tabs.setAccessibleName("Pages")
        self._tabs.setFont(font(12, bold=True))
        self._tabs.setDrawBase(False)
        self._tabs.setExpanding(True)
        self._tabs.setUsesScrollButtons(False)
        self._tabs.setElideMode(Qt.TextElideMode.ElideRight)
        for page in PAGES:
            self._tabs.setTabToolTip(self._tabs.addTab(page.text), page.tip)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 0, 0)  # the line stays free
        column.setSpacing(0)
        column.addWidget(self._tabs)
        column.addWidget(self._pile, 1)
        self._tabs.currentChanged.connect(self._on_tab)
        themes().changed.connect(self.update)
        self.turn_to(PAGES[0].name)

    @property
    def front(self) -> str:
        """Name of the page in front."""
        return list(self._pages)[self._tabs.currentIndex()]

    def page(self, name: str) -> QWidget:
        """Give a page; it is made if it has not been needed yet."""
        while name not in self._made:
            self._make_more(name)
        if name == self.front:
            self._go_on()
        return self._made[name]

    @property
    def asks(self) -> dict[str, Ask]:
        """Which question each page answers, by its name; of those that have been made."""
        return {name: page.asked for name, page in self._made.items() if isinstance(page, Asked)}

    def element_pointed(self) -> tuple[str, tuple[int, ...]] | None:
        """Give the element of an input that the keyboard is at, on a page or on the canvas."""
        pointed, graph = self._bench.player.pointed, self._bench.document.graph
        found = pointed.in_recording(self._bench.player.recording) if pointed.by_keys else None
        if found is None or found.seat.is_gradient or found.seat.block not in graph:
            return None
        block = found.seat.block
        return None if graph.block(block).is_function else (block, found.at)

    def turn_to(self, name: str) -> None:
        """Bring a page to the front; one that is not there yet follows in a moment."""
        index = list(self._pages).index(name)
        if index == self._tabs.currentIndex():
            self._bring(name)
        else:
            self._tabs.setCurrentIndex(index)

    def _bring(self, name: str) -> None:
        """Show a page, or begin to make it."""
        self._imported.forget()
        needs = self._pages[name].needs
        if name in self._made or all(map(_is_imported, needs)):
            if name not in self._made:
                self._make_more(name)
            self._go_on()
        else:
            self._soon.stop()
            self._pile.put(self._empty)
            self._imported.ask(partial(_import, needs))

    def _go_on(self) -> None:
        """Show the page in front, or see to it that more of it is made soon."""
        name = self.front
        if name in self._made:
            self._soon.stop()
            self._pile.put(self._made[name])
        else:
            self._pile.put(self._empty)
            self._soon.start()

    def _on_turn(self) -> None:
        """Make some more of the page in front, or show it."""
        if self.front in self._made:
            self._go_on()
        else:
            self._make_more(self.front)

    def _make_more(self, name: str) -> None:
        """Make the next piece of a page."""
        if name not in self._making:
            self._making[name] = self._pages[name].make(self._bench)
        try:
            made = next(self._making[name])
        except Exception:
            del self._making[name]
            self._soon.stop()  # else it would go wrong again and again
            raise
        if made is not None:
            del self._making[name]
            self._made[name] = made
            made.setParent(self._pile)

    def _on_imported(self, _nothing: object) -> None:
        self._bring(self.front)

    def _on_tab(self, index: int) -> None:
        name = list(self._pages)[index]
        self._bring(name)
        self.turned.emit(name)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground, the line to the left and the one below the tabs."""
        painter, c = QPainter(self), theme()
        painter.fillRect(event.rect(), c.panel)
        painter.fillRect(0, 0, 1, self.height(), c.line)
        painter.fillRect(0, self._tabs.height() - 1, self.width(), 1, c.line)
        painter.end()


def _is_imported(package: str) -> bool:
    """Tell whether all of a package is there; another thread may be at it."""
    found = sys.modules.get(package)
    return found is not None and not getattr(found.__spec__, "_initializing", False)


def _import(packages: Iterable[str]) -> None:
    for package in packages:
        import_module(package)
