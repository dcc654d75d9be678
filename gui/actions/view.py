"""The View menu."""

from functools import partial

from gui.actions.spec import spec

action = partial(spec, "View")

VIEW = (
    action("fit", "Fit All", "F", tip="Show the whole graph"),
    action("fit_selection", "Fit Selection", "Shift+F", tip="Show what is selected"),
    action("zoom_in", "Zoom In", "Ctrl++", "Ctrl+=", tip="Come nearer"),
    action("zoom_out", "Zoom Out", "Ctrl+-", tip="Go farther away"),
    action(
        "life_size",
        "Life Size",
        "Ctrl+1",
        tip="Show blocks at their own size",
        ends_group=True,
    ),
    action(
        "show_all",
        "Show All Numbers",
        "A",
        checkable=True,
        tip="Show every value and gradient, also those that the walk has not reached",
    ),
    action(
        "heat",
        "Colour by Gradient",
        "G",
        checkable=True,
        tip="Colour each block by the size of its gradient: pale where small, strong where large",
    ),
    action(
        "lens",
        "Step From Near",
        "Z",
        checkable=True,
        tip="Show the step in a lens while the canvas is too far away for its numbers to be read",
    ),
    action(
        "canvas_alone",
        "Canvas Alone",
        "F9",
        checkable=True,
        tip="Hide the palette and the explanation, for a projector or a small screen",
        ends_group=True,
    ),
    action(
        "next_tab", "Next Tab", "Ctrl+Tab", "Ctrl+PgDown", tip="Go to the document in the next tab"
    ),
    action(
        "previous_tab",
        "Previous Tab",
        "Ctrl+Shift+Tab",
        "Ctrl+PgUp",
        tip="Go to the document in the tab before",
    ),
    action(
        "move_tab_right",
        "Move Tab Right",
        "Ctrl+Shift+PgDown",
        tip="Let the tab in front change places with the next",
    ),
    action(
        "move_tab_left",
        "Move Tab Left",
        "Ctrl+Shift+PgUp",
        tip="Let the tab in front change places with the one before",
        ends_group=True,
    ),
    action(
        "next_part",
        "Next Part of the Window",
        "F6",
        tip="Go on by keyboard: palette, canvas, explanation, timeline",
    ),
    action(
        "previous_part",
        "Previous Part of the Window",
        "Shift+F6",
        tip="Go back by keyboard",
        ends_group=True,
    ),
    action(
        "reduced_motion",
        "Reduced Motion",
        checkable=True,
        tip="Let each step come up in its place instead of letting it travel",
    ),
    action("theme", "Theme", tip="Light, dark, or as the system has it"),
)
