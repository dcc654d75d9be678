"""Switches that hold for a while: whether Functions are remembered, and whether a net learns."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, ClassVar

from engine.errors import RunError


class Config:
    """The switches, by the names the book gives them.

    Attributes
    ----------
    enable_backprop
        Whether a Variable remembers the Function that made it.
    train
        Whether Functions that differ between learning and use, such as dropout, learn.
    """

    enable_backprop: ClassVar[bool] = True
    train: ClassVar[bool] = True


@contextmanager
def using_config(name: str, value: Any) -> Iterator[None]:
    """Set a switch of `Config` for the length of a `with` block.

    Raises
    ------
    RunError
        If there is no such switch.

    Examples
    --------
    >>> with using_config("train", False):
    ...     Config.train
    False
    >>> Config.train
    True
    """
    if name not in ("enable_backprop", "train"):
        sentence = f"There is no switch called {name}; there are enable_backprop and train."
        raise RunError(sentence)
    before = getattr(Config, name)
    setattr(Config, name, value)
    try:
        yield
    finally:
        setattr(Config, name, before)


def no_grad() -> Any:
    """Remember no Functions for the length of a `with` block: values only, and less memory."""
    return using_config("enable_backprop", value=False)


def test_mode() -> Any:
    """Use a net instead of teaching it, for the length of a `with` block."""
    return using_config("train", value=False)
