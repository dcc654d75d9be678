"""Blocks of a person's own: a group that is kept in a file, to be placed again and again.

The file is that of a document which holds one group and nothing else. What is placed is a copy:
it can be changed without changing the file, and the other way round.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from engine.clips import Clip, clip, paste
from engine.document import AddGroup, AddWire, Change, Document, Place, ReplaceBlock
from engine.errors import DocumentError, GradwalkError, ValueTextError
from engine.graph import Block, Wire
from engine.groups import Group, Groups
from engine.order import age
from engine.storage import dumps, load, save
from engine.syntax import Source, shown
from engine.values import frozen, parse_value, source_text
from engine.variable import Array
from engine.visible import ports_of_group

SUFFIX = ".gradblock"

LONGEST = 10_000
"""Elements of an array that can be told as text."""


@dataclass(frozen=True)
class OwnBlock:
    """A block of a person's own.

    Attributes
    ----------
    document
        Holds one group, and all blocks in it.
    group
        That group.
    """

    document: Document
    group: Group

    @property
    def name(self) -> str:
        """What a person calls it."""
        return self.group.name

    @property
    def parameters(self) -> list[Block]:
        """The inputs and the constants in it, whose values are its defaults."""
        return parameters_of(self.document, self.group.id)


def own_block(document: Document, group: str) -> OwnBlock:
    """Make a block of a person's own out of a group.

    What feeds the group becomes an open port; if it is used several times, one port feeds all of
    these.

    Raises
    ------
    GroupError
        If there is no such group.
    """
    found = document.groups.group(group)
    ports = ports_of_group(document.graph, document.groups, group)
    joint = tuple(inlet.ends for inlet in ports.inlets if len(inlet.ends) > 1)
    copied = clip(document, [group]).document
    kept = Groups()
    for inner in copied.groups.inner_first():
        if inner.id == group:
            inner = replace(found, folded=True, joint=joint)  # noqa: PLW2901 - the one that counts
        kept.add(inner)
    copied = replace(copied, groups=kept, target=None)
    return OwnBlock(copied, kept.group(group))


def placed(
    document: Document, own: OwnBlock, place: Place, after: str | None = None
) -> tuple[tuple[Change, ...], str]:
    """Place a copy of a block of a person's own.

    Parameters
    ----------
    after
        Id of the block whose result its first open port takes, if it has one.

    Returns
    -------
    tuple
        The changes, and the id of the group that was made.
    """
    stood = own.document.places[own.group.id]
    by = Place(place.x - stood.x, place.y - stood.y)
    changes, _ = paste(document, Clip(own.document), by)
    trial = document.copy()
    trial.apply(changes)
    (group,) = (
        change.group.id
        for change in changes
        if isinstance(change, AddGroup) and trial.groups.holder(change.group.id) is None
    )
    inlets = ports_of_group(trial.graph, trial.groups, group).inlets
    if after is not None and inlets:
        wires = (Wire(after, block, port) for block, port in inlets[0].ends)
        changes = (*changes, *(AddWire(wire) for wire in wires))
    return changes, group


def read_own_block(path: Path) -> OwnBlock:
    """Read a block of a person's own from its file.

    Raises
    ------
    DocumentError
        If it cannot be read, or holds anything else than one group.
    """
    document = load(path)
    groups = document.groups
    outer = [group for group in groups.all.values() if groups.holder(group.id) is None]
    if len(outer) != 1 or groups.blocks(outer[0].id) != document.graph.blocks.keys():
        sentence = f"{path.name} cannot be kept in the palette: it does not hold one group alone."
        raise DocumentError(sentence)
    return OwnBlock(document, outer[0])


def write_own_block(own: OwnBlock, path: Path) -> None:
    """Write a block of a person's own to a file.

    Raises
    ------
    DocumentError
        If that is not possible; the file is as it was.
    """
    dumps(own.document)  # says what cannot be written before anything is
    save(own.document, path)


# Parameters


def parameters_of(document: Document, group: str) -> list[Block]:
    """List the inputs and then the constants in a group: what it can be told from outside."""
    inside = sorted(document.groups.blocks(group), key=age)
    blocks = [document.graph.block(block) for block in inside]
    return sorted((b for b in blocks if not b.is_function), key=lambda block: block.kind != "input")


def parameters_text(document: Document, group: str) -> str:
    """Write the parameters of a group as a line to be edited, such as `w=2, b=-1`.

    Arrays that are too long to be read are left out.
    """
    return ", ".join(
        f"{block.name}={source_text(block.value)}"
        for block in parameters_of(document, group)
        if block.value is not None and block.value.size <= LONGEST
    )


def parse_parameters(document: Document, group: str, text: str) -> dict[str, Array]:
    """Read the parameters of a group from a line; the text is never run.

    Returns
    -------
    dict
        The value of each block that is named.

    Raises
    ------
    ValueTextError
        If it is anything else than names of parameters with numbers or arrays.
    """
    wanted = f"Write parameters like {shown(parameters_text(document, group)) or 'w=2'}."
    try:
        match Source.of(f"f({text})").statements():
            case [ast.Expr(value=ast.Call(func=ast.Name(id="f"), args=[], keywords=keywords))]:
                told = {keyword.arg or "**": ast.unparse(keyword.value) for keyword in keywords}
            case _:
                raise ValueTextError(wanted)
    except (SyntaxError, ValueError, RecursionError, MemoryError, GradwalkError):
        raise ValueTextError(f"“{shown(text)}” cannot be read. {wanted}") from None
    known = {block.name: block.id for block in parameters_of(document, group)}
    for name in told:
        if name not in known:
            raise ValueTextError(f"There is no parameter called {shown(name)}. {wanted}")
    return {known[name]: parse_value(value) for name, value in told.items()}


def set_parameters(document: Document, values: Mapping[str, Array]) -> tuple[Change, ...]:
    """Give several inputs and constants other values."""
    changes: list[Change] = []
    for block, value in values.items():
        before = document.graph.block(block)
        after = replace(before, value=frozen(value))
        if after != before:
            changes.append(ReplaceBlock(before, after))
    return tuple(changes)
