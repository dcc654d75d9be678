"""Documents to open in widget tests."""

from __future__ import annotations

from threading import Event

import numpy as np

from engine.expression import parse_expression
from gui.checking import Checks, Verdict
from gui.document import OpenDocument
from gui.layout import laid_out


def document_of(expression: str, **values: object) -> OpenDocument:
    """Open a document that holds an expression, laid out."""
    graph, target = parse_expression(expression, {k: np.array(v, float) for k, v in values.items()})
    return OpenDocument(laid_out(graph, target))


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
