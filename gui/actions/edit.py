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
    action(
        "edit_expression",
        "Edit the Expression",
        "Ctrl+T",
        "=",
        tip="Edit the graph as text, in the strip above the canvas",
    ),
    action(
        "edit_value",
        "Edit Value or Settings",
        "F2",
        tip="Edit the value of the selected input, or what the selected function is told",
    ),
    action(
        "slide_up",
        "Raise the Number",
        ".",
        tip="Make the number of the selected input a little larger, and see what follows",
    ),
    action(
        "slide_down",
        "Lower the Number",
        ",",
        tip="Make the number of the selected input a little smaller, and see what follows",
    ),
    action("rename", "Rename", "F3", tip="Rename what the selected block gives"),
    action(
        "connect",
        "Draw a Wire",
        "W",
        tip="Draw a wire from the selected block or port: arrows choose its end, Enter connects",
    ),
    action(
        "cut_wires",
        "Cut Wires",
        "K",
        tip="Take a knife: the next drag cuts every wire that it crosses",
    ),
    action(
        "detach",
        "Detach",
        "Alt+D",
        tip="Unplug the selected blocks from all others; the chain closes behind them",
    ),
    action("unplug", "Unplug Inputs", "U", tip="Take the wires into the selected block away"),
    action(
        "differentiate",
        "Differentiate This",
        "T",
        tip="Walk the gradient back from the selected block",
        ends_group=True,
    ),
    action(
        "search_to_add",
        "Add Here…",
        "Shift+A",
        tip="Search for a function or a value, and add it here, connected",
    ),
    action("add_block", "Add a Block", "/", tip="Search the functions to add one"),
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
    ),
    action("select_all", "Select All", "Ctrl+A", tip="Select every block"),
)
