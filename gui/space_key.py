"""The space bar: it plays the walk, and where a button has the keyboard it presses that."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QWidget

SPACE = QKeySequence("Space")


class SpaceKey(QObject):
    """Takes the space bar from an action while a button has the keyboard.

    Qt would let the shortcut of the window go first, and no button could be pressed by keyboard.

    Parameters
    ----------
    action
        What the space bar does otherwise.
    """

    def __init__(self, action: QAction) -> None:
        super().__init__(action)
        self._action = action
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._follow)

    def _follow(self, _: QWidget | None, focused: QWidget | None) -> None:
        keys = [key for key in self._action.shortcuts() if key != SPACE]
        pressed = isinstance(focused, QAbstractButton | QComboBox)
        self._action.setShortcuts(keys if pressed else [SPACE, *keys])
