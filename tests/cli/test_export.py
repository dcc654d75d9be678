"""`gradwalk export`: a graph written out on the command line."""

from __future__ import annotations

import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import command_line
from engine import FUNCTIONS, Function
from engine.code.languages import LANGUAGES
from tests.cli.commands import EXAMPLE, finish, start

TUTORIAL = ("export", "square(exp(square(x)))", "--set", "x=0.5")


def test_the_command_line_and_the_engine_know_the_same_languages():
    assert tuple(LANGUAGES) == command_line.LANGUAGES


@pytest.mark.parametrize("source", ["square(exp(square(x)))", str(EXAMPLE)])
def test_what_is_printed_runs_and_prints_the_tutorials_numbers(source):
    status, out, err = finish(start("export", source, "--set", "x=0.5", "--to", "python"))
    assert (status, err) == (0, "")
    done = subprocess.run(
        [sys.executable, "-"], input=out.encode(), capture_output=True, check=True
    )
    assert done.stdout.decode() == "y = 1.648721270700128\ngrad_x = 3.297442541400256\n"


def test_an_expression_can_come_from_stdin():
    process = start("export", "-", "--set", "x=3", "--to", "tutorial", stdin=subprocess.PIPE)
    status, out, _ = finish(process, b"x * x")
    assert status == 0
    assert "class Mul(Function):" in out


def test_every_example_of_the_help_runs(capsys, tmp_path):
    with pytest.raises(SystemExit):
        command_line.read_options(["export", "--help"])
    examples = capsys.readouterr().out.split("examples:")[1].split("\n")
    commands = [line.strip() for line in examples if line.strip().startswith("gradwalk export")]
    assert len(commands) >= 3
    shutil.copy(EXAMPLE, tmp_path / "notes.gradwalk")
    shutil.copytree(EXAMPLE.parent, tmp_path / "homework")
    for command in commands:
        words = [
            str(name)
            for word in shlex.split(command)[1:]
            for name in (sorted(tmp_path.glob(word)) if "/*" in word else [word])
        ]
        assert finish(start(*words, cwd=tmp_path))[0] == 0


@pytest.mark.parametrize(("name", "held"), [("a.py", "math.exp"), ("a.ipynb", '"nbformat": 4')])
def test_the_ending_of_a_file_says_what_to_write(run, tmp_path, name, held):
    path = tmp_path / name
    assert run(*TUTORIAL, "--output", str(path)) == (0, "", "")
    assert held in path.read_text("utf-8")


def test_any_program_can_be_a_notebook(run, tmp_path):
    path = tmp_path / "a.ipynb"
    assert run(*TUTORIAL, "--to", "pytorch", "--output", str(path))[0] == 0
    assert "torch.exp" in path.read_text("utf-8")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ((), "Say what to write; --to takes one of python, numpy,"),
        (("--output", "a.doc"), "Nothing is known of files that end in .doc; --to takes one of"),
        (("--to", "numpy", "--set", "w=1"), "There is no input called w; the inputs are: x."),
        (("--to", "numpy", "--target", "w"), "There is nothing called w"),
        (("--to", "numpy", "--output", "no/such/a.py"), "a.py cannot be saved: there is no such"),
        (("--to", "numpy", "--set", "x=[1, 2"), "neither a number"),
    ],
)
def test_bad_input_gets_a_sentence_and_leaves_no_file(
    complaint, tmp_path, monkeypatch, arguments, sentence
):
    monkeypatch.chdir(tmp_path)
    assert sentence in complaint(*TUTORIAL, *arguments)
    assert list(tmp_path.iterdir()) == []


def test_a_language_that_does_not_exist_is_refused(capsys):
    with pytest.raises(SystemExit) as caught:
        command_line.read_options([*TUTORIAL, "--to", "fortran"])
    assert caught.value.code == 2
    assert "invalid choice: 'fortran'" in capsys.readouterr().err


def test_an_old_file_stays_as_it_was_where_the_new_one_cannot_be_written(complaint, tmp_path):
    path = tmp_path / "a.py"
    path.write_text("as it was")
    sentence = complaint("export", "x @ x", "--set", "x=1", "--output", str(path))
    assert "Matmul cannot run" in sentence
    assert path.read_text() == "as it was"


CODE = ("python", "numpy", "pytorch", "tutorial", "notebook")


@pytest.fixture(scope="module")
def huge(tmp_path_factory):
    """A document with an array of ten million numbers, which is a file of 20 MB."""
    path = tmp_path_factory.mktemp("huge") / "huge.gradwalk"
    numbers = ",".join("0" * 10_000_000)
    path.write_text(
        '{"format": "gradwalk", "version": 1, "target": "b2", "blocks": ['
        f'{{"id": "b1", "kind": "input", "name": "x", "value": [{numbers}], "x": 0, "y": 0}}, '
        '{"id": "b2", "kind": "sum", "name": "y", "x": 200, "y": 0}], '
        '"wires": [{"source": "b1", "target": "b2", "port": 0}]}'
    )
    return path


