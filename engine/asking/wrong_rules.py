"""What each wrong rule does otherwise than the right one, and what goes wrong by it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from engine.asking.mistakes import MISTAKES
from engine.asking.wrong_walk import WalkBack, WrongWalk, parts_of
from engine.errors import RunError
from engine.graph import INPUT
from engine.recording import Recording
from engine.steps import BackwardStep, SeedStep, kept
from engine.values import value_text
from engine.variable import Array
from engine.walking import Pulled
from engine.wording import listed, signed


def walk_wrong(recording: Recording, name: str, earlier: Recording | None = None) -> WrongWalk:
    """Walk back by a wrong rule.

    Parameters
    ----------
    recording
        The run with the right rule.
    name
        Which of `MISTAKES`.
    earlier
        For "uncleared": the run whose gradients were left at the inputs; the same one by itself.

    Raises
    ------
    RunError
        If there is no such rule, or nothing to walk back.

    Examples
    --------
    >>> from engine.expression import parse_expression
    >>> from engine.recording import record
    >>> graph, y = parse_expression("x + x", {"x": np.array(3.0)})
    >>> wrong = walk_wrong(record(graph, y), "overwrite")
    >>> print(wrong.gradients[graph.named("x").id], wrong.sentence)
    1.0 So far x had 1. This rule puts 1 in its place instead of adding it: 1 + 1 = 2 is right.
    """
    if name not in MISTAKES:
        raise RunError(f"There is no wrong rule “{name}”; there are: {', '.join(MISTAKES)}.")
    if recording.turn >= len(recording):
        raise RunError("There is nothing to walk back yet, by a right rule or a wrong one.")
    return WRONG[name](recording, earlier).result(MISTAKES[name])


class _Overwrite(WalkBack):
    same = "No Variable is used more than once here, so there is nothing to add: both rules agree."

    def added(self, before: Any, value: Any, block: str) -> Any:
        del before, block
        return value

    def why(self, step: SeedStep | BackwardStep) -> str:
        part = next(part for part in parts_of(step) if part.before is not None)
        before, value = value_text(part.before), value_text(part.value)  # type: ignore[arg-type] # asked for above
        with np.errstate(all="ignore"):
            right = value_text(np.asarray(part.before + part.value))
        return (
            f"So far {self.variable(part.wire.source)} had {before}. This rule puts {value} in "
            f"its place instead of adding it: {before} + {signed(value)} = {right} is right."
        )


class _Stack(WalkBack):
    same = (
        "Here no function is reached along ways of different length, so a plain stack serves "
        "them in a good order by luck: both rules agree."
    )

    def served(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        funcs = [self.course.target or ""]
        while funcs:
            block = funcs.pop()
            inputs = self.course.inputs
            pushed = tuple(w.source for w in inputs[block] if inputs.get(w.source))
            funcs += pushed
            yield block, pushed

    def why(self, step: SeedStep | BackwardStep) -> str:
        block = self.name(step.block)
        done = {early.block for early in self.steps[: self.steps.index(step)]}
        givers = self.course.givers.get(step.block, ())
        late = list(dict.fromkeys(w.target for w in givers if w.target not in done))
        upstream = value_text(step.upstream if isinstance(step, BackwardStep) else step.gradient)
        right = self.recording.gradient(step.block)
        if not late or right is None:
            return (
                f"{block} is served once more, though it has passed its gradient on before: "
                "what it gave then is given again."
            )
        names = listed([self.name(other) for other in late])
        has = "has" if len(late) == 1 else "have"
        return (
            f"{block} is served before {names} {has} passed the gradient on: "
            f"{self.variable(step.block)} has {upstream} by now, and {value_text(right)} once all "
            f"is added. Later {block} comes up again, and what it gave then is given again."
        )


class _Uncleared(WalkBack):
    same = "The run before left no gradient at an input, so nothing is added to it: both agree."

    def left_over(self) -> dict[str, Array]:
        names = {block.name: block for block in self.recording.blocks.values()}
        return {
            names[before.name].id: gradient
            for before in self.earlier.blocks.values()
            if before.kind == INPUT and before.name in names
            if (gradient := self.earlier.gradient(before.id)) is not None
        }

    def why(self, step: SeedStep | BackwardStep) -> str:
        part = next(
            part
            for part in parts_of(step)
            if self.recording.blocks[part.wire.source].kind == INPUT and part.before is not None
        )
        x = self.variable(part.wire.source)
        right = self.recording.gradient(part.wire.source)
        end = kept(self.gradients[part.wire.source])
        return (
            f"From the run before {x} still holds {value_text(part.before)}, and this run adds to "  # type: ignore[arg-type] # asked for above
            f"it: {x} ends with {value_text(end)}, where {value_text(right)} is right."  # type: ignore[arg-type] # it receives
        )


class _Unsummed(WalkBack):
    same = "No input is broadcast here, so there is nothing to sum over: both rules agree."

    def passed_on(self, block: str, upstream: Any) -> Pulled:
        upstream = kept(upstream)
        value = self.recording.value(block)
        assert value is not None  # noqa: S101 - what is walked back has run
        if upstream.shape == value.shape:
            values, local = self.recording.pulled(block, upstream)
        else:
            values, local = self.recording.pulled(block, np.ones_like(value))
            if any(v is not None and d is None for v, d in zip(values, local, strict=True)):
                raise RunError(self._stopped(block, upstream, value))
        return tuple(
            v if d is None else np.asarray(upstream * d) for v, d in zip(values, local, strict=True)
        ), local

    def added(self, before: Any, value: Any, block: str) -> Any:
        try:
            return before + value
        except ValueError:
            raise RunError(
                f"It cannot go on: {self.variable(block)} has a gradient of shape "
                f"{np.shape(before)} already, and one of shape {np.shape(value)} is to be "
                "added to it."
            ) from None

    def _stopped(self, block: str, upstream: Array, value: Array) -> str:
        return (
            f"It cannot go on: {self.name(block)} gets a gradient of shape {upstream.shape} for "
            f"{self.variable(block)}, which has the shape {value.shape}."
        )

    def why(self, step: SeedStep | BackwardStep) -> str:
        for part in parts_of(step):
            x = self.recording.value(part.wire.source)
            if x is not None and x.shape != part.value.shape:
                right = self.recording.gradient(part.wire.source)
                return (
                    f"{self.variable(part.wire.source)} has the shape {x.shape} and was copied to "
                    f"{part.value.shape}. Its gradient is the sum over the copies, "
                    f"{value_text(right)}; this rule hands back {value_text(part.value)}."  # type: ignore[arg-type] # it receives
                )
        return f"{self.name(step.block)} passes on what came to it in the wrong shape."


WRONG: dict[str, type[WalkBack]] = {
    "overwrite": _Overwrite,
    "stack": _Stack,
    "uncleared": _Uncleared,
    "unsummed": _Unsummed,
}
