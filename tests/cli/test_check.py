"""`gradwalk check`: a row a gradient, and an exit status that a script can go by."""

from __future__ import annotations

import json
import re
import shutil
import subprocess

import pytest

from engine import Function, register
from tests.cli.commands import EXAMPLE, finish, in_terminal, start

TUTORIAL = ("check", "square(exp(square(x)))", "--set", "x=0.5")
EXAMPLES = sorted(EXAMPLE.parent.glob("*.gradwalk"))

TABLE = """\
y = square(exp(square(x)))

gradient  analytic           numerical     difference  verdict
∂y/∂x     3.297442541400256  3.2974426293  8.8e−8      agrees to 7 digits
"""


def test_a_row_tells_both_gradients_how_far_they_are_apart_and_the_verdict(run):
    assert run(*TUTORIAL) == (0, TABLE, "")


def test_every_input_has_a_row(run):
    status, out, _ = run("check", "x0 * sin(x1)", "--set", "x0=2", "--set", "x1=pi/4")
    assert status == 0
    assert [line.split("  ")[0] for line in out.splitlines()[3:]] == ["∂y/∂x0", "∂y/∂x1"]


def test_a_gradient_that_differs_fails_the_check(run):
    @register
    class TenTimes(Function):
        local = (lambda y, x: 11.0 + 0.0 * x,)

        def forward(self, x):
            return x * 10.0

    status, out, err = run("check", "ten_times(x) + w", "--set", "x=1", "--set", "w=1")
    assert (status, err) == (1, "")
    x, w = out.splitlines()[3:]
    assert x.split() == ["∂y/∂x", "11", "10.000000000", "1.0", "differs"]
    assert "agrees" in w


def test_a_kink_is_no_failure(run):
    status, out, _ = run("check", "abs(x)", "--set", "x=0")
    assert status == 0
    assert "cannot tell: there is a kink" in out


LARGE = [at / 1000 for at in range(1, 2001)]


def test_a_large_array_is_checked_along_directions_which_the_row_says(run):
    status, out, _ = run("check", "sum(exp(x)) * w", "--set", f"x={LARGE}", "--set", "w=2")
    x, w = out.splitlines()[3:]
    assert status == 0
    assert x.endswith("agrees to 8 digits along 5 random directions with seed 0")
    assert w.endswith("agrees to 12 digits")


def test_json_says_what_was_nudged(run):
    _, out, _ = run("check", "sum(exp(x)) * w", "--set", f"x={LARGE}", "--set", "w=2", "--json")
    x, w = map(json.loads, out.splitlines())
    assert (x["nudged"], x["seed"], x["numerical"]) == ("directions", 0, None)
    assert x["numerical_slopes"] == pytest.approx(x["analytic_slopes"], rel=1e-6)
    assert len(x["numerical_slopes"]) == 5
    assert 0 < x["difference"] < 1e-4
    assert (w["nudged"], "seed" in w) == ("elements", False)


def test_a_large_array_with_a_wrong_rule_fails_the_check(run):
    @register
    class HalfAgain(Function):
        local = (lambda y, x: 3.0 * x,)

        def forward(self, x):
            return x * x

    status, out, _ = run("check", "sum(half_again(x))", "--set", f"x={LARGE}")
    assert status == 1
    assert out.splitlines()[3].endswith("differs along 5 random directions with seed 0")


def test_what_is_smaller_than_rounding_agrees_within_it(run):
    out = run("check", str(EXAMPLE.with_stem("fifty-sigmoids")))[1]
    assert out.endswith("agrees, within rounding\n")


def test_another_target_can_be_checked(run):
    _, out, _ = run(*TUTORIAL, "--target", "b")
    assert "∂b/∂x     1.2840254166877414" in out


def test_json_has_an_object_a_line_for_each_gradient_in_full_precision(run):
    status, out, _ = run("check", "x / w", "--set", "x=[1, 2]", "--set", "w=0", "--json")
    x, w = (json.loads(line) for line in out.splitlines())
    assert status == 0
    assert (x["source"], x["target"], x["name"]) == ("x / w", "y", "x")
    assert (x["analytic"], w["analytic"]) == (["inf", "inf"], "-inf")
    assert (x["verdict"], x["difference"], x["digits"]) == ("cannot tell", None, None)
    one = json.loads(run(*TUTORIAL, "--json")[1])
    assert one["analytic"] == 3.297442541400256
    assert one["numerical"] == pytest.approx(3.2974426293)
    assert one["difference"] == pytest.approx(8.8e-8, rel=0.01)
    assert (one["verdict"], one["digits"]) == ("agrees", 7)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("x * x",), "x has no value: give it with --set x=0.5"),
        (("x *", "--set", "x=1"), "The expression cannot be read"),
        (("none.gradwalk",), "none.gradwalk cannot be opened: there is no such file or folder."),
        (("x + [1, 2]", "--set", "x=[1, 2, 3]"), "The walk gets stuck."),
        (("exp(2)",), "There is no gradient to check: no input bears on y."),
        (("x * x", "--set", "x=1", "--target", "q"), "There is nothing called q"),
        (("-", "x"), "What comes from stdin can only be asked about alone."),
    ],
)
def test_bad_input_gets_one_sentence(complaint, arguments, sentence):
    assert sentence in complaint("check", *arguments)


