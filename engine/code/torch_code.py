"""A graph for PyTorch: leaf tensors, forward, and its own backward."""

from __future__ import annotations

import re

from engine.block import INPUT, Block, instance_of, title
from engine.code.exported import Exported, python_names
from engine.code.script import CodeLine, Script, Section, plain
from engine.code.statements import Names, Statements, printing
from engine.code.torch_forms import NOT_DIFFERENTIATED, form_of, other_choice
from engine.code.torch_words import Use
from engine.errors import CodeError
from engine.reading.hints import Hints
from engine.reading.literals import array_piece, number_piece
from engine.reading.pieces import Piece, keyword, name
from engine.reading.rules import Rule
from engine.reading.written import Written

OWN = ("F", "torch")
"""Names that the program uses itself."""

SHARED = frozenset(
    [
        "abs",
        "arange",
        "arccos",
        "arcsin",
        "arctan",
        "cos",
        "cosh",
        "einsum",
        "exp",
        "expm1",
        "log",
        "log10",
        "log1p",
        "log2",
        "matmul",
        "ones",
        "sign",
        "sin",
        "sinh",
        "sqrt",
        "square",
        "tan",
        "tanh",
        "zeros",
    ]
)
"""What NumPy and PyTorch have by the same name with the same meaning."""

CALL = re.compile(r"np\.([\w.]*)\($")

METHOD = re.compile(r"\.(\w+)\($")

METHODS = frozenset(("mean", "reshape", "sum"))
"""The methods that arrays and tensors share."""

OPERATORS = ("add", "div", "mul", "pow", "sub")
"""The Functions that take a number in place of a tensor."""


def torch_code(run: Exported) -> Script:
    """Write a graph out for PyTorch.

    Raises
    ------
    CodeError
        If PyTorch lacks one of its Functions.
    """
    names = python_names(run, OWN)
    writer = _Writer(run, names)
    given = [*run.inputs, *(b for b in run.constants if b.id not in writer.inlined)]
    inputs = [line for block in given for line in writer.given(block)]
    forward = [line for block in run.functions for line in writer.forward(block)]
    imports = ["import torch"]
    if any(re.search(r"\bF\.", line.text) for line in forward):
        imports.append("import torch.nn.functional as F")
    sections = [
        Section("", plain([*imports, "", "torch.set_default_dtype(torch.float64)"])),
        Section("What is given", tuple(inputs)),
        Section("Forward", tuple(forward)),
        Section("Backward", _backward(run, names[run.target])),
        Section("The results", _results(run, names)),
    ]
    about = f"{run.graph.block(run.target).name} and its gradients in PyTorch."
    return Script(about, tuple(section for section in sections if section.lines))


def _backward(run: Exported, y: str) -> tuple[CodeLine, ...]:
    popped = (run.target, *run.course.popped)
    start = y if not run.value(run.target).ndim else f"{y}.sum()"
    if _led_back(run).isdisjoint(block.id for block in run.inputs):
        start, end = "# No gradient leads back: the inputs only choose.", ""
    else:
        end = ".backward()"
    blocks = tuple(dict.fromkeys(popped))
    return (CodeLine(f"{start}{end}", blocks, "backward", starts=True),)


def _led_back(run: Exported) -> set[str]:
    """Find the blocks that PyTorch leads a gradient back to."""
    found = {run.target}
    for block in run.course.popped:
        cut = NOT_DIFFERENTIATED.get(run.graph.block(block).kind, ())
        if block in found:
            wires = run.course.receiving[block]
            found.update(wire.source for wire in wires if wire.port not in cut)
    return found


def _results(run: Exported, names: dict[str, str]) -> tuple[CodeLine, ...]:
    y, led = names[run.target], _led_back(run)
    lines = [CodeLine(line, (run.target,)) for line in printing(y, f"{y}.tolist()")]
    for block in run.inputs:
        if block.id in led:
            x = names[block.id]
            shown = printing(f"{x}.grad", f"{x}.grad.tolist()")
            lines += [CodeLine(line, (block.id,)) for line in shown]
    return tuple(lines)


class _Writer:
    """Writes the blocks of one graph out."""

    def __init__(self, run: Exported, names: dict[str, str]) -> None:
        self._run = run
        self._names = names
        self._hints: Hints = {}
        self._statements = Statements(Names([*OWN, *names.values()]), self._hints)
        self.inlined = run.inlined(OPERATORS)

    def given(self, block: Block) -> list[CodeLine]:
        """Write an input or a constant."""
        tensor = array_piece(self._run.value(block.id), "torch")
        if block.kind == INPUT:
            asked = keyword("requires_grad", name("True"))
            tensor = _with_option(tensor, asked)
        self._statements.assign(self._names[block.id], tensor)
        return self._statements.taken(block.id, "forward")

    def forward(self, block: Block) -> list[CodeLine]:
        """Write a Function."""
        sources = self._run.sources(block.id)
        xs = [self._held(source) for source in sources]
        use = Use(
            [x.piece for x in xs],
            [x.sample for x in xs],
            self._run.value(block.id),
            instance_of(block).settings,
        )
        piece = form_of(block.kind, use)
        if piece is None:
            piece = _translated(Rule(block, self._hints).value(xs).piece, block)
        self._statements.assign(self._names[block.id], piece)
        said = other_choice(block.kind, [x.sample for x in xs])
        comment = [CodeLine(f"# {said}", (block.id,))] if said else []
        return [*comment, *self._statements.taken(block.id, "forward")]

    def _held(self, block: Block) -> Written:
        value = self._run.value(block.id)
        if block.id in self.inlined:
            return Written(number_piece(value.item(), "torch"), value, number=True)
        return Written(name(self._names[block.id]), value)


def _with_option(tensor: Piece, option: Piece) -> Piece:
    """Put one more argument into the call that makes a tensor."""
    return Piece((tensor.glue[0][:-1] + ", ", ")"), (option,), rows=tensor.rows)


def _translated(piece: Piece, block: Block, known: dict[Piece, Piece] | None = None) -> Piece:
    """Say in PyTorch's words what is said in NumPy's.

    Raises
    ------
    CodeError
        If PyTorch has no word for it.
    """
    known = {} if known is None else known
    if piece not in known:
        parts = tuple(_translated(part, block, known) for part in piece.parts)
        call = CALL.search(piece.glue[0])
        bound = METHOD.search(piece.glue[1]) if len(piece.glue) > 1 and not piece.glue[0] else None
        lacking = (
            (call is not None and call[1] not in SHARED)
            or (bound is not None and bound[1] not in METHODS)
            or bool(piece.effects)
        )
        if lacking:
            sentence = f"PyTorch lacks what {title(block)} does."
            raise CodeError(sentence, block=block.id)
        first = piece.glue[0].replace("np.array(", "torch.tensor(").replace("np.", "torch.")
        known[piece] = Piece(
            (first, *piece.glue[1:]), parts, piece.level, piece.needs, _renamed(piece.rows)
        )
    return known[piece]


def _renamed(rows: object) -> object:
    if isinstance(rows, list):
        return [_renamed(row) for row in rows]
    return rows.replace("np.", "torch.") if isinstance(rows, str) else rows
