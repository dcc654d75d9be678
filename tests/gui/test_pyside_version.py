"""The PySide6 that is installed keeps its hands off None."""

from __future__ import annotations

import subprocess
import sys

# PySide6 6.12.0 on Python 3.11 drops a reference to None at each call that returns None. After
# some five thousand of them the interpreter aborts, which a small test suite never reaches. The
# calls stand alone: Python 3.11 compares with None in a way that would not notice.
MANY_CALLS = """
from PySide6.QtCore import QObject
thing = QObject()
for _ in range(20_000):
    thing.setObjectName("a name")
print("survived")
"""


def test_twenty_thousand_calls_that_return_none_are_survived():
    told = subprocess.run(
        [sys.executable, "-c", MANY_CALLS], capture_output=True, text=True, check=False, timeout=60
    )
    assert (told.returncode, told.stdout, told.stderr) == (0, "survived\n", "")
