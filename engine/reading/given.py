"""What an operation is given besides: shapes, indices, settings and what never changes."""

from __future__ import annotations

import json
from types import EllipsisType
from typing import Any

import numpy as np

from engine.reading.literals import array_piece, number_piece
from engine.reading.pieces import Piece, attribute, keyword, listed, name

Array = np.ndarray[Any, Any]


class Noted:
    """Something that has been written down.

    Attributes
    ----------
    piece
        How.
    """

    __slots__ = ()

    piece: Piece


class Shape(tuple[int, ...]):  # noqa: SLOT001 - a tuple that remembers has no slots
    """The shape of something that has a name, so that it can be written as `x.shape`."""

    owner: Piece

    @classmethod
    def of(cls, shape: tuple[int, ...], owner: Piece) -> Shape:
        """Remember whose shape it is."""
        made = cls(shape)
        made.owner = owner
        return made


def arguments(args: tuple[Any, ...], options: dict[str, Any]) -> list[Piece]:
    """Write what a method is given: what stands in its place, and then what is named."""
    told = [piece_of(x) for x in args]
    for key, value in options.items():
        if key == "keepdims" and not value:
            continue
        axes = key == "axis" and isinstance(value, tuple) and len(value) == 1
        told.append(keyword(key, piece_of(value[0] if axes else value)))
    return told


def piece_of(x: Any) -> Piece:
    """Write what an operation is given: something written down, or something that never changes."""
    if isinstance(x, Noted):
        return x.piece
    if isinstance(x, Shape):
        return attribute(x.owner, "shape")
    if isinstance(x, list):
        return listed(list(map(piece_of, x)), "[", "]")
    if isinstance(x, tuple):
        whole = listed(list(map(piece_of, x)), "(", ",)" if len(x) == 1 else ")")
        return whole if any(part.parts for part in whole.parts) else name(whole.text({}))
    return _unchanging(x)


def _unchanging(x: Any) -> Piece:
    match x:
        case np.ndarray() if x.ndim:
            return _constant(x)
        case np.ndarray() | np.generic():
            return number_piece(x.item())
        case np.dtype() | type():
            return name({"f": "float", "i": "int", "b": "bool"}[np.dtype(x).kind])
        case str():
            return name(json.dumps(x))
        case None | bool() | int() | float():
            return name(repr(x)) if x is None else number_piece(x)
    raise TypeError(f"{type(x).__name__} cannot be written down")


def _constant(x: Array) -> Piece:
    """Write an array that never changes, in the way in which it was most likely made."""
    for made in ("ones", "zeros"):
        if x.size and x.dtype.kind == "f" and (x == getattr(np, made)(())).all():
            return name(f"np.{made}({x.shape})")
    if x.ndim == 1 and x.size and np.array_equal(x, np.arange(x.size)) and x.dtype.kind == "i":
        return name(f"np.arange({x.size})")
    if x.ndim == 2 and x.size and np.array_equal(x, np.eye(len(x))):  # noqa: PLR2004 - a matrix
        return name(f"np.eye({len(x)})")
    return array_piece(x)


def index_piece(index: Any) -> Piece:
    """Write what stands between brackets."""
    if type(index) is tuple and len(index) == 1:
        index = index[0]
    if type(index) is tuple and index:
        return listed([_index_part(part) for part in index], "", "")
    return _index_part(index)


def _index_part(part: Any) -> Piece:
    match part:
        case slice():
            ends = ["" if end is None else str(end) for end in (part.start, part.stop)]
            return name(":".join(ends) + ("" if part.step in (None, 1) else f":{part.step}"))
        case EllipsisType():
            return name("...")
        case np.ndarray() if part.ndim:
            return _index_array(part)
        case np.ndarray():
            return name(repr(part.item()))
    return piece_of(part)


def _index_array(part: Array) -> Piece:
    if not part.size:
        return name("[]") if part.ndim == 1 else name(f"np.zeros({part.shape}, int)")
    constant = _constant(part)
    return name(repr(part.tolist())) if constant.rows is not None and part.ndim == 1 else constant
