"""Fixtures: one browser for all tests, and for each test a page of its own in it."""

from __future__ import annotations

import pytest

from tests.browser.chromium import Browser


@pytest.fixture(scope="session")
def browser(tmp_path_factory):
    found = Browser(tmp_path_factory.mktemp("browser"))
    yield found
    found.close()


@pytest.fixture
def tab(browser):
    """An empty page of 1,200 by 900 pixels that wants light colours and little motion."""
    found = browser.tab()
    found.window(1200, 900)
    found.prefer(still=True)
    yield found
    found.close()
