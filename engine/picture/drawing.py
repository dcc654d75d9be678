"""A graph drawn: what each of its blocks, wires and Variables looks like, and where."""

from __future__ import annotations

from functools import cached_property, partial

from engine.document import Place
from engine.graph import CONSTANT, INPUT, Block, Wire, title
from engine.marks import Box
from engine.picture import group_sizes, marks, sizes
from engine.picture.cells import Cells, is_pictured, shape_text
from engine.picture.labels import Spots, spots
from engine.picture.seen import Seen
from engine.values import value_text
from engine.variable import Array
from engine.writing import notation_of

BESIDE, ABOVE, BELOW = 30.0, 40.0, 52.0
"""Room around everything: for labels, chips and glow."""

TIP = sizes.PORT_RADIUS + 3

GROUP_LINES = 2
"""Lines of the name of a folded group at most."""


class Drawing:
    """A graph with its places, from which marks are made.

    Parameters
    ----------
    seen
        What is seen of the graph, and where.
    """

    def __init__(self, seen: Seen) -> None:
        self._seen = seen
        self._rooms = dict[str, float]()

    def frame(self) -> Box:
        """Tell the box of the whole picture."""
        x, y, width, height = self._seen.extent()
        return Box(x - BESIDE, y - ABOVE, width + 2 * BESIDE, height + ABOVE + BELOW)

    # Marks

    def wire(self, wire: Wire, kind: str) -> str:
        """Draw a wire; the kind says what has passed along it."""
        return f'<path d="{self._seen.line(wire).path}" class="{kind}"/>'

    def pulse(self, wire: Wire, *, back: bool) -> str:
        """Draw what has travelled along a wire."""
        line = self._seen.line(wire)
        (x, y), aside = (line.start, TIP) if back else (line.end, -TIP)
        return marks.pulse(line.path, Place(x + aside, y), back=back)

    def outline(self, block: Block, kind: str) -> str:
        """Draw the outline of a block, and its ground."""
        width, height = self._seen.size(block.id)
        return marks.box(self._seen.place(block.id), width, height, self._radius(block), kind)

    def glow(self, block: Block, *, back: bool) -> str:
        """Draw the light around a block that the walk stands on."""
        width, height = self._seen.size(block.id)
        middle = self._seen.place(block.id)
        return marks.glow(middle, width, height, self._radius(block), back=back)

    def face(self, block: Block) -> str:
        """Draw what stands on a block, and its ports."""
        x, y = self._seen.place(block.id)
        drawn = [self.ports(block.id)]
        if block.is_function:
            symbol, room = notation_of(block.kind).symbol, sizes.CARD_WIDTH - 12
            kind, pixels = ("sym", 27) if len(symbol) < 3 else ("sym long", 22)  # noqa: PLR2004 - tanh is wider than x²
            drawn.append(marks.text(Place(x, y - 12), symbol, kind, pixels))
            lines = sizes.broken(title(block), partial(sizes.text_width, pixels=12), room)
            for at, words in enumerate(lines):
                aside = at * 14 - 7 * (len(lines) - 1)
                name = sizes.shortened(words, room, 12)
                drawn.append(marks.text(Place(x, y + 25 + aside), name, "word", 12))
            return "".join(drawn)
        room = self._seen.size(block.id)[0] - 20
        words = "?" if block.value is None else value_text(block.value)
        most = int(room / (sizes.NUMBER * sizes.DIGIT))
        if len(words) > most:
            words = f"{words[: most // 2]}…{words[len(words) - (most - 1) // 2 :]}"
        if block.kind == CONSTANT:
            return "".join([*drawn, marks.text(Place(x, y), words, "num", 13)])
        name = sizes.shortened(block.name, room, 15)
        if sizes.has_picture(block) and block.value is not None:
            drawn.append(marks.text(Place(x, y - 21), name, "var", 15))
            drawn.append(Cells(block.value, room, 30).svg(Place(x, y + 3), "v"))
            drawn.append(marks.text(Place(x, y + 27), shape_text(block.value), "shape given", 10))
            return "".join(drawn)
        drawn.append(marks.text(Place(x, y - 9), name, "var", 15))
        drawn.append(marks.text(Place(x, y + 10), words, "num given", 13))
        return "".join(drawn)

    def ports(self, item: str) -> str:
        """Draw the ports of a block or a folded group."""
        return "".join(
            f'<circle cx="{x:g}" cy="{y:g}" r="{sizes.PORT_RADIUS}" class="port"/>'
            for x, y in self._seen.ports(item)
        )

    def end(self, block: Block, kind: str) -> str:
        """Draw the pill at the end of a block that nothing uses."""
        x, y = self._seen.output(block.id)
        middle = Place(x + self._seen.tail(block.id) + sizes.END / 2, y)
        name = sizes.shortened(block.name, sizes.END - 12, 15)
        ink = "var" if kind == "end goal" else "var quiet"
        return marks.box(middle, sizes.END, 48, 24, kind) + marks.text(middle, name, ink, 15)

    def stub(self, block: str, kind: str, *, covered: bool = False) -> str:
        """Draw the short wire that leads to it, or its beginning where a block covers that."""
        x, y = self._seen.output(block)
        length = sizes.STUB if covered else self._seen.tail(block)
        return f'<path d="M{x + sizes.PORT_RADIUS:g} {y:g}h{length:g}" class="{kind}"/>'

    def value(self, block: Block, value: Array, *, lit: bool = False) -> str:
        """Draw a value above the line; lit, its outline alone."""
        return self._number(self._above(block), block.id, value, "v", lit=lit)

    def gradient(self, block: Block, gradient: Array, *, lit: bool = False) -> str:
        """Draw a gradient below the line; lit, its outline alone."""
        at = self._spots.gradients.get(block.id) or self._seen.giver(block).anchor
        return self._number(at, block.id, gradient, "g", lit=lit)

    def _number(self, at: Place, block: str, value: Array, kind: str, *, lit: bool) -> str:
        room, side = self._room(block), 1 if kind == "g" else -1
        if is_pictured(value, room):
            cells = Cells(value, room, sizes.PICTURE)
            middle = Place(at.x, at.y + side * (sizes.LABEL_GAP + cells.size[1] / 2))
            return (cells.outline if lit else cells.svg)(middle, kind)
        middle = Place(at.x, at.y + side * (sizes.LABEL_GAP + sizes.NUMBER_HEIGHT / 2))
        return (marks.outline if lit else marks.number)(middle, sizes.fitting(value, room), kind)

    def name(self, block: Block, value: Array | None) -> str:
        """Draw the name of a Variable above its value, and the shape of what is a picture."""
        x, y = self._above(block)
        if value is None:
            return marks.text(Place(x, y - 17), block.name, "name", 14)
        room = self._room(block.id)
        if not is_pictured(value, room):
            lift = sizes.LABEL_GAP + sizes.NUMBER_HEIGHT + 11
            return marks.text(Place(x, y - lift), block.name, "name", 14)
        lift = sizes.LABEL_GAP + Cells(value, room, sizes.PICTURE).size[1] + 11
        shape, wide = shape_text(value), sizes.text_width(block.name, 14)
        left = x - (wide + 8 + len(shape) * 11 * sizes.DIGIT) / 2
        name = marks.text(Place(left, y - lift), block.name, "name left", 14)
        return name + marks.text(Place(left + wide + 8, y - lift + 1), shape, "shape left", 11)

    def contribution(self, wire: Wire, value: Array, *, lit: bool = False) -> str:
        """Draw what has come back along one of several wires; lit, its outline alone."""
        at = self._spots.arrivals.get(wire) or self._seen.line(wire).arrival
        room = self._room(wire.source)
        if not is_pictured(value, room):
            words = sizes.added(sizes.fitting(value, sizes.addend_room(value, room)))
            return (marks.outline if lit else marks.number)(at, words, "g")
        cells = Cells(value, sizes.ARRIVAL, sizes.PICTURE * 0.75)
        if lit:
            return cells.outline(at, "g")
        plus = marks.number(Place(at.x - cells.size[0] / 2 - 6, at.y), "+", "g")
        return cells.svg(at, "g") + plus

    def locals(self, block: Block, values: tuple[Array, ...]) -> str:
        """Draw the local derivatives under a block."""
        x, y = self._seen.place(block.id)
        low = y + self._seen.size(block.id)[1] / 2
        words = [sizes.chip_words(value) for value in values]
        widths = [sizes.number_width(word) + 14 for word in words]
        spots = sizes.chip_spots(widths, stacked=any(value.ndim for value in values))
        return "".join(
            marks.chip(Place(x + at.x, low + at.y), word)
            for at, word in zip(spots, words, strict=True)
        )

    def ground(self, block: Block) -> str:
        """Name the kind of ground that a block has."""
        if block.is_function:
            return "card"
        return "pill" if block.kind == INPUT else "const"

    def _radius(self, block: Block) -> float:
        if block.is_function:
            return sizes.CARD_RADIUS
        return self._seen.size(block.id)[1] / 2

    def _above(self, block: Block) -> Place:
        """The point of the line that the value of a Variable stands above."""
        return self._spots.values.get(block.id) or self._seen.giver(block).anchor

    @cached_property
    def _spots(self) -> Spots:
        """Where labels stand that make way for each other."""
        seen = self._seen
        return spots(seen.boxes(), seen.chips(), [seen.giver(block) for block in seen.variables()])

    def _room(self, block: str) -> float:
        """Width that a label may have without reaching over the blocks beside it."""
        if block not in self._rooms:  # each of a thousand uses asks
            self._rooms[block] = self._seen.giver(self._seen.graph.block(block)).room()
        return self._rooms[block]

    # Folded groups

    def group_glow(self, group: str, *, back: bool) -> str:
        """Draw the light around a folded group that the walk is in."""
        size = self._seen.size(group)
        return marks.glow(self._seen.place(group), *size, group_sizes.RADIUS, back=back)

    def group_outline(self, group: str, kind: str) -> str:
        """Draw the outline of a folded group, and its ground."""
        return marks.box(self._seen.place(group), *self._seen.size(group), group_sizes.RADIUS, kind)

    def group_stack(self, group: str) -> str:
        """Draw the cards behind a folded group, which tell that there is more in it."""
        (x, y), size = self._seen.place(group), self._seen.size(group)
        shifts = (2 * group_sizes.STACK, group_sizes.STACK)
        radius = group_sizes.RADIUS
        return "".join(marks.box(Place(x + d, y - d), *size, radius, "pile") for d in shifts)

    def group_face(self, group: str) -> str:
        """Draw the name of a folded group, how many blocks are in it, and its ports."""
        x, y = self._seen.place(group)
        count, room = len(self._seen.members(group)), group_sizes.WIDTH - 24
        words = "1 block" if count == 1 else f"{count:,} blocks"
        lines = sizes.wrapped(self._seen.name(group), room, 15)
        if len(lines) > GROUP_LINES:
            lines = [*lines[: GROUP_LINES - 1], f"{lines[GROUP_LINES - 1]}…"]
        drawn = [self.ports(group)]
        for at, line in enumerate(lines):
            middle = Place(x, y - 27 + 19 * (at - (len(lines) - 1) / 2))
            drawn.append(marks.text(middle, line, "group", 15))
        drawn.append(marks.text(Place(x, y + 4), words, "word", 12))
        if self._seen.folded[group].outlets:
            half = group_sizes.WIDTH / 2 - 14
            drawn.append(f'<path d="M{x - half:g} {y + 20:g}h{2 * half:g}" class="cut"/>')
        return "".join(drawn)

    def group_number(self, group: str, value: Array | None, kind: str) -> str:
        """Draw the last value of a folded group, or the gradient that it got; a dash for none."""
        (x, y), half = self._seen.place(group), (group_sizes.WIDTH - 20) / 2
        middle = Place(x + (half if kind == "g" else -half) / 2, y + 35)
        if value is None:
            return marks.text(middle, "–", f"sum {kind} none", 12)
        words = sizes.fitting(value, half)
        if words.startswith("("):  # its shape, for want of room
            words = sizes.shortened(shape_text(value), half, 12)
        return marks.text(middle, words, f"sum {kind}", 12)
