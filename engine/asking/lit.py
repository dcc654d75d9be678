"""What is lit among the arrays of a step while an element of one of them is pointed at."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np

from engine.arrays import sum_to
from engine.asking.feeding import Index, fed_by, feeds, terms, terms_text
from engine.asking.multiplying import reached_by, times_from, times_to
from engine.asking.step_arrays import Picture
from engine.recording import BackwardStep, ForwardStep, Recording
from engine.variable import Array


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
        masks = _forward(recording, step.block, pointed, index)
        how = "feeds" if pointed.role == "given" else "is fed by"
        said = f"{_place(pointed, index)} {how} {_counted(masks.values())}."
        return Lit(said, tuple(masks.get((each.role, each.port)) for each in pictures))
    assert isinstance(step, BackwardStep)  # noqa: S101 - the others are of the way forward
    if pointed.role == "above":
        return _from_above(recording, step.block, pictures, index)
    if pointed.role == "times":
        return _multiplying(recording, step.block, pictures, pointed, index)
    return _made_up(recording, step, pictures, pointed, index)


def _forward(
    recording: Recording, block: str, pointed: Picture, index: Index
) -> dict[tuple[str, int], Array]:
    if pointed.role == "given":
        return {("made", -1): feeds(recording, block, pointed.port, index)}
    found = fed_by(recording, block, index)
    return {("given", port): mask for port, mask in found.items()}


def _from_above(recording: Recording, block: str, pictures: Sequence[Picture], index: Index) -> Lit:
    """Light where an element of the upstream gradient goes, and what it is multiplied by."""
    found, masks = fed_by(recording, block, index), list[Array | None]()
    for each in pictures:
        if each.role == "times" and each.other is not None:
            met = times_from(recording, block, each.port, index, each.other)
            masks.append(_mask(each.array, met.values()))
        elif each.role == "times":
            masks.append(_mask(each.array, [index]))
        else:
            masks.append(found.get(each.port))
    said = f"{_place(pictures[0], index)} goes back to {_counted(found.values())}."
    return Lit(said, tuple(masks))


def _made_up(
    recording: Recording,
    step: BackwardStep,
    pictures: Sequence[Picture],
    pointed: Picture,
    index: Index,
) -> Lit:
    """Light the products that an element of a gradient is the sum of: both factors of each."""
    found = terms(recording, step, pointed.port, index)
    above = _mask(step.upstream, [term.at for term in found])
    masks, briefly = list[Array | None](), ""
    for each in pictures:
        if each.role == "above":
            masks.append(above)
        elif each.role != "times" or each.port != pointed.port:
            masks.append(None)
        elif each.other is None:
            masks.append(above)
        else:
            met = times_to(recording, step.block, each.port, index)
            pairs = {} if met is None else met.pairs
            masks.append(_mask(each.array, pairs.values()))
            briefly = _briefly(pictures[0].name, above, each, pairs)
    return Lit(terms_text(pointed.name, index, found, briefly), tuple(masks), briefly)


def _multiplying(
    recording: Recording,
    block: str,
    pictures: Sequence[Picture],
    pointed: Picture,
    index: Index,
) -> Lit:
    """Light what an element multiplies of what comes from above, and where the products go."""
    shape = next(p.array.shape for p in pictures if (p.role, p.port) == ("to", pointed.port))
    if pointed.other is None:
        above = _mask(pictures[0].array, [index])
        to = sum_to(above.astype(np.float64), shape) != 0
    else:
        above, to = reached_by(recording, block, pointed.port, pointed.other, index)
    masks = {"above": above, "to": to}
    here = {-1, pointed.port}
    count = _counted([above])
    said = f"{_place(pointed, index)} multiplies {count} of {pictures[0].name}."
    return Lit(
        said, tuple(masks.get(each.role) if each.port in here else None for each in pictures)
    )


def _briefly(name: str, above: Array, times: Picture, pairs: dict[Index, Index]) -> str:
    """Write a sum of products as that of two rows or columns; empty if they are none."""
    met = [pairs[at] for at in sorted(pairs)]
    if len(met) < 2 or met != sorted(met):  # noqa: PLR2004 - one product is no sum
        return ""
    runs = _run(name, above), _run(times.name, _mask(times.array, met))
    return " · ".join(runs) if all(runs) else ""


def _run(name: str, mask: Array) -> str:
    """Name a row, a column or the like of an array; empty if it is none.

    Examples
    --------
    >>> _run("x", np.array([[True, True], [False, False]]))
    'x[0, :]'
    """
    if not mask.ndim:
        return name
    held = [np.flatnonzero(mask.any(axis=_others(mask, axis))) for axis in range(mask.ndim)]
    whole = [len(at) == size for at, size in zip(held, mask.shape, strict=True)]
    if not all(len(at) == 1 or every for at, every in zip(held, whole, strict=True)):
        return ""
    if np.prod([len(at) for at in held]) != mask.sum():
        return ""
    if sum(len(at) > 1 for at in held) > 1:
        return ""
    parts = (":" if e and len(at) > 1 else str(at[0]) for at, e in zip(held, whole, strict=True))
    return f"{name}[{', '.join(parts)}]"


def _others(mask: Array, axis: int) -> tuple[int, ...]:
    return tuple(other for other in range(mask.ndim) if other != axis)


def _mask(array: Array, places: Iterable[Index]) -> Array:
    mask = np.zeros(array.shape, dtype=bool)
    for at in places:
        mask[at] = True
    return mask


def _counted(masks: Iterable[Array]) -> str:
    count = sum(int(mask.sum()) for mask in masks)
    return f"{count:,} {'element' if count == 1 else 'elements'}"


def _place(picture: Picture, index: Index) -> str:
    return f"{picture.name}[{', '.join(map(str, index))}]" if index else picture.name
