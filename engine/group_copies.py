"""Groups of copies, as their originals are grouped."""

from __future__ import annotations

from collections.abc import Mapping

from engine.document import AddGroup, Change, Document, Place, ReplaceGroup
from engine.group_room import shifted
from engine.grouping import Changes, fresh_group_name, next_group_id
from engine.groups import Group


def copies(
    document: Document, twins: Mapping[str, str], by: Place
) -> tuple[Changes, dict[str, str]]:
    """Group copied blocks as their originals are grouped.

    Parameters
    ----------
    twins
        The id of the copy of each block that was copied. A group of which all blocks were copied
        is copied too; any other copy is in the group that its original is in.
    by
        How far from the originals the copies stand.

    Returns
    -------
    tuple
        The changes, and the id of the copy of each group.
    """
    changes, made = regrouped(document, document, twins, by)
    groups = document.groups
    joined: dict[str, frozenset[str]] = {}
    for old_id, new_id in {**twins, **made}.items():
        holder = groups.holder(old_id)
        if holder is not None and holder not in made:
            joined[holder] = joined.get(holder, frozenset()) | {new_id}
    for holder, members in joined.items():
        before = groups.group(holder)
        changes += (ReplaceGroup(before, before.with_members(before.members | members)),)
    return changes, made


def regrouped(
    document: Document, source: Document, twins: Mapping[str, str], by: Place
) -> tuple[Changes, dict[str, str]]:
    """Make the groups in a document that copies of blocks of another one were in.

    Parameters
    ----------
    twins
        The id of the copy of each block that was copied. A group of which all blocks were copied
        is copied too.

    Returns
    -------
    tuple
        The changes, and the id of the copy of each group.
    """
    known = dict(twins)
    made: dict[str, str] = {}
    changes: list[Change] = []
    trial = document.groups.copy()
    for old in source.groups.inner_first():
        if not old.members <= known.keys():
            continue
        members = frozenset(known[member] for member in old.members)
        joint = tuple(tuple((known[block], port) for block, port in ends) for ends in old.joint)
        name = fresh_group_name(trial, old.name)
        new = Group(next_group_id(document, made), name, members, old.folded, joint)
        known[old.id] = made[old.id] = new.id
        trial.add(new)
        changes.append(AddGroup(new, shifted(source.places[old.id], by)))
    return tuple(changes), made
