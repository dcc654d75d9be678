"""What one action is."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One action.

    Attributes
    ----------
    name
        What the code calls it, and the name of the slot that does it.
    menu
        The menu it stands in.
    text
        Its text there.
    keys
        Its shortcuts, the one to be shown first.
    tip
        What it does, in a sentence.
    checkable
        Whether it is switched on and off.
    ends_group
        Whether a line follows it in the menu.
    """

    name: str
    menu: str
    text: str
    keys: tuple[str, ...] = ()
    tip: str = ""
    checkable: bool = False
    ends_group: bool = False


def spec(menu: str, name: str, text: str, *keys: str, tip: str = "", **more: bool) -> ActionSpec:
    """Tell of an action in a line; without a tip, its text says what it does."""
    return ActionSpec(name, menu, text, keys, tip or text.rstrip("…"), **more)
