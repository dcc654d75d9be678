"""What the command line says of what it cannot read: one sentence, and where."""

from __future__ import annotations

import subprocess

import numpy as np
import pytest

from engine.document import Document, Place
from engine.graph import Block, Graph
from engine.storage import save
from tests.cli.commands import finish, start


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("x * x",), "x has no value: give it with --set x=0.5"),
        (("x * z",), "x, z have no value: give them with --set x=0.5 --set z=0.5"),
        (("x * x", "--set", "x=abc"), "--set x: “abc” is neither a number like 0.5 nor an array"),
        (("x * x", "--set", "x="), "--set x: A value is missing"),
        (("x * x", "--set", "x"), "“x” sets nothing; write --set x=0.5."),
        (("x * x", "--set", "=1"), "“=1” sets nothing"),
        (("x * x", "--set", "z=1"), "There is no input called z; the inputs are: x."),
        (("e * x", "--set", "e=1", "--set", "x=1"), "There is no input called e"),
        (
            ("x * x", "--set", "x=1", "--target", "q"),
            "There is nothing called q; what can be differentiated is: y.",
        ),
        (
            ("x * x", "--set", "x=1", "--target", "x"),
            "Nothing is computed by x; what can be differentiated is: y.",
        ),
        (("none.gradwalk",), "none.gradwalk cannot be opened: there is no such file or folder."),
        (("__import__('os').system('true')",), "cannot stand in an expression"),
        (("",), "The expression is empty; try square(exp(square(x)))."),
        (("(" * 100_001,), "This expression has 100,001 characters"),
    ],
)
def test_bad_input_gets_one_sentence(complaint, arguments, sentence):
    assert sentence in complaint("walk", *arguments)


def test_a_wrong_place_in_an_expression_is_pointed_at(complaint):
    assert complaint("walk", "square(x") == (
        "The expression cannot be read at column 7: '(' was never closed.\n  square(x\n        ^"
    )
    assert complaint("walk", "  α + nothing(x)").endswith("\n    α + nothing(x)\n        ^")
    assert complaint("walk", "a = x + 1\nb = a + nothing(x)").endswith(
        "\n  b = a + nothing(x)\n          ^"
    )


def test_the_place_is_shown_in_a_long_expression_too(complaint):
    said = complaint("walk", "x + " * 100 + "nothing(x)" + " + x" * 100)
    *_, line, caret = said.split("\n")
    assert len(line) <= 100
    assert line[caret.index("^") :].startswith("nothing(x)")


def test_wide_characters_do_not_move_the_caret(complaint):
    *_, line, caret = complaint("walk", "変数 + nothing(x)").split("\n")
    assert caret.index("^") == line.index("nothing") + 2


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a", b"{", "it is not JSON: it ends too early, in line 1"),
        ("a", b"", "it is empty"),
        ("a", b"\xff", "it is not text"),
        ("a", b"[" * 1_000_000, "a list stands where an object should"),
        ("a", b'{"format": "gradwalk", "version": 9}', "it was made by a newer Gradwalk"),
    ],
)
def test_a_broken_file_gets_one_sentence(complaint, tmp_path, name, content, sentence):
    path = tmp_path / f"{name}.gradwalk"
    path.write_bytes(content)
    assert complaint("walk", str(path)).startswith("a.gradwalk cannot be opened: ")
    assert sentence in complaint("walk", str(path))


def test_a_folder_that_is_called_like_a_document_gets_one_sentence(complaint, tmp_path):
    (tmp_path / "a.gradwalk").mkdir()
    assert "it is a folder" in complaint("walk", str(tmp_path / "a.gradwalk"))


def test_a_folder_or_another_file_is_told_as_such_and_not_read_as_an_expression(
    complaint, tmp_path
):
    (tmp_path / "notes.txt").write_text("x", "utf-8")
    for command in ("walk", "check"):
        assert "is a folder; name the files in it: " in complaint(command, str(tmp_path))
        assert "does not end in .gradwalk" in complaint(command, str(tmp_path / "notes.txt"))
    assert "cannot be read" in complaint("walk", f"({'a' * 5000}")


def test_a_document_without_a_function_gets_one_sentence(complaint, tmp_path):
    path = tmp_path / "a.gradwalk"
    graph = Graph.build([Block("x", "input", "x", np.array(1.0))], [])
    save(Document(graph, {"x": Place(0.0, 0.0)}), path)
    assert "this document holds no function" in complaint("walk", str(path))
    save(Document(graph, {"x": Place(0.0, 0.0)}, "x"), path)
    assert "this document holds no function" in complaint("walk", str(path))


@pytest.mark.parametrize("content", [b"\xff\xfe", b"{", b"x +", b""])
def test_bad_stdin_gets_one_sentence(content):
    status, out, err = finish(start("walk", "-", stdin=subprocess.PIPE), content)
    assert (status, out) == (2, "")
    assert err.startswith("gradwalk: ")
    assert "Traceback" not in err
