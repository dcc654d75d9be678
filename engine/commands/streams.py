"""How a command speaks: on stdout for whoever asked, and on stderr if something is wrong."""

from __future__ import annotations

import os
import sys


def wants_colour() -> bool:
    """Tell whether stdout is a terminal that shows colours, and nobody has asked for none."""
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return sys.stdout.isatty() and not plain


def make_printable() -> None:
    """Let a terminal that has no ∂ show a question mark instead of nothing at all."""
    reconfigure = getattr(sys.stdout, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="replace")


def complain(sentence: str) -> int:
    """Say on stderr what is wrong, and give the exit status that goes with it."""
    make_printable()
    sys.stderr.write(f"gradwalk: {sentence}\n")
    return 2
