"""What a check says of each gradient: analytic, by trial, how far apart, and what follows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from engine.checking import Check, check_gradient
from engine.commands.asked import asked
from engine.commands.stuck import why_stuck
from engine.directions import SEED, Along
from engine.errors import RunError
from engine.expression import expression_of
from engine.graph import INPUT
from engine.recording import record
from engine.values import number_text, plain_value, value_text
from engine.variable import Array
from engine.wording import text_fraction

Verdict = Literal["agrees", "differs", "cannot tell"]

TRIAL_DIGITS = 11
"""Significant digits of a derivative by trial; more are noise."""


@dataclass(frozen=True, slots=True)
class GradientRow:
    """One gradient held against a trial.

    Attributes
    ----------
    target, name
        What is differentiated, and by what.
    analytic, numerical
        The gradient of the walk, and the one by trial; None where there can be none.
    difference
        The largest distance between elements of the two that are finite, or between slopes.
    digits
        Significant digits that they share.
    verdict
        What follows.
    words
        The verdict in a few words.
    sentence
        The same in words.
    along
        The trials along directions, where it was not tried element by element.
    """

    target: str
    name: str
    analytic: Array
    numerical: Array | None
    difference: float | None
    digits: int | None
    verdict: Verdict
    words: str
    sentence: str
    along: Along | None = None

    @property
    def cells(self) -> tuple[str, str, str, str, str]:
        """The row as a table has it."""
        trial, apart = self.numerical, self.difference
        return (
            text_fraction(self.target, self.name),
            value_text(self.analytic, None),
            "—" if trial is None else value_text(trial, TRIAL_DIGITS),
            "—" if apart is None else number_text(apart, 2),
            self._verdict(),
        )

    def _verdict(self) -> str:
        if self.verdict == "cannot tell":
            return self.sentence.removesuffix(".").replace("A trial cannot tell", self.words)
        return self.words if self.along is None else f"{self.words} {self.along.told}"

    def facts(self, source: str) -> dict[str, Any]:
        """Give the row as JSON has it, every number in full."""
        trial, apart = self.numerical, self.difference
        return {
            "source": source,
            "target": self.target,
            "name": self.name,
            "analytic": plain_value(self.analytic),
            "numerical": None if trial is None else plain_value(trial),
            "difference": None if apart is None else plain_value(np.asarray(apart)),
            "digits": self.digits,
            "verdict": self.verdict,
            "sentence": self.sentence,
            **self._how(),
        }

    def _how(self) -> dict[str, Any]:
        """Tell what was nudged: each element, or all of them along directions."""
        along = self.along
        if along is None:
            return {"nudged": None if self.numerical is None else "elements"}
        return {
            "nudged": "directions",
            "seed": SEED,
            "analytic_slopes": plain_value(along.analytic),
            "numerical_slopes": plain_value(along.numeric),
        }


@dataclass(frozen=True, slots=True)
class Checked:
    """All gradients of one graph.

    Attributes
    ----------
    formula
        What was differentiated.
    rows
        One for each input.
    """

    formula: str
    rows: tuple[GradientRow, ...]

    @property
    def failed(self) -> int:
        """How many gradients differ from their trials."""
        return sum(row.verdict == "differs" for row in self.rows)


def checked(source: str, settings: Sequence[str], target: str | None) -> Checked:
    """Check the gradient by every input.

    Parameters
    ----------
    source, settings, target
        As `asked` takes them.

    Raises
    ------
    GradwalkError
        If something cannot be read, the walk gets stuck, or no input bears on the target.

    Examples
    --------
    >>> for row in checked("square(x) * w", ["x=3", "w=2"], None).rows:
    ...     print(*row.cells, sep=" | ")
    ∂y/∂x | 12 | 12 | 0 | agrees to 15 digits
    ∂y/∂w | 9 | 9.0000000000 | 2.2e−12 | agrees to 12 digits
    """
    graph, chosen = asked(source, settings, target)
    recording = record(graph, chosen)
    stuck = why_stuck(graph, recording, chosen)
    if stuck is not None:
        raise RunError(stuck)
    rows = [
        _row(
            graph.block(chosen).name,
            block.name,
            gradient,
            check_gradient(graph, chosen, block.id, gradient),
        )
        for block in graph.blocks.values()
        if block.kind == INPUT and (gradient := recording.gradient(block.id)) is not None
    ]
    if not rows:
        raise RunError(
            f"There is no gradient to check: no input bears on {graph.block(chosen).name}."
        )
    return Checked(expression_of(graph, chosen), tuple(rows))


def _row(target: str, name: str, analytic: Array, check: Check) -> GradientRow:
    agrees, along = check.agreement.agrees, check.along
    verdict: Verdict = "cannot tell" if agrees is None else "agrees" if agrees else "differs"
    return GradientRow(
        target,
        name,
        analytic,
        check.numeric,
        _difference(analytic, check.numeric)
        if along is None
        else _difference(along.analytic, along.numeric),
        check.agreement.digits,
        verdict,
        check.verdict,
        check.sentence,
        along,
    )


def _difference(analytic: Array, numeric: Array | None) -> float | None:
    if numeric is None:
        return None
    finite = np.isfinite(analytic) & np.isfinite(numeric)
    if not finite.any():
        return None
    with np.errstate(all="ignore"):
        return float(np.abs(analytic[finite] - numeric[finite]).max())
