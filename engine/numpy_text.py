"""NumPy's operations written as lines of Python, and lines of Python compiled."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from engine.compiler import code_of
from engine.tape import UFUNCS, Op, Ref


def view_text(op: Op, text: str) -> str:
    """Write an operation that moves no number."""
    if op.name == "broadcast_to":
        return f"broadcast_to({text}, {op.told})"
    turned = op.name == "transpose" and op.told in (None, (1, 0))
    return f"{text}.T" if turned else f"{text}.{op.name}({op.told})"


def ufunc_text(op: Op, terms: Sequence[str], place: str | None = None) -> str:
    """Write an operation that is a ufunc, and where to put what it makes."""
    name = UFUNCS[op.name]
    # A place that has no name costs less, but these two take it for a third number.
    out = [] if place is None else [f"out={place}" if name in ("maximum", "minimum") else place]
    return f"{name}({', '.join([*terms, *out])})"


def sum_text(op: Op, term: str, place: str | None = None) -> str:
    """Write a sum along axes, and where to put it."""
    axes, keepdims = op.told
    axis = axes[0] if isinstance(axes, tuple) and len(axes) == 1 else axes
    more = f", None, {place}, {keepdims}" if keepdims or place else ""
    return f"total({term}, {axis}{more})"


def is_plain_product(samples: Sequence[np.ndarray[Any, Any]], op: Op) -> bool:
    """Tell whether `np.dot` does what `np.matmul` does, to the last digit and in less time.

    So it is where both are matrices that lie in memory row by row or column by column.
    """
    parts = [samples[x.id] for x in op.args if isinstance(x, Ref)]
    return op.name == "matmul" and len(parts) == len(op.args) and all(map(is_plain_matrix, parts))


def is_plain_matrix(x: np.ndarray[Any, Any]) -> bool:
    """Tell whether an array is a matrix that lies in memory by rows or by columns."""
    return x.ndim == 2 and x.flags.forc  # noqa: PLR2004 - rows and columns


def compiled(
    arguments: list[str], lines: list[str], known: Mapping[str, Any]
) -> Callable[..., Any]:
    """Compile lines to a function, with what they know at hand.

    What is compiled is written here, from formulas, and holds no text of anybody's.
    """
    body = "\n    ".join(lines)
    used = {name for name in re.findall(r"[a-z_]\w*", body) if name in known}
    bound = [*arguments, *(f"{name}={name}" for name in sorted(used))]
    names = dict(known)
    exec(code_of(f"def made({', '.join(bound)}):\n    {body}\n"), names)  # noqa: S102
    made: Callable[..., Any] = names["made"]
    return made
