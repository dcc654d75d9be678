"""The command line around the walk: help, version, and what it imports."""

from __future__ import annotations

import shlex
import subprocess
import sys
from io import BytesIO, TextIOWrapper

import pytest

from main import main
from tests.cli.commands import EXAMPLE, ROOT


def leave(*arguments):
    """Run what ends by itself, and give its exit status."""
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    return caught.value.code


@pytest.mark.parametrize("arguments", [(), ("walk",), ("check",), ("export",), ("open",)])
def test_help_tells_all_of_it_with_examples(capsys, arguments):
    assert leave(*arguments, "--help") == 0
    out = capsys.readouterr().out
    assert "examples:" in out
    assert out.startswith(f"usage: {' '.join(('gradwalk', *arguments))}")


def test_help_of_the_walk_names_every_option(capsys):
    leave("walk", "-h")
    out = capsys.readouterr().out
    for word in ("--set NAME=VALUE", "--target NAME", "--json", "stdin", "NO_COLOR", "exit status"):
        assert word in out


def test_every_example_of_the_walk_runs(capsys):
    leave("walk", "--help")
    examples = [
        line.strip().removeprefix("gradwalk ")
        for line in capsys.readouterr().out.split("examples:")[1].split("\n")
        if line.strip().startswith("gradwalk walk") and "notes.gradwalk" not in line
    ]
    assert len(examples) >= 4
    for example in examples:
        command = [sys.executable, "main.py", *shlex.split(example)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
        assert (done.returncode, done.stderr) == (0, b"")


def test_the_version_is_told(capsys):
    assert leave("--version") == 0
    assert capsys.readouterr().out == "Gradwalk 0.1.0\n"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (
            ("walk",),
            "The following arguments are required: EXPRESSION|FILE|-; gradwalk walk --help",
        ),
        (("walk", "x", "--set"), "Argument --set: expected one argument"),
        (("walk", "x", "--colour"), "Unrecognized arguments: --colour"),
        (("walk", "x", "--js"), "Unrecognized arguments: --js"),
        (("--verbose",), "Unrecognized arguments: --verbose; gradwalk open --help tells more."),
        (("open", "a", "--wide"), "Unrecognized arguments: --wide"),
    ],
)
def test_a_wrong_option_gets_one_sentence(capsys, arguments, sentence):
    assert leave(*arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("gradwalk: ")
    assert sentence in err
    assert err.count("\n") == 1


@pytest.mark.parametrize("arguments", [("wlak",), ("nothing.gradwalk",), ("open", "nothing")])
def test_a_file_that_is_not_there_gets_one_sentence(capsys, arguments):
    assert main(arguments) == 2
    assert capsys.readouterr().err == (
        f"gradwalk: There is no file or command “{arguments[-1]}”; gradwalk --help tells more.\n"
    )


IMPORTED = """
import sys
from main import main
try:
    main(sys.argv[1:])
except SystemExit:
    pass
print(*(name.partition(".")[0] for name in sys.modules), file=sys.stderr)
"""


def imported_by(*arguments):
    done = subprocess.run(
        [sys.executable, "-c", IMPORTED, *arguments], cwd=ROOT, capture_output=True, check=True
    )
    return set(done.stderr.decode().split())


def test_a_walk_imports_nothing_of_a_screen():
    found = imported_by("walk", "square(exp(square(x)))", "--set", "x=0.5")
    assert "numpy" in found
    assert {"PySide6", "shiboken6", "gui"}.isdisjoint(found)


def test_a_check_imports_nothing_of_a_screen():
    found = imported_by("check", "x * x", "--set", "x=3")
    assert "rich" in found
    assert {"PySide6", "shiboken6", "gui"}.isdisjoint(found)


def test_only_who_shows_a_table_waits_for_what_draws_it():
    assert "rich" not in imported_by("walk", "x * x", "--set", "x=3")
    assert "rich" not in imported_by("check", "x * x", "--set", "x=3", "--json")


def test_help_imports_nothing_at_all():
    assert {"numpy", "engine", "gui", "PySide6"}.isdisjoint(imported_by("--help"))


@pytest.mark.parametrize("arguments", [(), ("open",)])
def test_without_a_file_the_window_opens(monkeypatch, arguments):
    opened = []
    monkeypatch.setitem(sys.modules, "gui.app", Window(opened))
    assert main(arguments) == 0
    assert opened == [[]]


@pytest.mark.parametrize("command", [(), ("open",)])
def test_with_a_file_the_window_opens_it(monkeypatch, tmp_path, command):
    path = tmp_path / "a.gradwalk"
    path.touch()
    opened = []
    monkeypatch.setitem(sys.modules, "gui.app", Window(opened))
    assert main((*command, str(path))) == 0
    assert opened == [[path]]


def test_an_expression_is_opened_too_with_the_values_that_are_given(monkeypatch):
    opened = []
    monkeypatch.setitem(sys.modules, "gui.app", Window(opened))
    assert main(["open", "--set", "x=2", "a = x * w; exp(a)", "--target", "a"]) == 0
    ((document,),) = opened
    values = {block.name: block.value for block in document.graph.blocks.values()}
    assert values["x"] == 2
    assert values["w"] is None  # which a person gives in the window
    assert document.graph.block(document.target).name == "a"
    assert main(["x * x"]) == 0  # without the command, too
    assert len(opened[1][0].graph) == 2


def test_values_that_are_set_make_a_new_document_of_a_file(monkeypatch):
    opened = []
    monkeypatch.setitem(sys.modules, "gui.app", Window(opened))
    assert main(["open", str(EXAMPLE), "--set", "x=2"]) == 0
    ((document,),) = opened
    assert document.graph.named("x").value == 2
    assert document.places


def test_stdin_is_opened_too(monkeypatch):
    opened = []
    monkeypatch.setitem(sys.modules, "gui.app", Window(opened))
    monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(EXAMPLE.read_bytes())))
    assert main(["open", "-"]) == 0
    assert len(opened[0][0].graph) == 4


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("square(x",), "The expression cannot be read at column 7"),
        (("x * x", "--set", "w=1"), "There is no input called w"),
        (("x * x", "--target", "w"), "There is nothing called w"),
        ((str(EXAMPLE), "--set", "x=abc"), "“abc” is neither a number"),
        (("--set", "x=1"), "Name what --set and --target are about"),
    ],
)
def test_what_cannot_be_opened_is_told_before_there_is_a_window(
    monkeypatch, capsys, arguments, sentence
):
    monkeypatch.setitem(sys.modules, "gui.app", Window([]))
    assert main(["open", *arguments]) == 2
    assert sentence in capsys.readouterr().err


