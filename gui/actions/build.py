"""The Build menu: blocks, wires, values and names."""

from functools import partial

from gui.actions.spec import spec

action = partial(spec, "Build")

BUILD = (
    action(
        "search_to_add",
        "Add Here…",
        "Shift+A",
        tip="Search for a function or a value, and add it here, connected",
    ),
    action(
        "add_block",
        "Search the Palette",
        "/",
        tip="Search the palette for a block, to append it by keyboard",
    ),
    action(
        "edit_expression",
        "Edit the Expression",
        "Ctrl+T",
        "=",
        tip="Edit the graph as text, in the strip above the canvas",
        ends_group=True,
    ),
    action(
        "connect",
        "Draw a Wire",
        "W",
        tip="Draw a wire from the selected block or port: arrows choose its end, Enter connects; "
        "of several blocks, wire them to the one on the right",
    ),
    action(
        "cut_wires",
        "Cut Wires",
        "K",
        tip="Take a knife: the next drag cuts every wire that it crosses",
    ),
    action("unplug", "Unplug Inputs", "U", tip="Take the wires into the selected block away"),
    action(
        "detach",
        "Detach",
        "Alt+D",
        tip="Unplug the selected blocks from all others; the chain closes behind them",
        ends_group=True,
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
    action(
        "slide_next",
        "Next Number",
        ";",
        tip="Go to the next number of the selected array, to raise or to lower it",
    ),
    action("rename", "Rename", "F3", tip="Rename what the selected block gives", ends_group=True),
    action(
        "differentiate",
        "Differentiate This",
        "T",
        tip="Walk the gradient back from the selected block",
    ),
)
