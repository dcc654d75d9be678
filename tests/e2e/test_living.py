"""What goes on around the walk: files that are broken, changes that are unsaved, themes."""

from __future__ import annotations

import json
import shutil

import pytest

from tests.e2e.gradwalk import ROOT

pytestmark = pytest.mark.e2e

EXAMPLES = ROOT / "resources" / "examples"


def test_closing_with_unsaved_changes_asks(app, desk):
    app.set_value(app.pills()[0], "2")
    app.until(lambda: app.title == "Tutorial* — Gradwalk", "there is a change")
    desk.key("ctrl+q")
    desk.wait_for_window("Unsaved changes")
    desk.key("Escape")
    app.until(lambda: desk.find_window("Unsaved changes") is None, "the question is gone")
    assert app.title == "Tutorial* — Gradwalk"
    desk.key("Home")
    assert app.last_number() == 2
    desk.key("ctrl+q")
    desk.wait_for_window("Unsaved changes")
    desk.key("Tab", "space")  # on from Save to Discard
    assert app.ended() == 0


def test_a_document_named_on_the_command_line_is_opened(start, desk, tmp_path):
    notes = tmp_path / "notes.gradwalk"
    shutil.copy(EXAMPLES / "tutorial.gradwalk", notes)
    app = start(notes)
    app.until(lambda: app.title == "notes — Gradwalk", "the document is open")
    desk.key("End")
    assert app.last_number() == 3.297442541400256


@pytest.mark.parametrize(
    "content",
    ["no JSON at all", json.dumps({"format": "gradwalk", "version": 99}), "[" * 200_000],
    ids=["no JSON", "a newer version", "brackets"],
)
def test_a_file_that_cannot_be_opened_says_so_and_the_tutorial_stays(
    start, desk, tmp_path, content
):
    broken = tmp_path / "broken.gradwalk"
    broken.write_text(content, encoding="utf-8")
    app = start(broken)
    desk.wait_for_window("Not opened")
    desk.key("Return")
    app.until(lambda: desk.find_window("Not opened") is None, "the message is gone")
    assert app.title == "Tutorial — Gradwalk"
    assert len(app.cards()) == 3
    desk.key("End")
    assert app.last_number() == 3.297442541400256
    assert app.quit() == 0
    assert broken.read_text(encoding="utf-8") == content


def test_the_dark_theme_is_chosen_by_keyboard_and_remembered(start, desk):
    app = start()
    assert not app.is_dark
    desk.key_and_see("alt+v", "Up", "Right", "Down", "Down", "Return")
    app.until(lambda: app.is_dark, "it is dark")
    assert app.quit() == 0
    assert start().is_dark
