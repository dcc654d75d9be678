"""How the window bears large graphs, beside a bare QGraphicsScene of as many rectangles and lines.

    python -m benchmarks.size                     the graphs of the ninth derivative of tanh, and
                                                  of a chain of 15,000
    python -m benchmarks.size --only chain        one of them
    python -m benchmarks.size --opens 1000        also how much is lost over so many opens
    python -m benchmarks.size --busy              by the clock of the thread that paints, which
                                                  stands still while other programs run; what
                                                  happens on several threads, by that of all

It takes some two minutes. Everything is done to the real window: on the screen of DISPLAY if there
is one, else on none. A frame is what a change costs until everything that it touches is painted:
the change itself, what the event loop does for it, and the painting. Waiting for the clock is left
out, so that the figures do not depend on how often a screen asks for a picture. Each graph is
measured in a process of its own.
"""

from __future__ import annotations

import argparse
import ctypes
import gc
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

if "DISPLAY" not in os.environ:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from benchmarks import graphs
from benchmarks.editing import editing
from benchmarks.over_all import over_all
from benchmarks.screen import FRAMES, Bare, Call, Screen
from benchmarks.walking import walking
from engine.storage import save
from engine.variable import Array
from gui.app import make_app
from gui.document import OpenDocument
from gui.layout import laid_out
from gui.main_window import MainWindow

TURN = 20
"""Frames after which a movement goes the other way."""

SMALL = 300
"""Blocks of the graph that is opened before memory is measured: what the window loads when it first
shows a graph is no memory of a block."""

WARM = 100
"""Documents that are opened before it is counted what is lost: they fill what is kept on purpose
and up to a bound, such as widths of texts, pens, formulas."""

LOOKS = 20
"""Looks at the memory, spread evenly over the opens."""


