"""What the engine needs, and what it does without."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

import engine

ROOT = Path(__file__).parents[2]


def imported_by(code):
    """Run code in a fresh interpreter and give the names of the modules that it imported."""
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\nimport sys; print(*sys.modules)"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return {name.partition(".")[0] for name in done.stdout.split()}


def test_importing_the_engine_imports_no_screen():
    modules = ", ".join(
        f"engine.{path.stem}" for path in (ROOT / "engine").glob("*.py") if path.stem != "__init__"
    )
    found = imported_by(f"import engine, engine.layout, {modules}")
    assert {"PySide6", "shiboken6", "gui", "main"}.isdisjoint(found)


def test_variables_and_functions_need_numpy_alone():
    assert {"networkx", "msgspec"}.isdisjoint(imported_by("from engine import Variable, square"))


def test_the_version_is_the_one_of_the_package():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert engine.__version__ == project["version"]
