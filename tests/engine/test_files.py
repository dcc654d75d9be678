"""Files that are read whole or refused, and written whole or not at all."""

from __future__ import annotations

import errno
import os
import shutil
import stat
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

from engine.errors import DocumentError
from engine.files import LARGEST, STRAY, STRAY_AGE, read_whole, write_whole
from engine.locks import lock

ROOT = Path(__file__).parents[2]
NOBODY = 65534


@pytest.fixture
def folder():
    """A folder that everybody can look into, unlike those that pytest makes."""
    made = Path(tempfile.mkdtemp())
    made.chmod(0o755)
    yield made
    made.chmod(0o755)
    shutil.rmtree(made)


@contextmanager
def as_nobody():
    """Do without the rights of the superuser, who may do anything."""
    superuser = os.geteuid() == 0
    if superuser:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        if superuser:
            os.seteuid(0)


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def refusal(action, *arguments):
    with pytest.raises(DocumentError) as caught:
        action(*arguments)
    return caught.value.sentence


# Reading


def test_a_file_is_read(tmp_path):
    path = tmp_path / "a"
    path.write_bytes(b"\r\n\xff\0")
    assert read_whole(path) == b"\r\n\xff\0"


def test_what_cannot_be_read_is_refused_with_a_reason(tmp_path):
    assert refusal(read_whole, tmp_path / "none") == (
        "none cannot be opened: there is no such file or folder."
    )
    assert refusal(read_whole, tmp_path) == f"{tmp_path.name} cannot be opened: it is a folder."
    (tmp_path / "file").touch()
    assert "there is no such folder" in refusal(read_whole, tmp_path / "file" / "x")
    assert "its name is too long" in refusal(read_whole, tmp_path / ("x" * 300))
    assert "null" in refusal(read_whole, tmp_path / "a\0b")
    (tmp_path / "loop").symlink_to("loop")
    assert "its links lead in a circle" in refusal(read_whole, tmp_path / "loop")


def test_a_pipe_or_a_device_is_refused_and_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "pipe", Path("/dev/zero"), Path("/dev/null")):
        assert "it is a device or a pipe, and not a file" in refusal(read_whole, path)


def test_a_file_that_is_too_large_is_refused_before_it_is_read(tmp_path):
    path = tmp_path / "large"
    with path.open("wb") as file:
        file.truncate(2 * LARGEST)  # takes no room on the disk
    begin = time.thread_time()
    assert "it is larger than 64 MB, the most that is read" in refusal(read_whole, path)
    refused = time.thread_time()
    path.read_bytes()
    assert refused - begin < (time.thread_time() - refused) / 2


def test_a_file_that_one_may_not_read_is_refused(folder):
    path = folder / "secret"
    path.touch(0o000)
    with as_nobody():
        assert refusal(read_whole, path) == "secret cannot be opened: you have no permission."


# Writing


def test_a_new_file_has_the_permissions_that_new_files_have(tmp_path):
    path = tmp_path / "new"
    before = os.umask(0o027)
    try:
        write_whole(path, b"new")
    finally:
        os.umask(before)
    assert path.read_bytes() == b"new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


@pytest.mark.parametrize("mode", [0o600, 0o644, 0o664, 0o755])
def test_an_old_file_keeps_its_permissions(tmp_path, mode):
    path = tmp_path / "old"
    path.write_bytes(b"old")
    path.chmod(mode)
    write_whole(path, b"new")
    assert path.read_bytes() == b"new"
    assert stat.S_IMODE(path.stat().st_mode) == mode
    assert names(tmp_path) == ["old"]


def test_a_link_stays_a_link_and_its_file_is_written(tmp_path):
    (tmp_path / "far").mkdir()
    real, link, second = tmp_path / "far" / "real", tmp_path / "link", tmp_path / "second"
    real.write_bytes(b"old")
    link.symlink_to("far/real")
    second.symlink_to(link)
    write_whole(second, b"new")
    assert real.read_bytes() == b"new"
    assert link.is_symlink()
    assert second.is_symlink()
    assert names(tmp_path / "far") == ["real"]


def test_a_link_to_a_file_that_is_still_to_come_makes_it(tmp_path):
    link = tmp_path / "link"
    link.symlink_to(tmp_path / "real")
    write_whole(link, b"new")
    assert (tmp_path / "real").read_bytes() == b"new"
    assert link.is_symlink()


def test_the_longest_name_can_be_saved(tmp_path):
    path = tmp_path / ("x" * 255)
    write_whole(path, b"new")
    assert path.read_bytes() == b"new"


def test_what_cannot_be_written_is_refused_with_a_reason(tmp_path):
    assert refusal(write_whole, tmp_path / "no" / "new", b"") == (
        "new cannot be saved: there is no such file or folder."
    )
    assert "it is a folder" in refusal(write_whole, tmp_path, b"")
    os.mkfifo(tmp_path / "pipe")
    assert "it is a device or a pipe" in refusal(write_whole, tmp_path / "pipe", b"")
    assert "it is a device or a pipe" in refusal(write_whole, Path("/dev/null"), b"")
    (tmp_path / "loop").symlink_to("loop")
    assert "links lead in a circle" in refusal(write_whole, tmp_path / "loop", b"")
    assert "null" in refusal(write_whole, tmp_path / "a\0b", b"")


