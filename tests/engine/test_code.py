"""A graph as code: run, it gives the values and gradients of the engine."""

from __future__ import annotations

import contextlib
import importlib.util
import io
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import FUNCTIONS
from engine.code.exported import exported
from engine.code.numpy_code import numpy_code
from engine.code.torch_code import torch_code
from engine.code.tutorial_code import tutorial_code
from engine.storage import load
from tests.engine.drawn_uses import graphs_of

EXAMPLES = sorted(Path("resources/examples").glob("*.gradwalk"))
TORCH = importlib.util.find_spec("torch") is not None
RULES = "E,W,F,I,B,UP,C4,PIE,RET,SIM"


def ran(text):
    """Run a program, and give what its names stand for."""
    names = {"__name__": "program"}
    with np.errstate(all="ignore"), contextlib.redirect_stdout(io.StringIO()):
        exec(compile(text, "program", "exec"), names)  # noqa: S102
    return names


def check_numpy(run):
    text = numpy_code(run).text
    names = ran(text)
    for block in (*run.inputs, *run.functions):
        same(names[block.name], run.value(block.id))
        gradient = run.recording.gradient(block.id)
        if gradient is not None:
            same(names[f"grad_{block.name}"], gradient)
    return text


def check_tutorial(run):
    text = tutorial_code(run).text
    names = ran(text)
    for block in (*run.inputs, *run.functions):
        same(names[block.name].data, run.value(block.id))
        gradient = run.recording.gradient(block.id)
        if gradient is not None:
            same(names[block.name].grad, gradient)
    return text


def check_torch(run):
    text = torch_code(run).text
    if TORCH:
        names = ran(text)
        for block in (*run.inputs, *run.functions):
            near(names[block.name].detach().numpy(), run.value(block.id))
        for block in run.inputs:
            gradient, got = run.recording.gradient(block.id), names[block.name].grad
            if gradient is not None and got is None:
                assert not gradient.any()  # what only chooses gets none
            elif gradient is not None:
                near(got.numpy(), gradient)
    return text


def same(got, wanted):
    """Bit for bit of arrays; single numbers may differ in the last place or two."""
    assert np.shape(got) == np.shape(wanted)
    if np.ndim(wanted):
        np.testing.assert_array_equal(got, wanted)
    else:
        np.testing.assert_allclose(got, wanted, rtol=1e-12, atol=1e-15)


def near(got, wanted):
    assert got.shape == wanted.shape
    scale = np.max(np.abs(wanted), initial=0.0, where=np.isfinite(wanted))
    np.testing.assert_allclose(got, wanted, rtol=1e-10, atol=1e-12 * max(scale, 1.0))


def check_style(folder):
    """Hold all programs in a folder against ruff."""
    ruff = [sys.executable, "-m", "ruff"]
    for call in (["check", "--select", RULES], ["format", "--diff"]):
        options = ["--isolated", "--no-cache", "--line-length", "88"]
        done = subprocess.run(
            [*ruff, *call, *options, str(folder)], capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr


CHECKS = {"numpy": check_numpy, "tutorial": check_tutorial, "torch": check_torch}


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_example_runs_to_the_same_numbers_and_is_formatted(path, tmp_path):
    document = load(path)
    for language, check in CHECKS.items():
        text = check(exported(document.graph, document.target))
        (tmp_path / f"{language}.py").write_text(text)
    check_style(tmp_path)


@pytest.mark.parametrize("name", sorted(FUNCTIONS))
def test_every_function_runs_to_the_same_numbers_and_is_formatted(name, tmp_path):
    count = iter(range(10**6))

    @settings(max_examples=12)
    @given(st.booleans().flatmap(lambda ties: st.tuples(st.just(ties), graphs_of(name, ties=ties))))
    def draw(drawn):
        ties, (graph, target) = drawn
        run = exported(graph, target)
        for language, check in CHECKS.items():
            if ties and language == "torch":
                continue
            text = check(run)
            (tmp_path / f"{language}{next(count)}.py").write_text(text)

    draw()
    check_style(tmp_path)
