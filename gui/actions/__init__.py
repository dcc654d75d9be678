"""The one table of actions: menus, shortcuts and the cheat sheet come from it."""

from __future__ import annotations

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from gui.actions.arrange import ARRANGE
from gui.actions.ask import ASK
from gui.actions.build import BUILD
from gui.actions.edit import EDIT
from gui.actions.file import FILE
from gui.actions.find import FIND
from gui.actions.group import GROUP
from gui.actions.help import HELP
from gui.actions.marks import MARKS
from gui.actions.spec import ActionSpec
from gui.actions.view import VIEW
from gui.actions.walk import WALK

__all__ = ["ACTIONS", "SUBMENUS", "ActionSpec", "make_actions"]

ACTIONS = (*FILE, *EDIT, *BUILD, *GROUP, *MARKS, *ARRANGE, *VIEW, *FIND, *WALK, *ASK, *HELP)

SUBMENUS = ("open_recent", "examples", "theme", "grain")
"""Actions that open a menu of their own."""


def make_actions(parent: QWidget, commands: object) -> dict[str, QAction]:
    """Make the QActions of a window.

    Parameters
    ----------
    parent
        The window in which the shortcuts work.
    commands
        What each action does, a method by its name.
    """
    made = {}
    for spec in ACTIONS:
        if spec.name in SUBMENUS:
            continue
        action = QAction(spec.text, parent)
        action.setShortcuts([QKeySequence(key) for key in spec.keys])
        action.setToolTip(spec.tip)
        action.setStatusTip(spec.tip)
        action.setCheckable(spec.checkable)
        (action.toggled if spec.checkable else action.triggered).connect(
            getattr(commands, spec.name)
        )
        parent.addAction(action)
        made[spec.name] = action
    return made
