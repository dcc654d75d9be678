"""On a screen of twice the pixels all of the canvas is painted."""

from __future__ import annotations

import os
import subprocess
import sys

LOOK = """
from PySide6.QtCore import QRectF
from PySide6.QtTest import QTest
from gui.app import make_app, tutorial
from gui.canvas import paint
from gui.main_window import MainWindow

app = make_app(["gradwalk"])
window = MainWindow(tutorial)
window.resize(1280, 800)
window.show()
view = window.furnish().view
QTest.qWait(50)
parts, real = [], paint.exposed
paint.exposed = lambda *given: parts.append(QRectF(real(*given))) or parts[-1]
assert view.grab().devicePixelRatioF() == 2.0
last = view.canvas.block_rect(view.canvas.reading_order()[-1])
print(any(part.contains(last) for part in parts))  # that of all wires is told in the scene
"""


def test_nothing_that_is_in_sight_is_left_out_at_twice_the_pixels(tmp_path):
    folders = {f"XDG_{name}_HOME": str(tmp_path) for name in ("CONFIG", "DATA", "STATE", "CACHE")}
    kept = {**os.environ, **folders, "QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": "2"}
    ran = subprocess.run(
        [sys.executable, "-c", LOOK], env=kept, capture_output=True, text=True, check=True
    )
    assert ran.stdout.strip() == "True"
