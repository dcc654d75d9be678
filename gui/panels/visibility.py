"""Showing and hiding parts of a panel."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from PySide6.QtWidgets import QWidget


def show_if(widget: QWidget, wanted: bool) -> None:  # noqa: FBT001 - it is the question
    """Show a widget or hide it; Qt takes a tenth of a millisecond to find that nothing changes."""
    if widget.isHidden() == wanted:
        widget.setVisible(wanted)


@contextmanager
def laid_out_after(widgets: Iterable[QWidget]) -> Iterator[None]:
    """Let nothing in some widgets be laid out meanwhile, but all that has changed afterwards.

    Qt lays a widget out, and all around it, whenever a part of it is shown.
    """
    layouts = [layout for widget in widgets if (layout := widget.layout()) is not None]
    for layout in layouts:
        layout.setEnabled(False)
    try:
        yield
    finally:
        for layout in layouts:
            layout.setEnabled(True)
        for layout in layouts:
            layout.activate()
