"""Questions about a walk, answered on a page beside the graph of a picture or a film."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from tests.cli.commands import ROOT, without_display

TRUE = json.loads((Path(__file__).parents[1] / "data" / "numbers.json").read_text("utf-8"))
TUTORIAL = ("render", "square(exp(square(x)))", "--set", "x=0.5")
FAN_OUT = ("render", "a = square(x); square(a) + square(a)", "--set", "x=2")


def words_of(path):
    """Read a PDF as a person would find text in it."""
    done = subprocess.run(
        ["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True
    )
    return done.stdout


def images_in(path):
    done = subprocess.run(["pdfimages", "-list", path], capture_output=True, text=True, check=True)
    return done.stdout.splitlines()[2:]


@pytest.mark.parametrize(
    ("source", "question", "told"),
    [
        (
            TUTORIAL,
            ("--plot", "x"),
            ["What does it look like?", "At x = 0.5 the tangent has the slope 3.2974"],
        ),
        (FAN_OUT, ("--paths", "x"), ["Why do they add up?", "32 + 32 = 64"]),
        (TUTORIAL, ("--forward", "x"), ["And forwards?", "1.2840 · 1", "= 3.2974"]),
        (FAN_OUT, ("--wrong", "overwrite"), ["What if the rule were wrong?", "32 instead of 64"]),
        (TUTORIAL, ("--sizes",), ["Where does it die?", "blocks from an input"]),
    ],
    ids=lambda given: given[0] if given[0].startswith("--") else "",
)
def test_the_answer_stands_beside_the_graph_in_text_and_without_a_bitmap(
    run, tmp_path, source, question, told
):
    path = tmp_path / "a.pdf"
    assert run(*source, *question, "--output", str(path)) == (0, "", "")
    found = " ".join(words_of(path).replace("\N{NO-BREAK SPACE}", " ").split())
    assert [words for words in told if words not in found] == []
    assert images_in(path) == []


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        (("--plot", "z"), "There is no number called z to plot along; there are: x."),
        (("--forward", "x[0]"), "There is no number called x[0] to walk forwards from"),
        (("--paths", "z"), "No path leads back to an input called z; there are: x."),
        (("--element", "x[0]"), "x is a single number: point at it as x."),
    ],
)
def test_what_cannot_be_asked_is_refused_as_walk_refuses_it_before_anything_is_written(
    complaint, tmp_path, question, sentence
):
    path = tmp_path / "a.png"
    said = complaint(*TUTORIAL, *question, "--output", str(path))
    assert said.startswith(sentence)
    assert said == complaint("walk", *TUTORIAL[1:], *question)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("asked", [(), ("--plot", "x"), ("--beside", "step")])
def test_which_path_is_lit_is_said_of_paths_alone(complaint, tmp_path, asked):
    said = complaint(*TUTORIAL, *asked, "--lit-path", "2", "--output", str(tmp_path / "a.png"))
    assert said == "Which path is lit? Name the input that the paths lead back to, too."


def frames(run, path, *options):
    status, out, _ = run(*FAN_OUT, *options, "--output", str(path), "--json")
    assert status == 0
    return json.loads(out)["frames"]


def test_a_handout_has_a_page_for_each_step_each_contribution_or_each_line(run, tmp_path):
    path = tmp_path / "a.pdf"
    counts = [
        frames(run, path, "--each-step", "--step-is", grain, "--beside", "step")
        for grain in ("block", "contribution", "line")
    ]
    assert counts == [10, 11, 32]
    pages = words_of(path).split("\f")
    assert len(pages) == 32 + 1
    assert all("gxs = f.backward" in page for page in pages[6:32])


def test_a_picture_is_of_one_moment_however_finely_one_steps(complaint, tmp_path):
    said = complaint(*TUTORIAL, "--step-is", "line", "--output", str(tmp_path / "a.png"))
    assert said == "A picture shows one moment; films and pages go step by step."


def test_an_exercise_asks_for_a_number_before_each_step_and_then_shows_it(run, tmp_path):
    path = tmp_path / "a.pdf"
    assert run(*TUTORIAL, "--predict", "--each-step", "--output", str(path)) == (0, "", "")
    pages = [" ".join(page.split()) for page in words_of(path).split("\f")]
    asked = [at for at, page in enumerate(pages) if "How steeply does Exp rise" in page]
    assert len(asked) == 1
    question, solution = pages[asked[0]], pages[asked[0] + 1]
    assert "?" in question
    assert "3.2974" not in question
    assert "3.2974" in solution
    assert "CAN YOU TELL" not in solution.upper()


def test_a_picture_of_a_step_that_is_predicted_does_not_give_it_away(run, tmp_path):
    path = tmp_path / "a.pdf"
    options = ("--predict", "--strip", "--step", "6", "--output", str(path))
    assert run(*TUTORIAL, *options) == (0, "", "")
    assert "2.568" not in words_of(path)


def test_what_trials_find_stands_in_the_step(run, tmp_path):
    path = tmp_path / "a.pdf"
    options = ("--check", "--beside", "step", "--step", "7", "--output", str(path))
    assert run(*TUTORIAL, *options) == (0, "", "")
    found = words_of(path)
    assert "numerical 3.29744" in found
    assert "agrees to" in found


def test_graph_page_and_strip_have_the_theme_that_was_asked_for(tmp_path):
    path = tmp_path / "a.png"
    look = ("--theme", "dark", "--strip", "--beside", "code", "--size", "640x480")
    command = [sys.executable, ROOT / "main.py", *TUTORIAL, *look, "--output", path]
    subprocess.run(command, env=without_display(), check=True)
    with Image.open(path) as picture:
        grounds = [
            picture.getpixel(place)[:3] for place in ((9, 300), (630, 9), (550, 330), (9, 470))
        ]
    assert [max(ground) < 64 for ground in grounds] == [True] * 4
