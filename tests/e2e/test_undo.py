"""Undo and redo of the verbs with the real keys: each is one step, and all looks as before."""

from __future__ import annotations

import json

import pytest

pytestmark = pytest.mark.e2e

BLOCKS = {
    "b1": ("input", "x", 30, 118),
    "b2": ("neg", "a", 182, 118),
    "b3": ("square", "b", 416, 44),
    "b4": ("leaky_relu", "c", 416, 212),
    "b5": ("add", "y", 620, 118),
    "b6": ("sin", "s", 200, 360),
    "b7": ("exp", "t", 320, 360),
}
WIRES = [(1, 2, 0), (2, 3, 0), (2, 4, 0), (3, 5, 0), (4, 5, 1), (1, 6, 0), (6, 7, 0)]
BENT = {"source": "b2", "target": "b4", "port": 0, "bends": [[300, 230]]}
OF_ALL_KINDS = {
    "format": "gradwalk",
    "version": 4,
    "target": "b5",
    "blocks": [
        {"id": key, "kind": kind, "name": name, "x": x, "y": y}
        | ({"value": 2} if kind == "input" else {})
        for key, (kind, name, x, y) in BLOCKS.items()
    ],
    "wires": [
        wire if wire["target"] != "b4" else BENT
        for wire in (
            {"source": f"b{one}", "target": f"b{two}", "port": port} for one, two, port in WIRES
        )
    ],
    "groups": [
        {"id": "g1", "name": "Wave", "members": ["b3"], "folded": False, "x": 416, "y": 44},
        {"id": "g2", "name": "Pair", "members": ["b6", "b7"], "folded": True, "x": 260, "y": 360},
    ],
    "frames": [
        {
            "id": "m1",
            "text": "one",
            "colour": "teal",
            "x": 560,
            "y": 20,
            "width": 140,
            "height": 200,
        }
    ],
    "notes": [
        {
            "id": "m2",
            "text": "two",
            "colour": "grey",
            "x": 470,
            "y": 320,
            "width": 140,
            "height": 60,
        }
    ],
}
"""A document in which there is something for every verb: no two things of it are in line."""

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


@pytest.fixture
def app(start, tmp_path):
    """The app with a document in which there is something for every verb, and nothing glides."""
    path = tmp_path / "all.gradwalk"
    path.write_text(json.dumps(OF_ALL_KINDS), encoding="utf-8")
    app = start(path)
    app.desk.key_and_see("ctrl+shift+p")
    app.desk.type("reduced motion")
    app.desk.key_and_see("Return")
    return app


@pytest.fixture
def picture(app, desk):
    """What gives a picture of the canvas, at rest, with nothing selected and all in sight."""
    canvas = app.canvas()

    def seen():
        return desk.look()[canvas.top + 60 : canvas.bottom, canvas.left : canvas.right]

    def at_rest():
        desk.key("Escape", "Escape", "f")
        return app.until(lambda: (now := seen().tobytes()) == seen().tobytes() and now, "at rest")

    return at_rest


@pytest.mark.parametrize("what", VERBS)
def test_each_verb_is_one_step_back_and_one_step_on(app, desk, picture, what):
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
        after = app.until(lambda: (now := picture()) != first and now, f"what {keys} do is seen")
        desk.key("ctrl+z")
        app.until(lambda: app.title == "all — Gradwalk", f"one undo takes back what {keys} did")
        app.until(lambda: picture() == first, f"all looks as before {keys}")
        desk.key("ctrl+shift+z")
        app.until(lambda then=after: picture() == then, f"redo makes again what {keys} did")
        desk.key("ctrl+z")
        app.until(lambda: app.title == "all — Gradwalk", "and undo takes it back again")
