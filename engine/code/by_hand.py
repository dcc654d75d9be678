"""A graph as a program without any library of derivatives: forward, and backward as by hand."""

from __future__ import annotations

from engine.block import Block
from engine.code.exported import Exported, python_names
from engine.code.script import CodeLine, Script, Section, numpy_imports
from engine.code.statements import WIDTH, Names, Statements, printing
from engine.reading.hints import Hints
from engine.reading.literals import array_piece, number_piece
from engine.reading.pieces import Piece, infix, name
from engine.reading.rules import Rule
from engine.reading.written import Written


class ByHand:
    """Writes one graph out, in NumPy; a subclass may write some of the lines otherwise.

    Parameters
    ----------
    run
        What is written out.
    """

    language = "NumPy"

    own: tuple[str, ...] = ("erf", "math", "np")
    """Names that the program uses itself."""

    def __init__(self, run: Exported) -> None:
        self._run = run
        self._names = python_names(run, self.own)
        self._fresh = Names([*self.own, *self._names.values()])
        gradients = run.course.givers
        self._gradients = {b: self._fresh.fresh(f"grad_{self._names[b]}") for b in gradients}
        self._upstream = {block: name(text) for block, text in self._gradients.items()}
        self._hints: Hints = {}
        self._statements = Statements(self._fresh, self._hints)
        self._rules = {block.id: Rule(block, self._hints) for block in run.functions}
        inlined = run.inlined()
        self._written = {
            block.id: self._held(block, inlined=block.id in inlined)
            for block in (*run.inputs, *run.constants, *run.functions)
        }
        self._inlined = inlined

    def script(self) -> Script:
        """Write all of it."""
        run = self._run
        given = [*run.inputs, *(b for b in run.constants if b.id not in self._inlined)]
        inputs = [line for block in given for line in self._given(block)]
        forward = [line for block in run.functions for line in self._forward(block)]
        backward = [line for block in run.course.popped for line in self._backward(block)]
        y = run.graph.block(run.target).name
        seed = CodeLine(
            f"{self._gradients[run.target]} = {self._seed()}",
            (run.target,),
            starts=True,
        )
        parts = [
            *self._head([*inputs, *forward, seed, *backward]),
            Section("What is given", tuple(inputs)),
            Section("Forward", tuple(forward)),
            Section(self._backward_title(y), (seed, *backward)),
            Section("The results", self._results()),
        ]
        about = f"{y} and its gradients in {self.language}."
        return Script(about, tuple(part for part in parts if part.lines))

    def _head(self, lines: list[CodeLine]) -> list[Section]:
        """Write what the lines need above them."""
        erf = any("erf(" in line.text for line in lines)
        return [Section("", numpy_imports(erf=erf))]

    def _seed(self) -> str:
        """Write the gradient of what is differentiated by itself."""
        return f"np.ones_like({self._names[self._run.target]})"

    def _backward_title(self, y: str) -> str:
        """Say by an example what the gradients are called."""
        x = next((block for block in self._run.inputs if block.id in self._gradients), None)
        title = "" if x is None else f"Backward: {self._gradients[x.id]} is d{y}/d{x.name}"
        return title if 0 < len(title) < WIDTH - 2 else "Backward"

    def _held(self, block: Block, *, inlined: bool) -> Written:
        value = self._run.value(block.id)
        if inlined:
            return Written(number_piece(value.item()), value, number=True)
        return Written(name(self._names[block.id]), value)

    def _given(self, block: Block) -> list[CodeLine]:
        self._statements.assign(self._names[block.id], self._constant(block.id))
        return self._statements.taken(block.id, "forward")

    def _constant(self, block: str) -> Piece:
        """Write a value that is given."""
        return array_piece(self._run.value(block))

    def _forward(self, block: Block) -> list[CodeLine]:
        self._statements.assign(self._names[block.id], self._value(block.id))
        return self._statements.taken(block.id, "forward")

    def _value(self, block: str) -> Piece:
        """Write what a Function computes."""
        return self._rules[block].value(self._inputs(block)).piece

    def _backward(self, block: str) -> list[CodeLine]:
        run = self._run
        parts = self._parts(block)
        for wire in run.course.receiving[block]:
            target, part = self._gradients[wire.source], parts[wire.port]
            if run.course.givers[wire.source][0] != wire:
                part = infix("add", self._upstream[wire.source], part)
            self._statements.assign(target, part)
        return self._statements.taken(block, "backward")

    def _parts(self, block: str) -> dict[int, Piece]:
        """Write what the inputs of a Function get that get anything."""
        gy = Written(self._upstream[block], self._run.recording.gradient(block))
        y, xs, rule = self._written[block], self._inputs(block), self._rules[block]
        ports = [wire.port for wire in self._run.course.receiving[block]]
        return {port: rule.contribution(port, gy, y, xs).piece for port in ports}

    def _inputs(self, block: str) -> list[Written]:
        return [self._written[source.id] for source in self._run.sources(block)]

    def _results(self) -> tuple[CodeLine, ...]:
        run = self._run
        shown = [(run.target, self._names[run.target])]
        shown += [(b.id, self._gradients[b.id]) for b in run.inputs if b.id in self._gradients]
        return tuple(
            CodeLine(line, (block,)) for block, found in shown for line in printing(found, found)
        )
