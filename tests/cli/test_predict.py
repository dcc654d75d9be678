"""`walk --predict`: each number is asked for in the terminal, and answers are judged there."""

from __future__ import annotations

import io
import json

import pytest

FAN_OUT = ("walk", "x * square(x)", "--set", "x=3", "--predict")
RIGHT = ["9", "27", "9", "9", "3", "3", "6", "18", "27"]
"""What is asked for, in its order: the values, and on the way back slopes, parts and their sum."""


@pytest.fixture
def ask(run, monkeypatch):
    def asked(answers, *words):
        typed = io.StringIO("".join(f"{answer}\n" for answer in answers))
        monkeypatch.setattr("sys.stdin", typed)
        return run(*words)

    return asked


def test_all_numbers_of_a_walk_are_asked_for_before_they_are_shown(run, ask):
    status, out, _ = ask(RIGHT, *FAN_OUT)
    assert status == 0
    assert out.count("Right.") == len(RIGHT)
    assert out.rstrip().endswith("9 of 9 told, 9 of them at the first try.")
    listed = [json.loads(line) for line in run(*FAN_OUT, "--json")[1].splitlines()]
    assert [str(int(each["answer"])) for each in listed] == RIGHT
    assert [each["kind"] for each in listed[-2:]] == ["contribution", "sum"]
    assert all(f"{each['symbol']} = ?" in out for each in listed)


def test_a_wrong_number_gets_a_hint_that_fits_the_mistake_and_is_asked_for_again(ask):
    status, out, _ = ask([*RIGHT[:7], "6", "18", "18", "27"], *FAN_OUT)
    assert status == 0
    assert "✗ That is the local derivative alone." in out
    assert "9 of 9 told, 7 of them at the first try." in out


@pytest.mark.parametrize("given_up", ["", "?"])
def test_an_empty_line_or_a_question_mark_tells_the_number(ask, given_up):
    status, out, _ = ask([given_up] * 3, "walk", "square(x)", "--set", "x=3", "--predict")
    assert status == 0
    assert "Square of x = 3: y = 9." in out
    assert "0 of 3 told" in out


def test_where_answers_end_the_walk_does_and_shows_no_number_that_is_due(ask):
    status, out, _ = ask(["9"], *FAN_OUT)
    assert status == 0
    assert "27" not in out
    assert out.rstrip().endswith("1 of 1 told, 1 of them at the first try.")


def test_of_an_array_one_element_is_asked_for_with_what_it_is_made_of(ask):
    net = ("walk", "sum(x @ w)", "--set", "x=[[1,2,3],[4,5,6]]", "--set", "w=[[1,2],[3,5],[7,11]]")
    status, out, _ = ask(["45"], *net, "--predict")
    assert status == 0
    first = next(row for row in out.splitlines() if "What is a[" in row)
    assert first.endswith("Matmul gets x (2×3) and w (3×2). What is a[0, 1]?")
    assert "  1  2  3\n" in out
    assert "  28   ?\n" in out
    assert "1·2 + 2·5 + 3·11 = 45." in " ".join(out.split())


def test_what_is_walked_cannot_come_from_where_the_answers_do(ask):
    status, out, err = ask(["x * x"], "walk", "-", "--set", "x=3", "--predict")
    assert (status, out) == (2, "")
    assert "Answers are read from standard input" in err
