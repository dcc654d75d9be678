"""Compiling long texts of Python without holding up the thread that a person's hand is on.

Python's own `compile` holds the interpreter's lock from beginning to end, 40 ms and more for a
thousand lines. So a long text that a thread beside the main one asks for is compiled by another
process, and what comes back only has to be read.
"""

from __future__ import annotations

import atexit
import marshal
import struct
import subprocess
import sys
from threading import Lock, current_thread, main_thread
from types import CodeType
from typing import IO, cast

LONG = 8_000
"""Characters from which on a text is worth the way to another process and back."""

LENGTH = struct.Struct("<I")

SERVANT = """\
import marshal, struct, sys
length = struct.Struct("<I")
given, gives = sys.stdin.buffer, sys.stdout.buffer
while head := given.read(4):
    text = given.read(*length.unpack(head)).decode()
    made = marshal.dumps(compile(text, "<plan>", "exec"))
    gives.write(length.pack(len(made)) + made)
    gives.flush()
"""
"""What the other process runs; it ends when nobody holds the other end any more."""


def code_of(text: str) -> CodeType:
    """Compile a text of Python.

    Examples
    --------
    >>> names = {}
    >>> exec(code_of("two = 1 + 1"), names)
    >>> names["two"]
    2
    """
    if len(text) >= LONG and current_thread() is not main_thread():
        code = _servant.compiled(text)
        if code is not None:
            return code
    return compile(text, "<plan>", "exec")


class _Servant:
    """The other process, started when it is first needed."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = Lock()

    def compiled(self, text: str) -> CodeType | None:
        """Let it compile a text; None if there can be no other process."""
        with self._lock:
            try:
                return self._ask(text.encode())
            except (EOFError, OSError, ValueError):
                self.end()
                return None

    def _ask(self, text: bytes) -> CodeType:
        if self._process is None:
            if not sys.executable:
                raise OSError("this Python does not know where it is")
            self._process = subprocess.Popen(  # noqa: S603 - this Python, and a text from here
                [sys.executable, "-I", "-S", "-c", SERVANT],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        given, gives = self._process.stdin, self._process.stdout
        assert given is not None  # noqa: S101 - both are pipes
        assert gives is not None  # noqa: S101
        given.write(LENGTH.pack(len(text)) + text)
        given.flush()
        (size,) = LENGTH.unpack(_exactly(gives, LENGTH.size))
        return cast("CodeType", marshal.loads(_exactly(gives, size)))  # noqa: S302 - our own servant

    def end(self) -> None:
        """Let it go."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            for pipe in (process.stdin, process.stdout):
                if pipe is not None:
                    pipe.close()
            process.wait()


def _exactly(stream: IO[bytes], size: int) -> bytes:
    found = stream.read(size)
    if len(found) != size:
        raise EOFError
    return found


_servant = _Servant()
atexit.register(_servant.end)
