"""An element of a value that is a sum of products, as a row times a column is."""

from __future__ import annotations

from itertools import islice
from typing import NamedTuple

from engine.asking.elements import Index
from engine.asking.feeding import feeders
from engine.asking.multiplying import multiplier, times_from
from engine.asking.terms import Term, terms_text
from engine.graph import function_of
from engine.recording import Recording


class Product(NamedTuple):
    """Two elements that are multiplied, each by the id of its block and its index."""

    one: tuple[str, Index]
    two: tuple[str, Index]


class Products(NamedTuple):
    """What is added up.

    Attributes
    ----------
    brief
        Which rows or columns are multiplied, such as x[0, :] · w[:, 1]; empty if none are.
    many
        How many products there are.
    listed
        Them, or the first of them.
    """

    brief: str
    many: int
    listed: tuple[Product, ...]


def products_in(recording: Recording, block: str, at: Index, most: int) -> Products | None:
    """Find the products that an element of a block's value is the sum of.

    Parameters
    ----------
    most
        How many are listed.

    Returns
    -------
    Products
        None if it is no sum of products, or more is added to them.

    Examples
    --------
    >>> import numpy as np
    >>> from engine.expression import parse_expression
    >>> from engine.recording import record
    >>> graph, y = parse_expression("x @ w", {"x": np.ones((3, 2)), "w": np.ones((2, 2))})
    >>> products_in(record(graph, y), y, (2, 1), 5).brief
    'x[2, :] · w[:, 1]'
    """
    facts, wires = recording.blocks[block], recording.wires_into(block)
    if function_of(facts).is_elementwise() or len(wires) != 2:  # noqa: PLR2004 - it takes two
        return None
    if multiplier(recording, block, 0) != 1:
        return None
    one, two = (wire.source for wire in wires)
    met = list(islice(times_from(recording, block, 0, at, 1, most).items(), most))
    fed = feeders(recording, block, at, back=False)
    if len(fed) < len(wires):
        return None
    runs = [fed[port].run(recording.blocks[w.source].name) for port, w in enumerate(wires)]
    return Products(
        " · ".join(runs) if all(runs) else "",
        fed[0].count,
        tuple(Product((one, first), (two, second)) for first, second in met),
    )


def products_text(recording: Recording, block: str, at: Index, found: Products) -> str:
    """Write an element as a sum of products, with their numbers."""
    value = recording.value(block)
    assert value is not None  # noqa: S101 - it is the sum of them
    name = recording.blocks[block].name
    told = tuple(
        Term(first.two[1], number_at(recording, first.one), number_at(recording, first.two))
        for first in found.listed
    )
    return terms_text(name, at, told, found.brief, (found.many, float(value[at])))


def number_at(recording: Recording, element: tuple[str, Index]) -> float:
    """Give an element's number."""
    value = recording.value(element[0])
    assert value is not None  # noqa: S101 - it has been multiplied
    return float(value[element[1]])
