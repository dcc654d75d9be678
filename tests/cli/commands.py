"""The command line as a process of its own, and what it prints of the tutorial."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "resources" / "examples" / "tutorial.gradwalk"
TUTORIAL = ("walk", "square(exp(square(x)))", "--set", "x=0.5")

WIDE = """\
y = square(exp(square(x)))

Forward
1 →  x         x is given           0.5
2 →  Square a  a = x²               0.5² = 0.25
3 →  Exp b     b = e^a              e^0.25 = 1.2840254
4 →  Square y  y = b²               1.2840254² = 1.6487213

Backward                                                                                  work list
5 ←  y         ∂y/∂y = 1            1                                                     [Square y]
6 ←  Square y  ∂y/∂b = ∂y/∂y · 2b   1 · 2 · 1.2840254 = 1 · 2.5680508 = 2.5680508         [Exp b]
7 ←  Exp b     ∂y/∂a = ∂y/∂b · e^a  2.5680508 · e^0.25 = 2.5680508 · 1.2840254            [Square a]
                                      = 3.2974425
8 ←  Square a  ∂y/∂x = ∂y/∂a · 2x   3.2974425 · 2 · 0.5 = 3.2974425 · 1 = 3.2974425       []

Gradients of y
∂y/∂x = 3.297442541400256 (by trial 3.2974426293: the two agree to 7 digits)
"""


def start(*arguments, under=(), **options):
    """Start the command as a process; `under` is a command to start it with."""
    environment = {**os.environ, "COLUMNS": "100", **options.pop("env", {})}
    return subprocess.Popen(
        [*under, sys.executable, ROOT / "main.py", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment,
        **options,
    )


def finish(process, given=None):
    out, err = process.communicate(given, timeout=60)
    return process.returncode, out.decode(), err.decode()


def in_terminal(*arguments, stream="stdout", **environment):
    """Run the command with one of its streams on a pseudo-terminal.

    Gives its status, what the terminal shows, and what comes of the other stream.
    """
    leader, follower = pty.openpty()
    clean = {key: value for key, value in os.environ.items() if key not in ("NO_COLOR", "COLUMNS")}
    with tempfile.TemporaryFile() as kept:  # a pipe that nobody empties holds so much and no more
        process = subprocess.Popen(
            [sys.executable, ROOT / "main.py", *arguments],
            **{"stdout": kept, "stderr": kept, stream: follower},
            env={**clean, "TERM": "xterm-256color", "COLUMNS": "100", **environment},
        )
        os.close(follower)
        shown = b""
        while True:
            try:
                part = os.read(leader, 65536)
            except OSError:  # the other end is closed
                break
            if not part:
                break
            shown += part
        os.close(leader)
        process.wait(timeout=60)
        kept.seek(0)
        return process.returncode, shown.decode().replace("\r\n", "\n"), kept.read().decode()


def without_display():
    hidden = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return {name: value for name, value in os.environ.items() if name not in hidden}


def wait_for(condition, seconds=30):
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.01)
