"""The graph as a program: written with the real keys, and run without the app."""

from __future__ import annotations

import subprocess
import sys

import pytest

pytestmark = pytest.mark.e2e

GRADIENT = "3.297442541400256"


def test_the_graph_is_exported_as_a_program_that_gives_the_gradient(app, desk, tmp_path):
    path = tmp_path / "chain.py"
    desk.key("ctrl+e")
    desk.wait_for_window("Export Code")
    desk.type(str(path))
    desk.key("Return")
    app.until(path.is_file, "the program is there")
    told = subprocess.run(
        [sys.executable, str(path)], capture_output=True, text=True, check=True, cwd=tmp_path
    ).stdout
    assert GRADIENT in told

    desk.put_on_clipboard("nothing yet")
    desk.key("ctrl+alt+e")
    app.until(lambda: desk.clipboard() == path.read_text(encoding="utf-8"), "it is copied, too")
