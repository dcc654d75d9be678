"""What a terminal shows text with."""

from __future__ import annotations

from collections.abc import Callable

BLUE, ORANGE, RED = "\x1b[34m", "\x1b[38;5;208m", "\x1b[31m"
BOLD, PLAIN = "\x1b[1m", "\x1b[0m"

NARROWEST = 30
"""Columns that numbers need to stand beside their rule; where there are fewer, they go below."""

GLUE = "\N{NO-BREAK SPACE}"

Paint = Callable[[str, str], str]
"""Sets a text in a colour, given by its escape sequence, or leaves it."""
