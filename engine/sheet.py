"""A whole graph as text that can be edited: every block is in it, and the last line is the target.

`engine.expression` writes one block in terms of its inputs. A sheet holds all that there is: what
nothing uses has a line too, an open port is written `_`, and where the target is used by others,
its name alone stands on the last line.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from engine.expression import LONGEST_LINE, call_term, leaf_term, reader_of
from engine.graph import CONSTANT, INPUT, Graph, forward_order
from engine.pieces import OPEN
from engine.values import source_text
from engine.writing import Term

LONGEST_VALUE = 1_000
"""Elements of an array that are written out where it has a line of its own."""


@dataclass(frozen=True, slots=True)
class Span:
    """Where a block is told of in a text.

    Attributes
    ----------
    start, end
        The first character, and the one after the last.
    block
        Its id.
    """

    start: int
    end: int
    block: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A text, and the graph that it says.

    Attributes
    ----------
    text
        The text as it was typed.
    graph
        Its blocks have ids of their own, which are not those of any document.
    target
        Id of the block that the last line gives; None if nothing is computed.
    told
        Ids of the blocks whose names are told; the other names are made up.
    lines
        Ids of the blocks that have a line of their own.
    spans
        Where each block is told of.
    """

    text: str
    graph: Graph
    target: str | None
    told: frozenset[str]
    lines: tuple[str, ...]
    spans: tuple[Span, ...]


def read_sheet(text: str) -> Sheet:
    r"""Read a text.

    Raises
    ------
    ExpressionError
        With a sentence, and the place it is about.

    Examples
    --------
    >>> sheet = read_sheet("a = x**2\ny = exp(a)\na")
    >>> sheet.graph.block(sheet.target).name
    'a'
    """
    reader = reader_of(text)
    target = reader.read()
    spans = (Span(*reader.source.span(node), block) for node, block in reader.read_from)
    found = tuple(sorted(spans, key=lambda span: (span.start, -span.end)))
    return Sheet(text, reader.graph, target, frozenset(reader.told), tuple(reader.lines), found)


def write_sheet(graph: Graph, target: str | None, apart: Collection[str] = ()) -> str:
    """Write a whole graph.

    Parameters
    ----------
    target
        Id of the block whose line is the last.
    apart
        Ids of blocks that are to have a line of their own, though they need none; that of an
        input tells its value.

    Examples
    --------
    >>> sheet = read_sheet("y = exp(x**2)")
    >>> x, _, square, _ = sheet.graph.blocks
    >>> print(write_sheet(sheet.graph, sheet.target, [square]))
    a = x**2
    y = exp(a)
    """
    return "\n".join(line for _, line in _lines(graph, target, apart)[0])


def spans_told(graph: Graph, target: str | None, apart: Collection[str] = ()) -> tuple[Span, ...]:
    """Find where the Functions of a graph are told of in what `write_sheet` writes.

    It serves for a text that does not say the same when it is read again, as where two share a
    constant. What stands several times in a line is taken to be in all of that line.

    Examples
    --------
    >>> sheet = read_sheet("y = exp(x**2) + x")
    >>> text = write_sheet(sheet.graph, sheet.target)
    >>> [text[span.start : span.end] for span in spans_told(sheet.graph, sheet.target)]
    ['x**2', 'exp(x**2)', 'y = exp(x**2) + x']
    """
    lines, terms = _lines(graph, target, apart)
    places, at = dict[str, tuple[int, str]](), 0
    for block, line in lines:
        if block not in places:
            places[block] = at, line
        at += len(line) + 1
    found = []
    for block, term in terms.items():
        home = block
        while home not in places and graph.wires_from(home):
            home = graph.wires_from(home)[0].target
        start, line = places.get(home, (0, ""))
        if block != home and line.count(term) == 1:
            found.append(
                Span(start + line.index(term), start + line.index(term) + len(term), block)
            )
        else:
            found.append(Span(start, start + len(line), block))
    return tuple(found)


def _lines(
    graph: Graph, target: str | None, apart: Collection[str]
) -> tuple[list[tuple[str, str]], dict[str, str]]:
    """Write the lines, each with its block; and what each Function is told as."""
    terms: dict[str, Term] = {}
    told: dict[str, str] = {}
    given: list[tuple[str, str]] = []
    lines: list[tuple[str, str]] = []
    last = ""
    for block in map(graph.block, forward_order(graph)):
        uses = len(graph.wires_from(block.id))
        if not block.is_function:
            terms[block.id] = leaf_term(block)
            if block.kind == INPUT and (block.id in apart or not uses):
                value = block.value
                is_written = value is not None and value.size <= LONGEST_VALUE
                text = source_text(value) if value is not None and is_written else OPEN
                given.append((block.id, f"{block.name} = {text}"))
            continue
        wires = graph.wires_into(block.id)
        term = call_term(block, [Term(OPEN) if w is None else terms[w.source] for w in wires])
        told[block.id] = term.text
        inside = uses == 1 and block.id != target and block.id not in apart
        if inside and len(term.text) <= LONGEST_LINE:
            terms[block.id] = term
            continue
        line, terms[block.id] = f"{block.name} = {term.text}", Term(block.name)
        if block.id == target:
            last = block.name if uses else line
            if not uses:
                continue
        lines.append((block.id, line))
    return [*given, *lines, *([(target, last)] if last and target is not None else [])], told


def unwritten(graph: Graph) -> frozenset[str]:
    """Find the blocks that no sheet tells of: constants that nothing uses."""
    blocks = (block for block in graph.blocks.values() if block.kind == CONSTANT)
    return frozenset(block.id for block in blocks if not graph.wires_from(block.id))
