"""Products and sums along axes that are named by letters."""

from __future__ import annotations

import string
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from engine.arrays import sum_to
from engine.errors import RunError
from engine.function import Function


class Plan(NamedTuple):
    """What subscripts come down to: the letters of each input and of the output, and sizes.

    Axes that are covered by an ellipsis have letters of their own here.
    """

    inputs: tuple[str, ...]
    output: str
    sizes: dict[str, int]

    @property
    def text(self) -> str:
        """The subscripts without an ellipsis."""
        return f"{','.join(self.inputs)}->{self.output}"


class Einsum(Function):
    """Products of elements, added up along the letters that the output leaves out: ij,jk->ik."""

    symbol = "Σijk"
    group = "Linear algebra"
    numpy = (np.einsum,)
    leading = ("subscripts",)

    def forward(self, *xs: Any, subscripts: str) -> Any:
        return np.einsum(plan_of(subscripts, [x.shape for x in xs]).text, *xs)

    def pull(self, port: int, gy: Any, y: Any, *xs: Any, **settings: Any) -> Any:
        plan = plan_of(settings["subscripts"], [x.shape for x in xs])
        others = [x for at, x in enumerate(xs) if at != port]
        letters = [x for at, x in enumerate(plan.inputs) if at != port]
        own, spare = "", _spare("".join((*plan.inputs, plan.output)))
        for letter in plan.inputs[port]:
            size = plan.sizes[letter]
            if letter in own:
                # A diagonal was taken: its gradient goes there, and 0 beside it.
                twin = next(spare)
                others.append(np.eye(size, dtype=gy.dtype))
                letters.append(letter + twin)
                own += twin
                continue
            spread = any(
                letter in term and x.shape[term.index(letter)] == size
                for term, x in zip(letters, others, strict=True)
            )
            if letter not in plan.output and not spread:
                others.append(np.ones(size, dtype=gy.dtype))
                letters.append(letter)
            own += letter
        gx = np.einsum(f"{','.join((plan.output, *letters))}->{own}", gy, *others)
        return sum_to(gx, xs[port].shape)


def plan_of(subscripts: Any, shapes: Sequence[tuple[int, ...]]) -> Plan:
    """Read subscripts against the shapes of the inputs.

    Raises
    ------
    RunError
        If they do not fit.

    Examples
    --------
    >>> plan_of("ij,jk", [(2, 3), (3, 4)]).text
    'ij,jk->ik'
    """
    if not isinstance(subscripts, str):
        raise RunError(f"subscripts are a text like 'ij,jk->ik', not {subscripts!r}.")
    told, arrow, output = subscripts.replace(" ", "").partition("->")
    terms = told.split(",")
    if len(terms) != len(shapes):
        raise RunError(
            f"The subscripts “{subscripts}” are for {len(terms)} inputs, "
            f"and {len(shapes)} are given."
        )
    for term in (*terms, output):
        if not set(term.replace("...", "", 1)) <= set(string.ascii_letters):
            raise RunError(f"Subscripts are letters, “,”, “...” and “->”, not “{subscripts}”.")
    spare = _spare(told + output)
    wide = [
        len(shape) - len(term.replace("...", "")) for term, shape in zip(terms, shapes, strict=True)
    ]
    for term, shape, more in zip(terms, shapes, wide, strict=True):
        if more < 0 or (more and "..." not in term):
            raise RunError(
                f"“{term}” names {len(term.replace('...', ''))} axes, and the shape {shape} "
                f"has {len(shape)}."
            )
    most = max((more for more, term in zip(wide, terms, strict=True) if "..." in term), default=0)
    covered = "".join(next(spare) for _ in range(most))
    inputs = tuple(
        term.replace("...", covered[most - more :]) for term, more in zip(terms, wide, strict=True)
    )
    if not arrow:
        letters = told.replace("...", "").replace(",", "")
        output = "..." + "".join(sorted(x for x in set(letters) if letters.count(x) == 1))
    output = output.replace("...", covered)
    return Plan(inputs, output, _sizes(subscripts, inputs, output, shapes))


def _sizes(
    subscripts: str, inputs: tuple[str, ...], output: str, shapes: Sequence[tuple[int, ...]]
) -> dict[str, int]:
    sizes: dict[str, int] = {}
    for term, shape in zip(inputs, shapes, strict=True):
        for letter, size in zip(term, shape, strict=True):
            known = sizes.get(letter, 1)
            if known != size and 1 not in (known, size):
                raise RunError(
                    f"The subscripts “{subscripts}” do not fit the shapes "
                    f"{' and '.join(map(str, shapes))}: one letter has the sizes {known} "
                    f"and {size}."
                )
            sizes[letter] = size if known == 1 else known
    for letter in output:
        if letter not in sizes or output.count(letter) > 1:
            raise RunError(
                f"The output of “{subscripts}” has each letter once, and only letters of inputs; "
                f"{letter} is not so."
            )
    return sizes


def _spare(used: str) -> Any:
    """Give letters that are not used yet."""
    return (letter for letter in string.ascii_letters if letter not in used)
