"""An element on a page: all that it has to do with, step by step."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

import numpy as np

from engine.asking.pointing import Pointed
from engine.asking.pointing_text import said_of
from engine.graph import title
from engine.page.parts import Asked
from engine.values import value_text
from engine.wording import text_fraction


def element_answer(found: Pointed, asked: Asked) -> Iterator[str]:
    """Write the steps that an element is in."""
    recording = found.recording
    value = value_text(np.asarray(found.value))
    yield f'<p><b class="num v">{escape(found.name)} = {escape(value)}</b></p>\n'
    yield '<div class="scroll"><table class="meetings"><tbody>\n'
    for met in found.meetings():
        block = recording.blocks[met.block]
        kind, sign = ("back", "←") if met.step > recording.turn else ("fore", "→")
        yield f'<tr{asked.light_of(met.block)}><td class="dim">{met.step + 1}</td>'
        yield f'<td class="{kind}">{sign}</td><th>{escape(f"{title(block)} {block.name}")}</th><td>'
        yield "".join(f'<span class="num">{escape(line)}</span>' for line in said_of(found, met))
        yield "</td></tr>\n"
    yield "</tbody></table></div>\n"
    if found.gradient is not None:
        y = recording.blocks[recording.target or found.block].name
        words = f"{text_fraction(y, found.name)} = {value_text(np.asarray(found.gradient), None)}"
        yield f'<p class="num g">{escape(words)}</p>\n'
