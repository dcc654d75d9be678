"""What tests of the pages on the right share."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from gui.player import Player


def named(page, begin, kind=QWidget):
    """Find a widget by the beginning of its accessible name, as a person would."""
    return next(w for w in page.findChildren(kind) if w.accessibleName().startswith(begin))


def show_page(qtbot, make, document):
    """Show a page about a document; it follows what is changed there."""
    player = Player(document.recording)
    document.recording_changed.connect(lambda: player.set_recording(document.recording))
    page = make(player)
    qtbot.addWidget(page)
    page.resize(364, 700)
    page.show()
    qtbot.waitExposed(page)
    return page
