"""What a person looks at beside the canvas, so that a picture may show the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from engine.asking.ask import Ask
from engine.asking.headings import HEADINGS
from engine.depth import Depth
from engine.phases import Grain
from gui.pages.pages import PAGES

if TYPE_CHECKING:
    from gui.workbench import Workbench

WORDS = {"map": "sizes", "mistakes": "wrong"}
"""What is asked on a page that the code of the window calls otherwise."""


@dataclass(frozen=True, slots=True)
class LookedAt:
    """What stands beside a canvas, and how it is walked.

    Attributes
    ----------
    asks
        What each page is about, by the word on its tab.
    front
        The word on the tab of the page in front.
    depth
        How deeply steps are told.
    grain
        How far one step on goes.
    predict
        Whether numbers are asked for before they are shown.
    """

    asks: Mapping[str, Ask] = field(default_factory=dict)
    front: str = ""
    depth: Depth = "student"
    grain: Grain = "block"
    predict: bool = False


def looked_at(bench: Workbench) -> LookedAt:
    """Look at what stands beside the canvas of a window."""
    known = bench.side.asks
    asks = {page.text: known.get(page.name, Ask(WORDS.get(page.name, page.name))) for page in PAGES}
    return LookedAt(
        asks,
        HEADINGS[bench.side.front].tab,
        bench.explanation.told_depth,
        bench.player.grain,
        predict=bench.prediction.is_on,
    )
