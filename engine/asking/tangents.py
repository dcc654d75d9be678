"""Forward mode: how fast every Variable changes when one input does, walked from that input on.

Reverse mode asks by how much everything moves one target; forward mode, by how much one input moves
everything. Both multiply the same local derivatives, in the opposite order.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from engine.asking.plot_axes import Axis, axis_by
from engine.asking.side_by_side import Cell, Row, pictured
from engine.derivatives import jvp
from engine.errors import RunError
from engine.graph import Block, Wire, function_of, instance_of, title
from engine.recording import Recording
from engine.steps import kept
from engine.values import value_text
from engine.variable import Array
from engine.wording import signed, text_fraction

ABOUT = (
    "Forward mode starts at one input and asks how fast everything after it changes. It multiplies "
    "the same local derivatives as the way back, from the other end."
)
"""What is said before anything else."""

NOTHING = "There is nothing to walk yet: it takes a function of an input that has a value."
"""What is said where nothing can be walked."""


@dataclass(frozen=True, slots=True, eq=False)
class TangentPart:
    """What one input of a block brings along.

    Attributes
    ----------
    wire
        The wire it comes along.
    local
        Local derivative by this input; None where a Function tells the product alone.
    tangent
        How fast the input changes.
    """

    wire: Wire
    local: Array | None
    tangent: Array


@dataclass(frozen=True, slots=True, eq=False)
class TangentStep:
    """A block learned how fast it changes.

    Attributes
    ----------
    block
        Its id.
    parts
        One for each input that changes.
    tangent
        How fast the block's Variable changes, of the shape of its value.
    """

    block: str
    parts: tuple[TangentPart, ...]
    tangent: Array


@dataclass(frozen=True, slots=True, eq=False)
class TangentWalk:
    """A walk in forward mode.

    Attributes
    ----------
    recording
        The run it goes along.
    source, index
        Id of the input that changes, and the flat index of the element that does.
    steps
        Those of the blocks that change, in the order of the forward steps.
    passes
        How many such walks it takes for the gradient by every number of every input.
    visits
        Blocks that one walk goes through.
    """

    recording: Recording
    source: str
    index: int
    steps: tuple[TangentStep, ...]
    passes: int
    visits: int

    @property
    def axis(self) -> Axis:
        """The number that changes: the id of its block, and its flat index."""
        return self.source, self.index

    def row(self, step: TangentStep) -> Row:
        """Set a step's value beside its tangent."""
        block = self.recording.blocks[step.block]
        value = self.recording.value(block.id)
        head = f"{title(block)} → {block.name}" if block.is_function else block.name
        said = "" if value is None else f"{block.name} = {value_text(value)}"
        tangent, _, numbers = self.line(step).partition(" = ")
        product, _, result = numbers.rpartition(" = ")
        lines = (product, f"= {result}") if product else (result,)
        left = Cell(block.id, head, (said,), pictured(value))
        return Row(left, Cell(block.id, tangent, lines, pictured(step.tangent)))

    def line(self, step: TangentStep) -> str:
        """Write a step with its real numbers, such as `∂b/∂x = 1.2840 · 1 = 1.2840`."""
        names = self.recording.blocks
        head = text_fraction(names[step.block].name, names[self.source].name)
        result = value_text(step.tangent)
        pieces = [head]
        products = [
            f"{value_text(part.local)} · {signed(value_text(part.tangent))}"
            for part in step.parts
            if part.local is not None
        ]
        if products and len(products) == len(step.parts):
            pieces.append(" + ".join(products))
        return " = ".join([*pieces, result])

    @property
    def cost(self) -> str:
        """What the same gradients cost in either mode."""
        name = self.recording.blocks[self.source].name
        once = f"One pass forward tells how everything changes with one number, {name}"
        if self.passes == 1:
            return (
                f"{once}, and there is no other: one pass back costs the same, {self.visits} "
                f"{'block' if self.visits == 1 else 'blocks'}."
            )
        return (
            f"{once}. The inputs hold {self.passes:,} numbers, so it takes {self.passes:,} passes "
            f"forward, {self.passes * self.visits:,} blocks in all. One pass back, through "
            f"{self.visits:,} blocks, gives the gradient by every one of them: that is why a "
            "single backward pass serves a million parameters."
        )


