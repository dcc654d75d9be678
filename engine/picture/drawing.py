"""A graph drawn: what each of its blocks, wires and Variables looks like, and where."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from engine.document import Place
from engine.graph import CONSTANT, INPUT, Block, Graph, Wire, ports_of, title
from engine.picture import marks, sizes
from engine.picture.lines import Line
from engine.picture.places import Standing
from engine.values import value_text
from engine.variable import Array
from engine.writing import notation_of

BESIDE, ABOVE, BELOW = 30.0, 34.0, 52.0
"""Room around the blocks: for labels, chips and glow."""

TIP = sizes.PORT_RADIUS + 3


class Drawing:
    """A graph with its places, from which marks are made.

    Parameters
    ----------
    graph
        The graph.
    stand
        Where it stands.
    arrays
        Ids of the blocks that give an array: their labels need more room.

    Attributes
    ----------
    graph
        The graph.
    """

    def __init__(self, graph: Graph, stand: Standing, arrays: frozenset[str] = frozenset()) -> None:
        self.graph, self._arrays = graph, arrays
        self._places, self._bends = stand.places, stand.bends
        self._uses = graph.out()
        self._sizes = {block.id: sizes.size(block) for block in graph.blocks.values()}
        self._rooms = dict[str, float]()

    def frame(self) -> tuple[float, float, float, float]:
        """Tell the box of the whole picture: its left, top, width and height."""
        corners = [corner for block in self.graph.blocks.values() for corner in self._box(block)]
        for wire in self.graph.wires():
            line = self.line(wire)
            # One that turns back or is led elsewhere leaves the row of the blocks.
            if line.bends or line.end.x < line.start.x:
                corners += line.points()
        xs, ys = zip(*corners or [Place(0.0, 0.0)], strict=True)
        left, top = min(xs) - BESIDE, min(ys) - ABOVE
        return left, top, max(xs) + BESIDE - left, max(ys) + BELOW - top

    def _box(self, block: Block) -> tuple[Place, Place]:
        """Two corners of the room that a block takes with the pill at its end."""
        (x, y), (width, height) = self._places[block.id], self._sizes[block.id]
        end = self.tail(block.id) + sizes.END if self.has_end(block) else 0.0
        upper = Place(x - width / 2, y - height / 2)
        return upper, Place(x + width / 2 + end, y + height / 2)

    def has_end(self, block: Block) -> bool:
        """Tell whether a short wire leads from a block to a pill with the name of its Variable."""
        return block.is_function and not self._uses[block.id]

    def tail(self, block: str) -> float:
        """Length of that wire."""
        return sizes.ARRAY_TAIL if block in self._arrays else sizes.TAIL

    def uses(self, block: str) -> tuple[Wire, ...]:
        """The wires that carry the Variable of a block."""
        return self._uses[block]

    def line(self, wire: Wire) -> Line:
        """The line of a wire."""
        target = self.graph.block(wire.target)
        bends = tuple(self._bends.get(wire, ()))
        return Line(self.output(wire.source), self._input(target, wire.port), bends)

    def output(self, block: str) -> Place:
        """Where wires leave a block."""
        x, y = self._places[block]
        return Place(x + self._sizes[block][0] / 2, y)

    def _input(self, block: Block, port: int) -> Place:
        x, y = self._places[block.id]
        width, height = self._sizes[block.id]
        count = len(ports_of(block)) or 1
        return Place(x - width / 2, y + height * ((port + 1) / (count + 1) - 0.5))

    # Marks

    def wire(self, wire: Wire, kind: str) -> str:
        """Draw a wire; the kind says what has passed along it."""
        return f'<path d="{self.line(wire).path}" class="{kind}"/>'

    def pulse(self, wire: Wire, *, back: bool) -> str:
        """Draw what has travelled along a wire."""
        line = self.line(wire)
        (x, y), aside = (line.start, TIP) if back else (line.end, -TIP)
        return marks.pulse(line.path, Place(x + aside, y), back=back)

    def outline(self, block: Block, kind: str) -> str:
        """Draw the outline of a block, and its ground."""
        width, height = self._sizes[block.id]
        return marks.box(self._places[block.id], width, height, self._radius(block), kind)

    def glow(self, block: Block, *, back: bool) -> str:
        """Draw the light around a block that the walk stands on."""
        width, height = self._sizes[block.id]
        middle = self._places[block.id]
        return marks.glow(middle, width, height, self._radius(block), back=back)

    def face(self, block: Block) -> str:
        """Draw what stands on a block, and its ports."""
        x, y = self._places[block.id]
        drawn = list(self._ports(block))
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
        room = self._sizes[block.id][0] - 20
        words = "?" if block.value is None else value_text(block.value)
        most = int(room / (sizes.NUMBER * sizes.DIGIT))
        if len(words) > most:
            words = f"{words[: most // 2]}…{words[len(words) - (most - 1) // 2 :]}"
        if block.kind == CONSTANT:
            return "".join([*drawn, marks.text(Place(x, y), words, "num", 13)])
        name = sizes.shortened(block.name, room, 15)
        drawn.append(marks.text(Place(x, y - 9), name, "var", 15))
        drawn.append(marks.text(Place(x, y + 10), words, "num given", 13))
        return "".join(drawn)

    def _ports(self, block: Block) -> Iterator[str]:
        places = [self._input(block, port) for port in range(len(ports_of(block)))]
        for x, y in (*places, self.output(block.id)):
            yield f'<circle cx="{x:g}" cy="{y:g}" r="{sizes.PORT_RADIUS}" class="port"/>'

    def end(self, block: Block, kind: str) -> str:
        """Draw the pill at the end of a block that nothing uses."""
        x, y = self.output(block.id)
        middle = Place(x + self.tail(block.id) + sizes.END / 2, y)
        name = sizes.shortened(block.name, sizes.END - 12, 15)
        ink = "var" if kind == "end goal" else "var quiet"
        return marks.box(middle, sizes.END, 48, 24, kind) + marks.text(middle, name, ink, 15)

    def stub(self, block: str, kind: str) -> str:
        """Draw the short wire that leads to it."""
        x, y = self.output(block)
        return f'<path d="M{x + sizes.PORT_RADIUS:g} {y:g}h{self.tail(block):g}" class="{kind}"/>'

    def value(self, block: Block, value: Array, *, lit: bool = False) -> str:
        """Draw a value above the line; lit, its outline alone."""
        x, y = self._anchor(block)
        middle = Place(x, y - sizes.LABEL_GAP - sizes.NUMBER_HEIGHT / 2)
        words = sizes.fitting(value, self._room(block.id))
        return (marks.outline if lit else marks.number)(middle, words, "v")

    def name(self, block: Block, *, known: bool) -> str:
        """Draw the name of a Variable above its value."""
        x, y = self._anchor(block)
        lift = sizes.LABEL_GAP + sizes.NUMBER_HEIGHT + 11 if known else 17
        return marks.text(Place(x, y - lift), block.name, "name", 14)

    def gradient(self, block: Block, gradient: Array, *, lit: bool = False) -> str:
        """Draw a gradient below the line; lit, its outline alone."""
        x, y = self._anchor(block)
        middle = Place(x, y + sizes.LABEL_GAP + sizes.NUMBER_HEIGHT / 2)
        words = sizes.fitting(gradient, self._room(block.id))
        return (marks.outline if lit else marks.number)(middle, words, "g")

    def contribution(self, wire: Wire, value: Array, *, lit: bool = False) -> str:
        """Draw what has come back along one of several wires; lit, its outline alone."""
        words = f"+ {sizes.fitting(value, self._room(wire.source))}"
        return (marks.outline if lit else marks.number)(self.line(wire).arrival, words, "g")

    def locals(self, block: Block, values: tuple[Array, ...]) -> str:
        """Draw the local derivatives under a block."""
        x, y = self._places[block.id]
        words = [f"× {value_text(value)}" for value in values]
        widths = [sizes.number_width(word) + 14 for word in words]
        left = x - (sum(widths) + 6 * (len(words) - 1)) / 2
        drawn = []
        for word, width in zip(words, widths, strict=True):
            middle = Place(left + width / 2, y + self._sizes[block.id][1] / 2 + 23)
            drawn.append(marks.chip(middle, word))
            left += width + 6
        return "".join(drawn)

    def ground(self, block: Block) -> str:
        """Name the kind of ground that a block has."""
        if block.is_function:
            return "card"
        return "pill" if block.kind == INPUT else "const"

    def _radius(self, block: Block) -> float:
        return sizes.CARD_RADIUS if block.is_function else self._sizes[block.id][1] / 2

    def _anchor(self, block: Block) -> Place:
        """The point of the line that the labels of a Variable stand above and below."""
        at, uses = self.output(block.id), self._uses[block.id]
        if len(uses) == 1:
            return self.line(uses[0]).label
        if uses and not block.is_function:
            # What comes back to an input is added up below it: its wires part right away.
            width, height = self._sizes[block.id]
            return Place(at.x - width / 2, at.y + height / 2 - sizes.LABEL_GAP + 6)
        if uses:
            return Place(at.x + sizes.STEM, at.y)
        tail = self.tail(block.id) if block.is_function else sizes.TAIL
        return Place(at.x + tail / 2 + 2, at.y)

    def _room(self, block: str) -> float:
        """Width that a label may have without reaching over the blocks beside it."""
        if block not in self._rooms:  # each of a thousand uses asks
            start = self.output(block).x
            lines = [self.line(wire) for wire in self._uses[block]]
            ends = [line.end.x for line in lines]
            if len(lines) == 1:  # its labels stand before the first bend
                ends = [(*lines[0].bends, lines[0].end)[0].x]
            gaps = [end - start for end in ends]
            self._rooms[block] = max(min(gaps or [self.tail(block)]), sizes.TAIL) - 4
        return self._rooms[block]
