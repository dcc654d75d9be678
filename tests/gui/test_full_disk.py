"""A disk that is full, seen from the window: a sentence for each file, and every old file stays."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.small_disk import FILLER

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "resources" / "examples" / "tutorial.gradwalk"

FILES = {
    "save": "notes.gradwalk",
    "save_as": "notes.gradwalk",
    "export_page": "notes.html",
    "export_block": "Both.gradblock",
    "keep_block": "Both.gradblock",
    "numpy": "notes.py",
    "notebook": "notes.ipynb",
    "latex": "notes.tex",
    "PNG picture": "notes.png",
    "SVG drawing": "notes.svg",
    "PDF page": "notes.pdf",
    "PDF, a page a step": "notes.pdf",
    "GIF film": "notes.gif",
    "WebP film": "notes.webp",
    "APNG film": "notes.apng",
    "MP4 film": "notes.mp4",
}


def test_a_window_tells_of_each_file_that_cannot_be_written_and_loses_nothing(small_disk):
    shutil.copy(EXAMPLE, small_disk.seen / "notes.gradwalk")
    for file in {*FILES.values()} - {"notes.gradwalk"}:
        (small_disk.seen / file).write_bytes(b"as it was")
    before = {path.name: path.read_bytes() for path in small_disk.seen.iterdir()}
    small_disk.fill()
    path = str(small_disk.path)
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONPATH": str(ROOT),
        "HOME": path,
        "XDG_DATA_HOME": f"{path}/data",
        "XDG_CONFIG_HOME": f"{path}/config",
    }
    notes = small_disk.path / "notes.gradwalk"
    done = subprocess.run(
        small_disk.command(sys.executable, "-m", "tests.gui.filled", notes),
        capture_output=True,
        text=True,
        env=environment,
        check=False,
    )
    assert "Traceback" not in done.stderr
    assert done.returncode == 0
    told = json.loads(done.stdout)
    reason = f"cannot be saved: {small_disk.reason}."
    assert told.pop("draft") == (
        f"Unsaved changes would be lost if the app ended now. 1.draft {reason}"
    )
    assert (told.pop("value"), told.pop("is modified")) == ("2.0", "True")
    assert told == {what: f"{file} {reason}" for what, file in FILES.items()}
    for name, content in before.items():
        assert (small_disk.seen / name).read_bytes() == content
    left = [each for each in small_disk.seen.rglob("*") if each.is_file()]
    assert {each.name for each in left if each.stat().st_size} - {FILLER} == before.keys()
