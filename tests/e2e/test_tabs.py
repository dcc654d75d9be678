"""Several documents in tabs, with the real mouse and the real keys."""

from __future__ import annotations

import shutil

import pytest

from tests.e2e.gradwalk import ROOT

pytestmark = pytest.mark.e2e

EXAMPLES = ROOT / "resources" / "examples"


def test_documents_stand_in_tabs_each_with_its_walk_and_its_undo(start, desk, tmp_path):
    notes = tmp_path / "notes.gradwalk"
    shutil.copy(EXAMPLES / "fan-out.gradwalk", notes)
    app = start(notes)
    app.until(lambda: app.title == "notes — Gradwalk", "the file took the place of the tutorial")
    alone = app.canvas()
    desk.key("End")
    there = app.heading()
    app.set_value(app.pills()[0], "5")
    app.until(lambda: app.title == "notes* — Gradwalk", "there is a change")

    desk.key("ctrl+n")
    app.until(lambda: app.title == "Untitled — Gradwalk", "a new document is in front")
    app.until(lambda: app.canvas().top > alone.top, "tabs have come above the canvas")
    app.until(lambda: not app.cards() and not app.pills(), "it is empty")
    app.append("number")
    app.until(lambda: app.title == "Untitled* — Gradwalk", "it has an input")
    desk.key("ctrl+z")
    app.until(lambda: app.title == "Untitled — Gradwalk", "undo is about this document")

    for back, forth in (("ctrl+shift+Tab", "ctrl+Tab"), ("ctrl+Prior", "ctrl+Next")):
        desk.key(back)
        app.until(lambda: app.title == "notes* — Gradwalk", f"{back} goes to the tab before")
        desk.key(forth)
        app.until(lambda: app.title == "Untitled — Gradwalk", f"{forth} goes to the next tab")

    # By mouse: to the first tab, and away with it, but not without a question.
    tab = app.canvas().left + 40, app.canvas().top - 18
    desk.click(tab)
    app.until(lambda: app.title == "notes* — Gradwalk", "a click brings a tab to the front")
    assert app.heading() == there
    desk.click_middle(tab)
    desk.wait_for_window("Unsaved changes")
    desk.key("Tab", "space")  # on from Save to Discard
    app.until(lambda: app.title == "Untitled — Gradwalk", "the tab is closed")
    app.until(lambda: app.canvas().top == alone.top, "no tabs are needed for one document")

    desk.key("ctrl+shift+t")
    app.until(lambda: app.title == "notes* — Gradwalk", "it is back, with its change")
    assert app.heading() == there
    desk.key("ctrl+s")
    app.until(lambda: app.title == "notes — Gradwalk", "it is saved")
    desk.key("ctrl+w")
    app.until(lambda: app.title == "Untitled — Gradwalk", "Ctrl+W closes a tab")
    assert app.quit() == 0
