"""The Find menu."""

from functools import partial

from gui.actions.spec import spec

action = partial(spec, "Find")

FIND = (
    action(
        "find",
        "Find…",
        "Ctrl+F",
        tip="Find blocks by name, function, value or the size of their gradient",
        ends_group=True,
    ),
    action(
        "light_neighbours",
        "Light Neighbours",
        "N",
        tip="Light what is one wire away from the selected blocks",
    ),
    action(
        "light_ancestors",
        "Light Ancestors",
        "Shift+Up",
        tip="Light all that the selected blocks depend on",
    ),
    action(
        "light_descendants",
        "Light Descendants",
        "Shift+Down",
        tip="Light all that depends on the selected blocks",
    ),
    action(
        "light_ways",
        "Light the Ways Between",
        "Shift+W",
        tip="Light every way from one selected block to the other",
        ends_group=True,
    ),
    action(
        "isolate",
        "Isolate",
        "Shift+I",
        tip="Hide what is not lit, or not selected; once more shows it dimmed",
    ),
    action(
        "show_everything",
        "Show Everything",
        "Shift+E",
        tip="Light and show every block again",
    ),
)
