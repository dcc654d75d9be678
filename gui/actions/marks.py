"""The Marks menu: bends of wires, frames and notes."""

from functools import partial

from gui.actions.spec import spec

action = partial(spec, "Marks")

MARKS = (
    action(
        "add_bend",
        "Bend the Wire",
        "B",
        tip="Lead the selected wire, or that of the port, through one more place",
    ),
    action("next_bend", "Next Bend", "Shift+B", tip="Go to the next bend of the selected wire"),
    action(
        "straighten",
        "Straighten",
        "Ctrl+B",
        tip="Take all bends of the selected wires away",
        ends_group=True,
    ),
    action(
        "add_frame",
        "Frame",
        "Shift+G",
        tip="Draw a frame around what is selected; around nothing, with the next drag",
    ),
    action("add_note", "Note", "Shift+N", tip="Put a note on the canvas, here"),
    action("next_mark", "Next Mark", "M", tip="Go to the next frame or note"),
    action(
        "recolour",
        "Next Colour",
        "Shift+M",
        tip="Give the selected frames and notes the next colour",
    ),
)
