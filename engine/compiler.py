"""Compiling long texts of Python without holding up the thread that a person's hand is on.

Python's own `compile` holds the interpreter's lock from beginning to end, 40 ms and more for a
thousand lines. So a long text that a thread beside the main one asks for is compiled by another
process, and what comes back only has to be read.
"""

from __future__ import annotations

import marshal
from threading import current_thread, main_thread
from types import CodeType
from typing import cast

from engine.servant import Servant

LONG = 8_000
"""Characters from which on a text is worth the way to another process and back."""

PROGRAM = """\
import marshal
def answer(text):
    return marshal.dumps(compile(text.decode(), "<plan>", "exec"))
"""

_servant = Servant(PROGRAM, ["-I", "-S"])


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
        made = _servant.ask(text.encode())
        if made is not None:
            return cast("CodeType", marshal.loads(made))  # noqa: S302 - our own servant
    return compile(text, "<plan>", "exec")
