"""A walk drawn once: every mark of it, and from which step on until which it is seen.

So all the pictures of a walk together hardly take more than one of them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from engine.graph import CONSTANT, Block, Graph, Wire
from engine.picture import ground
from engine.picture.arrivals import Arrival, added_up, arrival_along, changes_of
from engine.picture.drawing import Drawing
from engine.picture.lamps import Lamps
from engine.picture.piece import Piece
from engine.picture.places import Standing
from engine.picture.seen import Seen
from engine.recording import BackwardStep, Recording
from engine.variable import Array


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
    stand
        Where it stands.
    frame
        Left, top, width and height of its pictures.
    """

    def __init__(self, recording: Recording, graph: Graph, stand: Standing) -> None:
        arrays = frozenset(block for block in graph.blocks if _rank(recording, block))
        self._recording, self._graph, self.stand = recording, graph, stand
        self._seen = Seen(graph, stand, arrays)
        self._drawing = Drawing(self._seen)
        self.frame = self._drawing.frame()

    def lamps(self) -> Lamps:
        """Give what lights blocks and wires of the picture."""
        return Lamps(self._seen)

    def pieces(self) -> Iterator[Piece]:
        """Give all marks, those that are covered by others first."""
        yield from self.shapes()
        yield from self.labels()

    def shapes(self) -> Iterator[Piece]:
        """Give the marks of frames, wires and blocks."""
        outlines = self._seen.outlines()
        names = {group: self._seen.name(group) for group in outlines}
        yield from map(Piece, ground.behind(self.stand.marks, outlines, names))
        for wire, along in self._seen.along.items():
            yield from self._wire(wire, along)
        for block in self._seen.blocks():
            yield from self._block(block)
        for group in self._seen.folded:
            yield from self._group(group)

    def labels(self) -> Iterator[Piece]:
        """Give the marks of Variables, which lie over those."""
        for block in self._seen.variables():
            yield from self._variable(block)

    def _known_from(self, block: str) -> int | None:
        """Index of the step from which the value of a block is seen; None if it never is."""
        if self._graph.block(block).kind == CONSTANT:
            return 0
        return self._recording.course.value_steps.get(block)

    def _back_along(self, wire: Wire) -> Arrival | None:
        """Tell when something comes back along a wire; None if nothing does."""
        receives = wire in self._recording.course.receiving.get(wire.target, ())
        return arrival_along(self._recording, wire) if receives else None

    def _wire(self, wire: Wire, along: tuple[Wire, ...]) -> Iterator[Piece]:
        draw, steps = self._drawing, self._recording.course.value_steps
        known = self._known_from(wire.source)
        used = sorted({steps[one.target] for one in along if one.target in steps})
        backs = sorted(came for one in along if (came := self._back_along(one)) is not None)
        back = backs[0] if backs else None
        if known != 0:
            yield Piece(draw.wire(wire, "wire wait"), 0, known)
        if known is not None:
            yield Piece.during(draw.wire(wire, "wire"), Arrival(known), back)
        if back is not None:
            yield Piece.during(draw.wire(wire, "wire came"), back, None)
        for at in used:
            yield Piece(draw.pulse(wire, back=False), at, at + 1)
        for first in {each.step: each for each in reversed(backs)}.values():
            yield Piece.as_it_comes(draw.pulse(wire, back=True), first)

    def _visits(self, block: str) -> Iterator[tuple[int, bool]]:
        """Give the steps in which the walk stands on a block, and whether it comes back then."""
        course = self._recording.course
        at, back = course.value_steps.get(block), course.backward_steps.get(block)
        if at is not None:
            yield at, False
        if back is not None:
            yield back, True
        if course.target == block:
            yield course.turn, True

    def _block(self, block: Block) -> Iterator[Piece]:
        draw, recording = self._drawing, self._recording
        back, is_bad = recording.course.backward_steps.get(block.id), self._is_bad({block.id})
        visits = list(self._visits(block.id))
        for at, is_back in visits:
            yield Piece(draw.glow(block, back=is_back), at, at + 1)
        yield Piece(draw.outline(block, "bad" if is_bad else draw.ground(block)))
        if back is not None:
            yield Piece(draw.outline(block, "tint"), back + 1)
        for at, is_back in visits:
            yield Piece(draw.outline(block, "atb" if is_back else "at"), at, at + 1)
        yield Piece(draw.face(block))
        if back is not None:
            step = recording.steps[back]
            assert isinstance(step, BackwardStep)  # noqa: S101 - as the course has it
            found = tuple(part.local for part in step.contributions if part.local is not None)
            if found:
                yield Piece(draw.locals(block, found), back, back + 1)

    def _group(self, group: str) -> Iterator[Piece]:
        """Draw a folded group, on which the walk stands while it is at any of the blocks in it."""
        draw, members = self._drawing, self._seen.members(group)
        backs = self._recording.course.backward_steps
        last = max((backs[block] for block in members if block in backs), default=None)
        visits = sorted(visit for block in members for visit in self._visits(block))
        stays = list(_stretches(visits))
        yield Piece(draw.group_stack(group))
        for first, until, is_back in stays:
            yield Piece(draw.group_glow(group, back=is_back), first, until)
        yield Piece(draw.group_outline(group, "bad" if self._is_bad(members) else "card"))
        if last is not None:
            yield Piece(draw.group_outline(group, "tint"), last + 1)
        for first, until, is_back in stays:
            yield Piece(draw.group_outline(group, "atb" if is_back else "at"), first, until)
        yield Piece(draw.group_face(group))
        yield from self._summary(group)

    def _summary(self, group: str) -> Iterator[Piece]:
        """Tell the value of the last result of a group, and the gradient that it got."""
        outlets = self._seen.folded[group].outlets
        if not outlets:
            return
        known, value = self._known_from(outlets[-1]), self._recording.value(outlets[-1])
        if known is None or value is None:
            yield Piece(self._drawing.group_number(group, None, "v"))
        else:
            if known:
                yield Piece(self._drawing.group_number(group, None, "v"), 0, known)
            yield Piece(self._drawing.group_number(group, value, "v"), known)
        changes = changes_of(self._recording, outlets[-1])
        first = changes[0].since if changes else None
        yield Piece.during(self._drawing.group_number(group, None, "g"), Arrival(0), first)
        for gradient, since, until in changes:
            yield Piece.during(self._drawing.group_number(group, gradient, "g"), since, until)

    def _is_bad(self, blocks: Collection[str]) -> bool:
        return any(problem.block in blocks for problem in self._recording.problems)

    def _variable(self, block: Block) -> Iterator[Piece]:
        draw, uses = self._drawing, self._seen.uses(block.id)
        covered = self._seen.has_end(block) and self._seen.is_covered(block)
        if self._seen.has_end(block):
            yield from self._end(block, covered=covered)
        # A pill shows its value itself, unless it is hidden in a group.
        if block.is_function or not self._seen.is_itself(block.id):
            yield from self._value(block, is_named=bool(uses) or covered)
        if len(uses) > 1:
            for wire in uses:
                yield from self._contributions(wire)
        for gradient, since, until in changes_of(self._recording, block.id):
            yield Piece.during(draw.gradient(block, gradient), since, until)
            lit = draw.gradient(block, gradient, lit=True)
            yield Piece.as_it_comes(lit, since, until)

    def _end(self, block: Block, *, covered: bool) -> Iterator[Piece]:
        draw, known = self._drawing, self._known_from(block.id)
        if known != 0:
            yield Piece(draw.stub(block.id, "wire wait", covered=covered), 0, known)
        if known is not None:
            yield Piece(draw.stub(block.id, "wire", covered=covered), known)
        is_target = block.id == self._recording.target
        if not covered:
            yield Piece(draw.end(block, "end goal" if is_target else "end"))

    def _value(self, block: Block, *, is_named: bool) -> Iterator[Piece]:
        draw, known = self._drawing, self._known_from(block.id)
        value = self._recording.value(block.id)
        if is_named and known != 0:
            yield Piece(draw.name(block, None), 0, known)
        if is_named and known is not None:
            yield Piece(draw.name(block, value), known)
        if value is not None and known is not None:
            yield Piece(draw.value(block, value), known)
            yield Piece(draw.value(block, value, lit=True), known, known + 1)

    def _contributions(self, wire: Wire) -> Iterator[Piece]:
        """Draw what comes back along a wire: the sum, where it stands for several."""
        came = list[tuple[Arrival, Array]]()
        for one in self._seen.along[wire]:
            at = self._back_along(one)
            if at is not None:
                step = self._recording.steps[at.step]
                assert isinstance(step, BackwardStep)  # noqa: S101 - as the course has it
                came.append((at, step.contributions[at.part - 1].value))
        for whole, since, until in added_up(came):
            yield Piece.during(self._drawing.contribution(wire, whole), since, until)
            lit = self._drawing.contribution(wire, whole, lit=True)
            yield Piece.as_it_comes(lit, since, until)


def _stretches(visits: Iterable[tuple[int, bool]]) -> Iterator[tuple[int, int, bool]]:
    """Put steps together that follow one another: the first, the one after the last, and the way.

    Examples
    --------
    >>> list(_stretches([(1, False), (2, False), (4, False), (5, True)]))
    [(1, 3, False), (4, 5, False), (5, 6, True)]
    """
    held: tuple[int, int, bool] | None = None
    for at, is_back in visits:
        if held is not None and held[1:] == (at, is_back):
            held = held[0], at + 1, is_back
            continue
        if held is not None:
            yield held
        held = at, at + 1, is_back
    if held is not None:
        yield held


def _rank(recording: Recording, block: str) -> int:
    value = recording.value(block)
    return 0 if value is None else value.ndim
