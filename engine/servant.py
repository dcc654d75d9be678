"""Another Python process that answers questions, so that nobody waits for Python's one lock.

Two threads of Python take turns; what one of them works out in Python itself, the other waits for.
A process of its own can work while a person's hand is on the window.
"""

from __future__ import annotations

import atexit
import struct
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from threading import Lock
from typing import IO

LENGTH = struct.Struct("<I")
"""How long a question or an answer is stands before it."""

LOOP = """\
import struct, sys
length = struct.Struct("<I")
given, gives = sys.stdin.buffer, sys.stdout.buffer
while head := given.read(4):
    made = answer(given.read(*length.unpack(head)))
    gives.write(length.pack(len(made)) + made)
    gives.flush()
"""
"""What the process does once it can `answer`; it ends when nobody holds the other end any more."""

QUIETLY: int = getattr(subprocess, "CREATE_NO_WINDOW", 0)
"""On Windows, a process of Python would open a console."""


class Servant:
    """The other process, started when it is first asked.

    Parameters
    ----------
    program
        Text of Python that defines `answer`, which makes bytes from bytes.
    options
        What Python itself is told, and then the program as `sys.argv[1:]`.

    Examples
    --------
    >>> servant = Servant("def answer(question): return question[::-1]", ["-I", "-S"])
    >>> servant.ask(b"abc")
    b'cba'
    >>> servant.end()
    """

    def __init__(self, program: str, options: Sequence[str], arguments: Sequence[str] = ()) -> None:
        self._command = [*options, "-c", f"{program}\n{LOOP}", *arguments]
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = Lock()
        atexit.register(self.end)

    @property
    def process(self) -> subprocess.Popen[bytes] | None:
        """The process, while there is one."""
        return self._process

    def ask(self, question: bytes) -> bytes | None:
        """Wait for an answer; None if there can be no other process, or it died over this."""
        with self._lock:
            try:
                return self._ask(question)
            except (EOFError, OSError, ValueError):
                self.end()
                return None

    def _ask(self, question: bytes) -> bytes:
        if self._process is None:
            if not sys.executable:
                raise OSError("this Python does not know where it is")
            self._process = subprocess.Popen(  # noqa: S603 - this Python, and a text from here
                [sys.executable, *self._command],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                creationflags=QUIETLY,
            )
        given, gives = self._process.stdin, self._process.stdout
        assert given is not None  # noqa: S101 - both are pipes
        assert gives is not None  # noqa: S101
        given.write(LENGTH.pack(len(question)) + question)
        given.flush()
        (size,) = LENGTH.unpack(_exactly(gives, LENGTH.size))
        return _exactly(gives, size)

    def end(self) -> None:
        """Let it go."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            for pipe in (process.stdin, process.stdout):
                if pipe is not None:
                    with suppress(OSError):  # what it was told last and never read
                        pipe.close()
            process.wait()


def _exactly(stream: IO[bytes], size: int) -> bytes:
    found = stream.read(size)
    if len(found) != size:
        raise EOFError
    return found
