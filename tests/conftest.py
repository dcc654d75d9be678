"""What holds for every test: where it draws, where its settings lie, and that none is left out."""

from __future__ import annotations

import os
import sys

import pytest
from hypothesis import settings

from engine import FUNCTIONS
from engine.operators import Operators
from tests.small_disk import small_disk as made_small

PLATFORM = "QT_QPA_PLATFORM"
GIVEN = PLATFORM in os.environ

left_out: list[str] = []

# A busy machine is no failure.
settings.register_profile("patient", deadline=None, print_blob=True)
settings.load_profile("patient")


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item):
    """Draw on no screen, except where a test brings its own."""
    if GIVEN:
        return
    if item.get_closest_marker("e2e"):
        os.environ.pop(PLATFORM, None)
    else:
        os.environ[PLATFORM] = "offscreen"


@pytest.fixture(autouse=True)
def _fresh_settings(monkeypatch, tmp_path_factory):
    home = tmp_path_factory.mktemp("home")
    for name in ("CONFIG", "DATA", "STATE", "CACHE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(home / name.lower()))
    qt = sys.modules.get("PySide6.QtCore")
    if qt is not None:
        # Qt looks at the variables only once.
        settings = qt.QSettings
        for form in (settings.Format.NativeFormat, settings.Format.IniFormat):
            settings.setPath(form, settings.Scope.UserScope, str(home / "config"))


@pytest.fixture(autouse=True)
def _no_functions_left_behind():
    """Forget the Functions that a test makes known."""
    functions, ufuncs = dict(FUNCTIONS), dict(Operators.ufuncs)
    yield
    for known, before in ((FUNCTIONS, functions), (Operators.ufuncs, ufuncs)):
        known.clear()
        known.update(before)


@pytest.fixture
def small_disk(tmp_path):
    """Give a disk that can be filled."""
    with made_small(tmp_path) as disk:
        yield disk


def pytest_runtest_logreport(report):
    if report.skipped and os.environ.get("CI"):
        left_out.append(report.nodeid)


def pytest_collectreport(report):
    if report.skipped and os.environ.get("CI"):
        left_out.append(report.nodeid)


def pytest_terminal_summary(terminalreporter):
    if left_out:
        terminalreporter.section("left out, which counts as failed where CI is set", red=True)
        for name in left_out:
            terminalreporter.line(name)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session):
    if left_out and session.exitstatus in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
