"""Ctrl-C in the middle of a film, a large picture or many of them leaves every file as it was."""

from __future__ import annotations

import os
import signal
from itertools import pairwise

import numpy as np
import pytest

from engine.document import Document, Place
from engine.graph import Block, Graph, Wire
from engine.storage import save
from tests.cli.commands import EXAMPLE, finish, start, wait_for, without_display

TUTORIAL = ("render", "square(exp(square(x)))", "--set", "x=0.5")

HEEDING = ("env", "--default-signal=INT")
"""A background job, such as a build server's, hands on that it ignores Ctrl-C."""


def test_ctrl_c_gives_a_film_up_and_leaves_no_file(tmp_path):
    path = tmp_path / "a.apng"
    options = ("--speed", "0.01", "--fps", "50", "--size", "960x540")
    process = start(*TUTORIAL, *options, "--output", path, env=without_display())
    wait_for(lambda: list(tmp_path.iterdir()))
    process.send_signal(signal.SIGINT)
    status, out, err = finish(process)
    assert (status, out, err) == (-signal.SIGINT, "", "")
    assert list(tmp_path.iterdir()) == []


def grid(folder):
    """A file of a chain of many blocks that runs to and fro."""
    blocks = [Block("b0", "input", "x", np.array(0.5))]
    blocks += [Block(f"b{at}", "sin", f"v{at}") for at in range(1, 1_500)]
    wires = [Wire(a.id, b.id, 0) for a, b in pairwise(blocks)]
    places = {b.id: Place(170.0 * (at % 50), 150.0 * (at // 50)) for at, b in enumerate(blocks)}
    path = folder / "grid.gradwalk"
    save(Document(Graph.build(blocks, wires), places, blocks[-1].id), path)
    return path


@pytest.mark.parametrize("kind", ["png", "svg", "pdf"])
def test_ctrl_c_gives_a_large_picture_up_and_leaves_the_old_file(tmp_path, kind):
    source, folder = grid(tmp_path), tmp_path / "out"
    folder.mkdir()
    path = folder / f"a.{kind}"
    path.write_bytes(b"as it was")
    options = ("--size", "9600x8000", "--output", path)
    process = start("render", source, *options, env=without_display())
    wait_for(lambda: len(list(folder.iterdir())) == 2)
    process.send_signal(signal.SIGINT)
    assert finish(process) == (-signal.SIGINT, "", "")
    assert list(folder.iterdir()) == [path]
    assert path.read_bytes() == b"as it was"


@pytest.mark.parametrize("everybody", [False, True])
def test_ctrl_c_gives_many_films_up_and_leaves_no_part_of_one(tmp_path, everybody):
    """A terminal tells all processes of it; another program may tell the command alone."""
    sources = sorted(EXAMPLE.parent.glob("*.gradwalk"))
    options = ("--into", tmp_path, "--to", "apng", "--speed", "0.01", "--size", "960x540")
    asked = {"under": HEEDING, "env": without_display(), "start_new_session": True}
    process = start("render", *sources, *options, **asked)
    wait_for(lambda: list(tmp_path.iterdir()))
    if everybody:
        os.killpg(process.pid, signal.SIGINT)
    else:
        process.send_signal(signal.SIGINT)
    assert finish(process) == (-signal.SIGINT, "", "")
    assert list(tmp_path.iterdir()) == []
