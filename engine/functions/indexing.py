"""Elements taken out of an array, and the way back into it."""

from __future__ import annotations

from typing import Any

import numpy as np

from engine.errors import RunError
from engine.function import Function
from engine.indices import index_of, index_text, is_basic
from engine.notation import ATOM, Notation
from engine.syntax import shown


class Getitem(Function):
    """The elements that an index points at, as in x[1:3]; one taken twice gets both shares."""

    notation = Notation("x[i]", "{0}[…]", r"{0}\left[\ldots\right]", ATOM, (ATOM,))
    group = "Shape"

    def forward(self, x: Any, *, index: Any) -> Any:
        found = index_of(index)
        try:
            return x[found]
        except (IndexError, ValueError, OverflowError) as error:
            text = shown(index_text(index))
            raise RunError(f"[{text}] does not fit the shape {x.shape}: {error}.") from None

    def pull(self, port: int, gy: Any, y: Any, *xs: Any, **settings: Any) -> Any:
        return put_back(gy, settings["index"], xs[0].shape)

    def told(self) -> dict[str, Any]:
        return {"index": index_text(self.settings["index"])}


class Scatter(Function):
    """Zeros of a shape, and the input added where an index points: the way back of x[index]."""

    symbol = "[i]+="
    group = "Shape"
    inner = True

    def forward(self, x: Any, *, index: Any, shape: Any) -> Any:
        found, shape = index_of(index), shape if isinstance(shape, int) else tuple(shape)
        y = np.zeros_like(x, shape=shape)
        try:
            if y[found].shape != x.shape:
                raise ValueError(f"it points at the shape {y[found].shape}, not {x.shape}")  # noqa: TRY301 - told below
        except (IndexError, ValueError, OverflowError) as error:
            text = shown(index_text(index))
            raise RunError(f"[{text}] does not fit the shape {y.shape}: {error}.") from None
        if is_basic(found):
            y[found] = x
        else:  # which may point at an element more than once
            np.add.at(y, found, x)
        return y

    def pull(self, port: int, gy: Any, y: Any, *xs: Any, **settings: Any) -> Any:
        return gy[index_of(settings["index"])]

    def told(self) -> dict[str, Any]:
        return {**self.settings, "index": index_text(self.settings["index"])}


def put_back(gy: Any, index: Any, shape: tuple[int, ...]) -> Any:
    """Lead a gradient back to where its elements were taken from; all others get 0."""
    if isinstance(gy, np.ndarray):
        return Scatter(index=index, shape=shape).forward(gy, index=index, shape=shape)
    return gy._operate("scatter", gy, index=index, shape=shape)  # noqa: SLF001 - the way of Operators