def test_a_folder_that_one_may_not_write_to_is_refused(folder):
    folder.chmod(0o555)
    with as_nobody():
        sentence = refusal(write_whole, folder / "new", b"")
    assert sentence == "new cannot be saved: you have no permission."
    assert names(folder) == []


def test_a_file_that_is_write_protected_is_not_replaced(folder):
    path = folder / "protected"
    path.write_bytes(b"old")
    path.chmod(0o444)
    folder.chmod(0o777)
    with as_nobody():
        sentence = refusal(write_whole, path, b"new")
    assert sentence == "protected cannot be saved: it is write-protected."
    assert path.read_bytes() == b"old"
    assert names(folder) == ["protected"]


def fail(number):
    def function(*_, **__):
        raise OSError(number, os.strerror(number))

    return function


@pytest.mark.parametrize(
    ("call", "number", "reason"),
    [
        ("fsync", errno.ENOSPC, "the disk is full"),
        ("fsync", errno.EDQUOT, "your share of the disk is full"),
        ("fsync", errno.EIO, "input/output error"),
        ("replace", errno.EROFS, "the disk is read-only"),
    ],
)
def test_a_failure_leaves_the_old_file_and_nothing_else(
    tmp_path, monkeypatch, call, number, reason
):
    path = tmp_path / "old"
    path.write_bytes(b"old")
    place = (os, "fsync") if call == "fsync" else (Path, "replace")
    monkeypatch.setattr(*place, fail(number))
    assert refusal(write_whole, path, b"new") == f"old cannot be saved: {reason}."
    monkeypatch.undo()
    assert path.read_bytes() == b"old"
    assert names(tmp_path) == ["old"]


def test_an_interruption_leaves_the_old_file_and_nothing_else(tmp_path, monkeypatch):
    def interrupt(_):
        raise KeyboardInterrupt

    path = tmp_path / "old"
    path.write_bytes(b"old")
    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_whole(path, b"new")
    assert path.read_bytes() == b"old"
    assert names(tmp_path) == ["old"]


FULL_DISK = """
import resource, signal, sys
from pathlib import Path
from engine.errors import DocumentError
from engine.files import write_whole
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
try:
    write_whole(Path(sys.argv[1]), b"x" * 2000)
except DocumentError as error:
    print(error.sentence)
"""


def test_a_disk_that_takes_no_more_leaves_the_old_file_and_nothing_else(tmp_path):
    path = tmp_path / "old"
    path.write_bytes(b"old")
    done = subprocess.run(
        [sys.executable, "-c", FULL_DISK, path],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "old cannot be saved: the file grows too large.\n"
    assert path.read_bytes() == b"old"
    assert names(tmp_path) == ["old"]


# What somebody died in the middle of writing


def stray(folder, *, age=STRAY_AGE + 1):
    path = folder / STRAY.format("0123456789abcdef")
    path.write_bytes(b"half")
    then = time.time() - age
    os.utime(path, (then, then))
    return path


def test_what_nobody_is_writing_any_more_is_taken_away(tmp_path):
    stray(tmp_path)
    (tmp_path / ".gradwalk-notes").write_bytes(b"mine")
    write_whole(tmp_path / "new", b"new")
    assert names(tmp_path) == [".gradwalk-notes", "new"]


def test_what_another_process_may_still_be_writing_is_left_alone(tmp_path):
    young = stray(tmp_path, age=0)
    write_whole(tmp_path / "new", b"new")
    assert young.exists()


def test_what_another_process_is_writing_slowly_is_left_alone(tmp_path):
    path = stray(tmp_path)
    with path.open("ab") as opened:
        assert lock(opened.fileno())
        write_whole(tmp_path / "new", b"new")
        assert path.exists()
    write_whole(tmp_path / "new", b"new")
    assert not path.exists()


KILLED = """
import itertools, os, random, signal, sys, time
from pathlib import Path
import numpy as np
from engine.document import Document, Place
from engine.graph import Block, Graph
from engine.storage import load, save

def document(number):
    blocks = [Block(f"b{n}", "input", f"x{n}", np.array(float(number))) for n in range(300)]
    return Document(Graph.build(blocks, []), {block.id: Place(0.0, 0.0) for block in blocks})

path, times = Path(sys.argv[1]), int(sys.argv[2])
ready = [document(number) for number in range(2)]
save(ready[0], path)
random.seed(1)
for first in range(times):
    child = os.fork()
    if child == 0:
        for number in itertools.count(first):
            save(ready[number % 2], path)
    time.sleep(random.uniform(0.001, 0.04))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    values = {block.value.item() for block in load(path).graph.blocks.values()}
    print(*values)
"""


def test_a_save_that_is_killed_leaves_the_old_file_or_the_new_one_whole(tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", KILLED, tmp_path / "killed.gradwalk", "100"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    found = done.stdout.split("\n")[:-1]
    assert len(found) == 100
    assert set(found) == {"0.0", "1.0"}  # whole each time, and both have been seen
