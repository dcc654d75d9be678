"""Python's own parser, asked without running anything, and where in the text it found what."""

from __future__ import annotations

import ast
import warnings
from dataclasses import dataclass, field
from itertools import accumulate

LONGEST_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Source:
    """A text as the parser gets it.

    Attributes
    ----------
    text
        The text with ASCII signs and plain line ends, without space around it.
    before
        How many characters of space stood before it.
    """

    text: str
    before: int
    # Each line, and how much stands before it: a text of thousands is asked of thousands of nodes.
    _lines: tuple[str, ...] = field(init=False)
    _starts: tuple[int, ...] = field(init=False)

    def __post_init__(self) -> None:
        lines = tuple(self.text.split("\n"))
        object.__setattr__(self, "_lines", lines)
        starts = accumulate((len(line) + 1 for line in lines), initial=0)
        object.__setattr__(self, "_starts", tuple(starts))

    @classmethod
    def of(cls, typed: str) -> Source:
        """Make one of what a person typed; every character keeps its place."""
        plain = typed.replace("−", "-").replace("\r\n", " \n").replace("\r", "\n")
        return cls(plain.strip(), len(plain) - len(plain.lstrip()))

    def statements(self) -> list[ast.stmt]:
        """Parse the text.

        Raises
        ------
        SyntaxError, ValueError
            If it is not Python.
        RecursionError, MemoryError
            If it is nested too deeply.
        """
        with warnings.catch_warnings():
            # What Python finds odd, it says on stderr; what cannot stand here, is refused anyway.
            warnings.simplefilter("ignore")
            return ast.parse(self.text).body

    def index(self, node: ast.AST) -> int:
        """Tell at which character of the typed text a node begins, counted from 0."""
        return self._of_bytes(getattr(node, "lineno", 1), getattr(node, "col_offset", 0))

    def span(self, node: ast.AST) -> tuple[int, int]:
        """Tell where in the typed text a node begins, and the first character after it."""
        line, column = getattr(node, "end_lineno", 1), getattr(node, "end_col_offset", 0)
        return self.index(node), self._of_bytes(line, column)

    def index_of_error(self, error: SyntaxError) -> int:
        """Tell at which character of the typed text the parser gave up, counted from 0."""
        return self._at(error.lineno or 1, max(error.offset or 1, 1) - 1)

    def _of_bytes(self, line: int, column: int) -> int:
        """Tell at which character a place is of which the parser counts the bytes."""
        whole = self._lines[line - 1]
        if not whole.isascii():
            column = len(whole.encode()[:column].decode())
        return self._at(line, column)

    def _at(self, line: int, column: int) -> int:
        start = self._starts[min(line, len(self._starts)) - 1]
        return min(self.before + start + column, self._end)

    @property
    def _end(self) -> int:
        return self.before + len(self.text)

    def piece(self, node: ast.AST) -> str:
        """Give the part of the text that a node was read from."""
        start, end = self.span(node)
        return self.text[start - self.before : end - self.before]


def shown(text: str) -> str:
    r"""Cut a text down to what fits into a sentence, in one line.

    Examples
    --------
    >>> shown("a  +\n b"), shown("x" * 100)
    ('a + b', 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…')
    """
    line = "".join(c if c.isprintable() else "�" for c in " ".join(text.split()))
    return line if len(line) <= LONGEST_SHOWN else line[: LONGEST_SHOWN - 1].rstrip() + "…"


def place(text: str, index: int) -> str:
    r"""Name a place in a text by its column, and by its line if there are several.

    Examples
    --------
    >>> place("x +", 2), place("a = x\ny = a +", 12)
    ('column 3', 'line 2, column 7')
    """
    line, column = text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index)
    return f"line {line}, column {column}" if "\n" in text.strip() else f"column {column}"