class Yardstick:
    """One graph in the real window."""

    def __init__(self, name: str) -> None:
        self.app = make_app(["gradwalk"])
        self.window = MainWindow(OpenDocument)
        self.window.resize(1280, 800)
        self.window.show()
        self.bench = self.window.furnish()
        self.screen = Screen(self.window)
        self.screen.settle()
        self.document = graphs.document(name)
        self.blocks, self.wires = (
            len(self.document.graph),
            sum(1 for _ in self.document.graph.wires()),
        )
        self.rows: list[tuple[str, float, float | None, float | None]] = []

    @property
    def size(self) -> QRectF:
        """How large the canvas is."""
        return QRectF(self.bench.view.viewport().rect())

    def tell(self, what: str, ours: float, asked: float, bare: float | None = None) -> None:
        """Keep a figure."""
        self.rows.append((what, ours, asked, bare))
        ratio = "" if bare is None else f"{bare:10.2f}{ours / bare:8.2f}"
        mark = " " if ours <= asked else "!"
        print(f"{what:44}{ours:10.2f}{asked:9g}{mark}{ratio}", flush=True)

    def opening(self, path: Path) -> None:
        """From the file to the first frame, and from a graph without places."""
        self._warm(path.with_name("small.gradwalk"))
        empty = resident()
        began = self.screen.all_clocks()
        self.screen.frame(lambda: self.bench.open_path(path))
        longest = self._wait_for(path)
        took = self.screen.all_clocks() - began
        longest = max(longest, self.screen.settle())
        gc.unfreeze()
        gc.collect()
        used = (resident() - empty) / self.blocks
        self.bare = Bare(self.document, self.size)
        self.tell("open a file, s", took, 2, self.bare.opened)
        self.tell("  longest without an answer, ms", longest, 50)
        self.tell("memory a block, of a window in use, kB", used / 1000, 4)
        # Folded as it is opened, it would be some twenty blocks: measured is all of it.
        unfolding = self.screen.frame(self.bench.document.undo_stack.undo)
        unfolding = max(unfolding, self.screen.settle())
        self.tell("unfold all of it, ms", unfolding, 1000)
        began = self.screen.all_clocks()
        placed = laid_out(self.document.graph, self.document.target)
        laid = self.screen.all_clocks() - began
        del placed
        self.tell("open a file and lay it out, s", took + laid, 4)

    def _warm(self, path: Path) -> None:
        """Open a small graph and walk it to its end, and close it."""
        save(laid_out(*graphs.chain(SMALL)), path)
        self.bench.open_path(path)
        self._wait_for(path)
        self.bench.player.to_end()
        self.screen.settle()
        self.bench.close_tab(self.bench.document)
        self.screen.settle()
        gc.unfreeze()
        gc.collect()

    def _wait_for(self, path: Path) -> float:
        """Wait until a file is open; give the longest that the window did not answer."""
        longest = 0.0
        while self.bench.document.path != path:
            longest = max(longest, self.screen.frame(lambda: None))
            time.sleep(0.002)  # the file is read on another thread
        return longest

    def moving(self) -> None:
        """Pan, zoom and scrub, at fit-all and at 1:1."""
        view, bare = self.bench.view, self.bare
        view.fit()
        whole, middle = view.zoom, view.visible_rect().center()
        block = list(self.document.graph.blocks)[self.blocks // 2]
        place = self.document.places[block]
        near = QPointF(place.x, place.y)
        steps = len(self.bench.player.recording)
        for name, zoom, at in (("fit-all", whole, middle), ("1:1", 1.0, near)):

            def look(zoom: float = zoom, at: QPointF = at) -> None:
                view.set_zoom(zoom)
                view.shift(view.visible_rect().center() - at)
                bare.look(zoom, at)

            def pan(by: int, zoom: float = zoom) -> None:
                view.shift(QPointF(6 if by % (2 * TURN) < TURN else -6, 2) / zoom)

            def bare_pan(by: int, zoom: float = zoom, at: QPointF = at) -> None:
                bare.look(zoom, at + QPointF(6 * by, 2 * by) / zoom)

            def zoomed(by: int) -> None:
                view.set_zoom(view.zoom * (1.05 if by % TURN < TURN // 2 else 1 / 1.05))

            def bare_zoomed(by: int, zoom: float = zoom, at: QPointF = at) -> None:
                bare.look(zoom * 1.05 ** min(by % TURN, TURN - by % TURN), at)

            look()
            self.compare(f"pan, {name}", pan, bare_pan)
            look()
            self.compare(f"zoom, {name}", zoomed, bare_zoomed)
            look()
            self.compare(f"scrub, {name}", self._scrub(steps, whole=name == "fit-all"), bare.light)

    def _scrub(self, steps: int, *, whole: bool) -> Call:
        """Go through the whole walk, or step by step along its middle."""
        player, middle = self.bench.player, steps // 2 - FRAMES
        if whole:
            return lambda by: player.seek(by * steps // FRAMES)
        return lambda by: player.seek(middle + by)

    def compare(self, what: str, ours: Call, bare: Call) -> None:
        """Time the frames of one kind of movement."""
        mine = self.screen.frames(ours)
        its = self.bare.screen.frames(bare, FRAMES // 4)
        self.tell(f"{what}, median ms", statistics.median(mine), 16, statistics.median(its))
        self.tell(f"{what}, 99th percentile ms", np.percentile(mine, 99), 33)

    def losing(self, opens: int) -> None:
        """Open and close a document again and again.

        Before each look garbage is collected, and what is free is given back to the system: else
        it would be measured where the heap happens to have holes. What is lost is how the looks
        go up, by all of them and not by the first and the last.
        """
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "chain.gradwalk"
            save(laid_out(*graphs.chain(200)), path)
            seen: list[tuple[int, int, int]] = []
            for at in range(opens + WARM + 1):
                self.screen.frame(lambda: self.bench.open_path(path))
                self._wait_for(path)
                document = self.bench.document
                self.screen.frame(lambda document=document: self.bench.close_tab(document))  # type: ignore[misc]
                # What is to be deleted later is deleted by a running app; nothing runs here.
                QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
                if at >= WARM and (at - WARM) % max(opens // LOOKS, 1) == 0:
                    gc.unfreeze()
                    gc.collect()
                    give_back()
                    seen.append((at, resident(), sys.getallocatedblocks()))
        opened, held, things = np.array(seen, float).T
        print("held, MB: " + " ".join(f"{each / 1e6:.1f}" for each in held))
        print(f"pieces of memory in Python, more a document: {rise(opened, things):.2f}")
        self.tell(f"lost a document, over {opens}, kB", rise(opened, held) / 1000, 1)


def resident() -> int:
    """Bytes of memory that this process holds."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def rise(x: Array, y: Array) -> float:
    """How much y grows with each x, by the straight line that is nearest to all."""
    return float(np.polyfit(x, y, 1)[0])


def give_back() -> None:
    """Give the system back what is free, where the C library can do that."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)


def measure(name: str, opens: int) -> None:
    """Measure one graph in this process."""
    yard = Yardstick(name)
    print(f"\n{name}: {yard.blocks:,} blocks, {yard.wires:,} wires")
    print(f"{'':44}{'ours':>10}{'asked':>9} {'bare':>10}{'times':>8}")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{name}.gradwalk"
        save(yard.document, path)
        yard.opening(path)
        yard.moving()
        walking(yard)
        editing(yard)
        over_all(yard, path)
    yard.bench.document.undo_stack.setClean()
    if opens:
        yard.losing(opens)
    QGuiApplication.clipboard().clear()  # what it holds cannot be let go after Python has ended
    yard.window.close()


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--only", choices=graphs.GRAPHS)
    options.add_argument("--opens", type=int, default=0)
    options.add_argument("--busy", action="store_true")
    given = options.parse_args()
    if given.busy:
        Screen.clock = staticmethod(time.thread_time)
        Screen.all_clocks = staticmethod(time.process_time)
    if given.only:
        measure(given.only, given.opens)
        return
    for name in graphs.GRAPHS:
        command = [sys.executable, "-m", "benchmarks.size", "--only", name]
        busy = ["--busy"] if given.busy else []
        subprocess.run([*command, *busy, "--opens", str(given.opens)], check=True)
        given.opens = 0


if __name__ == "__main__":
    main()
