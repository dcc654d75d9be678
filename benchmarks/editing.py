"""What an edit costs that touches a few blocks of a large graph."""

from __future__ import annotations

import statistics
import time
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPointF

from benchmarks.hand import Hand
from benchmarks.screen import Call
from engine.document import Place
from engine.graph import Wire

if TYPE_CHECKING:
    from benchmarks.size import Yardstick

EDITS = 15
"""Edits of each kind."""


def editing(yard: Yardstick) -> None:
    """Add, drag, connect, delete, undo, and a value."""
    bench, screen, bare = yard.bench, yard.screen, yard.bare
    view, document = bench.view, bench.document
    view.set_zoom(1.0)
    blocks = [b for b in document.graph.blocks.values() if b.is_function]
    middle = blocks[len(blocks) // 2].id
    place = document.place(middle)
    view.shift(view.visible_rect().center() - QPointF(place.x, place.y))
    screen.settle()
    ids: list[str] = []
    edits: list[tuple[str, Call]] = [
        (
            "add",
            lambda at: ids.append(
                document.add_block("add", Place(place.x + 20 * at, place.y + 200)) or ""
            ),
        ),
        ("connect", lambda at: document.connect_wire(Wire(middle, ids[at], 0))),
        ("nudge", lambda at: document.move({middle: Place(place.x + at, place.y + at)})),
        ("rename", lambda at: document.rename(middle, f"named{at}")),
        (
            "insert on a wire",
            lambda _: document.insert_on_wire(
                "square", place, next(iter(document.graph.wires_from(middle)))
            ),
        ),
        ("delete", lambda at: document.remove([ids[at]])),
        ("delete from the middle", lambda at: document.remove([blocks[40 + 2 * at].id])),
        ("undo", lambda _: document.undo_stack.undo()),
    ]
    bare_times = bare.screen.frames(lambda at: bare.rects[at].moveBy(5, 5), EDITS)
    hand = Hand(view, screen)
    hand.take(middle)
    moves = hand.move(EDITS)
    hand.let_go()
    screen.settle()
    yard.tell("drag, each move, ms", statistics.median(moves), 16, statistics.median(bare_times))
    for name, edit in edits:
        times, later = [], 0.0
        for at in range(EDITS):
            times.append(screen.frame(lambda at=at, edit=edit: edit(at)))  # type: ignore[misc]
            later = max(later, screen.settle(0.1))
        yard.tell(f"{name}, ms", statistics.median(times), 16, statistics.median(bare_times))
        yard.tell("  longest of what follows, ms", later, 50)
    x = next(iter(document.inputs()))
    bench.player.to_end()
    screen.settle()
    times = []
    for at in range(EDITS):
        before, began = bench.player.recording, screen.all_clocks()
        screen.frame(lambda at=at: document.set_value(x, np.array(0.6 + at / 100)))  # type: ignore[misc]
        while bench.player.recording is before:
            time.sleep(0.001)  # it is run on another thread
            screen.frame(lambda: None)
        times.append((screen.all_clocks() - began) * 1000)
        screen.settle(0.05)
    yard.tell("a value changed, to the pixels, ms", statistics.median(times), 100)
