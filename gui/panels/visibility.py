"""Showing and hiding parts of a panel."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from gui.theme import font

KEPT_AWAY = "kept away"
"""Name of the property of what `keep_away` has hidden."""


def show_if(widget: QWidget, wanted: bool) -> None:  # noqa: FBT001 - it is the question
    """Show a widget or hide it; Qt takes a tenth of a millisecond to find that nothing changes."""
    if widget.isHidden() == wanted and not (wanted and widget.property(KEPT_AWAY)):
        widget.setVisible(wanted)


def keep_away(*widgets: QWidget) -> None:
    """Hide widgets for good: a picture has no room for what only a hand needs."""
    for widget in widgets:
        widget.setProperty(KEPT_AWAY, True)  # noqa: FBT003 - Qt takes no keyword here
        widget.hide()


def unseen() -> QWidget:
    """Make a window that nobody sees: what stands in it is painted into pictures."""
    window = QWidget()
    window.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    window.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
    window.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, on=False)
    window.setFont(font(13))
    return window


def is_pictured(widget: QWidget) -> bool:
    """Tell whether a widget stands in such a window."""
    return widget.window().testAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)


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
