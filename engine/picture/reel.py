"""A walk drawn once: every mark of it, and from which step on until which it is seen.

So all the pictures of a walk together hardly take more than one of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from engine.graph import CONSTANT, Block, Graph, Wire
from engine.picture.drawing import Drawing
from engine.picture.places import Standing
from engine.recording import BackwardStep, Recording


class Piece(NamedTuple):
    """Some marks of the picture of a walk.

    Attributes
    ----------
    svg
        The marks.
    first
        Index of the first step that they are seen in.
    until
        Index of the first step after it in which they are not; None if they stay.
    """

    svg: str
    first: int = 0
    until: int | None = None

    def is_seen(self, step: int) -> bool:
        """Tell whether the marks are seen in a step."""
        return self.first <= step and (self.until is None or step < self.until)


class Reel:
    """A walk, drawn.

    Parameters
    ----------
    recording
        The walk.
    graph
        The graph that was walked.
    stand
        Where it stands.

    Attributes
    ----------
    frame
        Left, top, width and height of its pictures.
    """

    def __init__(self, recording: Recording, graph: Graph, stand: Standing) -> None:
        arrays = frozenset(block for block in graph.blocks if _rank(recording, block))
        self._recording, self._graph = recording, graph
        self._drawing = Drawing(graph, stand, arrays)
        self.frame = self._drawing.frame()

    def pieces(self) -> Iterator[Piece]:
        """Give all marks, those that are covered by others first."""
        blocks = self._graph.blocks.values()
        for wire in self._graph.wires():
            yield from self._wire(wire)
        for block in blocks:
            yield from self._block(block)
        for block in blocks:
            yield from self._variable(block)

    def _known_from(self, block: str) -> int | None:
        """Index of the step from which the value of a block is seen; None if it never is."""
        if self._graph.block(block).kind == CONSTANT:
            return 0
        return self._recording.course.value_steps.get(block)

    def _wire(self, wire: Wire) -> Iterator[Piece]:
        draw, course = self._drawing, self._recording.course
        known, back = self._known_from(wire.source), None
        if wire in course.receiving.get(wire.target, ()):
            back = course.backward_steps[wire.target]
        if known != 0:
            yield Piece(draw.wire(wire, "wire wait"), 0, known)
        if known is not None:
            yield Piece(draw.wire(wire, "wire"), known, back)
        if back is not None:
            yield Piece(draw.wire(wire, "wire came"), back)
        used = course.value_steps.get(wire.target)
        if used is not None:
            yield Piece(draw.pulse(wire, back=False), used, used + 1)
        if back is not None:
            yield Piece(draw.pulse(wire, back=True), back, back + 1)

    def _block(self, block: Block) -> Iterator[Piece]:
        draw, recording = self._drawing, self._recording
        course, is_bad = recording.course, any(p.block == block.id for p in recording.problems)
        at, back = course.value_steps.get(block.id), course.backward_steps.get(block.id)
        stands = [(at, False), (back, True)]
        if course.target == block.id:
            stands.append((course.turn, True))
        for stand, is_back in stands:
            if stand is not None:
                yield Piece(draw.glow(block, back=is_back), stand, stand + 1)
        yield Piece(draw.outline(block, "bad" if is_bad else draw.ground(block)))
        if back is not None:
            yield Piece(draw.outline(block, "tint"), back + 1)
        for stand, is_back in stands:
            if stand is not None:
                yield Piece(draw.outline(block, "atb" if is_back else "at"), stand, stand + 1)
        yield Piece(draw.face(block))
        if back is not None:
            step = recording.steps[back]
            assert isinstance(step, BackwardStep)  # noqa: S101 - as the course has it
            found = tuple(part.local for part in step.contributions if part.local is not None)
            if found:
                yield Piece(draw.locals(block, found), back, back + 1)

    def _variable(self, block: Block) -> Iterator[Piece]:
        draw, recording = self._drawing, self._recording
        known, uses = self._known_from(block.id), draw.uses(block.id)
        if draw.has_end(block):
            if known != 0:
                yield Piece(draw.stub(block.id, "wire wait"), 0, known)
            if known is not None:
                yield Piece(draw.stub(block.id, "wire"), known)
            yield Piece(draw.end(block, "end goal" if block.id == recording.target else "end"))
        if block.is_function and uses:
            if known != 0:
                yield Piece(draw.name(block, known=False), 0, known)
            if known is not None:
                yield Piece(draw.name(block, known=True), known)
        value = recording.value(block.id) if block.is_function else None
        if value is not None and known is not None:
            yield Piece(draw.value(block, value), known)
            yield Piece(draw.value(block, value, lit=True), known, known + 1)
        if len(uses) > 1:
            for wire in uses:
                yield from self._contribution(wire)
        yield from self._gradients(block)

    def _gradients(self, block: Block) -> Iterator[Piece]:
        draw, history = self._drawing, self._recording.gradient_history(block.id)
        # Several wires may lead to one block, whose step then changes the gradient several times.
        last = dict(history)
        ends: list[int | None] = [*list(last), None][1:]
        for (step, gradient), end in zip(last.items(), ends, strict=True):
            yield Piece(draw.gradient(block, gradient), step, end)
            yield Piece(draw.gradient(block, gradient, lit=True), step, step + 1)

    def _contribution(self, wire: Wire) -> Iterator[Piece]:
        course = self._recording.course
        if wire not in course.receiving.get(wire.target, ()):
            return
        at = course.backward_steps[wire.target]
        step = self._recording.steps[at]
        assert isinstance(step, BackwardStep)  # noqa: S101 - as the course has it
        value = next(part.value for part in step.contributions if part.wire == wire)
        yield Piece(self._drawing.contribution(wire, value), at)
        yield Piece(self._drawing.contribution(wire, value, lit=True), at, at + 1)


def _rank(recording: Recording, block: str) -> int:
    value = recording.value(block)
    return 0 if value is None else value.ndim


def merged(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """Put neighbours together that are seen in the same steps."""
    held: Piece | None = None
    for piece in pieces:
        if held is not None and held[1:] == piece[1:]:
            held = held._replace(svg=held.svg + piece.svg)
            continue
        if held is not None:
            yield held
        held = piece
    if held is not None:
        yield held
