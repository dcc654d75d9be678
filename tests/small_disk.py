"""A disk of a few hundred kilobytes, which is really full when it is full.

It is a file system of its own that only the programs see which are started under it, so it needs no
rights on the machine. Where a machine gives no such thing, a limit on the size of each file has to
stand in; that is told, and fails where a server builds.
"""

from __future__ import annotations

import errno
import os
import subprocess
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

SIZE = 256 * 1024
PAGE = 4096
FILLER = "filler"

WAYS = (("unshare", "-Urm"), ("unshare", "-m"))
"""Anybody may have a file system in a name space of their own, or else the superuser may."""

ENTRIES = (("-U", "-m", "--preserve-credentials"), ("-m",))


class SmallDisk:
    """A small disk.

    Attributes
    ----------
    path
        Where it is, for programs that are started under it.
    seen
        Where it is from here.
    reason
        What is said of it when it is full.
    """

    def __init__(self, path: Path, seen: Path, under: Sequence[str]) -> None:
        self.path, self.seen = path, seen
        self._under = list(under)
        self._limit: int | None = None
        self.reason = "the disk is full"

    def fill(self, leave: int = 0) -> None:
        """Fill it up, but for so many bytes."""
        with (self.seen / FILLER).open("ab", buffering=0) as filler:
            try:
                while True:
                    filler.write(bytes(PAGE))
            except OSError as error:
                assert error.errno == errno.ENOSPC  # noqa: PT017 - there is no other way to fill it
            filler.truncate(filler.tell() - leave)

    def seal(self) -> None:
        """Let nothing more be written to it; it has nothing on it, or what it has stays so."""
        mount = ["mount", "-o", "remount,ro", self.path]
        subprocess.run(self.command(*mount), capture_output=True, check=True)
        self.reason = "the disk is read-only"

    def command(self, *words: object) -> list[str]:
        """Give the command that runs another one which sees the disk."""
        return [*self._under, *map(str, words)]

    def names(self) -> list[str]:
        """List what is on it, but for what fills it."""
        return sorted(path.name for path in self.seen.iterdir() if path.name != FILLER)


class LimitedFiles(SmallDisk):
    """What stands in for one: a folder in which no file may grow."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, path, ())
        self.reason = "the file grows too large"

    def fill(self, leave: int = 0) -> None:
        """Let no file grow larger than this."""
        self._under = ["prlimit", f"--fsize={leave}", "--"]

    def seal(self) -> None:
        """Let nothing be written."""
        self.fill()


@contextmanager
def small_disk(path: Path) -> Iterator[SmallDisk]:
    """Make one, at a folder that is empty; it is gone in the end."""
    for way, entry in zip(WAYS, ENTRIES, strict=True):
        script = f'mount -t tmpfs -o size={SIZE} tmpfs "$1" && echo ready && exec cat'
        holder = subprocess.Popen(
            [*way, "sh", "-c", script, "sh", path],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        try:
            if holder.stdout.readline() != b"ready\n":
                continue
            seen = Path(f"/proc/{holder.pid}/root{path}")
            yield SmallDisk(path, seen, ("nsenter", "-t", str(holder.pid), *entry))
        finally:
            with suppress(BrokenPipeError):
                holder.stdin.close()
            holder.wait(10)
            holder.stdout.close()
            holder.stderr.close()
        return
    # In a changed root there is no name space to be had, but the superuser may mount all the same.
    mount = ["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", path]
    if subprocess.run(mount, capture_output=True, check=False).returncode == 0:
        try:
            yield SmallDisk(path, path, ())
        finally:
            subprocess.run(["umount", path], check=True)
        return
    reason = "No small disk can be made here: neither name spaces nor mounting is allowed."
    assert not os.environ.get("CI"), reason
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        warnings.warn(f"{reason} A limit on the size of files stands in for it.", stacklevel=2)
    yield LimitedFiles(path)
