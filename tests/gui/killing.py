"""Kills windows at random moments of an edit, and looks at what is left of their documents.

    python -m tests.gui.killing /some/empty/folder --windows 12 --rounds 50

Each window has a file of its own, counts a number up in it, and saves now and then. A log says when
each number was set. After the kill the file must be whole, and the file or the draft must hold a
number that was set at most five seconds before, or no later one was.
"""

from __future__ import annotations

import argparse
import math
import os
import random
import signal
import sys
import time
from pathlib import Path

import numpy as np

MOST_LOST = 5.0
"""Seconds of edits that may be lost."""

LONGEST = 8.0
"""Seconds that a window lives at most."""


def edit_on(path: Path, log: Path) -> None:
    """Open a file in a window and edit it until the end."""
    from PySide6.QtCore import QTimer  # noqa: PLC0415 - after the fork

    from gui.app import make_app  # noqa: PLC0415
    from gui.document import OpenDocument  # noqa: PLC0415
    from gui.main_window import MainWindow  # noqa: PLC0415

    app = make_app(["gradwalk"])
    window = MainWindow(lambda: OpenDocument.read(path))
    document = window.furnish().document
    (block,) = document.inputs()
    lines = log.open("a", encoding="utf-8")
    count = 0

    def edit() -> None:
        nonlocal count
        count += 1
        document.set_value(block, np.array(float(count)))
        lines.write(f"{count} {time.monotonic()}\n")
        lines.flush()
        if random.random() < 0.01:  # noqa: S311 - a person saves now and then
            document.save_to(path)

    timer = QTimer(interval=50)
    timer.timeout.connect(edit)
    timer.start()
    app.exec()


def live_and_die(folder: Path, windows: int) -> dict[int, float]:
    """Let windows live at the same time, and kill each at a moment of its own; give the moments."""
    from engine.document import Document, Place  # noqa: PLC0415 - once the environment is set
    from engine.graph import Block, Graph  # noqa: PLC0415
    from engine.storage import save  # noqa: PLC0415

    children = []
    graph = Graph.build([Block("b1", "input", "x", np.array(0.0)), Block("b2", "square", "y")], [])
    for number in range(windows):
        path = folder / f"{number}.gradwalk"
        save(Document(graph, {"b1": Place(0, 0), "b2": Place(170, 0)}), path)
        child = os.fork()
        if child == 0:
            random.seed(number)
            edit_on(path, folder / f"{number}.log")
            os._exit(1)
        children.append(child)
    killed: dict[int, float] = {}
    moments: dict[int, float] = {}
    while len(killed) < windows:
        time.sleep(0.01)
        for number, child in enumerate(children):
            if number not in moments and (folder / f"{number}.log").exists():
                moments[number] = time.monotonic() + random.uniform(0.0, LONGEST)  # noqa: S311
            if number not in killed and time.monotonic() > moments.get(number, math.inf):
                os.kill(child, signal.SIGKILL)
                killed[number] = time.monotonic()
                _, status = os.waitpid(child, 0)
                assert os.WTERMSIG(status) == signal.SIGKILL, "a window ended by itself"
    return killed


def look(folder: Path, killed: dict[int, float]) -> tuple[int, float]:
    """Look at what is left; give how many edits there were, and the longest time that was lost."""
    from engine.drafts import left_behind  # noqa: PLC0415 - once the environment is set
    from engine.storage import load  # noqa: PLC0415
    from gui.recovery import root  # noqa: PLC0415

    kept: dict[str, float] = {}
    for left in left_behind(root()):
        for draft in left.drafts():
            kept[draft.head.path.name] = draft.read().graph.block("b1").value.item()
        left.remove()
    edits, longest = 0, 0.0
    for number, end in killed.items():
        path = folder / f"{number}.gradwalk"
        found = max(load(path).graph.block("b1").value.item(), kept.get(path.name, 0.0))
        lines = (folder / f"{number}.log").read_text("utf-8").splitlines()
        times = {int(line.split()[0]): float(line.split()[1]) for line in lines}
        lost = [end - at for count, at in times.items() if count > found]
        edits += len(times)
        longest = max([longest, *lost])
        assert longest <= MOST_LOST, f"{path.name}: edits of the last {longest:.1f} s are lost"
    return edits, longest


def main() -> None:
    """Kill and look, again and again."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--windows", type=int, default=12, help="how many live at the same time")
    parser.add_argument("--rounds", type=int, default=1, help="how often")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    random.seed(given.seed)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    for name in ("CONFIG", "DATA", "STATE", "CACHE"):
        os.environ[f"XDG_{name}_HOME"] = str(given.folder / name.lower())
    from PySide6.QtCore import QCoreApplication  # noqa: PLC0415 - it tells where drafts are

    # Loaded once, before the windows are forked off.
    import gui.app  # noqa: PLC0415
    import gui.workbench  # noqa: F401, PLC0415

    QCoreApplication.setApplicationName("Gradwalk")
    QCoreApplication.setOrganizationName("Gradwalk")
    for turn in range(given.rounds):
        folder = given.folder / f"round-{turn}"
        folder.mkdir()
        killed = live_and_die(folder, given.windows)
        edits, longest = look(folder, killed)
        sys.stdout.write(
            f"{given.windows} windows were killed after {edits} edits; "
            f"of none was more than the last {longest:.2f} s lost.\n"
        )
        sys.stdout.flush()


if __name__ == "__main__":
    main()
