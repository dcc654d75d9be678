"""Start to first painted frame: the main window against a bare QMainWindow.

Run with `python -m benchmarks.startup`. Each start is a process of its own; the two take turns, so
that a machine that grows slower does so for both. Prints medians and their ratio.
"""

from __future__ import annotations

import argparse
import compileall
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

REPORT = """
import os, sys, time
from PySide6.QtCore import QEvent, QObject, QTimer
class FirstPaint(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            QTimer.singleShot(0, self.report)
        return False
    def report(self):
        print(time.time(), flush=True)
        os._exit(0)
"""

BARE = (
    REPORT
    + """
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication([])
window = QMainWindow()
window.resize(1280, 800)
first = FirstPaint()
window.installEventFilter(first)
window.show()
app.exec()
"""
)

OURS = (
    REPORT
    + """
from gui.app import make_app, tutorial
from gui.main_window import MainWindow
app = make_app(["gradwalk"])
window = MainWindow(tutorial)
first = FirstPaint()
"""
)

FIRST_FRAME = (
    OURS
    + """
window.centralWidget().installEventFilter(first)
window.show()
app.exec()
"""
)

TUTORIAL = (
    OURS
    + """
window.show()
while window.bench is None:
    app.processEvents()
window.bench.view.viewport().installEventFilter(first)
app.exec()
"""
)


def one_start(program: str) -> float:
    """Seconds from the start of a process to its first painted frame."""
    began = time.time()
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return float(done.stdout) - began


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--runs", type=int, default=11)
    runs = options.parse_args().runs
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    programs = {"bare QMainWindow": BARE, "first frame": FIRST_FRAME, "tutorial shown": TUTORIAL}
    for room in ("engine", "gui"):  # where Python writes no bytecode, every start would compile
        compileall.compile_dir(ROOT / room, quiet=1)
    for program in programs.values():
        one_start(program)
    times: dict[str, list[float]] = {name: [] for name in programs}
    for _ in range(runs):
        for name, program in programs.items():
            times[name].append(one_start(program))
    bare = times["bare QMainWindow"]
    for name, found in times.items():
        ratio = statistics.median(a / b for a, b in zip(found, bare, strict=True))
        print(f"{name:20} {statistics.median(found) * 1000:7.0f} ms   {ratio:5.2f} times bare")
    print("The first frame is to take at most 1.6 times as long as the bare window.")


if __name__ == "__main__":
    main()
