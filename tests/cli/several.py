"""Runs commands one after the other in one process: a list of them on stdin, what came of each on
stdout.

    python -m tests.cli.several < commands.json

One that begins with `recording` calls a method of a recording of the tutorial, as Python does.
"""

from __future__ import annotations

import json
import sys
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO

import numpy as np

import engine
from engine.errors import GradwalkError
from main import main


def outcome(words: list[str]) -> list[object]:
    """Give the exit status and what was said; of a recording, the sentence of its error alone."""
    if words[0] == "recording":
        graph, y = engine.parse_expression("square(exp(square(x)))", {"x": np.array(0.5)})
        try:
            getattr(engine.record(graph, y), words[1])(words[2])
        except GradwalkError as error:
            return [2, f"gradwalk: {error.sentence}\n"]
        return [0, ""]
    said = StringIO()
    with redirect_stderr(said), redirect_stdout(said):
        status = main(words)
    return [status, said.getvalue()]


if __name__ == "__main__":
    print(json.dumps([outcome(words) for words in json.load(sys.stdin)]))  # noqa: T201 - it is asked for
