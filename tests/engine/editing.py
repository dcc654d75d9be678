"""Random edits of a document, for property tests."""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from engine import FUNCTIONS, bending, chaining, grouping, marking, membership, verbs
from engine.document import Document, Place
from engine.errors import GradwalkError
from engine.graph import CONSTANT, INPUT, Wire
from engine.marks import COLOURS, Box
from engine.membership import followed

KINDS = [INPUT, CONSTANT, *sorted(FUNCTIONS)]

numbers = st.floats(allow_nan=True, allow_infinity=True)
values = st.one_of(
    numbers.map(np.array),
    arrays.arrays(np.float64, arrays.array_shapes(min_dims=1, max_dims=3, min_side=0, max_side=3)),
)
places = st.builds(Place, *[st.floats(-1e6, 1e6)] * 2)
names = st.sampled_from(["x", "y", "a", "loss", "α", "exp", "pi", "2x", "", "w_1"])
picks = st.lists(st.integers(0, 1000), min_size=4, max_size=4)


def pick(items, number):
    found = sorted(items)
    return found[number % len(found)] if found else "nothing"


def blocks(document, chosen):
    return list(dict.fromkeys(pick(document.graph.blocks, number) for number in chosen[:3]))


def wire(document, chosen):
    source, target = (pick(document.graph.blocks, number) for number in chosen[:2])
    return Wire(source, target, chosen[2] % 3)


def old_wire(document, chosen):
    wires = sorted(document.graph.wires())
    return wires[chosen[3] % len(wires)] if wires else Wire("no", "wire", 0)


def taken(document, new):
    """The wire that is plugged in where a new one is to go."""
    return [old for old in document.graph.wires() if old[1:] == new[1:]]


def new(document, chosen):
    return verbs.new_block(document, KINDS[chosen[3] % len(KINDS)])


def group(document, chosen):
    return pick(document.groups.all, chosen[0])


def items(document, chosen):
    every = {*document.graph.blocks, *document.groups.all}
    return list(dict.fromkeys(pick(every, number) for number in chosen[: 1 + chosen[3] % 3]))


def bend_of(document, chosen):
    led = sorted(document.bends)
    wire = led[chosen[0] % len(led)] if led else old_wire(document, chosen)
    return wire, chosen[1] % max(len(document.bends.get(wire, ())), 1)


def box(place, chosen):
    return Box(*place, 40.0 + chosen[1], 40.0 + chosen[2])


def level(document, chosen):
    return group(document, chosen) if document.groups and chosen[3] % 2 else None


def mark(document, chosen):
    return pick(document.marks, chosen[0])


