"""Films: a GIF against Pillow's own encoder, and the memory that films of three lengths take.

Run with `python -m benchmarks.films`. The GIF is of the tutorial, 60 frames of 960 × 540; ours is
painted and packed, and Pillow is given the painted frames. Both take turns, in seconds of processor
time, of which the least are told. Memory is that of a process which films nothing else, from the
200th frame on: the encoder of MP4 looks ahead by some 60.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryFile

os.environ["QT_QPA_PLATFORM"] = "offscreen"

import numpy as np
from PIL import Image
from PySide6.QtGui import QImage

from gui.app import make_app, tutorial
from gui.export.changes import pixels_of
from gui.export.films import Film
from gui.export.studio import Look, Studio
from gui.export.timing import Pace, Timing
from gui.garbage import collect_due
from gui.theme import load_fonts

SIZE, FRAMES, STEPS = (960, 540), 60, 8
KINDS = ("gif", "webp", "apng", "mp4")
LENGTHS = (600, 2000, 6000)
WARM = 200
"""Frames until memory is looked at."""


def film(kind: str, frames: int) -> Film:
    """A film of the tutorial of so many frames."""
    studio = Studio(tutorial(), Look(SIZE, strip=True))
    pace = Pace(rate=20.0, speed=20.0 * STEPS / frames)
    return Film(studio, Timing(studio.recording, range(STEPS), pace), kind)


def as_pillow_has_it(image: QImage) -> Image.Image:
    """A frame as Pillow takes it."""
    pixels = pixels_of(image)
    parts = (pixels >> 16 & 255, pixels >> 8 & 255, pixels & 255)
    return Image.fromarray(np.stack(parts, axis=2).astype(np.uint8))


def seconds(work: Callable[[], object]) -> float:
    """Processor time of a piece of work."""
    began = time.process_time()
    work()
    return time.process_time() - began


def beside_pillow(rounds: int) -> None:
    """Print what a GIF takes, here and there."""
    ours = film("gif", FRAMES)
    first, *rest = [as_pillow_has_it(frame[0]) for frame in ours.frames() if frame is not None]
    kept = {"save_all": True, "append_images": rest, "duration": 50, "loop": 0}
    here, there = [], []
    for _ in range(rounds):
        there.append(seconds(lambda: first.save(BytesIO(), "GIF", **kept)))
        here.append(seconds(lambda: list(ours.write(BytesIO()))))
    share = min(here) / min(there)
    print(
        f"GIF of {FRAMES} frames: {min(here):.2f} s, Pillow {min(there):.2f} s, {share:.2f} times"
    )


def resident() -> float:
    """Megabytes of memory that this process has."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def watch(kind: str, frames: int) -> None:
    """Film, and print the memory after the first frames and the most that there is later."""
    found = []
    with TemporaryFile() as file:
        for done in film(kind, frames).write(file):
            collect_due()  # as an order does: Pillow leaves something behind of each frame of a GIF
            if done >= WARM:
                found.append(resident())
    print(f"{kind:5} {frames:6,} {found[0]:8.0f} {max(found):8.0f}", flush=True)


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--watch", nargs=2, metavar=("KIND", "FRAMES"), help=argparse.SUPPRESS)
    asked = options.parse_args()
    app = make_app(["gradwalk"])
    load_fonts()
    if asked.watch:
        watch(asked.watch[0], int(asked.watch[1]))
    else:
        beside_pillow(asked.rounds)
        print("kind  frames  MB at first  at most", flush=True)
        for kind in KINDS:
            for frames in LENGTHS:
                words = (sys.executable, "-m", "benchmarks.films", "--watch", kind, str(frames))
                subprocess.run(words, check=True)
    del app


if __name__ == "__main__":
    main()
