"""The Help menu."""

from functools import partial

from gui.actions.spec import spec

action = partial(spec, "Help")

HELP = (
    action(
        "search_actions",
        "Find an Action…",
        "Ctrl+Shift+P",
        tip="Search everything that can be done, the examples and the files of late",
    ),
    action("shortcuts", "Keyboard Shortcuts", "?", "F1", tip="Every action and its keys"),
    action("about", "About Gradwalk", tip="What this is"),
)
