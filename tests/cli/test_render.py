"""`gradwalk render`: pictures and films on the command line, without a display."""

from __future__ import annotations

import json
import os
import pty
import shlex
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import av
import pytest
from PIL import Image

import command_line
from gui.export.formats import FORMATS
from tests.cli.commands import EXAMPLE, ROOT, finish, start, wait_for, without_display

TUTORIAL = ("render", "square(exp(square(x)))", "--set", "x=0.5")
SMALL = ("--size", "320x200", "--fps", "4", "--speed", "4")


def rendered(*arguments, cwd=None):
    done = subprocess.run(
        [sys.executable, ROOT / "main.py", *arguments],
        capture_output=True,
        cwd=cwd,
        env=without_display(),
        check=False,
    )
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def test_the_command_line_and_the_pictures_know_the_same_formats():
    assert tuple(FORMATS) == command_line.FORMATS


@pytest.mark.parametrize("form", ["png", "gif", "webp", "apng"])
def test_a_picture_or_a_film_is_made_without_a_display_and_without_a_word(tmp_path, form):
    path = tmp_path / f"a.{form}"
    assert rendered(*TUTORIAL, *SMALL, "--output", path) == (0, "", "")
    with Image.open(path) as picture:
        assert picture.size == (320, 200)
        assert getattr(picture, "n_frames", 1) == (8 if FORMATS[form].moves else 1)
    assert list(tmp_path.iterdir()) == [path]


def test_an_mp4_an_svg_and_a_pdf_are_made(run, tmp_path):
    film, drawing, page = (tmp_path / name for name in ("a.mp4", "a.svg", "a.pdf"))
    for path in (film, drawing, page):
        assert run(*TUTORIAL, *SMALL, "--output", str(path)) == (0, "", "")
    with av.open(str(film)) as opened:
        assert sum(1 for _ in opened.decode(video=0)) == 8 + 6
    assert drawing.read_text("utf-8").startswith("<?xml")
    assert page.read_bytes().startswith(b"%PDF-1.")


@pytest.mark.parametrize(("options", "steps"), [((), range(1, 9)), (("--steps", "5:7"), (5, 6, 7))])
def test_a_pdf_can_have_a_page_for_each_step_with_its_explanation(run, tmp_path, options, steps):
    path = tmp_path / "a.pdf"
    status, out, _ = run(*TUTORIAL, "--each-step", *options, "--output", str(path), "--json")
    assert (status, json.loads(out)["frames"]) == (0, len(steps))
    done = subprocess.run(["pdftotext", path, "-"], capture_output=True, text=True, check=True)
    pages = done.stdout.rstrip("\f").split("\f")
    assert len(pages) == len(steps)
    for step, page in zip(steps, pages, strict=True):
        assert f"STEP {step} OF 8" in page
        assert ("2.5681" in page) == (step >= 6)


def test_a_film_of_a_part_of_the_walk_is_told_to_programs(run, tmp_path):
    path = tmp_path / "a.webp"
    options = ("--steps", "5:8", "--fps", "10", "--speed", "2", "--strip", "--scale", "0.5")
    status, out, err = run(*TUTORIAL, *options, "--output", str(path), "--json")
    assert (status, err) == (0, "")
    told = json.loads(out)
    assert (told["frames"], told["seconds"], told["steps"]) == (20, 3.5, [5, 8])
    with Image.open(path) as film:
        assert film.size == (told["width"], told["height"])


def test_the_places_and_groups_of_a_document_are_kept(run, tmp_path):
    path = tmp_path / "a.png"
    document = ROOT / "resources" / "examples" / "fan-out.gradwalk"
    assert run("render", str(document), "--output", str(path))[0] == 0
    from_text = tmp_path / "b.png"
    text = json.loads(document.read_text("utf-8"))
    assert text["blocks"]
    moved = tmp_path / "moved.gradwalk"
    for block in text["blocks"]:
        block["y"] = block["y"] * 2 + block["x"] / 3
    moved.write_text(json.dumps(text), "utf-8")
    assert run("render", str(moved), "--output", str(from_text))[0] == 0
    with Image.open(path) as one, Image.open(from_text) as other:
        assert other.height > one.height + 50


def test_the_theme_the_strip_and_the_ground_are_as_they_were_asked_for(run, tmp_path):
    path = tmp_path / "a.png"
    assert run(*TUTORIAL, "--output", str(path), "--theme", "dark", "--strip")[0] == 0
    with Image.open(path) as dark:
        height = dark.height
        assert max(dark.convert("RGB").getpixel((2, 2))) < 64
    assert run(*TUTORIAL, "--output", str(path), "--transparent")[0] == 0
    with Image.open(path) as clear:
        assert clear.height < height
        assert clear.getpixel((2, clear.height - 2))[3] == 0


def test_many_files_make_a_picture_each_at_once(tmp_path):
    sources = [str(path) for path in sorted((ROOT / "resources" / "examples").glob("*.gradwalk"))]
    into = tmp_path / "slides"
    status, out, err = rendered("render", *sources, "--into", into, "--to", "svg", "--json")
    assert (status, err) == (0, "")
    made = [json.loads(line) for line in out.splitlines()]
    assert [one["source"] for one in made] == sources
    names = {Path(one["output"]).name for one in made}
    assert names == {path.name for path in into.iterdir()}
    assert "tutorial.svg" in names


def test_one_file_that_is_broken_does_not_keep_the_others_from_being_made(tmp_path):
    broken = tmp_path / "broken.gradwalk"
    broken.write_text("{")
    into = tmp_path / "slides"
    status, out, err = rendered("render", broken, EXAMPLE, "--into", into, "--to", "png")
    assert (status, out) == (2, "")
    assert err.startswith("gradwalk: broken.gradwalk")
    assert err.count("\n") == 1
    assert [path.name for path in into.iterdir()] == ["tutorial.png"]


