"""A disk that is full or sealed: a sentence, exit status 2, and every file is as it was."""

from __future__ import annotations

import json
import os
import subprocess
import sys

from tests.cli.commands import EXAMPLE, ROOT, finish, start

TUTORIAL = ("square(exp(square(x)))", "--set", "x=0.5")
SMALL = ("--size", "320x200", "--fps", "4", "--speed", "4")

FILMS = ("gif", "webp", "apng", "mp4")
PICTURES = ("png", "svg", "pdf")
TEXTS = {
    "program.py": ("--to", "numpy"),
    "torch.py": ("--to", "pytorch"),
    "book.py": ("--to", "tutorial"),
    "book.ipynb": (),
    "derivation.tex": (),
    "graph.mmd": ("--to", "mermaid"),
    "graph.dot": (),
    "walk.html": (),
}
WAYS = ("to_html", "to_png", "to_pdf", "to_gif", "to_webp", "to_apng", "to_mp4")


def commands(path):
    """Everything that writes a file, each with the name of its file."""
    for kind in (*PICTURES, *FILMS):
        file = f"picture.{kind}"
        yield file, ["render", *TUTORIAL, *SMALL, "--output", str(path / file)]
    file = "handout.pdf"
    yield file, ["render", *TUTORIAL, "--each-step", "--output", str(path / file)]
    for file, options in TEXTS.items():
        yield file, ["export", *TUTORIAL, *options, "--output", str(path / file)]
    for way in WAYS:
        file = f"recording.{way.removeprefix('to_')}"
        yield file, ["recording", way, str(path / file)]
    for file, words in (
        ("tutorial.py", ["export", str(EXAMPLE), "--to", "numpy"]),
        ("tutorial.txt", ["check", str(EXAMPLE)]),
        ("tutorial.gif", ["render", str(EXAMPLE), *SMALL, "--to", "gif"]),
    ):
        yield file, [*words, "--into", str(path)]


def run_all(disk, asked):
    done = subprocess.run(
        disk.command(sys.executable, "-m", "tests.cli.several"),
        input=json.dumps([words for _, words in asked]),
        capture_output=True,
        text=True,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)},
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return [tuple(outcome) for outcome in json.loads(done.stdout)]


def test_whatever_cannot_be_written_is_told_and_leaves_every_old_file(small_disk):
    asked = list(commands(small_disk.path))
    files = [file for file, _ in asked]
    assert len({*files}) == len(files)
    for file in files:
        (small_disk.seen / file).write_bytes(b"as it was")
    small_disk.fill()
    for (file, _), outcome in zip(asked, run_all(small_disk, asked), strict=True):
        sentence = f"gradwalk: {file} cannot be saved: {small_disk.reason}.\n"
        assert (file, *outcome) == (file, 2, sentence)
    assert small_disk.names() == sorted(files)
    assert {(small_disk.seen / file).read_bytes() for file in files} == {b"as it was"}


def test_what_may_not_be_written_is_told_and_leaves_every_old_file(small_disk):
    asked = list(commands(small_disk.path))
    old = [file for file, _ in asked[::2]]
    for file in old:
        (small_disk.seen / file).write_bytes(b"as it was")
    small_disk.seal()
    for (file, _), (status, said) in zip(asked, run_all(small_disk, asked), strict=True):
        assert (file, status) == (file, 2)
        why = said.removeprefix(f"gradwalk: {file} cannot be saved: ").removesuffix(".\n")
        assert why in (small_disk.reason, "it is write-protected")
    assert small_disk.names() == sorted(old)
    assert {(small_disk.seen / file).read_bytes() for file in old} == {b"as it was"}


def test_what_does_not_fit_whole_is_not_begun(small_disk):
    """A page of the disk is left, which takes the beginning of each of these."""
    large = [*PICTURES, *FILMS, "html"]
    asked = [one for one in commands(small_disk.path) if one[0].rpartition(".")[2] in large]
    assert len(asked) > len(large)
    small_disk.fill(leave=4096)
    for (file, _), outcome in zip(asked, run_all(small_disk, asked), strict=True):
        sentence = f"gradwalk: {file} cannot be saved: {small_disk.reason}.\n"
        assert (file, *outcome) == (file, 2, sentence)
    assert small_disk.names() == []


def test_the_exit_status_of_a_film_on_a_full_disk_is_2(small_disk):
    small_disk.fill(leave=4096)
    path = small_disk.path / "a.webp"
    options = (*SMALL, "--output", path)
    process = start("render", *TUTORIAL, *options, under=small_disk.command())
    sentence = f"gradwalk: a.webp cannot be saved: {small_disk.reason}.\n"
    assert finish(process) == (2, "", sentence)
    assert small_disk.names() == []
