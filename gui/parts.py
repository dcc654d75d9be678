"""The parts of the window, and going from one to the next by keyboard."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget


def go_on(parts: Sequence[QWidget], by: int) -> None:
    """Put the keyboard into the next part, or the one before; a part may take it with a child."""
    focused = QApplication.focusWidget()
    here = [at for at, part in enumerate(parts) if focused and _holds(part, focused)]
    at = here[0] if here else (-1 if by > 0 else len(parts))
    for step in range(1, len(parts) + 1):
        found = _first_stop(parts[(at + step * by) % len(parts)])
        if found is not None:
            found.setFocus(Qt.FocusReason.TabFocusReason)
            return


def _holds(part: QWidget, widget: QWidget) -> bool:
    return part is widget or part.isAncestorOf(widget)


def _first_stop(part: QWidget) -> QWidget | None:
    """Find what takes the keyboard in a part: the part itself, or the first that does in it."""
    for widget in (part, *part.findChildren(QWidget)):
        stops = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
        if stops and widget.isEnabled() and widget.isVisible():
            return widget
    return None
