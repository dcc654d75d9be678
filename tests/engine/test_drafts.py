"""Drafts of what is not saved: whole, locked while their window lives, found when it is dead."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from engine.document import Document, Place
from engine.drafts import DAY, DraftFolder, Head, left_behind
from engine.errors import DocumentError
from engine.expression import parse_expression

ROOT = Path(__file__).parents[2]


@pytest.fixture
def document():
    graph, target = parse_expression("square(x)", {"x": np.array(3.0)})
    return Document(graph, {block: Place(0.0, 0.0) for block in graph.blocks}, target)


@pytest.fixture
def root(tmp_path):
    return tmp_path / "recovery"


def test_what_is_kept_comes_back_with_all_that_is_known_of_it(root, document):
    folder = DraftFolder.make(root)
    heads = [Head(Path("/tmp/α.gradwalk"), "α", "ab12"), Head(None, "Untitled", None)]  # noqa: S108
    for number, head in enumerate(heads, start=9):  # 9 comes before 10
        folder.keep(number, document, head)
    folder.leave()
    (found,) = left_behind(root)
    assert [draft.head for draft in found.drafts()] == heads
    assert [draft.read() for draft in found.drafts()] == [document, document]
    found.leave()


def test_a_draft_takes_the_place_of_the_one_before_and_can_be_dropped(root, document):
    folder = DraftFolder.make(root)
    folder.keep(1, document, Head(None, "first", None))
    folder.keep(1, document, Head(None, "second", None), pause=1e-6)
    assert [draft.head.title for draft in folder.drafts()] == ["second"]
    folder.drop(1)
    folder.drop(1)
    assert folder.drafts() == []
    folder.remove()


HOLDS = """
import sys
from pathlib import Path
from engine.document import Document
from engine.drafts import DraftFolder, Head
folder = DraftFolder.make(Path(sys.argv[1]))
folder.keep(1, Document(), Head(None, "Untitled", None))
print("kept", flush=True)
sys.stdin.read()
"""


def test_what_a_living_process_keeps_is_left_alone_until_it_is_dead(root):
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDS, root],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    with process:
        assert process.stdout.readline() == b"kept\n"
        assert list(left_behind(root)) == []
        process.kill()
    (found,) = left_behind(root)
    assert len(found.drafts()) == 1
    assert list(left_behind(root)) == []  # only one window offers it
    found.remove()
    assert list(root.iterdir()) == []


def test_a_folder_with_nothing_in_it_is_taken_away(root):
    DraftFolder.make(root).leave()
    assert list(left_behind(root)) == []
    assert list(root.iterdir()) == []


def test_a_folder_that_somebody_died_in_the_middle_of_making_goes_after_a_day(root):
    young, old = root / ".new-a", root / ".new-b"
    for path in (young, old):
        path.mkdir(parents=True)
    then = time.time() - DAY - 1
    os.utime(old, (then, then))
    assert list(left_behind(root)) == []
    assert list(root.iterdir()) == [young]


@pytest.mark.parametrize(("step", "last"), [("os.open", "lock"), ("os.rename", "")])
def test_a_folder_that_cannot_be_made_leaves_nothing_behind(root, monkeypatch, step, last):
    real = getattr(os, step.partition(".")[2])

    def fail(path, *given, **more):
        if str(path).endswith(last):
            raise OSError(28, "the disk is full")
        return real(path, *given, **more)

    with monkeypatch.context() as broken:
        broken.setattr(step, fail)
        with pytest.raises(OSError, match="full"):
            DraftFolder.make(root)
    assert list(root.iterdir()) == []


def test_nothing_is_found_where_nothing_was_kept(root):
    assert list(left_behind(root)) == []


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]\n", b'{"path": 3, "title": "", "digest": null}']
)
def test_a_file_that_is_no_draft_is_not_offered(root, content):
    folder = DraftFolder.make(root)
    (folder.path / "1.draft").write_bytes(content)
    assert folder.drafts() == []
    folder.remove()


def test_a_draft_that_somebody_broke_is_told_by_its_title(root, document):
    folder = DraftFolder.make(root)
    folder.keep(1, document, Head(None, "Untitled 2", None))
    (draft,) = folder.drafts()
    draft.file.write_bytes(draft.file.read_bytes()[:-30])
    with pytest.raises(DocumentError, match="What was kept of “Untitled 2” is lost"):
        draft.read()
    folder.remove()


def test_a_folder_is_for_its_owner_alone(root):
    folder = DraftFolder.make(root)
    assert folder.path.stat().st_mode & 0o077 == 0
    folder.remove()
