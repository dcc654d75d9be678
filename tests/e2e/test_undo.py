"""Undo and redo of the verbs with the real keys: each is one step, and all looks as before."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.e2e

ALL = "all"
ON_ALL = (
    *(f"ctrl+shift+{key}" for key in ("Left", "Right", "Up", "Down", "x", "m", "h", "j")),
    *("ctrl+l", "ctrl+shift+l", "ctrl+d", "ctrl+x", "Delete", "ctrl+g", "shift+m"),
)
VERBS = {
    ALL: [*((key,) for key in ON_ALL), ("shift+g", "Return")],
    "a": [
        *((key,) for key in ("ctrl+Down", "u", "alt+d", "Delete", "t", "ctrl+shift+d")),
        ("shift+Next", "Return"),
        ("Down", "Delete"),
        ("ctrl+c", "ctrl+v"),
    ],
    "b": [("shift+Prior",), ("o",)],
    "c": [
        *(("Down", "b"), ("Down", "ctrl+b"), ("F3", "q", "Return")),
        ("F2", "ctrl+a", *"slope", "equal", "3", "Return"),
    ],
    "x": [("period",), ("comma",), ("F2", "3", "Return")],
    "s": [("ctrl+shift+g",), ("o",), ("ctrl+Up",), ("F3", "q", "Return")],
    "two": [("ctrl+Down",), ("alt+shift+Right",), ("shift+m",), ("Delete",), ("ctrl+d",)],
}
"""What is found first, and then the keys of each verb on it."""


@pytest.mark.parametrize("what", VERBS)
def test_each_verb_is_one_step_back_and_one_step_on(all_kinds, desk, picture, what):
    app = all_kinds
    desk.key("a")  # with all numbers
    first = picture()
    for keys in VERBS[what]:
        if what == ALL:
            desk.key("ctrl+a")
        else:
            desk.key("ctrl+f")
            desk.type(what)
            desk.key("Return", "Escape")
        desk.key(*keys)
        app.until(lambda: app.title == "all* — Gradwalk", f"{keys} change something")
        after = app.until(
            lambda: (now := picture()) != first and now == picture() and now,
            f"what {keys} do is seen, and all of it",
        )
        desk.key("ctrl+z")
        app.until(lambda: app.title == "all — Gradwalk", f"one undo takes back what {keys} did")
        app.until(lambda: picture() == first, f"all looks as before {keys}")
        desk.key("ctrl+shift+z")
        app.until(lambda then=after: picture() == then, f"redo makes again what {keys} did")
        desk.key("ctrl+z")
        app.until(lambda: app.title == "all — Gradwalk", "and undo takes it back again")
