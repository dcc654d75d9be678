"""The colours of a picture: those of the window, and the style sheet that gives them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Literal

from engine.marks import COLOURS

ThemeName = Literal["light", "dark"]

TOKENS = Path(__file__).resolve().parents[2] / "resources" / "tokens.json"


@cache
def palette(theme: ThemeName) -> Mapping[str, str]:
    """Give the colours of a theme by name, those that are mixed of others among them.

    Examples
    --------
    >>> palette("light")["blue"]
    '#1F5FD0'
    """
    tokens: dict[str, str] = json.loads(TOKENS.read_text(encoding="utf-8"))[theme]
    dark = theme == "dark"
    tokens["waiting"] = mixed(tokens["bg"], tokens["dim"], 0.45)
    tokens["returned"] = mixed(tokens["dim"], tokens["orange"], 0.45)
    tokens["tint"] = mixed(tokens["card"], tokens["orange_bg"], 0.55 if dark else 0.5)
    tokens["tint_edge"] = mixed(tokens["line"], tokens["orange"], 0.25)
    tokens["pile"] = mixed(tokens["card"], tokens["sel"], 0.5)
    tokens["pile_edge"] = mixed(tokens["bg"], tokens["dim"], 0.7)
    tokens["open"] = mixed(tokens["bg"], tokens["sel"], 0.55)
    tokens["open_edge"] = mixed(tokens["bg"], tokens["dim"], 0.55)
    tokens["open_head"] = mixed(tokens["bg"], tokens["line"], 0.8)
    tokens["sign"] = mixed(tokens["card"], tokens["ink"], 0.7)
    for colour in ("blue", "orange"):
        tokens[f"{colour}_edge"] = mixed(tokens["card"], tokens[colour], 0.45)
    for colour in COLOURS:
        tokens[f"{colour}_bg"] = mixed(tokens["bg"], tokens[colour], 0.12)
        tokens[f"{colour}_head"] = mixed(tokens["bg"], tokens[colour], 0.26 if dark else 0.22)
        tokens[f"{colour}_edge"] = mixed(tokens["bg"], tokens[colour], 0.55)
    tokens["on_orange"] = tokens["bg"] if dark else tokens["panel"]
    return tokens


def mixed(a: str, b: str, share: float) -> str:
    """Mix two colours; `share` of the second, from 0 to 1.

    Examples
    --------
    >>> mixed("#000000", "#FFFFFF", 0.5)
    '#808080'
    """
    pairs = zip(bytes.fromhex(a[1:]), bytes.fromhex(b[1:]), strict=True)
    return "#" + bytes(round(x + (y - x) * share) for x, y in pairs).hex()


def variables(theme: ThemeName) -> str:
    """Write the colours of a theme as variables of CSS."""
    is_dark = theme == "dark"
    # A script asks which of the two it is; and what is coloured over text lets that be read.
    told = {
        **palette(theme),
        "dark": str(int(is_dark)),
        "blend": "screen" if is_dark else "multiply",
    }
    return ";".join(f"--{name}:{colour}" for name, colour in told.items())
