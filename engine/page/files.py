"""The style sheets and scripts of a page."""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / "resources" / "page"


def data(name: str) -> str:
    """Give what is in one of the files."""
    return (FOLDER / name).read_text(encoding="utf-8")
