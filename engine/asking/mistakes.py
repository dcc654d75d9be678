"""Rules of back-propagation that are wrong: mistakes that people make at their first `backward`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

MistakeName = Literal["overwrite", "stack", "uncleared", "unsummed"]


@dataclass(frozen=True, slots=True)
class Mistake:
    """One wrong rule.

    Attributes
    ----------
    name
        What the code calls it.
    title
        What it does, in a few words.
    about
        Why it is wrong, in a sentence.
    wrong, right
        The line of `backward()` as it stands then, and as it should be.
    """

    name: MistakeName
    title: str
    about: str
    wrong: str
    right: str


MISTAKES: Mapping[str, Mistake] = MappingProxyType(
    {
        mistake.name: mistake
        for mistake in (
            Mistake(
                "overwrite",
                "Overwrite instead of add",
                "A Variable that is used twice gets a contribution from each use; "
                "this rule keeps the last one only.",
                "x.grad = gx",
                "x.grad = x.grad + gx",
            ),
            Mistake(
                "stack",
                "A plain stack instead of generations",
                "A function may be served before all that use its output have passed their "
                "gradient on, and then once more for each that comes late.",
                "funcs.append(x.creator)",
                "add_func(x.creator)  # youngest first",
            ),
            Mistake(
                "uncleared",
                "Gradients not cleared between two runs",
                "The inputs still hold the gradients of the run before, and the new ones are "
                "added to them.",
                "y.backward()",
                "x.cleargrad(); y.backward()",
            ),
            Mistake(
                "unsummed",
                "No sum over an axis that was broadcast",
                "An input that was copied along an axis gets the sum over that axis; this rule "
                "hands back one number for each copy.",
                "gx = gy * local",
                "gx = sum_to(gy * local, x.shape)",
            ),
        )
    }
)
"""The wrong rules, by name, in the order in which people meet them."""
