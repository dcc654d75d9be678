"""A sudden end, on a real desk: kill -9 in the middle of an edit, and the next start."""

from __future__ import annotations

import pytest

from tests.e2e.waiting import until

pytestmark = pytest.mark.e2e


def test_what_was_not_saved_is_given_back_after_a_kill(start, desk, tmp_path):
    kept = tmp_path / "home" / "data"

    def drafts():
        return list(kept.rglob("*.draft"))

    app = start()
    app.set_value(app.pills()[0], "3")
    app.until(lambda: app.title == "Tutorial* — Gradwalk", "there is a change")
    app.until(drafts, "it is kept")
    app.kill()
    assert drafts()

    app = start()
    assert app.title == "Tutorial — Gradwalk"
    desk.key("space")  # Restore has the keyboard
    app.until(lambda: app.title == "Tutorial* — Gradwalk", "it is back, and not saved yet")
    app.until(lambda: len(drafts()) == 1, "it is kept on, and no longer twice")
    desk.key("ctrl+w")
    desk.wait_for_window("Unsaved changes")
    desk.key("Tab", "space")  # on from Save to Discard
    app.until(lambda: app.title == "Untitled — Gradwalk", "it is closed")
    assert app.quit() == 0
    until(lambda: not drafts(), "nothing is left behind")
