"""What holds the window while something is done that bears on all blocks of a large graph."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF

from benchmarks.hand import ALT, NONE, Hand
from engine.document import Place
from gui.canvas.find_bar import find_bar
from gui.canvas.interactions.moving import MoveBlocks
from gui.opening import Read, opening

if TYPE_CHECKING:
    from benchmarks.size import Yardstick

MOST = 50
"""Milliseconds that the window may be held at a time."""

MOVES = 15
"""Moves of the mouse in a drag."""


def over_all(yard: Yardstick, path: Path) -> None:  # noqa: PLR0915 - one verb after the other
    """Do to all blocks what people do to all blocks; tell the longest that the window is held.

    Parameters
    ----------
    path
        The file that the graph came from.
    """
    bench, screen = yard.bench, yard.screen
    do, document = bench.commands, bench.document

    line = find_bar(bench.view)

    def done(change: Callable[[], object]) -> float:
        """Do something to its end; give the longest that it held the window."""
        longest = screen.frame(change)
        while bench.errands.busy or line.is_looking:
            longest = max(longest, screen.frame(lambda: None))
            time.sleep(0.002)  # it is worked out on another thread
        return max(longest, screen.settle())

    def tell(what: str, change: Callable[[], object]) -> None:
        yard.tell(f"all: {what}, ms", done(change), MOST)

    def reload(found: Read) -> None:
        document.reload_read(found, _nothing)

    def undone(what: str, change: Callable[[], object]) -> None:
        tell(what, change)
        tell(f"  undo: {what}", do.undo)

    tell("select", do.select_all)
    undone("duplicate", do.duplicate)
    tell("  redo: duplicate", do.redo)
    done(do.undo)
    do.select_all()
    tell("copy", do.copy)
    undone("paste", do.paste)
    _drag_half(yard, "with no group", done)
    do.select_all()
    undone("delete", do.delete)
    do.select_all()
    undone("cut", do.cut)
    do.select_all()
    undone("group", do.group)
    places = document.places()
    done(lambda: document.move({b: Place(at.x, 2 * at.y + 9) for b, at in places.items()}))
    undone("tidy up", do.tidy)
    done(document.fold_large)
    undone("unfold", do.unfold_all)
    tell("  redo: unfold", do.redo)
    canvas = bench.view.canvas
    _drag_half(yard, "with all groups open", done)
    one = next(block for block in canvas.where.blocks.keys if document.groups.holder(block))
    group = document.groups.around(one)[-1]
    canvas.selection.choose([one])
    undone("move one out of its group", do.move_out)
    undone("fold one group", lambda: bench.view.fold(group))
    undone("fold", do.fold_all)
    done(do.undo)
    done(do.undo)
    do.find()
    for typed in ("s", "si", "gradient > 1e-3"):
        tell(f"find: {typed}", lambda typed=typed: line.look_for(typed))  # type: ignore[misc]
    line.close_bar()
    tell("save", lambda: bench.save(document))
    tell("reload", lambda: bench.errands.send(opening(path, reload, print, _nothing)))


def _drag_half(yard: Yardstick, how: str, done: Callable[[Callable[[], object]], float]) -> None:
    """Drag half of the blocks by one of them, near by and from afar; pull them out of the chain."""
    bench, screen = yard.bench, yard.screen
    view, blocks = bench.view, list(bench.document.graph.blocks)
    middle = blocks[len(blocks) // 2]
    at = bench.document.place(middle)
    for name, zoom, keys in (("fit-all", None, NONE), ("1:1", 1.0, NONE), ("pull out", 1.0, ALT)):
        view.fit()
        if zoom is not None:
            view.set_zoom(zoom)
            view.shift(view.visible_rect().center() - QPointF(at.x, at.y))
        view.canvas.selection.choose(blocks[len(blocks) // 4 : -len(blocks) // 4])
        screen.settle()
        hand = Hand(view, screen, keys)
        held = hand.take(middle)
        if not isinstance(view.interaction, MoveBlocks):
            view.cancel()  # seen from so far, something else lies on it
            continue
        first, *moves = hand.move(MOVES)
        yard.tell(f"drag half, {how}, {name}, a move, ms", statistics.median(moves), 16)
        yard.tell("  the longest", max(held, first, *moves), MOST)
        yard.tell("  let go", done(hand.let_go), MOST)
        yard.tell("  undo", done(bench.commands.undo), MOST)


def _nothing() -> None:
    """Do nothing about it."""
