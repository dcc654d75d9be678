"""The picture of a graph as text: Mermaid for Markdown, DOT for Graphviz."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from engine.block import CONSTANT, INPUT, Block, ports_of, title
from engine.code.script import CodeLine, Page
from engine.graph import Graph
from engine.picture.colours import palette
from engine.recording import Recording, record
from engine.settings import told_settings
from engine.values import value_text


class Node(NamedTuple):
    """A block in such a picture.

    Attributes
    ----------
    key
        What it is called in the text.
    block
        The block.
    rows
        What stands on it.
    is_target
        Whether it is what is differentiated.
    """

    key: str
    block: Block
    rows: tuple[str, ...]
    is_target: bool


def mermaid(graph: Graph, target: str | None, *, numbers: bool) -> Page:
    """Draw a graph for Mermaid, with its values and gradients if wanted."""
    return Page(tuple(_mermaid(graph, _nodes(graph, target, numbers=numbers))))


def dot(graph: Graph, target: str | None, *, numbers: bool) -> Page:
    """Draw a graph for Graphviz, with its values and gradients if wanted."""
    return Page(tuple(_dot(graph, _nodes(graph, target, numbers=numbers))))


def _nodes(graph: Graph, target: str | None, *, numbers: bool) -> Mapping[str, Node]:
    recording = record(graph, target)
    return {
        block.id: Node(
            f"n{at}",
            block,
            tuple(_rows(recording, block, numbers=numbers)),
            block.id == recording.target and block.is_function,
        )
        for at, block in enumerate(graph.blocks.values(), start=1)
    }


def _rows(recording: Recording, block: Block, *, numbers: bool) -> Iterator[str]:
    value = recording.value(block.id)
    shown = "" if value is None else value_text(value)
    if block.kind == CONSTANT:
        yield shown or block.name
        return
    if block.is_function:
        told = told_settings(block.settings)
        yield f"{title(block)}({told})" if told else title(block)
    yield f"{block.name} = {shown}" if numbers and shown else block.name
    gradient = recording.gradient(block.id)
    if numbers and gradient is not None and recording.target is not None:
        y = recording.blocks[recording.target].name
        yield f"∂{y}/∂{block.name} = {value_text(gradient)}"


def _wires(graph: Graph, nodes: Mapping[str, Node]) -> Iterator[tuple[Node, Node, str]]:
    """Give the ends of each wire, and the port where there are several."""
    for block in graph.blocks.values():
        ports = ports_of(block)
        for wire, port in zip(graph.wires_into(block.id), ports, strict=True):
            if wire is not None:
                label = port if len(ports) > 1 else ""
                yield nodes[wire.source], nodes[block.id], label


MERMAID_SIGNS = str.maketrans(
    {
        '"': "#quot;",
        "#": "#35;",
        "&": "#amp;",
        "<": "#lt;",
        ">": "#gt;",
        "`": "#96;",
    }
)


def _mermaid(graph: Graph, nodes: Mapping[str, Node]) -> Iterator[CodeLine]:
    yield CodeLine("flowchart LR")
    for node in nodes.values():
        text = "<br/>".join(row.translate(MERMAID_SIGNS) for row in node.rows)
        opening, closing = ("[", "]") if node.block.is_function else ("([", "])")
        yield CodeLine(f'    {node.key}{opening}"{text}"{closing}', (node.block.id,), "both")
    for source, end, port in _wires(graph, nodes):
        label = f'|"{port}"|' if port else ""
        yield CodeLine(f"    {source.key} -->{label} {end.key}", (end.block.id,), "both")
    for node in nodes.values():
        if node.is_target:
            yield CodeLine(f"    style {node.key} stroke-width:3px", (node.block.id,))
        if node.block.kind == CONSTANT:
            yield CodeLine(f"    style {node.key} stroke-dasharray:4", (node.block.id,))


DOT_SIGNS = str.maketrans({'"': r"\"", "\\": r"\\"})


DOT_FONT = 'fontname="Helvetica,Arial,sans-serif"'


def _dot(graph: Graph, nodes: Mapping[str, Node]) -> Iterator[CodeLine]:
    c = palette("light")
    yield CodeLine("digraph {")
    yield CodeLine(f"    graph [rankdir=LR, bgcolor=white, pad=0.2, {DOT_FONT}]")
    yield CodeLine(
        f'    node [shape=box, style="rounded,filled", fillcolor="{c["card"]}", '
        f'color="{c["dim"]}", fontcolor="{c["ink"]}", {DOT_FONT}, fontsize=12]'
    )
    yield CodeLine(
        f'    edge [color="{c["dim"]}", arrowsize=0.7, fontcolor="{c["dim"]}", '
        f"{DOT_FONT}, fontsize=10]"
    )
    given = f'fillcolor="{c["blue_bg"]}", color="{c["blue"]}"'
    looks = {INPUT: given, CONSTANT: f'{given}, style="rounded,filled,dashed"'}
    asked = f'color="{c["orange"]}", penwidth=2.5'
    for node in nodes.values():
        text = r"\n".join(row.translate(DOT_SIGNS) for row in node.rows)
        look = looks.get(node.block.kind, asked if node.is_target else "")
        more = f", {look}" if look else ""
        yield CodeLine(f'    {node.key} [label="{text}"{more}]', (node.block.id,), "both")
    for source, end, port in _wires(graph, nodes):
        label = f' [label="{port}"]' if port else ""
        yield CodeLine(f"    {source.key} -> {end.key}{label}", (end.block.id,), "both")
    yield CodeLine("}")
