"""A value changed, recorded anew and repainted, against one frame at 60 Hz.

Run with `python -m benchmarks.frame`. The window is the real one; the change goes through the
document, its undo stack, the recording, the player and every panel, up to the painted pixels.
Prints medians and 99th percentiles, and their ratio to the 16.7 ms of a frame.
"""

from __future__ import annotations

import argparse
import os
import statistics
import time

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import itertools

import numpy as np
from PySide6.QtWidgets import QApplication

from engine.graph import Block, Graph, Wire
from engine.recording import record
from gui.app import make_app, tutorial
from gui.document import OpenDocument
from gui.layout import laid_out
from gui.main_window import MainWindow

FRAME = 1000 / 60


def chain(length: int) -> OpenDocument:
    """A chain of so many blocks whose values neither grow nor die."""
    blocks = [Block("x", "input", "x", np.array(0.5))]
    blocks += [Block(f"b{i}", ("sin", "tanh", "cos")[i % 3], f"v{i}") for i in range(1, length + 1)]
    wires = [Wire(a.id, b.id, 0) for a, b in itertools.pairwise(blocks)]
    return OpenDocument(laid_out(Graph.build(blocks, wires), blocks[-1].id))


def measure(window: MainWindow, document: OpenDocument, changes: int) -> list[float]:
    """Milliseconds of each change, from the verb to the pixels."""
    bench = window.furnish()
    bench.show_document(document)
    bench.player.to_end()
    (x,) = document.inputs()
    times = []
    for change in range(changes + 5):
        value = np.array(0.5 + change / 1000)
        began = time.perf_counter()
        document.set_value(x, value)
        QApplication.processEvents()  # what has changed is painted here
        times.append((time.perf_counter() - began) * 1000)
    return times[5:]


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--changes", type=int, default=100)
    changes = options.parse_args().changes
    app = make_app(["gradwalk"])
    window = MainWindow(tutorial)
    window.resize(1280, 800)
    window.show()
    app.processEvents()
    documents = {"tutorial": tutorial(), "chain of 200": chain(200)}
    for name, document in documents.items():
        times = measure(window, document, changes)
        began = time.perf_counter()
        for _ in range(20):
            record(document.graph, document.target)
        recorded = (time.perf_counter() - began) * 50
        median, worst = statistics.median(times), statistics.quantiles(times, n=100)[-1]
        print(
            f"{name:14} median {median:6.2f} ms ({median / FRAME:4.2f} frames)   "
            f"99th percentile {worst:6.2f} ms ({worst / FRAME:4.2f})   recording {recorded:5.2f} ms"
        )
    document.mark_saved()
    window.close()


if __name__ == "__main__":
    main()
