"""Grouping, folding and entering with a real mouse and keyboard."""

from __future__ import annotations

import json

import pytest

from tests.e2e.gradwalk import COLOURS
from tests.e2e.picture import islands

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


def test_groups_nest_and_are_entered_and_left_along_the_path_at_the_top(app, desk):
    tutorial = app.cards()
    first, second, _ = tutorial
    desk.drag((first.left - 12, first.top - 40), (second.right + 12, second.bottom + 40))
    desk.key("ctrl+g")
    app.until(lambda: len(app.cards()) == 2, "two are one")
    desk.key("ctrl+a", "ctrl+g")
    app.until(lambda: len(app.cards()) == 1, "that and the rest are one")

    desk.key("Next")
    outer = app.until(lambda: len(now := app.cards()) == 2 and now, "the outer one is entered")
    desk.double_click(outer[0].at(0.5, 0.25))
    app.until(
        lambda: len(now := app.cards()) == 2 and now[0].width < outer[0].width, "and the inner one"
    )
    ground = app.canvas()
    desk.click((ground.left + 100, ground.top + 50))
    app.until(lambda: app.cards() == outer, "its name in the path leads out of the inner one")
    desk.click((ground.left + 40, ground.top + 50))
    app.until(lambda: len(app.cards()) == 1, "and that of the document out of both")

    # Step by step: over the group, and with I into it.
    desk.key("Home", "Right")
    assert "step 4 of" in app.heading(), "all that is in the group is one stop"
    desk.key("Home", "i", "Right")
    assert "step 2 of" in app.heading(), "and now block by block"
    assert len(app.cards()) == 2, "seen where it stands, in the inner group"
    desk.key("i", "Prior", "Prior")
    app.until(lambda: len(app.cards()) == 1, "it is left")

    desk.key("ctrl+z")
    app.until(lambda: len(app.cards()) == 2, "the outer group is gone")
    desk.key("ctrl+z")
    app.until(lambda: app.title == "Tutorial — Gradwalk", "and the inner one")
    desk.key("Home", "f")
    app.until(lambda: app.cards() == tutorial, "all is as it was")


def test_a_block_of_ones_own_has_parameters_and_its_file_goes_to_another_person(
    app, desk, start, tmp_path
):
    path = tmp_path / "shared.gradwalk-block"
    desk.key("ctrl+n")
    app.until(lambda: app.title == "Untitled — Gradwalk", "there is a new document")
    desk.put_on_clipboard("x = 1\nw = 3\ny = sin(w * x)")
    desk.key("ctrl+v")
    app.until(lambda: len(app.cards()) == 2, "the blocks are there")
    desk.key("ctrl+a", "ctrl+g")
    app.until(lambda: len(app.cards()) == 1, "they are one")
    desk.key("F3")
    desk.type("Wave")
    desk.key("Return", "F2", "ctrl+a")
    desk.type("w=2, x=0")
    desk.key("Return")
    desk.key("ctrl+a", "ctrl+c")
    app.until(lambda: {"x = 0", "w = 2"} < {*desk.clipboard().splitlines()}, "they have changed")
    choose(desk, "export as a block")
    desk.wait_for_window("Export as a Block")
    desk.type(str(path))
    desk.key("Return")
    app.until(path.is_file, "its file is there")
    app.kill()

    other = start()
    choose(desk, "import a block")
    desk.wait_for_window("Import a Block")
    desk.type(str(path))
    desk.key("Return")
    other.until(lambda: desk.find_window("Import a Block") is None, "it is taken")
    desk.key("ctrl+n")
    other.until(lambda: other.title == "Untitled — Gradwalk", "there is a new document")
    other.append("Wave")
    other.until(lambda: len(other.cards()) == 1, "it is placed in the window of another")
    desk.key("F2", "ctrl+a")
    desk.type("w=5")
    desk.key("Return")
    desk.key("ctrl+a", "ctrl+c")
    other.until(
        lambda: {"x = 0", "w = 5"} < {*desk.clipboard().splitlines()}, "with its parameters"
    )


def choose(desk, words):
    """Do something that has no key: search for it."""
    desk.key_and_see("ctrl+shift+p")
    desk.type(words)
    desk.key_and_see("Return")


def test_a_very_large_graph_folds_itself_and_says_so(app, desk, tmp_path):
    path = tmp_path / "large.gradwalk"
    count = 430
    path.write_text(json.dumps(chain(count)), encoding="utf-8")
    desk.key("ctrl+o")
    desk.wait_for_window("Open")
    desk.type(str(path))
    desk.key("Return")
    app.until(lambda: app.title == "large — Gradwalk", "it is open")
    app.until(lambda: notice(app) is not None, "it says so at the foot")
    desk.key("ctrl+shift+s")
    copy = tmp_path / "folded.gradwalk"
    desk.wait_for_window("Save As")
    desk.type(str(copy))
    desk.key("Return")
    app.until(lambda: app.title == "folded — Gradwalk", "it is saved")
    assert 2 < len(saved(copy)["groups"]) < count / 10

    box = notice(app)
    desk.click((box.right - 110, box.centre[1]))
    app.until(lambda: app.title == "folded* — Gradwalk", "its button shows every block")
    desk.key("ctrl+s")
    app.until(lambda: "groups" not in saved(copy), "there is no group any more")
    assert notice(app) is None


def notice(app):
    """Where the line at the foot of the canvas is, if there is one."""
    filled, canvas = app._on_canvas(COLOURS["light"]["card"])
    foot = canvas.at(0.5, 1)[1] - 45
    found = [box for box in islands(filled, 20) if box.width > 300 and box.bottom > foot]
    return found[0] if found else None


def chain(count):
    """Tell of a chain of so many blocks."""
    blocks = [{"id": "b0", "kind": "input", "name": "x", "value": 0.5, "x": 0, "y": 0}]
    for n in range(1, count + 1):
        kind = "sin" if n % 7 else "exp"
        blocks.append({"id": f"b{n}", "kind": kind, "name": f"v{n}", "x": 120 * n, "y": 0})
    wires = [{"source": f"b{n}", "target": f"b{n + 1}", "port": 0} for n in range(count)]
    target = f"b{count}"
    return {
        "format": "gradwalk",
        "version": 1,
        "target": target,
        "blocks": blocks,
        "wires": wires,
    }