def test_several_files_are_opened_together_or_not_at_all(monkeypatch, tmp_path, capsys):
    paths = [tmp_path / "a.gradwalk", tmp_path / "b.gradwalk"]
    opened = []
    monkeypatch.setitem(sys.modules, "gui.app", Window(opened))
    paths[0].touch()
    assert main(["open", *map(str, paths)]) == 2
    assert "There is no file or command" in capsys.readouterr().err
    paths[1].touch()
    assert main([*map(str, paths)]) == 0
    assert opened == [paths]


def test_a_name_that_is_too_long_for_a_file_is_told_in_a_sentence(capsys):
    assert main(["a" * 400]) == 2
    told = capsys.readouterr().err
    assert told.startswith("gradwalk: There is no file or command “aaa")
    assert len(told) < 200


@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-"])
@pytest.mark.parametrize(("expression", "status"), [("x*x", 0), ("x*", 2)])
def test_a_closed_stream_is_no_crash(closed, expression, status):
    command = f"{sys.executable} main.py walk '{expression}' --set x=2 {closed}"
    done = subprocess.run(command, shell=True, stderr=subprocess.PIPE, text=True)  # noqa: PLW1510, S602
    assert "Traceback" not in done.stderr
    assert done.returncode == status


class Window:
    """Stands for gui.app, which is tested where there is a screen."""

    def __init__(self, opened):
        self.opened = opened

    def run(self, paths):
        self.opened.append(paths)
        return 0