VERBS = {
    "add": lambda d, c, place, **_: verbs.add_block(d, new(d, c), place),
    "connect": lambda d, c, **_: verbs.connect(d, wire(d, c)),
    "reconnect": lambda d, c, **_: verbs.reconnect(d, old_wire(d, c), wire(d, c)),
    "disconnect": lambda d, c, **_: verbs.disconnect(d, old_wire(d, c)),
    "snap": lambda d, c, place, **_: verbs.add_connected(
        d, new(d, c), place, pick(d.graph.blocks, c[0]), c[1] % 4 - 1
    ),
    "insert": lambda d, c, place, **_: chaining.insert_on_wire(d, new(d, c), place, old_wire(d, c)),
    "put on wire": lambda d, c, place, **_: chaining.put_on_wire(
        d, pick(d.graph.blocks, c[0]), place, old_wire(d, c)
    ),
    "replace": lambda d, c, **_: verbs.connect(d, wire(d, c), taken(d, wire(d, c))),
    "append": lambda d, c, **_: verbs.append(
        d,
        KINDS[c[3] % len(KINDS)],
        pick(d.graph.blocks, c[0]) if c[1] % 3 and len(d.graph) else None,
    )[0],
    "remove": lambda d, c, **_: chaining.remove(d, blocks(d, c)),
    "detach": lambda d, c, **_: chaining.detach(d, blocks(d, c)),
    "duplicate": lambda d, c, place, **_: verbs.duplicate(d, blocks(d, c), place)[0],
    "move": lambda d, c, place, **_: verbs.move(d, dict.fromkeys(blocks(d, c), place)),
    "set_value": lambda d, c, value, **_: verbs.set_value(d, pick(d.graph.blocks, c[0]), value),
    "rename": lambda d, c, name, **_: verbs.rename(d, pick(d.graph.blocks, c[0]), name),
    "set_target": lambda d, c, **_: verbs.set_target(
        d, pick(d.graph.blocks, c[0]) if c[1] % 4 else None
    ),
    "group": lambda d, c, **_: grouping.group(
        d, items(d, c), marks=[mark(d, c)] if d.marks and c[2] % 2 else []
    )[0],
    "ungroup": lambda d, c, **_: grouping.ungroup(d, group(d, c)),
    "fold": lambda d, c, **_: grouping.fold(d, group(d, c)),
    "unfold": lambda d, c, **_: grouping.unfold(d, group(d, c)),
    "rename_group": lambda d, c, name, **_: grouping.rename_group(d, group(d, c), name),
    "move_group": lambda d, c, place, **_: verbs.move(d, {group(d, c): place}),
    "rehome": lambda d, c, **_: membership.rehomed(
        d, dict.fromkeys(items(d, c), group(d, c) if d.groups and c[3] % 3 else None)
    ),
    "take out": lambda d, c, **_: membership.taken_out(
        d,
        sorted(d.groups.group(group(d, c)).members)[: 1 + c[1] % 3],
        group(d, c),
        [mark(d, c)] if d.marks and c[2] % 2 else [],
    ),
    "bend": lambda d, c, place, **_: bending.bend(d, old_wire(d, c), c[0] % 3, place),
    "move bend": lambda d, c, place, **_: bending.move_bend(d, *bend_of(d, c), place),
    "remove bend": lambda d, c, **_: bending.remove_bend(d, *bend_of(d, c)),
    "straighten": lambda d, c, **_: bending.straighten(d, [old_wire(d, c)]),
    "frame": lambda d, c, place, name, **_: marking.frame(d, box(place, c), name, level(d, c))[0],
    "note": lambda d, c, place, name, **_: marking.note(d, box(place, c), name, level(d, c))[0],
    "move mark": lambda d, c, place, **_: marking.move_marks(
        d, {mark(d, c): box(place, c)}, {mark(d, c): level(d, c)} if c[0] % 2 else {}
    ),
    "say": lambda d, c, name, **_: marking.say(d, mark(d, c), name),
    "tint": lambda d, c, **_: marking.tint(d, [mark(d, c)], COLOURS[c[1] % len(COLOURS)]),
    "remove mark": lambda d, c, **_: marking.remove_marks(d, [mark(d, c)]),
    "duplicate marks": lambda d, c, place, **_: verbs.duplicate(
        d, blocks(d, c), place, [mark(d, c)]
    )[0],
    "clear": lambda d, c, **_: verbs.swap(d, Document()) if c[0] % 10 == 0 else (),
}

edits = st.fixed_dictionaries(
    {
        "verb": st.sampled_from([*VERBS, *["append", "connect", "group", "bend"] * 2]),
        "chosen": picks,
        "place": places,
        "value": values,
        "name": names,
    }
)


def attempt(document, edit):
    """Ask for an edit; give its changes, or none if it may not be done."""
    facts = {key: edit[key] for key in ("place", "value", "name")}
    try:
        changes = VERBS[edit["verb"]](document, edit["chosen"], **facts)
        within = group(document, edit["chosen"])
        return followed(document, changes, within if edit["chosen"][1] % 3 == 0 else None)
    except GradwalkError as error:
        assert error.sentence.endswith(".")  # noqa: PT017 - either may happen
        return ()


@st.composite
def documents(draw):
    """Draw a document that somebody may have made by hand."""
    document = Document()
    for edit in draw(st.lists(edits, max_size=15)):
        document.apply(attempt(document, edit))
    return document
