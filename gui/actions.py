"""The one table of actions: menus, shortcuts and the cheat sheet come from it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One action.

    Attributes
    ----------
    name
        What the code calls it, and the name of the slot that does it.
    menu
        The menu it stands in.
    text
        Its text there.
    keys
        Its shortcuts, the one to be shown first.
    tip
        What it does, in a sentence.
    checkable
        Whether it is switched on and off.
    ends_group
        Whether a line follows it in the menu.
    """

    name: str
    menu: str
    text: str
    keys: tuple[str, ...] = ()
    tip: str = ""
    checkable: bool = False
    ends_group: bool = False


def _spec(menu: str, name: str, text: str, *keys: str, tip: str = "", **more: bool) -> ActionSpec:
    return ActionSpec(name, menu, text, keys, tip or text.rstrip("…"), **more)


ACTIONS = (
    _spec("File", "new", "New", "Ctrl+N", tip="Begin an empty document"),
    _spec("File", "open", "Open…", "Ctrl+O", tip="Open a document from a file"),
    _spec("File", "open_recent", "Open Recent", tip="Documents that were open lately"),
    _spec("File", "examples", "Examples", tip="Documents to begin with", ends_group=True),
    _spec("File", "save", "Save", "Ctrl+S", tip="Write the document to its file"),
    _spec(
        "File",
        "save_as",
        "Save As…",
        "Ctrl+Shift+S",
        tip="Write the document to another file",
        ends_group=True,
    ),
    _spec("File", "quit", "Quit", "Ctrl+Q", tip="Close Gradwalk"),
    _spec("Edit", "undo", "Undo", "Ctrl+Z", tip="Take back the last change"),
    _spec(
        "Edit",
        "redo",
        "Redo",
        "Ctrl+Shift+Z",
        "Ctrl+Y",
        tip="Make the last undone change again",
        ends_group=True,
    ),
    _spec(
        "Edit",
        "edit_value",
        "Edit Value or Settings",
        "F2",
        tip="Edit the value of the selected input, or what the selected function is told",
    ),
    _spec("Edit", "rename", "Rename", "F3", tip="Rename what the selected block gives"),
    _spec(
        "Edit",
        "connect",
        "Draw a Wire",
        "W",
        tip="Draw a wire from the selected block: arrow keys choose its end, Enter connects",
    ),
    _spec(
        "Edit", "unplug", "Unplug Inputs", "U", tip="Take the wires into the selected block away"
    ),
    _spec(
        "Edit",
        "differentiate",
        "Differentiate This",
        "T",
        tip="Walk the gradient back from the selected block",
        ends_group=True,
    ),
    _spec("Edit", "add_block", "Add a Block", "/", "Ctrl+F", tip="Search the functions to add one"),
    _spec(
        "Edit", "duplicate", "Duplicate", "Ctrl+D", tip="Copy the selected blocks and their wires"
    ),
    _spec(
        "Edit",
        "delete",
        "Delete",
        "Del",
        "Backspace",
        tip="Remove what is selected; a chain that loses a link closes again",
    ),
    _spec("Edit", "select_all", "Select All", "Ctrl+A", tip="Select every block", ends_group=True),
    _spec("Edit", "tidy", "Tidy Up", "Ctrl+L", tip="Lay all blocks out from left to right"),
    _spec("View", "fit", "Fit All", "F", tip="Show the whole graph"),
    _spec("View", "fit_selection", "Fit Selection", "Shift+F", tip="Show what is selected"),
    _spec("View", "zoom_in", "Zoom In", "Ctrl++", "Ctrl+=", tip="Come nearer"),
    _spec("View", "zoom_out", "Zoom Out", "Ctrl+-", tip="Go farther away"),
    _spec(
        "View",
        "life_size",
        "Life Size",
        "Ctrl+1",
        tip="Show blocks at their own size",
        ends_group=True,
    ),
    _spec(
        "View",
        "show_all",
        "Show All Numbers",
        "A",
        checkable=True,
        tip="Show every value and gradient, also those that the walk has not reached",
    ),
    _spec(
        "View",
        "reduced_motion",
        "Reduced Motion",
        checkable=True,
        tip="Show each step at once instead of letting it travel",
        ends_group=True,
    ),
    _spec("View", "theme", "Theme", tip="Light, dark, or as the system has it"),
    _spec("Walk", "play", "Play", "Space", tip="Play the walk, or stop it"),
    _spec("Walk", "step_on", "One Step On", "Right", tip="Go one step on"),
    _spec("Walk", "step_back", "One Step Back", "Left", tip="Go one step back"),
    _spec("Walk", "to_start", "To the Start", "Home", tip="Go to the first step"),
    _spec("Walk", "to_end", "To the End", "End", tip="Go to the last step", ends_group=True),
    _spec("Walk", "slower", "Slower", "[", tip="Play fewer steps a second"),
    _spec("Walk", "faster", "Faster", "]", tip="Play more steps a second", ends_group=True),
    _spec(
        "Walk",
        "check",
        "Check Numerically",
        "C",
        tip="Compare each gradient with the derivative found by trial",
    ),
    _spec(
        "Walk",
        "copy_step",
        "Copy This Step",
        "Ctrl+Shift+C",
        tip="Copy the step in words and with all digits",
    ),
    _spec("Help", "shortcuts", "Keyboard Shortcuts", "?", "F1", tip="Every action and its keys"),
    _spec("Help", "about", "About Gradwalk", tip="What this is"),
)

SUBMENUS = ("open_recent", "examples", "theme")
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
