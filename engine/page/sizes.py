"""Sizes on a page: of values and gradients by depth, and each place where a gradient ends."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from engine.asking.gradient_map import GradientMap
from engine.asking.size_dots import LEGEND, NOWHERE, picture_of
from engine.asking.size_text import places_of
from engine.page.parts import Asked, said, some, verdict
from engine.picture.size_plot import sizes_svg

MOST_PLACES = 12
"""Places that are listed."""


def sizes_panel(asked: Asked) -> Iterator[str]:
    """Write how large values and gradients are, and where a gradient ends."""
    yield from sizes_answer(GradientMap(asked.recording), asked)


def sizes_answer(found: GradientMap, asked: Asked) -> Iterator[str]:
    """Write it of sizes that have been found."""
    recording = asked.recording
    yield verdict(found.sentence, good=found.is_well and recording.first_bad is None)
    if found.spots:
        yield f'<figure data-heat="{_heat(found, asked)}">'
        yield sizes_svg(picture_of(found.spots), lambda block: _link(asked, block))
        signs = (
            f'<span><b class="{colour}">{sign}</b> {escape(what)}</span>'
            for sign, colour, what in LEGEND
        )
        yield f"<figcaption>{' '.join(signs)}</figcaption></figure>\n"
    places = places_of(found)
    yield "<h4>Where a gradient ends</h4>\n"
    if not places:
        yield said(NOWHERE, kind="dim")
        return
    yield some(min(MOST_PLACES, len(places)), len(places), "places")
    yield '<ol class="places">\n'
    for step, sentence in places[:MOST_PLACES]:
        lights = asked.light_of(recording.steps[step].block)
        yield f"<li{lights}>{escape(sentence)}"
        if asked.walked:
            yield f' <button type="button" data-step="{step}">Go to step {step + 1}</button>'
        yield "</li>\n"
    yield "</ol>\n"


def _link(asked: Asked, block: str) -> str:
    """Let a dot tell its block, and light it."""
    name = asked.recording.blocks[block].name
    return f"{asked.light_of(block)}><title>{escape(name)}</title"


def _heat(found: GradientMap, asked: Asked) -> str:
    """Write how strongly each block is coloured: from 0 to 1, and -1 for exactly 0."""
    if asked.lamps is None:
        return ""
    shares = {asked.lamps.block(spot.block): found.share(spot.block) for spot in found.spots}
    return " ".join(f"{key}:{share:.2g}" for key, share in shares.items() if share is not None)
