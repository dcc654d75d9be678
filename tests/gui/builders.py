"""Documents to open in widget tests."""

from __future__ import annotations

import itertools
from threading import Event

import numpy as np

from engine.expression import parse_expression
from engine.graph import Block, Graph, Wire
from gui.checking import Checks, Verdict
from gui.document import OpenDocument
from gui.layout import laid_out


def document_of(expression: str, **values: object) -> OpenDocument:
    """Open a document that holds an expression, laid out."""
    graph, target = parse_expression(expression, {k: np.array(v, float) for k, v in values.items()})
    return OpenDocument(laid_out(graph, target))


def long_chain(length=1_500):
    """A chain of so many blocks, b1 and b2 and so on, as a document; whatever is asked is long."""
    blocks = [Block("b1", "input", "x", np.array(0.5))]
    kinds = ("sin", "tanh", "cos")
    blocks += [Block(f"b{at + 1}", kinds[at % 3], f"v{at}") for at in range(1, length)]
    wires = [Wire(a.id, b.id, 0) for a, b in itertools.pairwise(blocks)]
    return laid_out(Graph.build(blocks, wires), blocks[-1].id)


def checks_by(check):
    """Give checks that take a verdict from a function of the block alone."""
    return Checks(lambda _: lambda block, _: Verdict(*check(block)))


def endless():
    """A judge that goes on until nobody wants to know; and events that tell of begin and end."""
    begun, ended = Event(), Event()

    def judge(block, goes_on):
        begun.set()
        while goes_on():
            pass
        ended.set()

    return judge, begun, ended