@pytest.mark.parametrize("to", CODE)
def test_an_array_of_ten_million_is_not_written_out_and_leaves_the_old_file(
    complaint, huge, tmp_path, to
):
    path = tmp_path / "a.py"
    path.write_text("as it was")
    sentence = complaint("export", str(huge), "--to", to, "--output", str(path))
    assert sentence.startswith("x has 10,000,000 elements; numbers are written out for 10,000 at")
    assert list(tmp_path.iterdir()) == [path]
    assert path.read_text() == "as it was"


def test_a_function_that_a_language_lacks_is_told_and_leaves_the_old_file(
    complaint, run, tmp_path, monkeypatch
):
    class Rounded(Function):
        local = (lambda y, x: 0.0,)

        def forward(self, x):
            return np.rint(x)

    monkeypatch.setitem(FUNCTIONS, "rounded", Rounded)
    path, words = tmp_path / "a.py", ("export", "rounded(x)", "--set", "x=1.2", "--output")
    path.write_text("as it was")
    sentence = complaint(*words, str(path), "--to", "pytorch")
    assert sentence.startswith("PyTorch lacks what Rounded does")
    assert path.read_text() == "as it was"
    assert list(tmp_path.iterdir()) == [path]
    assert run(*words, str(path), "--to", "numpy") == (0, "", "")
    assert "np.rint(x)" in path.read_text()


def test_a_full_disk_gets_a_sentence(tmp_path):
    del tmp_path
    with Path("/dev/full").open("wb") as full:
        command = [sys.executable, "main.py", *TUTORIAL, "--to", "numpy"]
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 2
    assert b"The output cannot be written: No space left on device." in done.stderr


@pytest.mark.parametrize("how", [("--to", "html"), ("--output", "walk.html")])
def test_a_page_of_the_walk_is_written(how, tmp_path):
    file = tmp_path / "walk.html"
    options = ("--output", str(file)) if how[0] == "--output" else how
    status, out, err = finish(start("export", str(EXAMPLE), *options))
    text = file.read_text(encoding="utf-8") if file.exists() else out
    assert (status, err) == (0, "")
    assert text.startswith("<!DOCTYPE html>")
    assert text.endswith("</html>\n")
    assert "3.2974" in text


def test_a_derivative_is_written_out_as_a_page_and_as_code(run):
    asked = ("export", "tanh(x)", "--set", "x=1", "--derive", "x", "--derive", "x")
    status, page, err = run(*asked, "--to", "html")
    assert (status, err) == (0, "")
    assert "−0.63970" in page  # the second derivative of tanh at 1
    status, code, err = run(*asked, "--to", "numpy")
    assert (status, err) == (0, "")
    names = {}
    exec(code, names)  # noqa: S102 - what was just written
    assert abs(names["gx"] + 0.6397000084492246) < 1e-12


def test_a_walk_that_is_too_long_for_a_page_leaves_the_old_file(tmp_path):
    file = tmp_path / "walk.html"
    file.write_text("old", encoding="utf-8")
    text = "x" + " + x" * 2000
    status, _, err = finish(start("export", text, "--set", "x=1", "--output", str(file)))
    assert (status, file.read_text(encoding="utf-8")) == (2, "old")
    assert "2,000 is the most for a page" in err


# Many files


def test_many_files_are_written_into_a_folder(run, tmp_path):
    examples = sorted(EXAMPLE.parent.glob("*.gradwalk"))
    into = tmp_path / "programs"
    assert run("export", *map(str, examples), "--to", "tutorial", "--into", str(into)) == (
        0,
        "",
        "",
    )
    assert sorted(path.stem for path in into.iterdir()) == [path.stem for path in examples]
    alone = run("export", str(EXAMPLE), "--to", "tutorial")[1]
    assert (into / "tutorial.py").read_text("utf-8") == alone


def test_one_of_many_that_cannot_be_written_does_not_keep_the_others_from_it(run, tmp_path):
    broken = tmp_path / "broken.gradwalk"
    broken.write_text("{")
    into = tmp_path / "programs"
    (into / "tutorial.py").mkdir(parents=True)
    other = EXAMPLE.with_stem("sphere")
    sources = map(str, (broken, EXAMPLE, other))
    status, out, err = run("export", *sources, "--to", "numpy", "--into", str(into))
    assert (status, out) == (2, "")
    assert "broken.gradwalk cannot be opened" in err
    assert "tutorial.py cannot be saved: it is a folder." in err
    assert "np" in (into / "sphere.py").read_text("utf-8")


def test_several_files_need_a_folder_and_a_language(complaint, tmp_path):
    two = (str(EXAMPLE), str(EXAMPLE.with_stem("sphere")))
    said = complaint("export", *two, "--to", "numpy")
    assert said == "Several files are written to a folder; --into names it."
    assert "Say what to write" in complaint("export", *two, "--into", str(tmp_path))
