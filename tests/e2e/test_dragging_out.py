"""A picture dragged out of the window and dropped into another program, with a real mouse."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from io import BytesIO

import pytest
from PIL import Image

from tests.e2e import other_program
from tests.e2e.waiting import until

pytestmark = pytest.mark.e2e


@pytest.fixture
def drop_into(desk, tmp_path):
    """Start another program; give what drags something into it, and tells what arrived."""
    folder = tmp_path / "dropped"
    folder.mkdir()
    started = []

    def drop(start):
        started.append(
            subprocess.Popen(
                [sys.executable, other_program.__file__, folder],
                env={**os.environ, "DISPLAY": desk.display, "QT_QPA_PLATFORM": "xcb"},
            )
        )
        window = until(lambda: desk.find_window(other_program.TITLE), "the program is there")
        desk.drag_and_drop(start, desk.box(window).centre)
        until((folder / "forms.json").exists, "it has got something")
        told = json.loads((folder / "forms.json").read_text("utf-8"))
        forms = {form: (folder / str(at)).read_bytes() for at, form in enumerate(told["forms"])}
        files = {
            path: (folder / f"file-{at}").read_bytes() for at, path in enumerate(told["files"])
        }
        return forms, files

    yield drop
    for process in started:
        process.kill()
        process.wait(10)


def test_what_arrives_in_another_program_is_the_picture_that_the_window_exports(
    app, desk, drop_into, tmp_path
):
    desk.key("Home", "Right", "Right", "Right", "Right", "Right")
    app.until(lambda: app.heading() == "Backward · step 6 of 8", "the walk is at step 6")
    desk.key("ctrl+alt+p")
    box = desk.box(desk.wait_for_window("Export Picture"))
    forms, files = drop_into(box.at(0.33, 0.45))

    path = tmp_path / "exported.png"
    desk.click(box.at(0.3, 0.93))  # the keyboard went to the other program
    desk.wait_for_window("Export Picture")
    desk.key("alt+e")
    until(lambda: len(windows(desk)) > 1, "it asks for a file")
    desk.type(str(path))
    desk.key("Return")
    app.until(path.is_file, "the file is there")
    exported = path.read_bytes()
    assert forms["image/png"] == exported
    assert list(files.values()) == [exported]
    assert [name.rpartition("/")[2] for name in files] == ["gradwalk-step-6.png"]
    with Image.open(BytesIO(exported)) as picture:
        assert picture.width > 1000
    drawing = forms["image/svg+xml"].decode()
    assert drawing.startswith("<?xml")
    assert "2.5681" in drawing
    assert "3.2974" not in drawing  # that is of a later step


def windows(desk):
    return desk._ask("xdotool", "search", "--onlyvisible", "--name", "Export Picture$").split()
