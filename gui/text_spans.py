"""Which piece of a text stands for which block of its graph."""

from __future__ import annotations

from collections.abc import Iterable

from engine.graph import Graph
from engine.sheet import Sheet, Span


class TextSpans:
    """The pieces of the text that is shown; none while it is another graph's.

    Attributes
    ----------
    sheet
        The text as it was read; None if it cannot be read back.
    """

    def __init__(self) -> None:
        self.sheet: Sheet | None = None
        self._spans: tuple[Span, ...] = ()
        self._spans_of: dict[str, list[Span]] = {}

    def take(self, sheet: Sheet | None, spans: Iterable[Span]) -> None:
        """Know the pieces of another text."""
        self.sheet, self._spans, self._spans_of = sheet, tuple(spans), {}
        for span in self._spans:
            self._spans_of.setdefault(span.block, []).append(span)

    def forget(self) -> None:
        """Know of no text."""
        self.take(None, ())

    def of(self, block: str, graph: Graph) -> list[tuple[int, int]]:
        """Give from where to where a block stands: of a Function its call, and not its name."""
        spans = self._spans_of.get(block, [])
        if spans and block in graph and graph.block(block).is_function:
            spans = [max(spans, key=_length)]
        return [(span.start, span.end) for span in spans]

    def blocks_at(self, start: int, end: int) -> list[str]:
        """Give the block that a place is in, or all between two places."""
        if start == end:
            around = [span for span in self._spans if span.start <= start <= span.end]
            return [min(around, key=_length).block] if around else []
        inside = (span.block for span in self._spans if start <= span.start and span.end <= end)
        return list(dict.fromkeys(inside))


def _length(span: Span) -> int:
    return span.end - span.start
