"""What stands beside the graph in a picture, chosen in the real window with real keys."""

from __future__ import annotations

import pytest

from tests.e2e.waiting import until

pytestmark = pytest.mark.e2e


def test_the_page_in_front_goes_into_the_picture(app, desk, tmp_path):
    path = tmp_path / "exported.svg"
    desk.key("alt+6")
    desk.key("ctrl+alt+p")
    dialog = desk.wait_for_window("Export Picture")
    desk.key("alt+f", "Home", "Down")
    desk.key("alt+b", "Home", "Down")
    desk.key("alt+e")
    until(lambda: desk.focused() not in ("", dialog), "it asks for a file")
    desk.type(str(path))
    desk.key("Return")
    app.until(path.is_file, "the file is there")
    drawing = path.read_text("utf-8")
    assert "And forwards?" in drawing
    assert "= 3.2974" in drawing
