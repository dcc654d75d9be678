"""Grouping, folding and entering with a real mouse and keyboard."""

from __future__ import annotations

import json

import pytest

from tests.e2e.gradwalk import COLOURS

pytestmark = pytest.mark.e2e


def saved(path):
    return json.loads(path.read_text(encoding="utf-8"))


def test_blocks_are_grouped_opened_entered_kept_in_the_palette_and_undone(app, desk, tmp_path):
    first, second, _ = app.cards()
    desk.click(first.centre)
    desk.key("shift+Tab", "Tab")  # the keyboard is on the first card
    desk.drag((first.left - 12, first.top - 40), (second.right + 12, second.bottom + 40))
    desk.key("ctrl+g")
    group = app.until(lambda: len(cards := app.cards()) == 2 and cards[0], "two are one")
    assert group.width > first.width

    # Opened in place, and folded again.
    desk.key("o")
    app.until(lambda: len(app.cards()) == 3, "all three are seen again")
    desk.key("o")
    app.until(lambda: len(app.cards()) == 2, "they are folded again")

    # The walk steps over it: x, the group, y, the turn, y, the group.
    desk.key("Home")
    seen = [app.heading()]
    for _ in range(5):
        desk.key("Right")
        seen.append(app.heading())
    assert len({*seen}) == 6
    desk.key("Right")
    assert app.heading() == seen[-1]

    # Entered with the mouse, left with the keyboard.
    desk.double_click(app.cards()[0].centre)
    app.until(lambda: len(app.cards()) == 2 and app.cards()[0].width < group.width, "it is entered")
    desk.key("Escape")
    app.until(lambda: app.cards()[0].width >= group.width - 2, "it is left")

    # Kept in the palette, and appended from there.
    desk.key("F3")
    desk.type("Wave")
    desk.key("Return", "ctrl+k")
    desk.key("Escape")
    app.append("Wave")
    app.until(lambda: len(app.cards()) == 3, "a second one is there")
    path = tmp_path / "grouped.gradwalk"
    app.save_as(path)
    groups = saved(path)["groups"]
    assert [row["name"] for row in groups] == ["Wave", "Wave 2"]
    assert [row["folded"] for row in groups] == [True, True]

    desk.key(*["ctrl+z"] * 5)  # append, rename, fold, unfold, group
    app.until(lambda: len(app.cards()) == 3 and app.cards()[0].width < group.width, "as it was")
    desk.key("ctrl+s")
    app.until(lambda: "groups" not in saved(path), "the file has no groups any more")


def test_a_block_is_dragged_into_an_open_group_and_out_of_it_and_by_keyboard(app, desk, tmp_path):
    first, second, last = app.cards()
    path = tmp_path / "moved.gradwalk"

    def members():
        desk.key("ctrl+s")
        app.until(lambda: app.title == "moved — Gradwalk", "it is saved")
        names = {block["id"]: block["name"] for block in saved(path)["blocks"]}
        return {names[member] for member in saved(path)["groups"][0]["members"]}

    desk.drag((first.left - 12, first.top - 40), (second.right + 12, second.bottom + 40))
    desk.key("ctrl+g")
    app.until(lambda: len(app.cards()) == 2, "two are one")
    desk.key("o")
    app.until(lambda: len(app.cards()) == 3, "it is open")
    app.save_as(path)
    app.until(lambda: len(app.cards()) == 3, "nothing covers it any more")
    first, second, last = app.cards()

    def coloured(name):
        return int(app._on_canvas(COLOURS["light"][name])[0].sum())

    # Into the outline, which says so before the button is let go.
    inside = (first.right + second.left) // 2, first.bottom + 8
    desk.carry(last.at(0.5, 0.8), (last.centre[0], first.bottom + 150), inside)
    app.until(lambda: coloured("ok_bg") > 5000, "the outline takes it in")
    desk.key("Escape")
    app.until(lambda: coloured("ok_bg") == 0, "Escape gives it up")
    desk.release()
    assert app.title == "moved — Gradwalk"
    desk.drag(last.at(0.5, 0.8), (last.centre[0], first.bottom + 150), inside)
    app.until(lambda: app.title == "moved* — Gradwalk", "it has changed")
    assert members() == {"a", "b", "y"}

    # One undo takes the move and the change back; out again by mouse, and in by keyboard.
    desk.key("ctrl+z")
    app.until(lambda: app.cards() == [first, second, last], "it stands where it stood")
    assert members() == {"a", "b"}
    below = second.centre[0], second.bottom + 190
    desk.drag(second.at(0.5, 0.8), below)
    app.until(lambda: app.title == "moved* — Gradwalk", "it has changed")
    assert members() == {"a"}
    desk.key("shift+Next")
    app.until(lambda: app.title == "moved* — Gradwalk", "it has changed")
    assert members() == {"a", "b"}
    desk.key("shift+Prior")
    app.until(lambda: app.title == "moved* — Gradwalk", "it has changed")
    assert members() == {"a"}