def walk_forward(recording: Recording, source: str, index: int = 0) -> TangentWalk:
    """Walk in forward mode from an input.

    Parameters
    ----------
    recording
        The run to go along.
    source
        Id of the input that changes.
    index
        Flat index of its element that does, at a rate of 1.

    Raises
    ------
    RunError
        If there is no such number, or a Function knows the way back alone.

    Examples
    --------
    >>> from engine.expression import parse_expression
    >>> from engine.recording import record
    >>> graph, y = parse_expression("square(exp(square(x)))", {"x": np.array(0.5)})
    >>> walk = walk_forward(record(graph, y), graph.named("x").id)
    >>> for step in walk.steps:
    ...     print(walk.line(step))
    ∂x/∂x = 1
    ∂a/∂x = 1 · 1 = 1
    ∂b/∂x = 1.2840 · 1 = 1.2840
    ∂y/∂x = 2.5681 · 1.2840 = 3.2974
    """
    value = recording.value(source)
    if value is None or not 0 <= index < value.size or recording.blocks[source].is_function:
        raise RunError("Forward mode begins at a number of an input.")
    seed = np.zeros(value.shape)
    seed.flat[index] = 1.0
    tangents = {source: kept(seed)}
    steps = [TangentStep(source, (), tangents[source])]
    with np.errstate(all="ignore"):
        for block in recording.course.order:
            moving = [w for w in recording.wires_into(block) if w.source in tangents]
            if moving:
                steps.append(_step(recording, recording.blocks[block], moving, tangents))
                tangents[block] = steps[-1].tangent
    given = (b for b in recording.course.givers if not recording.blocks[b].is_function)
    passes = sum(np.size(recording.values[block]) for block in given)
    return TangentWalk(
        recording, source, index, tuple(steps), max(passes, 1), len(recording.course.popped)
    )


def walk_forward_by(recording: Recording, name: str) -> TangentWalk:
    """Walk in forward mode from a number that is told by its name, such as x or x[1, 0].

    Raises
    ------
    RunError
        If there is no such number that the target depends on.

    Examples
    --------
    >>> from engine.expression import parse_expression
    >>> from engine.recording import record
    >>> graph, y = parse_expression("sum(x * x)", {"x": np.array([1.0, 2.0])})
    >>> print(walk_forward_by(record(graph, y), "x[1]").steps[-1].tangent)
    4.0
    """
    return walk_forward(recording, *axis_by(recording, name, "to walk forwards from"))


def _step(
    recording: Recording, block: Block, moving: list[Wire], tangents: Mapping[str, Array]
) -> TangentStep:
    value = recording.value(block.id)
    assert value is not None  # noqa: S101 - it has run
    if function_of(block).is_elementwise():
        locals_ = recording.pulled(block.id, np.ones_like(value))[1]
        parts = tuple(TangentPart(w, locals_[w.port], tangents[w.source]) for w in moving)
        total = sum(np.asarray(part.local * part.tangent) for part in parts)
        return TangentStep(block.id, parts, kept(np.broadcast_to(total, value.shape)))
    wires = recording.wires_into(block.id)
    values = [recording.value(wire.source) for wire in wires]
    directions = [
        tangents.get(wire.source, np.zeros_like(x)) for wire, x in zip(wires, values, strict=True)
    ]
    try:
        _, tangent = jvp(instance_of(block), values, directions)
    except RunError as error:
        sentence = f"{title(block)} cannot be walked in forward mode: {error.sentence}"
        raise RunError(sentence, block=block.id) from None
    parts = tuple(TangentPart(wire, None, tangents[wire.source]) for wire in moving)
    return TangentStep(block.id, parts, kept(tangent))
