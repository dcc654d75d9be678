"""The Edit menu."""

from functools import partial

from gui.actions.spec import spec

action = partial(spec, "Edit")

EDIT = (
    action("undo", "Undo", "Ctrl+Z", tip="Take back the last change"),
    action(
        "redo",
        "Redo",
        "Ctrl+Shift+Z",
        "Ctrl+Y",
        tip="Make the last undone change again",
        ends_group=True,
    ),
    action("cut", "Cut", "Ctrl+X", tip="Copy the selected blocks and take them away"),
    action("copy", "Copy", "Ctrl+C", tip="Copy the selected blocks, and as text their expression"),
    action(
        "copy_as_json",
        "Copy as JSON",
        "Ctrl+Alt+C",
        tip="Copy the selected blocks as the text of a document",
    ),
    action(
        "paste",
        "Paste",
        "Ctrl+V",
        tip="Put down copied blocks, or make blocks of an expression, a number or an array",
    ),
    action(
        "paste_fed",
        "Paste and Connect",
        "Ctrl+Shift+V",
        tip="Paste, and connect inputs from outside to Variables of the same name",
        ends_group=True,
    ),
    action("duplicate", "Duplicate", "Ctrl+D", tip="Copy the selected blocks and their wires"),
    action(
        "duplicate_fed",
        "Duplicate and Connect",
        "Ctrl+Shift+D",
        tip="Duplicate, and keep the wires that come in from other blocks",
    ),
    action(
        "delete",
        "Delete",
        "Del",
        "Backspace",
        tip="Remove what is selected; a chain that loses a link closes again",
        ends_group=True,
    ),
    action("select_all", "Select All", "Ctrl+A", tip="Select every block", ends_group=True),
    action(
        "give_up",
        "Give Up Long Work",
        "Ctrl+.",
        tip="End what is being done beside the window; nothing is changed",
    ),
)
