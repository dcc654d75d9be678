"""Aligning, distributing and tidying up: one undo each, and the eye can follow."""

from __future__ import annotations

from itertools import combinations

import pytest
from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QLabel

from engine.document import Place
from gui.canvas.gliding import Glide
from gui.canvas.interactions.selecting import Pan


@pytest.fixture
def blocks(window):
    """The tutorial's blocks by the name of their Variable, put down without order."""
    found = {block.name: block.id for block in window.document.graph.blocks.values()}
    places = {"x": (0, 0), "a": (150, 90), "b": (420, -60), "y": (560, 30)}
    window.document.move({found[name]: Place(*map(float, at)) for name, at in places.items()})
    window.actions_by_name["reduced_motion"].setChecked(True)
    return found


def act(window, name):
    window.actions_by_name[name].trigger()


def rects(window, blocks, names):
    return [window.view.canvas.block_rect(blocks[name]) for name in names]


@pytest.mark.parametrize(
    ("action", "edge"),
    [
        ("align_left", lambda r: r.left()),
        ("align_centre", lambda r: r.center().x()),
        ("align_right", lambda r: r.right()),
        ("align_top", lambda r: r.top()),
        ("align_middle", lambda r: r.center().y()),
        ("align_bottom", lambda r: r.bottom()),
    ],
)
def test_what_is_selected_comes_into_line_in_one_undo(window, blocks, action, edge):
    before = window.document.places()
    window.view.canvas.selection.choose([blocks["x"], blocks["a"], blocks["b"]])
    act(window, action)
    edges = [edge(rect) for rect in rects(window, blocks, "xab")]
    assert edges == pytest.approx([edges[0]] * 3)
    assert window.document.place(blocks["y"]) == before[blocks["y"]]
    window.document.undo_stack.undo()
    assert window.document.places() == before


def test_gaps_become_equal(window, blocks):
    window.view.canvas.selection.choose(list(blocks.values()))
    act(window, "distribute_across")
    x, a, b, y = rects(window, blocks, "xaby")
    gaps = [a.left() - x.right(), b.left() - a.right(), y.left() - b.right()]
    assert gaps == pytest.approx([gaps[0]] * 3)


def test_too_few_blocks_are_no_arrangement(window, blocks):
    count = window.document.undo_stack.count()
    for action, chosen in (("align_left", "x"), ("distribute_down", "xa"), ("tidy_selection", "")):
        window.view.canvas.selection.choose([blocks[name] for name in chosen])
        act(window, action)
        labels = window.view.findChildren(QLabel)
        said = next(label for label in labels if label.accessibleName() == "Message")
        assert said.text().startswith("Select at least")
    assert window.document.undo_stack.count() == count


def test_tidying_the_selection_leaves_the_rest_and_stays_near(window, blocks):
    before = window.document.places()
    chosen = [blocks["a"], blocks["b"]]
    window.view.canvas.selection.choose(chosen)
    act(window, "tidy_selection")
    after = window.document.places()
    assert after[blocks["x"]] == before[blocks["x"]]
    assert after[blocks["y"]] == before[blocks["y"]]
    assert after[blocks["a"]].y == after[blocks["b"]].y
    for axis in (0, 1):
        middles = [sum(places[b][axis] for b in chosen) / 2 for places in (before, after)]
        assert middles[0] == pytest.approx(middles[1])


def test_tidying_up_puts_all_into_one_row_and_into_view(window, blocks):
    act(window, "tidy")
    assert len({round(place.y) for place in window.document.places().values()}) == 1
    assert window.view.visible_rect().contains(window.view.canvas.content_rect())


def test_folded_groups_are_tidied_as_one_block(window, blocks):
    group = window.document.group([blocks["a"], blocks["b"]])
    window.document.move({group: Place(900.0, 700.0)})
    act(window, "tidy")
    places = window.document.places()
    assert places[blocks["x"]].x < places[group].x < places[blocks["y"]].x
    assert places[group].y == pytest.approx(places[blocks["x"]].y)


def glides(window):
    return window.view.findChildren(Glide)


def test_blocks_glide_to_their_places(qtbot, window, blocks):
    window.actions_by_name["reduced_motion"].setChecked(False)
    canvas, old = window.view.canvas, window.document.place(blocks["a"])
    act(window, "tidy")
    new = window.document.place(blocks["a"])
    (way,) = glides(window)
    way.setCurrentTime(way.duration() // 4)
    there = canvas.lines.place(blocks["a"])
    assert old.y > there.y > new.y or old.y < there.y < new.y
    qtbot.waitUntil(lambda: not glides(window))
    assert canvas.lines.place(blocks["a"]) == new


@pytest.mark.parametrize("what", ["undo", "gesture", "delete"])
def test_whatever_comes_next_ends_the_gliding(qtbot, window, blocks, what):
    window.actions_by_name["reduced_motion"].setChecked(False)
    act(window, "tidy")
    (way,) = glides(window)
    way.setCurrentTime(way.duration() // 4)
    if what == "undo":
        act(window, "undo")
    elif what == "delete":
        window.document.remove([blocks["b"]])
    else:
        window.view.begin(Pan(window.view, QPointF()))
    qtbot.waitUntil(lambda: not glides(window))
    for block in window.document.graph.blocks:
        assert window.view.canvas.lines.place(block) == window.document.place(block)
    window.view.cancel()


def test_with_reduced_motion_nothing_glides(window, blocks):
    act(window, "tidy")
    assert not glides(window)


@pytest.mark.parametrize("is_open", [False, True])
def test_a_group_that_is_left_and_come_back_to_is_tidied_too(window, is_open):
    """a and y are in the group, and b between them is not: a line leads out, and one back in."""
    document = window.document
    blocks = {block.name: block.id for block in document.graph.blocks.values()}
    made = document.group([blocks["a"], blocks["y"]])
    if is_open:
        document.unfold([made])
    window.commands.tidy()
    seen = [window.view.canvas.block_rect(item) for item in window.view.canvas.where.blocks.keys]
    assert len(seen) == (4 if is_open else 3)
    assert not any(a.intersects(b) for a, b in combinations(seen, 2))
    window.view.canvas.selection.choose(list(window.view.canvas.where.blocks.keys))
    window.commands.tidy_selection()
