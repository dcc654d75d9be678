"""Terminals, pipes, disks and signals around the walk."""

from __future__ import annotations

import array
import fcntl
import re
import signal
import subprocess
import sys
import termios
import time
from pathlib import Path

import pytest

from tests.cli.commands import ROOT, TUTORIAL, WIDE, finish, in_terminal, start


def tutorial_in_terminal(**environment):
    """Run the tutorial in a pseudo-terminal and give what it shows."""
    status, shown, err = in_terminal(*TUTORIAL, **environment)
    assert (status, err) == (0, "")
    return shown


def test_a_terminal_shows_forward_in_blue_and_backward_in_orange():
    shown = tutorial_in_terminal()
    assert re.search("\x1b\\[34m2 →  Square a\x1b\\[0m", shown)
    assert re.search("\x1b\\[38;5;208m6 ←  Square y\x1b\\[0m", shown)
    assert re.sub("\x1b\\[[0-9;]*m", "", shown) == WIDE


@pytest.mark.parametrize("environment", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_a_terminal_without_colours_shows_none(environment):
    assert tutorial_in_terminal(**environment) == WIDE


def test_a_terminal_that_lacks_some_characters_shows_the_rest():
    status, out, err = finish(start(*TUTORIAL, env={"PYTHONIOENCODING": "ascii"}))
    assert (status, err) == (0, "")
    assert "?y/?x = 3.297442541400256" in out


def test_a_reader_that_has_seen_enough_is_no_error():
    process = start("walk", "+".join(["x"] * 1000), "--set", "x=1")
    process.stdout.read(10)
    process.stdout.close()
    _, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (0, b"")


def test_a_full_disk_gets_one_sentence():
    with Path("/dev/full").open("wb") as full:
        process = subprocess.run(
            [sys.executable, ROOT / "main.py", *TUTORIAL],
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert process.returncode == 2
    assert process.stderr.decode() == (
        "gradwalk: The output cannot be written: No space left on device.\n"
    )


def unread(pipe):
    """Count the bytes that nobody has taken out of a pipe yet."""
    count = array.array("i", [0])
    fcntl.ioctl(pipe, termios.FIONREAD, count)
    return count[0]


def test_an_interruption_is_quiet():
    # A background job, such as a build server's, hands on that it ignores interruptions.
    process = start("walk", "-", stdin=subprocess.PIPE, under=("env", "--default-signal=INT"))
    process.stdin.write(b"x")
    process.stdin.flush()
    while unread(process.stdin):
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    assert finish(process) == (-signal.SIGINT, "", "")
