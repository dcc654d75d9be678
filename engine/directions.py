"""A large gradient held against trials along directions: all elements are nudged at once.

Nudging one element after the other costs two runs an element. Along a direction `d` the target
changes by `⟨gradient, d⟩`, and that costs two runs, however many elements there are. A direction
drawn by chance misses no element, so a wrong one shows in nearly any of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from engine.agreement import TOLERANCE, Agreement, compare
from engine.trials import Trial
from engine.variable import Array

COUNT = 5
"""Directions that are tried."""

SEED = 0
"""What they are drawn from, so that every check of a gradient is the same."""

NUDGES = (1e-4, 1e-5, 1e-6, 1e-7, 1e-8)
"""Tried in this order, as long as the two do not agree and rounding does not drown them."""

DROWNED = 1e-4
"""Part of a derivative from which rounding makes finer nudges useless."""

UNSURE = 1e-3
"""Part of a derivative by which a trial may still move between two nudges and yet tell."""

MOVES = 2.0, 5.0, 20.0
"""How many times the last move of a trial a difference may be that agrees, must be that differs,
and must be to say so before the finest nudge."""

BENT = 4.0
"""How many times the gap at a kink a difference may be that comes from nothing but the kink."""

SHARP, FINER = 0.01, 16
"""Part of a slope from which a gap between left and right is looked at again, with a nudge so many
times finer."""

GoesOn = Callable[[], bool]


@dataclass(frozen=True, slots=True, eq=False)
class Along:
    """A gradient held against trials along directions.

    Attributes
    ----------
    analytic, numeric
        Of each direction, the product of the gradient with it, and the slope found by trial.
    elements
        Elements that they stand for.
    agreement
        How far they agree.
    reason
        Why that cannot be told; "" if it can.
    """

    analytic: Array
    numeric: Array
    elements: int
    agreement: Agreement
    reason: str = ""

    @property
    def told(self) -> str:
        """How it was checked, in a few words."""
        return f"along {len(self.analytic)} random directions with seed {SEED}"

    @property
    def sentence(self) -> str:
        """What came of it."""
        agreement = self.agreement
        if agreement.agrees is None:
            return f"A trial cannot tell: {self.reason}."
        stands = f"{self.told}, in place of all {self.elements:,} elements"
        if not agreement.agrees:
            return f"The two differ {stands}."
        if not agreement.digits:
            return f"The two agree within rounding {stands}."
        what = "digit" if agreement.digits == 1 else "digits"
        return f"The two agree to {agreement.digits} {what} {stands}."


def check_along(trial: Trial, analytic: Array, goes_on: GoesOn = lambda: True) -> Along | None:
    """Hold a gradient of many elements against trials along random directions.

    Elements at which the gradient or the value is not finite are left where they are.

    Parameters
    ----------
    trial
        Runs the target for other values of the Variable.
    analytic
        The gradient, of the shape of the Variable.
    goes_on
        Asked before every run: whether anybody still wants to know.

    Returns
    -------
    Along or None
        None if nobody wanted to know any more.

    Examples
    --------
    >>> from engine.expression import parse_expression
    >>> x = np.linspace(0, 1, 10_000)
    >>> graph, y = parse_expression("sum(exp(x))", {"x": x})
    >>> block = graph.named("x").id
    >>> trial = Trial(graph, lambda found: graph.block(found).value, y, block)
    >>> check_along(trial, np.exp(x)).agreement.agrees, check_along(trial, x).agreement.agrees
    (True, False)
    """
    with np.errstate(all="ignore"):
        told = None
        for width in (_whole, _own):
            found = _Ladder(trial, analytic, width).check(goes_on)
            if found is None:
                return None
            if found.agreement.agrees is not None or found.reason == KINK:
                return found
            told = told or found
        return told


def _whole(x: Array) -> Array:
    """Nudge elements up to 1 alike, and larger ones in proportion, as a trial of one element."""
    return np.maximum(1.0, np.abs(x))


def _own(x: Array) -> Array:
    """Nudge each element in proportion, so that none changes its sign: log and sqrt need that."""
    return np.where(x == 0.0, 1.0, np.abs(x))


KINK = "there is a kink"
UNSETTLED = "its slope does not settle, there are kinks or jumps close by"
NOT_FINITE = "there is a number that is not finite"


class _Rung(NamedTuple):
    """What a nudge gives along all directions: slopes, how they differ left and right, rounding."""

    nudge: float
    slopes: Array
    gaps: Array
    noise: float


class _Ladder:
    """Tries the same directions with finer and finer nudges."""

    def __init__(self, trial: Trial, analytic: Array, width: Callable[[Array], Array]) -> None:
        self._trial = trial
        self._given = np.isfinite(analytic) & np.isfinite(trial.at)
        self._complete = bool(self._given.all())
        self._gradient = analytic
        self._width = width(trial.at)
        if not self._complete:
            self._gradient = np.where(self._given, analytic, 0.0)
            self._width = np.where(self._given, self._width, 0.0)
        self._exact = np.zeros(COUNT)

    def check(self, goes_on: GoesOn) -> Along | None:
        rungs: list[_Rung] = []
        for nudge in NUDGES:
            rung = self._rung(nudge, goes_on)
            if rung is None:
                return None
            if not (np.isfinite(rung.slopes).all() and np.isfinite(self._exact).all()):
                continue
            scale = _size(self._exact, rung.slopes)
            if rungs and rung.noise > DROWNED * scale:
                break
            found = compare(self._exact, rung.slopes, rung.noise)
            if found.agrees:
                return self._agreed(rung, scale, found, goes_on)
            rungs.append(rung)
            if len(rungs) > 1 and self._differs(rungs[-2], rung, MOVES[2]):
                return self._told(rung, found)
        return self._last(rungs)

    def _agreed(self, rung: _Rung, scale: float, found: Agreement, goes_on: GoesOn) -> Along | None:
        """Tell that the two agree, if that is not by chance: at a kink they may, half way."""
        gap = abs(float(rung.gaps[0]))
        if gap > scale * SHARP + rung.noise / SHARP:
            # Where the function only bends, the gap closes as the nudge gets smaller.
            finer = self._along(rung.nudge / FINER, next(self._directions()), goes_on)
            if finer is None:
                return None
            if abs(finer[1]) > gap / 2:
                return self._untold(rung.slopes, KINK)
        return self._told(rung, found)

    def _last(self, rungs: list[_Rung]) -> Along:
        """Judge by the nudge at which the trial moved least."""
        if len(rungs) < 2:  # noqa: PLR2004 - a move takes two
            reason = UNSETTLED if rungs else NOT_FINITE
            slopes = rungs[0].slopes if rungs else np.full(COUNT, np.nan)
            return self._untold(slopes, reason)
        before, rung = min(pairwise(rungs), key=lambda pair: _move(*pair))
        move, scale = _move(before, rung), _size(self._exact, rung.slopes)
        apart = _size(rung.slopes - self._exact)
        if move <= UNSURE * scale and apart <= TOLERANCE * scale + MOVES[0] * move:
            return self._told(rung, replace(compare(self._exact, rung.slopes), agrees=True))
        if self._differs(before, rung, MOVES[1]):
            return self._told(rung, compare(self._exact, rung.slopes))
        kink = move <= UNSURE * scale and apart <= BENT * _kink(before, rung)
        return self._untold(rung.slopes, KINK if kink else UNSETTLED)

    def _differs(self, before: _Rung, rung: _Rung, moves: float) -> bool:
        """Tell whether neither the move of the trial nor a kink explains how far they are apart."""
        apart, scale = _size(rung.slopes - self._exact), _size(self._exact, rung.slopes)
        sure = apart > TOLERANCE * scale + moves * _move(before, rung)
        return sure and apart > BENT * _kink(before, rung)

    def _rung(self, nudge: float, goes_on: GoesOn) -> _Rung | None:
        slopes, gaps = np.zeros(COUNT), np.zeros(COUNT)
        for at, direction in enumerate(self._directions()):
            if nudge == NUDGES[0]:
                self._exact[at] = np.vdot(self._gradient, direction)
            found = self._along(nudge, direction, goes_on)
            if found is None:
                return None
            slopes[at], gaps[at] = found
        return _Rung(nudge, slopes, gaps, float(self._trial.noise) / nudge)

    def _along(self, nudge: float, direction: Array, goes_on: GoesOn) -> tuple[float, float] | None:
        """Give the slope along a direction, and by how much it differs right and left."""
        sides = []
        for side in (nudge, -nudge):
            if not goes_on():
                return None
            nudged = direction * side
            nudged += self._trial.at
            sides.append(float(self._trial.run(nudged)))
        (high, low), middle = sides, float(self._trial.result)
        return (high - low) / (2 * nudge), ((high - middle) - (middle - low)) / nudge

    def _directions(self) -> Iterator[Array]:
        """Draw the directions anew, always the same: to keep them all would take a lot of room.

        The part of an element lies between one half and three halves, so that none hides.
        """
        for number in range(COUNT):
            direction = np.random.default_rng((SEED, number)).uniform(
                -1.0, 1.0, self._trial.at.shape
            )
            direction += np.copysign(0.5, direction)
            direction *= self._width
            yield direction

    def _told(self, rung: _Rung, agreement: Agreement) -> Along:
        if agreement.agrees and not self._complete:
            return self._untold(rung.slopes, NOT_FINITE)
        return Along(self._exact, rung.slopes, self._trial.at.size, agreement)

    def _untold(self, slopes: Array, reason: str) -> Along:
        nothing = Agreement(None, None)
        return Along(self._exact, slopes, self._trial.at.size, nothing, reason)


def _size(*slopes: Array) -> float:
    """Give the root mean square of some slopes, of the largest of several."""
    return max([float(np.sqrt(np.mean(np.square(each)))) for each in slopes])


def _move(before: _Rung, rung: _Rung) -> float:
    """Tell how far a trial has moved since the last nudge, and how far rounding may have."""
    return _size(rung.slopes - before.slopes) + rung.noise


def _kink(before: _Rung, rung: _Rung) -> float:
    """Tell how far the slopes left and right stay apart as the nudge goes to nothing."""
    finer = before.nudge / rung.nudge
    left = np.abs((finer * rung.gaps - before.gaps) / (finer - 1.0)).max()
    return max(float(left) - MOVES[1] * rung.noise, 0.0)
