"""Typesetting one formula: TeX in, SVG out. Nothing here needs a window, or Qt."""

from __future__ import annotations

import json
from typing import NamedTuple

INK = "#010203"
"""What stands in the SVG where the colour is to be."""


class Setting(NamedTuple):
    """What is typeset: TeX, at a size in pixels."""

    tex: str
    size: float


def typeset(setting: Setting) -> bytes:
    """Typeset a formula, here and now.

    Returns
    -------
    bytes
        An SVG with `INK` for its colour; empty if the TeX cannot be read.
    """
    from ziamath.config import config  # noqa: PLC0415 - a quarter of a second: only when wanted
    from ziamath.zmath import Latex  # noqa: PLC0415

    config.svg2 = False  # QtSvg reads version 1 only
    try:
        svg: str = Latex(setting.tex, size=setting.size, color=INK).svg()
    except Exception:  # noqa: BLE001 - it raises what it likes; the plain text stands instead
        return b""
    # On anything but dots, Qt would draw a line around each letter, too.
    return svg.encode().replace(b"<svg ", b'<svg stroke="#000" stroke-opacity="0" ', 1)


def question(setting: Setting) -> bytes:
    """Write down what is to be typeset, for another process."""
    return json.dumps(setting).encode()


def answer(asked: bytes) -> bytes:
    """Typeset what was written down."""
    return typeset(Setting(*json.loads(asked)))
