"""Fixtures: one browser for all tests, and for each test a page of its own in it."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from engine.recording import record
from main import main
from tests.browser.chromium import Browser
from tests.three import document_of, file_of


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


SMALL = ("--size", "480x300", "--fps", "4", "--speed", "4", "--strip")
"""A frame a step."""


@pytest.fixture
def film(tmp_path):
    """Let the command make a film of one of the three; give its file, and the number of steps."""

    def make(name, form):
        path = tmp_path / f"film.{form}"
        assert main(["render", str(file_of(name, tmp_path)), *SMALL, "--output", str(path)]) == 0
        document = document_of(name)
        return path, len(record(document.graph, document.target))

    return make


@pytest.fixture
def last(tmp_path):
    """Let the command paint the last step of one of the three, as large as the films."""

    def paint(name):
        path, source = tmp_path / "last.png", str(file_of(name, tmp_path))
        assert main(["render", source, "--size", "480x300", "--strip", "--output", str(path)]) == 0
        with Image.open(path) as picture:
            return np.asarray(picture.convert("RGB"), float)

    return paint
