"""Bends, frames and notes: drawn, moved, taken back, copied, and gone with what they are of."""

from __future__ import annotations

import numpy as np
import pytest

from engine import bending, chaining, grouping, marking, verbs
from engine.clips import clip, paste
from engine.document import Document, Place, inverse
from engine.errors import BendError, GroupError, MarkError, UnknownWireError
from engine.expression import parse_expression
from engine.graph import Wire
from engine.marks import Box, Frame, Note
from engine.membership import followed, rehomed, taken_out
from engine.own_blocks import own_block, placed
from engine.recording import record


@pytest.fixture
def chain():
    """The chain x → a → b → y, a block every 200."""
    graph, target = parse_expression("y = square(exp(square(x)))", {"x": np.array(0.5)})
    places = {block: Place(200.0 * n, 0.0) for n, block in enumerate(graph.blocks)}
    return Document(graph, places, target)


@pytest.fixture
def ids(chain):
    return {block.name: block.id for block in chain.graph.blocks.values()}


@pytest.fixture
def wire(ids):
    return Wire(ids["a"], ids["b"], 0)


def do(document, changes, within=None):
    """Make changes; give those that take them back."""
    done = followed(document, changes, within)
    document.apply(done)
    return inverse(done)


LED = (Place(220.0, 90.0), Place(380.0, 90.0))


def led(document, wire):
    for number, place in enumerate(LED):
        do(document, bending.bend(document, wire, number, place))


# Bends


def test_a_wire_is_led_through_places_in_their_order(chain, wire):
    led(chain, wire)
    do(chain, bending.bend(chain, wire, 1, Place(300.0, 120.0)))
    assert chain.bends[wire] == (LED[0], Place(300.0, 120.0), LED[1])
    do(chain, bending.move_bend(chain, wire, 1, Place(300.0, 60.0)))
    do(chain, bending.remove_bend(chain, wire, 0))
    assert chain.bends[wire] == (Place(300.0, 60.0), LED[1])
    do(chain, bending.straighten(chain, [wire]))
    assert chain.bends == {}


def test_a_bend_is_no_block_and_changes_no_number(chain, wire):
    before = record(chain.graph)
    led(chain, wire)
    assert len(chain.graph) == 4
    assert record(chain.graph).gradient("b1") == before.gradient("b1")


def test_bends_go_with_their_wire_and_come_back_with_it(chain, wire):
    led(chain, wire)
    whole = chain.copy()
    back = do(chain, verbs.disconnect(chain, wire))
    assert chain.bends == {}
    chain.apply(back)
    assert chain == whole
    do(chain, chaining.remove(chain, [wire.source, wire.target]))
    assert chain.bends == {}


def test_a_chain_that_closes_is_led_as_its_last_wire_was(chain, ids, wire):
    led(chain, wire)
    do(chain, chaining.remove(chain, [wire.source]))
    assert chain.bends == {Wire(ids["x"], wire.target, 0): LED}


@pytest.mark.parametrize("ends", [True, False])
def test_bends_are_for_the_wire_that_is_there_in_the_end(chain, ids, ends):
    """A chain that loses several links closes several times; only the last time is to stay."""
    led(chain, Wire(ids["x"], ids["a"], 0))
    if not ends:
        do(chain, chaining.remove(chain, [ids["y"]]))
    whole = chain.copy()
    back = do(chain, chaining.remove(chain, [ids["a"], ids["b"]]))
    assert chain.bends == ({Wire(ids["x"], ids["y"], 0): LED} if ends else {})
    chain.apply(back)
    assert chain == whole


def test_bends_stay_when_one_end_is_plugged_in_elsewhere(chain, ids, wire):
    led(chain, wire)
    block = verbs.new_block(chain, "sin")
    do(chain, verbs.add_block(chain, block, Place(500.0, 300.0)))
    new = Wire(wire.source, block.id, 0)
    do(chain, verbs.reconnect(chain, wire, new))
    assert chain.bends == {new: LED}


def test_a_block_that_goes_into_a_wire_parts_its_bends(chain, wire):
    do(chain, verbs.move(chain, {wire.target: Place(600.0, 0.0)}))
    led(chain, wire)
    whole = chain.copy()
    block = verbs.new_block(chain, "sin")
    back = do(chain, chaining.insert_on_wire(chain, block, Place(300.0, 95.0), wire))
    assert [len(bends) for bends in chain.bends.values()] == [1, 1]
    assert set(chain.bends) == {
        Wire(wire.source, block.id, 0),
        Wire(block.id, wire.target, 0),
    }
    chain.apply(back)
    assert chain == whole


def test_bends_move_along_where_both_blocks_do(chain, wire):
    led(chain, wire)
    near, both = {wire.source}, {wire.source, wire.target}
    for blocks, by in ((near, 0.0), (both, 50.0)):
        places = {b: Place(chain.places[b].x, chain.places[b].y + 50) for b in blocks}
        back = do(chain, verbs.move(chain, places))
        assert chain.bends[wire] == tuple(Place(x, y + by) for x, y in LED)
        chain.apply(back)
    assert chain.bends[wire] == LED


