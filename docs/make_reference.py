"""Write docs/reference.md out of the classes of all Functions: python -m docs.make_reference.

A test counts for every function whose name stands in its id, or in the expression it is run with.
What goes through all functions at once without naming them is not counted.
"""

from __future__ import annotations

import inspect
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from engine import FUNCTIONS
from engine.function import Function
from engine.signatures import REQUIRED, is_variadic, port_names, settings_of
from engine.symbols import Symbol, local_formula, value_formula
from engine.writing import notation_of

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "reference.md"

HEAD = """# Every function

Written by `python -m docs.make_reference` out of the classes themselves; a test fails where the two
differ. Each has its name in an expression, what stands on its block, its value, and its derivative
by each input: a formula where it works element by element, and else the lines of the class that
lead a gradient `gy` back. `y` is the value, `axis=None` means all axes, and a choice that the field
leaves open, such as a derivative at a kink, is told with the function.

The tests are those whose id, or the expression in it, names the function. Each property that
hypothesis draws counts once, and stands for sixteen cases or more.
"""

RULES = ("slope", "slopes", "pull")
"""Where a class may tell its derivative, if it is no table of formulas; the plainest first."""


def main() -> None:
    """Count the tests and write the page."""
    PAGE.write_text(page(counted()), encoding="utf-8")


def page(tests: Mapping[str, int]) -> str:
    """Write the page, with the number of tests of each function."""
    groups = sorted({function.group for function in FUNCTIONS.values()})
    parts = [HEAD]
    for group in groups:
        parts.append(f"\n## {group}\n")
        for name, function in sorted(FUNCTIONS.items()):
            if function.group == group:
                parts.append("\n".join(_entry(name, function, tests.get(name, 0))))
    return "\n".join(parts)


def counts_of(text: str) -> dict[str, int]:
    """Read the numbers of tests out of a page."""
    found = re.findall(r"^### (\w+)$.*?^- Tests: (\d+)$", text, re.MULTILINE | re.DOTALL)
    return {name: int(count) for name, count in found}


def counted() -> Counter[str]:
    """Collect the tests, and count those that name each function."""
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", "--collect-only", "-q", "tests/engine", "engine"],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=True,
    )
    counts: Counter[str] = Counter()
    for line in ran.stdout.splitlines():
        named = line.partition("::")[2]
        counts.update(set(re.findall(r"[a-z][a-z0-9_]*", named)) & FUNCTIONS.keys())
    return counts


def _entry(name: str, function: type[Function], tests: int) -> Iterator[str]:
    ports = port_names(function) or ("x0", "x1")
    symbols = tuple(map(Symbol, ports))
    yield f"### {name}\n"
    yield inspect.cleandoc(function.__doc__ or "") + "\n"
    yield f"- On its block: {notation_of(name).symbol}"
    yield f"- Value: y = {value_formula(function, symbols)}{', …' * is_variadic(function)}"
    letters = {k: Symbol(k) for k, v in settings_of(function).items() if isinstance(v, float)}
    if function.is_elementwise():
        for port, at in enumerate(ports):
            yield f"- ∂y/∂{at} = {local_formula(function, port, symbols, letters)}"
    for setting, default in settings_of(function).items():
        told = "to be told" if default is REQUIRED else f"by default {default!r}"
        yield f"- Setting `{setting}`: {told}"
    same = [_numpy_name(found) for found in (function.ufunc, *function.numpy) if found is not None]
    if same:
        yield f"- In NumPy: {', '.join(f'`{found}`' for found in same)}"
    if function.inner:
        yield "- Made by the way back of others, and not in the palette"
    yield f"- Tests: {tests}\n"
    if not function.is_elementwise():
        yield _rule(function)


def _rule(function: type[Function]) -> str:
    """Give the lines that tell the derivative, of the class itself or the nearest it builds on."""
    told = (vars(kind)[rule] for kind in function.__mro__ for rule in RULES if rule in vars(kind))
    return inspect.getsource(next(told))  # indented, and so a listing


def _numpy_name(function: Callable[..., object]) -> str:
    """Name a function of NumPy as it is called."""
    place = "np.linalg" if "linalg" in getattr(function, "__module__", "") else "np"
    return f"{place}.{function.__name__}"


if __name__ == "__main__":
    main()
