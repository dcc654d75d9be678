"""The canvases of the open documents, of which the one in front is seen."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from gui.canvas.scene import CanvasScene
from gui.canvas.view import CanvasView
from gui.document import OpenDocument
from gui.player import Player


class Canvases(QStackedWidget):
    """A canvas for each document, made when that document first comes to the front.

    What is behind rests as it was left, with its zoom, its selection and its place in the walk.

    Parameters
    ----------
    player
        Goes to whatever document is in front.

    Attributes
    ----------
    view
        The canvas that is seen.

    Signals
    -------
    menu_wanted, placed
        Those of the canvas that is seen.
    """

    menu_wanted = Signal(str, QPoint)
    placed = Signal()

    def __init__(self, player: Player, document: OpenDocument) -> None:
        super().__init__()
        self._player = player
        self._views: dict[OpenDocument, CanvasView] = {}
        self.view = self._make(document)
        self.view.wake()

    def bring_to_front(self, document: OpenDocument) -> None:
        """Show the canvas of another document, and let the player go there."""
        self._player.pause()
        self.view.rest()
        is_new = document not in self._views
        self.view = self._make(document) if is_new else self._views[document]
        self.setCurrentWidget(self.view)
        self._player.stand_in(self.view.canvas.moment)
        if document.latest is not self._player.recording:
            self._player.set_recording(document.latest)
        self.view.wake()
        if is_new:
            self.view.fit()

    def cursor_of(self, document: OpenDocument) -> int:
        """Say where the walk of a document is."""
        view = self._views.get(document)
        return 0 if view is None else view.canvas.moment.cursor

    def let_go(self, document: OpenDocument) -> None:
        """Take the canvas of a document away that was closed."""
        view = self._views.pop(document, None)
        if view is not None:
            self.removeWidget(view)
            view.let_go()
            view.deleteLater()

    def _make(self, document: OpenDocument) -> CanvasView:
        view = CanvasView(CanvasScene(document, self._player))
        document.seen_read = None  # the canvas goes on with it
        view.menu_wanted.connect(self.menu_wanted)
        view.placed.connect(self.placed)
        self._views[document] = view
        self.addWidget(view)
        QWidget.setTabOrder(self, view)
        return view
