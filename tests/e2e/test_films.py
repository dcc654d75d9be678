"""Films made in the real window, given up and killed half-way, with an old file in the place."""

from __future__ import annotations

import pytest

from tests.e2e.waiting import until

pytestmark = pytest.mark.e2e

OLD = b"as it was"
FILMS = ("gif", "webp", "apng", "mp4")


def make(desk, dialog, path):
    """Begin to make a file, in the place of one that is there."""
    desk.key("alt+e")
    asking = until(lambda: other_than(desk, dialog), "it asks for a file")
    desk.type(str(path))
    desk.key("Return")
    until(lambda: other_than(desk, dialog, asking), "it asks whether to replace the old one")
    desk.key("alt+y")
    until(lambda: desk.focused() == dialog, "the keyboard is back")


def other_than(desk, *known):
    """Give the window that has the keyboard, once it is another one."""
    focused = desk.focused()
    return focused if focused not in ("", *known) else None


def is_half_made(folder):
    return any(path.name.endswith(".tmp") for path in folder.iterdir())


def test_films_that_are_given_up_or_killed_half_way_leave_the_old_files(app, desk, tmp_path):
    folder = tmp_path / "films"
    folder.mkdir()
    paths = [folder / f"walk.{kind}" for kind in FILMS]
    for path in paths:
        path.write_bytes(OLD)
    desk.key("ctrl+alt+f")
    dialog = desk.wait_for_window("Export Film")
    desk.key("alt+n", "ctrl+a")
    desk.type("0.1")  # steps a second, so that it takes a while
    for place, path in enumerate(paths):
        desk.key("alt+f", "Home", *["Down"] * place)
        make(desk, dialog, path)
        app.until(lambda: is_half_made(folder), "it is being made")
        desk.key("Escape")
        app.until(lambda: not is_half_made(folder), "it is given up")
    make(desk, dialog, paths[-1])
    app.until(lambda: is_half_made(folder), "it is being made again")
    app.kill()
    assert {path.name for path in paths} <= {path.name for path in folder.iterdir()}
    assert {path.read_bytes() for path in paths} == {OLD}
