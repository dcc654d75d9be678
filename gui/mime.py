"""What a block looks like while it is dragged from one widget to another."""

from __future__ import annotations

from PySide6.QtCore import QMimeData

from engine.functions import FUNCTIONS
from engine.graph import CONSTANT, INPUT

OWN = "own:"
"""Begins the kind of a block of a person's own."""

BLOCK_MIME = "application/x-gradwalk-block"


def block_mime(kind: str) -> QMimeData:
    """Wrap the kind of a block for dragging."""
    data = QMimeData()
    data.setData(BLOCK_MIME, kind.encode())
    return data


def is_own(kind: str) -> bool:
    """Tell whether a kind is that of a block of a person's own."""
    return kind.startswith(OWN)


def kind_of(data: QMimeData) -> str | None:
    """Unwrap the kind of a block; None if the data holds none that is known."""
    kind = bytes(data.data(BLOCK_MIME).data()).decode(errors="replace")
    return kind if kind in FUNCTIONS or kind in (INPUT, CONSTANT) or is_own(kind) else None
