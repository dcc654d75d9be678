"""The walk of a document, from a file or from stdin."""

from __future__ import annotations

import subprocess

import numpy as np

from engine.document import Document, Place
from engine.graph import Block, Graph, Wire
from engine.storage import save
from tests.cli.commands import EXAMPLE, finish, start


def document():
    graph = Graph.build(
        [
            Block("x", "input", "x", np.array(3.0)),
            Block("A", "square", "a"),
            Block("B", "exp", "b"),
            Block("z", "input", "z"),
            Block("C", "sin", "c"),
        ],
        [Wire("x", "A", 0), Wire("z", "C", 0)],
    )
    return Document(graph, {block: Place(0.0, 0.0) for block in graph.blocks}, "A")


def test_a_file_serves_in_place_of_an_expression(run):
    status, out, _ = run("walk", str(EXAMPLE))
    assert status == 0
    assert "∂y/∂x = 3.297442541400256" in out


def test_values_of_a_file_can_be_set_anew(run, tmp_path):
    path = tmp_path / "a.gradwalk"
    save(document(), path)
    status, out, _ = run("walk", str(path), "--set", "x=5")
    assert status == 0
    assert "∂a/∂x = 10" in out


def test_what_the_target_does_not_need_may_be_unfinished(run, tmp_path):
    path = tmp_path / "a.gradwalk"
    save(document(), path)
    status, out, err = run("walk", str(path))
    assert (status, err) == (0, "")
    assert "Not walked: The input of Exp is open." in out
    assert "Not walked: z has no value yet." in out


def test_a_walk_that_gets_stuck_says_why(run, tmp_path):
    path = tmp_path / "a.gradwalk"
    save(document(), path)
    status, out, err = run("walk", str(path), "--target", "b")
    assert status == 2
    assert "1 →  x" in out
    assert err == "gradwalk: The walk gets stuck. The input of Exp is open.\n"


def test_shapes_that_do_not_fit_get_a_walk_stuck(run):
    status, _, err = run("walk", "x + [1, 2]", "--set", "x=[1, 2, 3]")
    assert status == 2
    assert "have the shapes (3,) and (2,), which do not fit." in err


def test_stdin_may_hold_an_expression_or_a_document():
    given = EXAMPLE.read_bytes()
    status, out, err = finish(start("walk", "-", stdin=subprocess.PIPE), given)
    assert (status, err) == (0, "")
    assert "∂y/∂x = 3.297442541400256" in out
    process = start("walk", "-", "--set", "x=3", stdin=subprocess.PIPE)
    assert "∂y/∂x = 6" in finish(process, b"x * x\n")[1]
