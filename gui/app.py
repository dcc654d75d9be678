"""Starting the app."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings, QTimer
from PySide6.QtWidgets import QApplication

from gui.garbage import Collector
from gui.main_window import MainWindow
from gui.theme import RESOURCES, themes

if TYPE_CHECKING:
    from engine.document import Document
    from gui.document import OpenDocument


def make_app(arguments: Sequence[str]) -> QApplication:
    """Make the application object with its names, style and theme."""
    app = QApplication(list(arguments))
    app.setApplicationName("Gradwalk")
    app.setOrganizationName("Gradwalk")
    app.setDesktopFileName("gradwalk")
    app.setStyle("Fusion")
    Collector(app)
    choice = QSettings().value("theme", "system")
    themes().choose(choice if choice in ("light", "dark") else "system")
    return app


def tutorial() -> OpenDocument:
    """Open the tutorial's chain as a new document."""
    from gui.document import OpenDocument  # noqa: PLC0415 - the first frame does not wait for it

    return OpenDocument.example(RESOURCES / "examples" / "tutorial.gradwalk")


def run(asked: Sequence[Path | Document] = ()) -> int:
    """Open the window and stay until it is closed.

    Parameters
    ----------
    asked
        The files and documents to open, if any; without one the tutorial is shown.

    Returns
    -------
    int
        Exit status.
    """
    if not _has_display():
        sys.stderr.write("gradwalk: there is no display to open a window on; try gradwalk walk.\n")
        return 2
    app = make_app(sys.argv[:1])
    window = MainWindow(tutorial)
    window.show()
    if asked:
        # After the window is there, so that a file that cannot be opened has somewhere to say so.
        QTimer.singleShot(0, lambda: window.open_all(asked))
    # Ctrl+C in the terminal ends the app, as it would any other command.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    status = app.exec()
    if window.bench is not None:
        window.bench.let_go()
    return status


def _has_display() -> bool:
    """Tell whether Qt has somewhere to open a window; without, it would abort the process."""
    names = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return sys.platform != "linux" or any(os.environ.get(name) for name in names)
