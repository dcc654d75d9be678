"""Showing and hiding parts of a panel."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget


def show_if(widget: QWidget, wanted: bool) -> None:  # noqa: FBT001 - it is the question
    """Show a widget or hide it; Qt takes a tenth of a millisecond to find that nothing changes."""
    if widget.isHidden() == wanted:
        widget.setVisible(wanted)
