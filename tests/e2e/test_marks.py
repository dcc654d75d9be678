"""Bends, frames and notes with a real mouse and keyboard, and what the file has of them."""

from __future__ import annotations

import json

import pytest

pytestmark = pytest.mark.e2e


def test_a_wire_is_led_around_and_blocks_are_framed_and_noted(app, desk, tmp_path):
    first, second = app.cards()[:2]
    half_way = (first.right + second.left) // 2, first.centre[1]
    below = half_way[0], first.bottom + 60
    desk.double_click(half_way)
    desk.drag(half_way, below)

    # A frame around two cards, drawn over empty ground and given its title.
    desk.drag((first.left - 12, first.top - 40), (second.right + 12, second.bottom + 20))
    desk.key("shift+g")
    desk.type("inner")
    desk.key("Return")

    # A note where the pointer is.
    desk.move((first.left, second.bottom + 130))
    desk.key("Escape", "shift+n")
    desk.type("mind")
    desk.key("ctrl+Return")

    path = tmp_path / "drawn.gradwalk"
    app.save_as(path)
    told = json.loads(path.read_text(encoding="utf-8"))
    assert told["version"] == 4
    ((x, y),) = (bend for wire in told["wires"] for bend in wire.get("bends", []))
    by_name = {block["name"]: block for block in told["blocks"]}
    assert by_name["a"]["x"] < x < by_name["b"]["x"]
    assert y > by_name["a"]["y"] + 40
    assert [frame["text"] for frame in told["frames"]] == ["inner"]
    assert [note["text"] for note in told["notes"]] == ["mind"]

    # Dragged by its title, the frame takes its blocks along.
    frame = told["frames"][0]
    assert frame["x"] < by_name["a"]["x"] < by_name["b"]["x"] < frame["x"] + frame["width"]
    before = app.until(lambda: len(now := app.cards()) == 3 and now, "the dialog is gone")
    desk.drag((first.left + 10, first.top - 40), (first.left + 10, first.top + 10))
    moved = app.until(
        lambda: len(now := app.cards()) == 3 and now[0].top > before[0].top + 20 and now,
        "its blocks have moved",
    )
    assert moved[1].top == moved[0].top
    assert moved[2] == before[2]
    desk.key("ctrl+z")
    app.until(lambda: app.cards() == before, "one undo puts all of it back")
