"""The steps of the book as scripts: each prints the numbers that the book's own does."""

from __future__ import annotations

import json
import re
import runpy
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BOOK = json.loads((ROOT / "tests" / "data" / "book.json").read_text("utf-8"))
STEPS = [name for name in BOOK if name != "about"]
NUMBER = re.compile(r"(?<![\w.])-?\d+(?:\.\d*)?(?:e[-+]?\d+)?(?![\w])")


def printed(step, capsys):
    runpy.run_module(f"examples.{step}", run_name="__main__")
    return capsys.readouterr().out


def test_there_is_a_script_for_each_step_and_a_step_for_each_script():
    scripts = sorted(path.stem for path in (ROOT / "examples").glob("step*.py"))
    assert scripts == STEPS == [f"step{number:02}" for number in range(1, 48)]


@pytest.mark.parametrize("step", STEPS)
def test_a_script_prints_the_numbers_of_the_book(step, capsys):
    found = [float(number) for number in NUMBER.findall(printed(step, capsys))]
    digits = 1e-7 if step == "step47" else 1e-12  # an array shows eight digits of each
    assert found == pytest.approx(BOOK[step], rel=digits, abs=1e-15)


def test_what_is_no_number_is_as_the_book_has_it(capsys):
    assert printed("step09", capsys).endswith("<class 'float'> is not supported\n")
    assert printed("step10", capsys).endswith("True\n")
    assert printed("step18", capsys) == "None None\n2.0 1.0\nNone\nNone\n"
    assert "variable([[1 2 3]\n          [4 5 6]])" in printed("step19", capsys)
    assert "  x -> square\n  square -> y\n" in printed("step25", capsys)
    assert printed("step30", capsys).split()[::2] == ["ndarray", "Variable"]
