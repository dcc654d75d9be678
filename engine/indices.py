"""What stands between the brackets of `x[1:3, ::2]`: as NumPy takes it, and as text."""

from __future__ import annotations

import ast
from types import EllipsisType
from typing import Any

import numpy as np

from engine.errors import RunError
from engine.syntax import Source, shown

WANTED = (
    "write whole numbers, slices like 1:3 or ::2, ..., None, and lists like [0, 2] or [True, False]"
)


def index_of(told: Any) -> Any:
    """Give an index as NumPy takes it: read from text, or with arrays in place of lists.

    Raises
    ------
    RunError
        If it is none.

    Examples
    --------
    >>> index_of("1:3, ..., None")
    (slice(1, 3, None), Ellipsis, None)
    """
    if isinstance(told, str):
        return _read(told)
    return tuple(map(_part, told)) if isinstance(told, tuple) else _part(told)


def index_text(told: Any) -> str:
    """Write an index the way it stands between brackets.

    Raises
    ------
    RunError
        If it is none, or an empty array of which a list cannot tell the shape.

    Examples
    --------
    >>> index_text((slice(1, None), np.array([0, 2]), ...))
    '1:, [0, 2], ...'
    """
    index = index_of(told)
    if not isinstance(index, tuple):
        return _written(index)
    return ", ".join(map(_written, index)) or "()"


def index_of_node(node: ast.expr) -> Any:
    """Read an index from a syntax tree; nothing of it is run.

    Raises
    ------
    ValueError
        If it is none.
    """
    if isinstance(node, ast.Tuple):
        return tuple(map(_piece, node.elts))
    return _piece(node)


def is_basic(index: Any) -> bool:
    """Tell whether an index uses no element twice: it holds no arrays."""
    parts = index if isinstance(index, tuple) else (index,)
    return not any(isinstance(part, np.ndarray | bool) for part in parts)


def _read(text: str) -> Any:
    try:
        match Source.of(f"x[{text}]").statements():
            case [ast.Expr(value=ast.Subscript(value=ast.Name(id="x"), slice=node))]:
                return index_of_node(node)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        pass
    raise RunError(f"“{shown(text)}” is no index: {WANTED}.")


def _piece(node: ast.expr) -> Any:
    if isinstance(node, ast.Slice):
        ends = (node.lower, node.upper, node.step)
        return slice(*(None if end is None else _whole(end) for end in ends))
    if isinstance(node, ast.List):
        return _listed(ast.literal_eval(node))
    if isinstance(node, ast.Constant) and isinstance(node.value, None | bool | EllipsisType):
        return node.value
    return _whole(node)


def _whole(node: ast.expr) -> int | None:
    number = ast.literal_eval(node)
    if number is None or type(number) is int:
        return number
    raise ValueError


def _listed(items: Any) -> Any:
    array = np.array(items)  # a ValueError, where the rows are not equally long
    if not array.size:
        return array.astype(np.intp)
    if array.dtype.kind not in "ib":
        raise ValueError
    return array


def _part(part: Any) -> Any:
    """Take one part of an index that stands in Python, and no text."""
    if part is None or isinstance(part, bool | EllipsisType | slice):
        return part
    if isinstance(part, int | np.integer):
        return int(part)
    if isinstance(part, np.bool):
        return bool(part)
    try:
        if isinstance(part, list):
            return _listed(part)
        if isinstance(part, np.ndarray) and part.dtype.kind in "iub":
            return part if part.ndim else part.item()
    except ValueError:
        pass
    raise RunError(f"{shown(repr(part))} cannot stand in an index: {WANTED}.")


def _written(part: Any) -> str:
    if part is ...:
        return "..."
    if isinstance(part, slice):
        step = "" if part.step is None else f":{_end(part.step)}"
        return f"{_end(part.start)}:{_end(part.stop)}{step}"
    if isinstance(part, np.ndarray):
        if part.ndim > 1 and not part.size:
            raise RunError(f"An index of the shape {part.shape} has no elements to be written.")
        return repr(part.tolist())
    return repr(part)


def _end(end: Any) -> str:
    return "" if end is None else repr(int(end))
