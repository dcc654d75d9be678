"""A program as lines, each of which knows which blocks it is about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

Direction = Literal["forward", "backward", "both"]


@dataclass(frozen=True, slots=True)
class CodeLine:
    """One line.

    Attributes
    ----------
    text
        The line, without its end.
    blocks
        Ids of the blocks it is about; none for what is there for the program as a whole.
    direction
        Whether it computes their values or leads their gradients back; None where it does neither.
    starts
        Whether the walk turns round here.
    """

    text: str
    blocks: tuple[str, ...] = ()
    direction: Direction | None = None
    starts: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """Lines, as they stand in a file."""

    lines: tuple[CodeLine, ...]

    @property
    def text(self) -> str:
        """The whole file."""
        return "".join(f"{line.text}\n" for line in self.lines)


@dataclass(frozen=True, slots=True)
class Section:
    """Lines that belong together: a cell of a notebook.

    Attributes
    ----------
    title
        What they do, in a comment above them; empty for the first ones.
    lines
        The lines.
    """

    title: str
    lines: tuple[CodeLine, ...]


@dataclass(frozen=True, slots=True)
class Script:
    """A program.

    Attributes
    ----------
    about
        What it is, in a sentence.
    sections
        Its parts.
    """

    about: str
    sections: tuple[Section, ...]

    @property
    def lines(self) -> tuple[CodeLine, ...]:
        """All lines, with the titles as comments and empty lines in between."""
        return tuple(self._all_lines())

    @property
    def text(self) -> str:
        """The whole, as it stands in a file."""
        return Page(self.lines).text

    def _all_lines(self) -> Iterator[CodeLine]:
        yield CodeLine(f'"""{self.about}"""')
        after_class = False
        for section in self.sections:
            starts_class = section.lines[0].text.startswith(("class ", "def "))
            yield CodeLine("")
            if after_class or (starts_class and not section.title):
                yield CodeLine("")
            if section.title:
                yield CodeLine(f"# {section.title}")
            yield from section.lines
            after_class = section.lines[-1].text.startswith("    ")


ERF = "erf = np.vectorize(math.erf, otypes=[float])"
"""NumPy has no error function of its own."""


def numpy_imports(*, erf: bool) -> tuple[CodeLine, ...]:
    """Write what a program that computes with NumPy begins with."""
    return plain(
        ("import math", "", "import numpy as np", "", ERF) if erf else ("import numpy as np",)
    )


def plain(texts: Iterable[str]) -> tuple[CodeLine, ...]:
    """Make lines that are about no block in particular."""
    return tuple(map(CodeLine, texts))
