"""A long text read into a document beside the window, which goes on to answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from engine.errors import ExpressionError
from engine.python_function import expression_of_function, is_function_text
from engine.sheet import Sheet, Span, read_sheet
from gui.rehearsal import Rehearsal

AT_ONCE = 1_500
"""Characters up to which a text is read, and the graph follows it, within a frame or two."""


@dataclass(frozen=True, slots=True)
class ReadText:
    """A text that has been read into a document.

    Attributes
    ----------
    text
        It, or the expression of the Python function that it was.
    sheet
        What it says.
    ids, spans
        The id of each of its blocks in the document, and where that stands in it.
    """

    text: str
    sheet: Sheet
    ids: Mapping[str, str]
    spans: tuple[Span, ...]


def parsed(text: str) -> tuple[str, Sheet]:
    """Read a text, or a Python function as the expression that it is.

    Raises
    ------
    ExpressionError
        If it is neither.
    """
    if is_function_text(text):
        text = expression_of_function(text)
    return text, read_sheet(text)


def spans_in(sheet: Sheet, ids: Mapping[str, str]) -> tuple[Span, ...]:
    """Tell which block of a document stands where in a text."""
    return tuple(replace(span, block=ids[span.block]) for span in sheet.spans)


def read_into(rehearsal: Rehearsal, text: str) -> ReadText | ExpressionError:
    """Let a copy of a document be what a text says; give the mistake, where it says nothing."""
    try:
        text, sheet = parsed(text)
    except ExpressionError as error:
        return error
    ids = rehearsal.rewrite(sheet)
    return ReadText(text, sheet, ids, spans_in(sheet, ids))
