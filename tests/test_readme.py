"""README.md and the guide say what is so: their code runs, and what they point at is there."""

from __future__ import annotations

import doctest
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

ROOT = Path(__file__).resolve().parents[1]
README, GUIDE = ROOT / "README.md", ROOT / "docs" / "guide.md"
PAGES = [README, *sorted((ROOT / "docs").rglob("*.md")), ROOT / "CHANGELOG.md"]
HOSTS = ("https://", "http://")


def blocks(page: Path, language: str) -> list[str]:
    """List the blocks of a page that are written in one language."""
    fenced = re.compile(rf"^```{language}\n(.*?)^```$", re.MULTILINE | re.DOTALL)
    return fenced.findall(page.read_text(encoding="utf-8"))


def commands(page: Path) -> list[tuple[str, str]]:
    """List the commands that a page shows, each with what it prints."""
    shown = re.compile(r"^\$ script/run (.*)\n((?:(?!\$ ).*\n)*)", re.MULTILINE)
    return [found for block in blocks(page, "console") for found in shown.findall(block)]


def test_the_python_in_the_readme_gives_what_stands_below_it():
    code = "\n".join(blocks(README, "python"))
    example = doctest.DocTestParser().get_doctest(code, {}, "README.md", str(README), 0)
    assert len(example.examples) > 10
    told: list[str] = []
    result = doctest.DocTestRunner().run(example, out=told.append)
    assert result.failed == 0, "".join(told)


@pytest.mark.parametrize("page", [README, GUIDE], ids=lambda page: page.name)
def test_the_commands_of_a_page_print_what_stands_below_them(page):
    shown = commands(page)
    assert shown
    for words, printed in shown:
        done = subprocess.run(
            [sys.executable, str(ROOT / "main.py"), *shlex.split(words)],
            capture_output=True,
            encoding="utf-8",
            env={**os.environ, "COLUMNS": "100", "PYTHONIOENCODING": "utf-8"},
            cwd=ROOT,
            check=False,
        )
        assert done.stdout + done.stderr == printed, words


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_of_a_page_leads_to_something(page):
    text = page.read_text(encoding="utf-8")
    links = re.findall(r"\]\(([^)]+)\)", text) + re.findall(r'(?:src|srcset)="([^"]+)"', text)
    for link in links:
        path, _, heading = link.partition("#")
        if link.startswith(HOSTS):
            continue
        target = page.parent / path if path else page
        assert target.exists(), link
        if heading:
            assert heading in headings(target), link


def headings(page: Path) -> set[str]:
    """List what the headings of a page are called in links."""
    found = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in found}


def test_every_picture_is_shown_on_a_page_and_is_small():
    shown = README.read_text(encoding="utf-8") + GUIDE.read_text(encoding="utf-8")
    for picture in (ROOT / "docs" / "pictures").iterdir():
        assert f"pictures/{picture.name}" in shown
        assert picture.stat().st_size < (400_000 if picture.suffix == ".gif" else 250_000)


@pytest.mark.parametrize("name", ["walk", "walk-dark"])
def test_the_film_at_the_top_of_the_readme_shows_the_whole_walk(name):
    with Image.open(ROOT / "docs" / "pictures" / f"{name}.gif") as film:
        assert film.n_frames > 100
        assert film.size == (1600, 800)
        film.seek(film.n_frames - 1)
        assert film.info["duration"] > 1000


def rooms(folder: Path) -> set[str]:
    """List the modules and the packages that stand in a folder."""
    modules = {path.name for path in folder.glob("*.py")} - {"__init__.py"}
    return modules | {f"{path.parent.name}/" for path in folder.glob("*/__init__.py")}


@pytest.mark.parametrize("name", ["engine", "gui"])
def test_the_architecture_names_every_room_and_none_that_is_gone(name):
    page = (ROOT / "docs" / "ARCHITECTURE.md").read_text(encoding="utf-8")
    told = re.search(rf"^{name}/\s(.*?)(?=^\S)", page, re.MULTILINE | re.DOTALL)
    assert told is not None
    named = set(re.findall(r"\b[a-z_]+(?:\.py|/)", told[1]))
    assert rooms(ROOT / name) - named == set()
    known = {path.name for path in (ROOT / name).rglob("*.py")}
    assert {room for room in named if room.endswith(".py")} - known == set()