def test_where_no_wire_or_no_bend_is_a_sentence_says_so(chain, wire):
    with pytest.raises(UnknownWireError):
        bending.bend(chain, Wire("b4", "b1", 0), 0, LED[0])
    with pytest.raises(BendError, match="no such bend"):
        bending.move_bend(chain, wire, 0, LED[0])
    with pytest.raises(BendError, match="too far away"):
        bending.bend(chain, wire, 0, Place(float("inf"), 0.0))
    assert chain.bends == {}


def test_copies_are_led_alike(chain, ids, wire):
    led(chain, wire)
    copied = clip(chain, [ids["a"], ids["b"]])
    assert copied.document.bends == {wire: LED}
    changes, (a, b) = paste(chain, copied, Place(10.0, 300.0))
    do(chain, changes)
    assert chain.bends[Wire(a, b, 0)] == tuple(Place(x + 10, y + 300) for x, y in LED)


# Frames and notes


@pytest.fixture
def frame(chain):
    changes, made = marking.frame(chain, Box(150.0, -80.0, 300.0, 160.0), "Inner", None)
    do(chain, changes)
    return made


@pytest.fixture
def note(chain):
    changes, made = marking.note(chain, Box(0.0, 200.0, 200.0, 80.0), "Mind\nthis", None)
    do(chain, changes)
    return made


def test_a_frame_is_drawn_named_tinted_moved_and_taken_away(chain, frame):
    do(chain, marking.say(chain, frame, "The inner part"))
    do(chain, marking.tint(chain, [frame], "rose"))
    do(chain, marking.move_marks(chain, {frame: Box(0.0, 0.0, 90.0, 90.0)}))
    assert chain.marks[frame] == Frame(frame, "The inner part", Box(0.0, 0.0, 90.0, 90.0), "rose")
    back = do(chain, marking.remove_marks(chain, [frame]))
    assert not chain.marks
    chain.apply(back)
    assert chain.marks[frame].text == "The inner part"


def test_a_note_keeps_its_lines(chain, note):
    assert chain.marks[note] == Note(note, "Mind\nthis", Box(0.0, 200.0, 200.0, 80.0), "sand")


@pytest.mark.parametrize(
    ("verb", "sentence"),
    [
        (lambda d, f: marking.say(d, f, "two\nlines"), "one line"),
        (lambda d, f: marking.say(d, f, "a" * 81), "80 characters at most; this has 81"),
        (lambda d, f: marking.tint(d, [f], "blue"), "no colour “blue”"),
        (lambda d, f: marking.move_marks(d, {f: Box(0, 0, 3, 90)}), "40 to 1,000,000 wide"),
        (lambda d, f: marking.move_marks(d, {f: Box(float("nan"), 0, 90, 90)}), "too far away"),
        (lambda d, f: marking.remove_marks(d, ["m9"]), "no frame and no note “m9”"),
    ],
)
def test_what_may_not_be_is_refused_before_anything_changes(chain, frame, verb, sentence):
    before = chain.copy()
    with pytest.raises(MarkError, match=sentence):
        verb(chain, frame)
    assert chain == before


def test_frames_and_notes_are_copied_with_the_blocks(chain, ids, frame, note):
    copied = clip(chain, [ids["a"]], [frame, note])
    other = Document()
    other.apply(paste(other, copied, Place(5.0, 5.0))[0])
    assert [mark.text for mark in other.marks.values()] == ["Inner", "Mind\nthis"]
    assert other.marks["m1"].box == Box(155.0, -75.0, 300.0, 160.0)
    changes, _ = verbs.duplicate(chain, [], Place(0.0, 100.0), [note])
    do(chain, changes)
    assert chain.marks["m3"].box == Box(0.0, 300.0, 200.0, 80.0)


@pytest.fixture
def inner(chain, ids):
    """A group of a and b, with a frame that was drawn inside it."""
    changes, group = grouping.group(chain, [ids["a"], ids["b"]])
    do(chain, changes)
    do(chain, marking.frame(chain, Box(150.0, -80.0, 300.0, 160.0), "Inside", group)[0])
    return group


def test_what_is_drawn_in_a_group_moves_with_all_that_is_in_it(chain, inner):
    do(chain, verbs.move(chain, {inner: Place(400.0, 500.0)}))
    assert chain.marks["m1"].box.y == -80.0
    back = do(chain, grouping.unfold(chain, inner))
    assert chain.marks["m1"].box == Box(250.0, 420.0, 300.0, 160.0)
    chain.apply(back)
    assert chain.marks["m1"].box.y == -80.0


def test_what_is_drawn_in_a_group_goes_with_the_group(chain, ids, inner):
    before = chain.copy()
    back = do(chain, chaining.remove(chain, [ids["a"], ids["b"]]))
    assert not chain.groups
    assert not chain.marks
    chain.apply(back)
    assert chain == before


def test_a_group_that_is_dissolved_leaves_what_was_drawn_in_it(chain, inner):
    do(chain, verbs.move(chain, {inner: Place(300.0, 500.0)}))
    before = chain.copy()
    back = do(chain, grouping.ungroup(chain, inner))
    assert chain.marks["m1"] == Frame("m1", "Inside", Box(150.0, 420.0, 300.0, 160.0), "teal")
    chain.apply(back)
    assert chain == before


