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


def test_a_frame_and_a_note_are_folded_moved_and_copied_with_their_group(app, desk, tmp_path):
    first, second = app.cards()[:2]
    path = tmp_path / "grouped.gradwalk"

    def homes():
        desk.key("ctrl+s")
        app.until(lambda: app.title == "grouped — Gradwalk", "it is saved")
        told = json.loads(path.read_text(encoding="utf-8"))
        return [row.get("within") for row in (*told["frames"], *told["notes"])]

    # A frame around two cards, and a note below, which is inside the frame of neither.
    around = (first.left - 12, first.top - 40), (second.right + 12, second.bottom + 20)
    desk.drag(*around)
    desk.key("shift+g")
    desk.type("inner")
    desk.key("Return")
    desk.move((first.left, second.bottom + 130))
    desk.key("Escape", "shift+n")
    desk.type("mind")
    desk.key("ctrl+Return")

    # Both are grouped with the two cards: the note because it is selected, too.
    desk.drag((first.left - 60, first.top - 70), (second.right + 60, second.bottom + 260))
    desk.key("ctrl+g")
    app.until(lambda: len(app.cards()) == 2, "two are one")
    app.save_as(path)
    assert homes() == ["g1", "g1"]
    desk.key("ctrl+d")
    app.until(lambda: len(app.cards()) == 3, "there is a second group")
    assert homes() == ["g1", "g2", "g1", "g2"]
    desk.key("ctrl+z", "ctrl+z")
    app.until(lambda: len(app.cards()) == 3 and app.cards()[0].width == first.width, "as it was")
    assert homes() == [None, None]
    desk.key("ctrl+shift+z")
    app.until(lambda: len(app.cards()) == 2, "they are grouped again")
    assert homes() == ["g1", "g1"]

    # Opened in place they are seen in it; dissolved, they belong to the document.
    desk.key("ctrl+a", "o")
    app.until(lambda: len(app.cards()) == 3, "it is open")
    desk.key("ctrl+shift+g")
    app.until(lambda: app.title == "grouped* — Gradwalk", "it has changed")
    assert homes() == [None, None]
