"""The questions that a page answers, each behind a tab of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from html import escape

from engine.asking.headings import HEADINGS
from engine.page.arrays import arrays_panel
from engine.page.checks import checks_panel
from engine.page.forward import forward_panel
from engine.page.parts import Asked
from engine.page.paths import paths_panel
from engine.page.plot import plot_panel
from engine.page.predict import predict_panel
from engine.page.sizes import sizes_panel
from engine.page.wrong import wrong_panel

PANELS: dict[str, Callable[[Asked], Iterator[str]]] = {
    "arrays": arrays_panel,
    "plot": plot_panel,
    "check": checks_panel,
    "map": sizes_panel,
    "paths": paths_panel,
    "forward": forward_panel,
    "mistakes": wrong_panel,
    "predict": predict_panel,
}
"""What writes the answer to each question, in the order of their tabs."""


def tabs() -> Iterator[str]:
    """Write a tab for the steps, and one for each question; a script shows them."""
    yield '<div class="tabs" role="tablist" aria-label="Questions" hidden>'
    for name in ("step", *PANELS):
        words, tip, _ = HEADINGS[name]
        yield (
            f'<button type="button" role="tab" id="tab-{name}" aria-controls="{name}" '
            f'title="{escape(tip)}">{escape(words)}</button>'
        )
    yield "</div>\n"


def panels(asked: Asked) -> Iterator[str]:
    """Write the answers."""
    for name, write in PANELS.items():
        yield (
            f'<div class="panel" role="tabpanel" id="{name}" aria-labelledby="tab-{name}" '
            f'tabindex="-1">\n<h2>{escape(HEADINGS[name].title)}</h2>\n'
        )
        yield from write(asked)
        yield "</div>\n"