def test_a_copy_of_a_group_has_a_copy_of_what_is_drawn_in_it(chain, ids, inner):
    do(chain, verbs.duplicate(chain, [ids["a"], ids["b"]], Place(0.0, 100.0))[0])
    assert [mark.within for mark in chain.marks.values()] == ["g1", "g2"]


def test_everything_can_be_replaced_and_brought_back(chain, frame, note, wire):
    led(chain, wire)
    before = chain.copy()
    back = do(chain, verbs.swap(chain, Document()))
    assert chain == Document()
    chain.apply(back)
    assert chain == before


# Frames and notes that go into groups


def framed(document, ids, *names, room=60.0):
    """Draw a frame around some blocks, by the names of their Variables."""
    spots = [document.places[ids[name]] for name in names]
    left, top = min(at.x for at in spots) - room, min(at.y for at in spots) - room
    right, bottom = max(at.x for at in spots) + room, max(at.y for at in spots) + room
    box = Box(left, top, right - left, bottom - top)
    changes, made = marking.frame(document, box, " and ".join(names), None)
    do(document, changes)
    return made


def test_a_frame_around_nothing_else_goes_into_the_group_with_what_it_holds(chain, ids):
    mine, too_much = framed(chain, ids, "a", "b"), framed(chain, ids, "b", "y")
    box = chain.marks[mine].box
    small = Box(box.x + 5, box.y + 5, 50.0, 50.0)
    do(chain, marking.note(chain, small, "held by the frame", None)[0])
    do(chain, marking.note(chain, small.moved(0.0, 900.0), "elsewhere", None)[0])
    before = chain.copy()
    changes, group = grouping.group(chain, [ids["a"], ids["b"]])
    back = do(chain, changes)
    homes = {mark.text: mark.within for mark in chain.marks.values()}
    assert homes == {
        "a and b": group,
        "b and y": None,
        "held by the frame": group,
        "elsewhere": None,
    }
    assert chain.marks[too_much] == before.marks[too_much]
    chain.apply(back)
    assert chain == before


def test_what_is_chosen_goes_into_the_group_wherever_it_is(chain, ids, note):
    changes, inner = grouping.group(chain, [ids["a"], ids["b"]], marks=[note])
    do(chain, changes)
    assert chain.marks[note].within == inner
    changes, outer = grouping.group(chain, [inner, ids["y"]], marks=[note])
    do(chain, changes)
    assert chain.marks[note].within == inner, "it is in the new group with that"
    do(chain, grouping.ungroup(chain, inner))
    assert chain.marks[note].within == outer


def test_a_group_inside_an_open_one_takes_its_frame_from_that(chain, ids):
    frame = framed(chain, ids, "a")
    changes, outer = grouping.group(chain, [ids["a"], ids["b"]], marks=[frame])
    do(chain, changes)
    do(chain, grouping.unfold(chain, outer))
    changes, inner = grouping.group(chain, [ids["a"]])
    do(chain, changes)
    assert chain.marks[frame].within == inner


def test_what_is_around_makes_room_for_a_frame_that_is_opened_with_its_group(chain, ids):
    y = chain.places[ids["y"]]
    box = Box(y.x - 700.0, y.y - 100.0, 760.0, 200.0)
    frame = marking.frame(chain, box, "wide", None)
    do(chain, frame[0])
    changes, group = grouping.group(chain, [ids["a"]], marks=[frame[1]])
    do(chain, changes)
    do(chain, grouping.unfold(chain, group))
    assert chain.places[ids["y"]].x > box.x + box.width


def test_marks_go_into_groups_and_out_of_them(chain, inner, note):
    before = chain.copy()
    back = do(chain, marking.move_marks(chain, {}, {note: inner, "m1": None}))
    assert (chain.marks[note].within, chain.marks["m1"].within) == (inner, None)
    chain.apply(back)
    assert chain == before
    with pytest.raises(GroupError, match="no group “g7”"):
        marking.move_marks(chain, {}, {note: "g7"})


def test_what_is_moved_with_the_last_of_a_group_belongs_to_no_group_that_is_gone(chain, ids, inner):
    before = chain.copy()
    moved = marking.move_marks(chain, {"m1": Box(9.0, 9.0, 90.0, 90.0)})
    back = do(chain, (*moved, *rehomed(chain, {ids["a"]: None, ids["b"]: None})))
    assert not chain.groups
    assert chain.marks["m1"].within is None
    chain.apply(back)
    assert chain == before


def test_a_mark_is_taken_out_below_its_group(chain, inner):
    do(chain, taken_out(chain, [], inner, ["m1"]))
    mark = chain.marks["m1"]
    assert mark.within is None
    assert mark.box.middle[1] > chain.places[inner].y + 90.0


def test_a_block_of_ones_own_has_what_was_drawn_in_it(chain, inner):
    own = own_block(chain, inner)
    changes, placed_group = placed(chain, own, Place(0.0, 900.0))
    do(chain, changes)
    assert [mark.within for mark in chain.marks.values()] == [inner, placed_group]