def test_stdin_can_be_checked():
    status, out, err = finish(start("check", "-", stdin=subprocess.PIPE), EXAMPLE.read_bytes())
    assert (status, out, err) == (0, TABLE, "")


# Many files


def test_many_files_are_checked_in_order_one_below_the_other(run):
    status, out, err = run("check", *map(str, EXAMPLES))
    assert (status, err) == (0, "")
    told = [line for line in out.splitlines() if line.endswith(".gradwalk")]
    assert told == list(map(str, EXAMPLES))
    assert TABLE in out


def test_a_report_of_each_goes_into_a_folder(run, tmp_path):
    folder = tmp_path / "new" / "reports"
    assert run("check", *map(str, EXAMPLES), "--into", str(folder)) == (0, "", "")
    assert sorted(p.name for p in folder.iterdir()) == [f"{p.stem}.txt" for p in EXAMPLES]
    assert (folder / "tutorial.txt").read_text("utf-8") == TABLE
    run("check", *map(str, EXAMPLES), "--json", "--into", str(folder))
    told = json.loads((folder / "tutorial.json").read_text("utf-8"))
    assert told["analytic"] == 3.297442541400256


def test_a_broken_file_is_told_of_and_the_others_are_checked(run, tmp_path):
    broken = tmp_path / "broken.gradwalk"
    broken.write_text("{")
    empty = tmp_path / "unset.gradwalk"
    empty.write_text(EXAMPLE.read_text("utf-8").replace("0.5", "null"), "utf-8")
    status, out, err = run("check", str(broken), str(empty), str(EXAMPLE))
    assert status == 2
    first, second = err.splitlines()
    assert first.startswith("gradwalk: broken.gradwalk cannot be opened: it is not JSON")
    assert second == "gradwalk: unset.gradwalk: x has no value: give it with --set x=0.5"
    assert TABLE in out


def test_two_files_that_would_go_to_the_same_place_are_refused_at_once(complaint, tmp_path):
    other = shutil.copy(EXAMPLE, tmp_path)
    into = tmp_path / "into"
    said = complaint("check", str(EXAMPLE), other, "--into", str(into))
    assert said == "Two of the files would be written to tutorial.txt."
    assert complaint("check", str(EXAMPLE), str(EXAMPLE), "--into", str(into)) == said
    assert "no expressions" in complaint("check", "x * x", "--into", str(into))
    assert not into.exists()


def test_a_folder_that_cannot_be_made_is_told(complaint, tmp_path):
    (tmp_path / "file").touch()
    for into, reason in (("file", "there is a file of that name"), ("file/x", "no such folder")):
        assert reason in complaint("check", str(EXAMPLE), "--into", str(tmp_path / into))


@pytest.mark.parametrize("command", [("check",), ("export", "--to", "numpy")])
def test_a_full_disk_is_told_and_leaves_the_old_files_and_nothing_else(tmp_path, command):
    into = tmp_path / "into"
    into.mkdir()
    old = into / f"tutorial.{'txt' if command == ('check',) else 'py'}"
    old.write_text("old")
    words = [command[0], str(EXAMPLE), *command[1:], "--into", str(into)]
    limited = ("bash", "-c", 'ulimit -f 0; exec "$@"', "bash")  # no file may grow
    status, out, err = finish(start(*words, under=limited))
    assert (status, out) == (2, "")
    assert err == f"gradwalk: {old.name} cannot be saved: the file grows too large.\n"
    assert old.read_text() == "old"
    assert list(into.iterdir()) == [old]


def test_a_terminal_shows_the_verdict_in_green_and_in_columns():
    _, shown, _ = in_terminal(*TUTORIAL)
    assert re.search("\x1b\\[32magrees to 7 digits *\x1b\\[0m", shown)
    assert re.sub(" +\n", "\n", re.sub("\x1b\\[[0-9;]*m", "", shown)) == TABLE


def test_progress_is_told_on_stderr_and_kept_out_of_the_output():
    # What is soon done is not told; how many files that are depends on the machine.
    for times in (1, 4, 16, 64):
        sources = [str(example) for example in EXAMPLES] * times
        _, shown, out = in_terminal("check", *sources, stream="stderr")
        assert "Checking" not in out
        assert "\x1b" not in out
        assert TABLE in out
        if shown:
            break
    assert "Checking" in shown
    assert f"{len(sources)}/{len(sources)}" in shown
