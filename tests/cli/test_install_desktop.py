"""`script/install-desktop`: into the menu, with a double-click that opens documents; and out."""

from __future__ import annotations

import configparser
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

STUB = '#!/bin/sh\nprintf "%s\\n" "$@"\n'


@pytest.fixture
def data(tmp_path):
    return tmp_path / "data"


def install(data, *arguments, root=ROOT):
    return subprocess.run(
        [root / "script" / "install-desktop", *arguments],
        env={"PATH": os.environ["PATH"], "HOME": "/nowhere", "XDG_DATA_HOME": str(data)},
        capture_output=True,
        text=True,
        check=False,
    )


def files(folder):
    return {str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file()}


OURS = {
    "applications/gradwalk.desktop",
    "mime/packages/gradwalk.xml",
    "icons/hicolor/scalable/apps/gradwalk.svg",
    "icons/hicolor/scalable/mimetypes/application-x-gradwalk.svg",
}


def test_all_of_it_comes_and_all_of_it_goes(data):
    done = install(data)
    assert (done.returncode, done.stdout) == (0, "")
    assert "Gradwalk is in the menu" in done.stderr
    assert files(data) >= OURS
    done = install(data, "--uninstall")
    assert done.returncode == 0
    assert files(data).isdisjoint(OURS)
    assert "gradwalk" not in (data / "mime" / "globs2").read_text()


def test_it_can_be_run_again_and_undone_where_nothing_is(data):
    assert install(data, "--uninstall").returncode == 0
    assert install(data).returncode == install(data).returncode == 0


def test_the_entry_is_a_valid_one(data):
    install(data)
    entry = data / "applications" / "gradwalk.desktop"
    done = subprocess.run(
        ["desktop-file-validate", entry], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout + done.stderr) == (0, "")


KIND = """
import sys
from PySide6.QtCore import QMimeDatabase
kind = QMimeDatabase().mimeTypeForFile(sys.argv[1])
print(kind.name(), kind.comment(), kind.iconName(), *kind.parentMimeTypes())
"""


@pytest.mark.parametrize("name", ["a.gradwalk", "without-an-ending"])
def test_a_document_is_known_by_its_name_and_by_what_it_holds(data, tmp_path, name):
    install(data)
    path = tmp_path / name
    shutil.copy(ROOT / "resources" / "examples" / "tutorial.gradwalk", path)
    done = subprocess.run(
        [sys.executable, "-c", KIND, path],
        env={**os.environ, "XDG_DATA_HOME": str(data)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == (
        "application/x-gradwalk Gradwalk document application-x-gradwalk application/json\n"
    )


@pytest.mark.parametrize("folder", ["plain", "two words", "$HOME `x` \"q\" 100% b\\s 'a'"])
def test_a_double_click_hands_the_files_over_wherever_the_app_lies(data, tmp_path, folder):
    root = tmp_path / folder
    for part in ("script", "resources"):
        shutil.copytree(ROOT / part, root / part)
    (root / "script" / "run").write_text(STUB)
    assert install(data, root=root).returncode == 0
    entry = configparser.RawConfigParser()
    entry.read(data / "applications" / "gradwalk.desktop", "utf-8")
    words = entry["Desktop Entry"]["Exec"].replace("\\\\", "\\").replace("%%", "%")
    # What is left is quoted as the shell quotes.
    done = subprocess.run(
        ["sh", "-c", words.replace("%F", '"my notes.gradwalk" b.gradwalk')],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout, done.stderr) == ("my notes.gradwalk\nb.gradwalk\n", "")


def test_what_is_installed_names_what_is_there(data):
    install(data)
    entry = configparser.RawConfigParser()
    entry.read(data / "applications" / "gradwalk.desktop", "utf-8")
    facts = entry["Desktop Entry"]
    assert facts["exec"] == f'"{ROOT}/script/run" %F'
    assert facts["mimetype"] == "application/x-gradwalk;"
    assert facts["icon"] == "gradwalk"


def test_a_wrong_word_is_told_how_it_is_used(data):
    done = install(data, "--now")
    assert (done.returncode, done.stdout) == (
        2,
        "usage: script/install-desktop [--uninstall]\n",
    )
    assert install(data, "--help").returncode == 0
    assert not data.exists()


def test_a_place_that_cannot_be_written_to_is_told(tmp_path):
    (tmp_path / "file").touch()
    done = install(tmp_path / "file")
    assert done.returncode == 2
    assert "cannot be written to" in done.stderr
