"""Count the tests that name each function, into docs/tests.md: python -m docs.count_tests.

A test counts for every function whose name stands in its id, or in the expression it is run with.
What goes through all functions at once without naming them is not counted.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

from engine import FUNCTIONS

ROOT = Path(__file__).parents[1]

HEAD = """# The tests of each function

Counted by `python -m docs.count_tests`: the tests whose id, or the expression in it, names the
function. Each property that hypothesis draws counts once, and stands for a hundred cases or more.

| function | group | tests |
|---|---|---:|
"""


def main() -> None:
    """Collect, count, and write the table."""
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", "--collect-only", "-q", "tests/engine", "engine"],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=True,
    )
    counts: Counter[str] = Counter()
    for line in ran.stdout.splitlines():
        name = line.partition("::")[2]
        counts.update(set(re.findall(r"[a-z][a-z0-9_]*", name)) & FUNCTIONS.keys())
    rows = sorted((function.group, name) for name, function in FUNCTIONS.items())
    table = "".join(f"| `{name}` | {group} | {counts[name]} |\n" for group, name in rows)
    (ROOT / "docs" / "tests.md").write_text(HEAD + table, encoding="utf-8")


if __name__ == "__main__":
    main()
