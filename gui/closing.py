"""Closing documents and the window: what is asked before, and what is saved first."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from gui import files
from gui.document import OpenDocument
from gui.saving import is_long

if TYPE_CHECKING:
    from gui.desk import Desk


class Closing:
    """Asks whether documents may be closed.

    A large one is saved beside the window. It is closed when that is done, if nobody has thought
    better of it: until then the window goes on to answer.

    Parameters
    ----------
    desk
        Whose documents they are.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._given_up: dict[OpenDocument, int] = {}
        self._goes_on = False

    def may_close(self, document: OpenDocument, again: Callable[[], None]) -> bool:
        """Ask about what would be lost; say whether a document may be closed now.

        Parameters
        ----------
        again
            Called when it has been saved beside the window, to close it then.
        """
        desk = self._desk
        if document is desk.document:
            desk.view.settle()
        if document.is_modified or document.is_at_work:
            desk.documents.bring_to_front(document)
        if document.is_at_work and not files.may_leave_undone(desk, document):
            return False
        write = partial(desk.save_beside, document, then=again)
        is_large = is_long(document.graph)
        others = desk.paths_but(document)
        return files.may_close(desk, document, others, write if is_large else None)

    def may_quit(self) -> bool:
        """Ask about each document with unsaved changes; say whether the window may close now.

        What may be lost is not asked about again when the window closes after others are saved.
        """
        if not self._goes_on:
            self._given_up.clear()
        self._goes_on = False
        for document in self._desk.documents:
            if self._given_up.get(document) == document.version and not document.is_at_work:
                continue
            if not self.may_close(document, self._quit_on):
                return False
            if document.is_modified:
                self._given_up[document] = document.version
        return True

    def _quit_on(self) -> None:
        """Close the window, of which one more document is saved now."""

        def close() -> None:
            self._goes_on = True
            self._desk.window().close()

        QTimer.singleShot(0, self._desk, close)
