"""A graph in the tutorial's own style: Variable, Function, a class a Function, and backward()."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import numpy as np

from engine.block import Block, function_of, ports_of
from engine.code.exported import Exported, python_names
from engine.code.script import CodeLine, Script, Section, numpy_imports, plain
from engine.code.statements import WIDTH, Names, Statements, printing
from engine.reading.hints import Hints
from engine.reading.literals import array_piece, number_text
from engine.reading.pieces import Piece, attribute, called, name
from engine.reading.rules import Rule
from engine.reading.written import Written

OWN = ("Function", "Variable", "as_variable", "erf", "math", "np", "sum_to")
"""Names that the program uses itself."""

TAKEN = ("gy", "self", "y", *OWN)
"""Names that stand for something else within a class."""

VARIABLE = """\
class Variable:
    def __init__(self, data):
        self.data = data
        self.grad = None
        self.creator = None
        self.generation = 0

    def set_creator(self, func):
        self.creator = func
        self.generation = func.generation + 1

    def backward(self):
        self.grad = np.ones_like(self.data)
        funcs = []
        seen_set = set()

        def add_func(f):
            if f not in seen_set:
                funcs.append(f)
                seen_set.add(f)
                funcs.sort(key=lambda f: f.generation)

        add_func(self.creator)
        while funcs:
            f = funcs.pop()
            gxs = f.backward(f.output.grad)
            if not isinstance(gxs, tuple):
                gxs = (gxs,)
            for x, gx in zip(f.inputs, gxs, strict=True):
                if gx is None:
                    continue
                x.grad = gx if x.grad is None else x.grad + gx
                if x.creator is not None:
                    add_func(x.creator)"""

FUNCTION = """\
class Function:
    def __call__(self, *inputs):
        self.inputs = [as_variable(x) for x in inputs]
        self.generation = max(x.generation for x in self.inputs)
        self.output = Variable(self.forward(*[x.data for x in self.inputs]))
        self.output.set_creator(self)
        return self.output"""

AS_VARIABLE = """\
def as_variable(x):
    return x if isinstance(x, Variable) else Variable(np.array(x))"""

SUM_TO = """\
def sum_to(x, shape):
    added = x.ndim - len(shape)
    kept = [
        axis
        for axis, size in enumerate(shape, start=added)
        if size == 1 and x.shape[axis] != 1
    ]
    return x.sum(axis=(*range(added), *kept), keepdims=True).reshape(shape)"""


def tutorial_code(run: Exported) -> Script:
    """Write a graph out in the tutorial's style.

    Raises
    ------
    CodeError
        If one of its Functions cannot be written down.
    """
    return _Writer(run).script()


@dataclass
class _Class:
    """A class of the program, and the blocks that are instances of it."""

    name: str
    forward: list[str]
    backward: list[str]
    blocks: list[str] = field(default_factory=list)


class _Writer:
    """Writes one graph out."""

    def __init__(self, run: Exported) -> None:
        self._run = run
        self._classes: dict[tuple[str, ...], _Class] = {}
        self._of: dict[str, _Class] = {}
        self._class_names = Names(OWN)
        self._spread = {b.kind for b in run.functions if self._broadcasts(b)}
        # The inputs of a kind that any of its blocks wants a gradient for, so that it is one class.
        self._asked: dict[tuple[str, int], set[int]] = {}
        for block in run.functions:
            ports = {wire.port for wire in run.course.receiving.get(block.id, ())}
            self._asked.setdefault(self._key(block), set()).update(ports)
        for block in run.functions:
            self._add(block)
        kinds = [found.name for found in self._classes.values()]
        self._names = python_names(run, [*OWN, *kinds])
        self._inlined = {b.id for b in run.constants if not run.value(b.id).ndim}

    def script(self) -> Script:
        """Write all of it."""
        run = self._run
        classes = [self._section(found) for found in self._classes.values()]
        inputs = [line for block in self._given() for line in self._input(block)]
        forward = [line for block in run.functions for line in self._call(block)]
        y = self._names[run.target]
        popped = tuple(dict.fromkeys((run.target, *run.course.popped)))
        backward = CodeLine(f"{y}.backward()", popped, "backward", starts=True)
        helpers = [plain(text.split("\n")) for text in (AS_VARIABLE, VARIABLE, FUNCTION)]
        said = "\n".join(line.text for section in classes for line in section.lines)
        helpers += [plain(SUM_TO.split("\n"))] * ("sum_to(" in said)
        erf = re.search(r"\berf\(", said) is not None
        sections = [
            Section("", numpy_imports(erf=erf)),
            *(Section("", lines) for lines in helpers),
            *classes,
            Section("What is given", tuple(inputs)),
            Section("Forward", tuple(forward)),
            Section("Backward", (backward,)),
            Section("The results", self._results()),
        ]
        about = f"{run.graph.block(run.target).name} and its gradients in the tutorial's style."
        return Script(about, tuple(section for section in sections if section.lines))

    def _key(self, block: Block) -> tuple[str, int]:
        return block.kind, len(self._run.sources(block.id))

    def _broadcasts(self, block: Block) -> bool:
        shape = self._run.value(block.id).shape
        sources = self._run.sources(block.id)
        return any(self._run.value(source.id).shape != shape for source in sources)

    # Classes

    def _add(self, block: Block) -> None:
        """Find the class that a block is an instance of, or write it."""
        forward, backward = self._bodies(block)
        text = (block.kind, *forward, *backward)
        if text not in self._classes:
            wanted = self._class_names.fresh(function_of(block).__name__)
            self._classes[text] = _Class(wanted, forward, backward)
        self._classes[text].blocks.append(block.id)
        self._of[block.id] = self._classes[text]

    def _bodies(self, block: Block) -> tuple[list[str], list[str]]:
        """Write `forward` and `backward` of the class of a block."""
        run, ports = self._run, [f"{p}_" if p in TAKEN else p for p in ports_of(block)]
        xs = [
            Written(name(port), run.value(source.id))
            for port, source in zip(ports, run.sources(block.id), strict=True)
        ]
        hints: Hints = {}
        rule, names = Rule(block, hints), [*TAKEN, *ports]
        statements = Statements(Names(names), hints, 8)
        statements.give([rule.value(xs).piece])
        forward = [*_head(ports), *statements.lines]
        asked = self._asked[self._key(block)]
        value = run.value(block.id)
        y, gy = Written(name("y"), value), Written(name("gy"), np.ones_like(value))
        answers = [
            self._contribution(block, rule, port, (gy, y, xs)) if port in asked else name("None")
            for port in range(len(xs))
        ]
        statements = Statements(Names(names), hints, 8)
        statements.give(answers)
        body = statements.lines
        used = [*(f"{port} = self.inputs[{at}].data" for at, port in enumerate(ports))]
        used.append("y = self.output.data")
        said = "\n".join(body)
        taken = [
            " " * 8 + line for line in used if re.search(rf"(?<![\w.]){line.split()[0]}\b", said)
        ]
        return forward, ["    def backward(self, gy):", *taken, *body]

    def _contribution(
        self, block: Block, rule: Rule, port: int, given: tuple[Written, Written, list[Written]]
    ) -> Piece:
        function = function_of(block)
        if block.kind not in self._spread or not function.is_elementwise():
            return rule.contribution(port, *given).piece
        part = rule.steepness(port, *given).piece
        shape = attribute(given[2][port].piece, "shape")
        return called("sum_to", [part, shape])

    def _section(self, found: _Class) -> Section:
        blocks = tuple(found.blocks)
        lines = [
            CodeLine(f"class {found.name}(Function):", blocks),
            *(CodeLine(line, blocks, "forward") for line in found.forward),
        ]
        lines.append(CodeLine(""))
        lines += [CodeLine(line, blocks, "backward") for line in found.backward]
        return Section("", tuple(lines))

    # Lines

    def _given(self) -> list[Block]:
        run = self._run
        return [*run.inputs, *(b for b in run.constants if b.id not in self._inlined)]

    def _input(self, block: Block) -> list[CodeLine]:
        made = array_piece(self._run.value(block.id))
        variable = Piece(("Variable(", ")"), (made,))
        statements = Statements(Names([*OWN, *self._names.values()]), {made: "data"})
        statements.assign(self._names[block.id], variable)
        return statements.taken(block.id, "forward")

    def _call(self, block: Block) -> list[CodeLine]:
        sources = self._run.sources(block.id)
        terms = [
            name(number_text(float(self._run.value(source.id))))
            if source.id in self._inlined
            else name(self._names[source.id])
            for source in sources
        ]
        statements = Statements(Names(), {})
        statements.assign(self._names[block.id], called(f"{self._of[block.id].name}()", terms))
        return statements.taken(block.id, "forward")

    def _results(self) -> tuple[CodeLine, ...]:
        run, y = self._run, self._names[self._run.target]
        lines = [CodeLine(line, (run.target,)) for line in printing(y, f"{y}.data")]
        for block in run.inputs:
            if block.id in run.course.givers:
                x = self._names[block.id]
                shown = printing(f"{x}.grad", f"{x}.grad")
                lines += [CodeLine(line, (block.id,)) for line in shown]
        return tuple(lines)


def _head(ports: list[str]) -> list[str]:
    """Begin `forward`; its inputs stand on lines of their own where they are many."""
    listed = ", ".join(("self", *ports))
    if len(listed) <= WIDTH - len("    def forward():"):
        return [f"    def forward({listed}):"]
    if len(listed) <= WIDTH - 8:
        return ["    def forward(", f"        {listed}", "    ):"]
    return ["    def forward(", *(f"        {port}," for port in ("self", *ports)), "    ):"]