def test_a_document_can_come_from_stdin(tmp_path):
    path = tmp_path / "a.png"
    process = start("render", "-", "--output", path, stdin=subprocess.PIPE)
    assert finish(process, EXAMPLE.read_bytes()) == (0, "", "")
    assert path.stat().st_size > 1000


def test_every_example_of_the_help_runs(capsys, tmp_path):
    with pytest.raises(SystemExit):
        command_line.read_options(["render", "--help"])
    examples = capsys.readouterr().out.split("examples:")[1].split("\n")
    commands = [line.strip() for line in examples if line.strip().startswith("gradwalk render")]
    assert len(commands) >= 4
    (tmp_path / "notes.gradwalk").write_bytes(EXAMPLE.read_bytes())
    for command in commands:
        words = shlex.split(command.replace("*", "notes"))[1:]
        assert rendered(*words, "--fps", "2", cwd=tmp_path) == (0, "", "")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ((), "Say what to make; --to takes one of png, svg, pdf, gif, webp, apng, mp4."),
        (("--to", "png"), "Say where to: --output takes a file, --into a folder."),
        (("--output", "a.doc"), "Nothing is known of files that end in .doc; take one of png,"),
        (("--output", "no/such/a.png"), "a.png cannot be saved: there is no such file or folder."),
        (("--into", "no", "--to", "png"), "Into a folder go files that end in .gradwalk"),
        (("--output", "a.png", "--step", "9"), "The walk has no step 9: its steps are 1 to 8."),
        (("--output", "a.gif", "--steps", "3:99"), "The walk has no steps 3 to 99: its steps are"),
        (("--output", "a.gif", "--transparent"), "GIF has no soft edges on a transparent ground"),
        (("--output", "a.gif", "--fps", "60"), "A GIF has at most 50 frames a second."),
        (("--output", "a.png", "--size", "4x4"), "A picture of 4 × 4 pixels would be too small"),
        (("--output", "a.png", "--scale", "900"), "would be too large; choose a size"),
        (
            ("--output", "a.gif", "--each-step"),
            "Only a PDF has a page for each step; take --to pdf.",
        ),
        (("--output", "a.pdf", "--scale", "20"), "A page of PDF is at most 14,400 pixels long"),
        (("--output", "a.png", "--set", "w=1"), "There is no input called w; the inputs are: x."),
    ],
)
def test_bad_input_gets_a_sentence_and_leaves_no_file(
    complaint, tmp_path, monkeypatch, arguments, sentence
):
    monkeypatch.chdir(tmp_path)
    assert sentence in complaint(*TUTORIAL, *arguments)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--size", "wide"), "'wide' is no size; write width and height, such as 960x540"),
        (("--step", "six"), "'six' is no step; write a number such as 6"),
        (("--steps", "6"), "'6' is no part of a walk; write the first and the last step"),
        (("--fps", "0"), "'0' is no number above 0"),
        (("--scale", "nan"), "'nan' is no number above 0"),
        (("--to", "bmp"), "invalid choice: 'bmp'"),
        (("--theme", "pink"), "invalid choice: 'pink'"),
    ],
)
def test_an_option_that_cannot_be_read_is_told(capsys, arguments, sentence):
    with pytest.raises(SystemExit) as caught:
        command_line.read_options([*TUTORIAL, "--output", "a.png", *arguments])
    assert caught.value.code == 2
    assert sentence in capsys.readouterr().err


def test_several_sources_do_not_go_into_one_file(complaint):
    sentence = complaint("render", "exp(1)", "exp(2)", "--output", "a.png")
    assert sentence == "Several files are written to a folder; --into names it."


def test_without_pyav_an_mp4_is_refused_with_what_to_do(complaint, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "av", None)
    sentence = complaint(*TUTORIAL, *SMALL, "--output", str(tmp_path / "a.mp4"))
    assert sentence.startswith("MP4 needs PyAV, which is not installed: pip install av")
    assert list(tmp_path.iterdir()) == []


def test_an_old_file_stays_as_it_was_where_the_disk_is_full(tmp_path):
    path = tmp_path / "a.webp"
    path.write_bytes(b"as it was")
    limited = ["prlimit", "--fsize=3000", "--"]
    process = start(*TUTORIAL, *SMALL, "--output", path, under=limited, env=without_display())
    status, out, err = finish(process)
    assert (status, out) == (2, "")
    assert err == "gradwalk: a.webp cannot be saved: the file grows too large.\n"
    assert path.read_bytes() == b"as it was"
    assert list(tmp_path.iterdir()) == [path]


def test_how_far_a_film_is_stands_in_a_terminal_and_nowhere_else(tmp_path):
    ours, theirs = pty.openpty()
    os.set_blocking(ours, False)
    process = subprocess.Popen(
        [sys.executable, ROOT / "main.py", *TUTORIAL, "--output", tmp_path / "a.gif"],
        stdout=subprocess.PIPE,
        stderr=theirs,
        env={**without_display(), "TERM": "xterm-256color", "COLUMNS": "100"},
    )
    os.close(theirs)
    told = b""

    def ended():
        nonlocal told
        with suppress(OSError):
            told += os.read(ours, 100_000)
        return process.poll() is not None

    wait_for(ended, seconds=60)
    os.close(ours)
    assert (process.returncode, process.communicate()[0]) == (0, b"")
    assert b"Filming" in told
    assert b"160/160" in told
