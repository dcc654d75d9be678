"""A document in which there is something for every verb and every gesture."""

from __future__ import annotations

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
