"""What is lit among the arrays of a step while an element of one of them is pointed at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

import numpy as np

from engine.asking.elements import Index, Some
from engine.asking.feeding import fed, feeders
from engine.asking.on_the_way import (
    briefly_told,
    met_on_the_way_from,
    met_on_the_way_to,
    reached_by,
)
from engine.asking.products import products_in, products_text
from engine.asking.step_arrays import Picture
from engine.asking.terms import MOST_TERMS, terms, terms_text
from engine.recording import BackwardStep, ForwardStep, Recording
from engine.variable import Array
from engine.wording import listed

HINT = "Point at an element to see which elements feed it, and which it feeds."
SINGLE = "All are single numbers here. Of an array you can see which elements feed which."
"""What is said while nothing is pointed at, and where nothing could be."""

MOST_NAMES = 4
"""Elements, rows or columns that are named; of more, it is said how many there are."""


class Lit(NamedTuple):
    """What is seen.

    Attributes
    ----------
    said
        A sentence about the element.
    masks
        The elements that it has to do with, for each picture in turn; None lights all.
    brief
        Of a gradient that is a sum of products: which rows or columns are multiplied. Empty where
        it is none of such.
    """

    said: str
    masks: tuple[Array | None, ...]
    brief: str = ""


def lit(
    recording: Recording,
    step: ForwardStep | BackwardStep,
    pictures: Sequence[Picture],
    at: int,
    index: Index,
) -> Lit:
    """Find what an element of one of the pictures of a step has to do with.

    Parameters
    ----------
    pictures
        Those of the step, as `pictures_of` lists them.
    at
        Which of them is pointed at.
    index
        Index of the element.

    Raises
    ------
    RunError
        If a Function does not tell which elements feed which.
    """
    pointed = pictures[at]
    if pointed.role in ("given", "made"):
        found = _forward(recording, step.block, pointed, index)
        how = "feeds" if pointed.role == "given" else "is fed by"
        said = f"{_place(pointed, index)} {how} {_counted(found, pictures)}."
        if pointed.role == "made":
            made = products_in(recording, step.block, index, MOST_TERMS)
            said = said if made is None else products_text(recording, step.block, index, made)
        some = (found.get((each.role, each.port)) for each in pictures)
        return Lit(said, tuple(None if each is None else each.mask for each in some))
    assert isinstance(step, BackwardStep)  # noqa: S101 - the others are of the way forward
    if pointed.role == "above":
        return _from_above(recording, step.block, pictures, index)
    if pointed.role == "times":
        return _multiplying(recording, step.block, pictures, pointed, index)
    return _made_up(recording, step, pictures, pointed, index)


def _forward(
    recording: Recording, block: str, pointed: Picture, index: Index
) -> dict[tuple[str, int], Some]:
    if pointed.role == "given":
        return {("made", -1): fed(recording, block, pointed.port, index)}
    found = feeders(recording, block, index, back=False)
    return {("given", port): some for port, some in found.items()}


def _from_above(recording: Recording, block: str, pictures: Sequence[Picture], index: Index) -> Lit:
    """Light where an element of the upstream gradient goes, and what it is multiplied by."""
    found, masks = feeders(recording, block, index), list[Array | None]()
    for each in pictures:
        if each.role == "times" and each.other is not None:
            met = met_on_the_way_from(recording, block, each.port, index, each.other)
            masks.append(met.mask)
        elif each.role == "times":
            masks.append(_mask(each.array, [index]))
        else:
            masks.append(found[each.port].mask if each.port in found else None)
    to = {("to", port): some for port, some in found.items()}
    said = f"{_place(pictures[0], index)} goes back to {_counted(to, pictures)}."
    return Lit(said, tuple(masks))


def _made_up(
    recording: Recording,
    step: BackwardStep,
    pictures: Sequence[Picture],
    pointed: Picture,
    index: Index,
) -> Lit:
    """Light the products that an element of a gradient is the sum of: both factors of each."""
    found = terms(recording, step, pointed.port, index, MOST_TERMS)
    come = fed(recording, step.block, pointed.port, index)
    above = come.mask
    masks, briefly = list[Array | None](), ""
    for each in pictures:
        if each.role == "above":
            masks.append(above)
        elif each.role != "times" or each.port != pointed.port:
            masks.append(None)
        elif each.other is None:
            masks.append(above)
        else:
            met = met_on_the_way_to(recording, step.block, each.port, index, each.other)
            masks.append(met.some.mask)
            briefly = briefly_told(pictures[0].name, come, each.name, met)
    part = next(part for part in step.contributions if part.wire.port == pointed.port)
    whole = come.count, float(part.value[index])
    said = terms_text(pointed.name, index, found, briefly, whole)
    return Lit(said, tuple(masks), briefly)


def _multiplying(
    recording: Recording,
    block: str,
    pictures: Sequence[Picture],
    pointed: Picture,
    index: Index,
) -> Lit:
    """Light what an element multiplies of what comes from above, and where the products go."""
    if pointed.other is None:
        above = _mask(pictures[0].array, [index])
        to = feeders(recording, block, index)[pointed.port].mask
    else:
        above, to = reached_by(recording, block, pointed.port, pointed.other, index)
    masks = {"above": above, "to": to}
    here = {-1, pointed.port}
    count = _elements(int(np.count_nonzero(above)))
    said = f"{_place(pointed, index)} multiplies {count} of {pictures[0].name}."
    return Lit(
        said, tuple(masks.get(each.role) if each.port in here else None for each in pictures)
    )


def _mask(array: Array, places: Iterable[Index]) -> Array:
    mask = np.zeros(array.shape, dtype=bool)
    for at in places:
        mask[at] = True
    return mask


def _counted(found: Mapping[tuple[str, int], Some], pictures: Sequence[Picture]) -> str:
    """Tell how many elements there are, and which: by row or column, or by name if they are few."""
    count, named = sum(some.count for some in found.values()), list[str]()
    for (role, port), some in found.items():
        picture = next((p for p in pictures if (p.role, p.port) == (role, port)), None)
        if picture is None:
            continue
        run = some.run(picture.name)
        few = [run] if run else [_place(picture, at) for at in islice(some, MOST_NAMES + 1)]
        named += few
    if not 0 < len(named) <= MOST_NAMES:
        return _elements(count)
    return listed(named) if count == len(named) else f"{_elements(count)}: {listed(named)}"


def _elements(count: int) -> str:
    return f"{count:,} {'element' if count == 1 else 'elements'}"


def _place(picture: Picture, index: Index) -> str:
    return f"{picture.name}[{', '.join(map(str, index))}]" if index else picture.name
