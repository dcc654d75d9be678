"""Fixtures: an X server for all tests, and for each test a desk, a home, and the app to start."""

from __future__ import annotations

import json
import os

import pytest

from tests.e2e.all_kinds import OF_ALL_KINDS
from tests.e2e.desk import Desk
from tests.e2e.gradwalk import Gradwalk
from tests.e2e.screen import missing, x_server

OUT_OF_THE_WAY = 1399, 899
FAILED = pytest.StashKey[bool]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    if report.failed:
        item.stash[FAILED] = True
    return report


def need(lacking):
    """Leave a test out where something is lacking."""
    if lacking:
        reason = f"there is no {', no '.join(lacking)}"
        # Where a person builds, a test may be left out; where a server builds, none may.
        (pytest.fail if os.environ.get("CI") else pytest.skip)(reason)


@pytest.fixture(scope="session")
def display(tmp_path_factory):
    need(missing())
    with x_server(tmp_path_factory.mktemp("screen")) as name:
        yield name


@pytest.fixture
def desk(display):
    return Desk(display)


@pytest.fixture
def start(desk, tmp_path, request):
    """Start the app on some files; a picture of the screen is kept if the test fails.

    Whatever the app prints fails the test: a warning of Qt, or a traceback from a handler.
    """
    home = tmp_path / "home"
    home.mkdir()
    started = []

    def start_it(*files, bus=""):
        desk.move(OUT_OF_THE_WAY)
        app = Gradwalk(desk, home, *files, bus=bus)
        started.append(app)
        app.arrive()
        return app

    yield start_it
    if request.node.stash.get(FAILED, False):
        desk.take_picture(tmp_path / "screen.png")
        print(f"the screen: {tmp_path / 'screen.png'}")  # noqa: T201 - pytest shows it
    desk.let_go_of_all()
    for each in started:
        each.kill()
    assert not "".join(each.said() for each in started)


@pytest.fixture
def app(start):
    """The app as it opens: on the tutorial."""
    return start()


@pytest.fixture
def all_kinds(start, desk, tmp_path):
    """The app with a document in which there is something for every verb, and nothing glides."""
    path = tmp_path / "all.gradwalk"
    path.write_text(json.dumps(OF_ALL_KINDS), encoding="utf-8")
    app = start(path)
    desk.key_and_see("ctrl+shift+p")
    desk.type("reduced motion")
    desk.key_and_see("Return")
    return app


@pytest.fixture
def picture(all_kinds, desk):
    """What gives a picture of that canvas, at rest, with nothing selected and all in sight."""
    canvas = all_kinds.canvas()

    def seen():
        there = desk.look()[canvas.top + 60 : canvas.bottom, canvas.left : canvas.right]
        return there.tobytes()

    def at_rest():
        desk.move(OUT_OF_THE_WAY)
        desk.key("Escape", "Escape", "f")
        return all_kinds.until(lambda: (now := seen()) == seen() and now, "it is at rest")

    return at_rest
