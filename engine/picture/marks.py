"""The marks that a picture is made of, as SVG."""

from __future__ import annotations

from html import escape

from engine.document import Place
from engine.picture.sizes import NUMBER_HEIGHT, number_width

RISE = 0.36
"""From the middle of a line of text down to its base line, as a share of its height."""


def text(at: Place, words: str, kind: str, pixels: float) -> str:
    """Write some words with their middle at a place."""
    return f'<text x="{at.x:g}" y="{at.y + RISE * pixels:g}" class="{kind}">{escape(words)}</text>'


def box(middle: Place, width: float, height: float, radius: float, kind: str) -> str:
    """Draw a rounded box."""
    x, y = middle.x - width / 2, middle.y - height / 2
    sides = f'x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" rx="{radius:g}"'
    return f'<rect {sides} class="{kind}"/>' if kind else f"<rect {sides}/>"


def number(middle: Place, words: str, kind: str) -> str:
    """Draw a number in its pill; a kind is "v" for a value and "g" for a gradient."""
    pill = box(middle, number_width(words), NUMBER_HEIGHT, NUMBER_HEIGHT / 2, "")
    return f'<g class="{kind}">{pill}{text(middle, words, "num", 13)}</g>'


def outline(middle: Place, words: str, kind: str) -> str:
    """Draw the outline of a number that has just come to be."""
    pill = box(middle, number_width(words), NUMBER_HEIGHT, NUMBER_HEIGHT / 2, "lit")
    return f'<g class="{kind}">{pill}</g>'


def chip(middle: Place, words: str) -> str:
    """Draw a local derivative."""
    pill = box(middle, number_width(words) + 14, 26, 13, "")
    return f'<g class="chip">{pill}{text(middle, words, "", 13)}</g>'


def glow(middle: Place, width: float, height: float, radius: float, *, back: bool) -> str:
    """Draw a soft light around a box: rings, each fainter than the one inside."""
    light = "glowb" if back else "glow"
    return "".join(
        box(middle, width + 6 * ring, height + 6 * ring, radius + 3 * ring, f"{light} r{ring}")
        for ring in (3, 2, 1)
    )


def pulse(path: str, tip: Place, *, back: bool) -> str:
    """Draw what has travelled along a wire: its trail, and an arrow head."""
    aside = 9 if back else -9
    head = f"M{tip.x + aside:g} {tip.y - 5:g}L{tip.x:g} {tip.y:g}L{tip.x + aside:g} {tip.y + 5:g}"
    return f'<path d="{path}{head}" class="{"back" if back else "fore"}"/>'
