"""What a graph can be written out as: one table, for the command line and for the window."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Protocol

from engine.code.exported import Exported, exported
from engine.code.notebook import Notebook
from engine.code.numpy_code import numpy_code
from engine.code.script import CodeLine, Script
from engine.code.torch_code import torch_code
from engine.code.tutorial_code import tutorial_code
from engine.errors import CodeError
from engine.graph import Graph


class Page(Protocol):
    """What has been written out."""

    @property
    def lines(self) -> tuple[CodeLine, ...]:
        """Its lines, each with the blocks it is about."""

    @property
    def text(self) -> str:
        """The whole, as it stands in a file."""


@dataclass(frozen=True, slots=True)
class Language:
    """One thing that a graph can be written out as.

    Attributes
    ----------
    name
        What the command line calls it.
    title
        What a person calls it.
    suffix
        How its files end.
    write
        Writes a graph that has been run; told whether real numbers are wanted.
    """

    name: str
    title: str
    suffix: str
    write: Callable[[Exported, bool], Page]

    def as_notebook(self) -> Language:
        """Give the same as a notebook.

        Raises
        ------
        CodeError
            If it is no program that runs.
        """
        if self.suffix == ".ipynb":
            return self
        if self.suffix != ".py":
            raise CodeError(f"{self.title} is nothing that runs in a notebook.")
        write = self.write

        def notebook(run: Exported, numbers: bool) -> Page:  # noqa: FBT001 - as all that write
            page = write(run, numbers)
            assert isinstance(page, Script)  # noqa: S101 - what runs is a script
            return Notebook(page)

        return replace(self, suffix=".ipynb", write=notebook)


def _table() -> Mapping[str, Language]:
    languages = (
        Language("numpy", "NumPy", ".py", lambda run, _: numpy_code(run)),
        Language("pytorch", "PyTorch", ".py", lambda run, _: torch_code(run)),
        Language("tutorial", "The tutorial’s style", ".py", lambda run, _: tutorial_code(run)),
        Language("notebook", "Notebook", ".ipynb", lambda run, _: Notebook(numpy_code(run))),
    )
    return {language.name: language for language in languages}


LANGUAGES = _table()

BY_SUFFIX: Mapping[str, Language] = {
    language.suffix: language for language in reversed(tuple(LANGUAGES.values()))
}
"""The language that the ending of a file stands for: of several, the first."""


def written(graph: Graph, target: str | None, language: Language, *, numbers: bool = False) -> str:
    """Write a graph out.

    Parameters
    ----------
    graph, target
        The graph, and the block to differentiate.
    language
        As what.
    numbers
        Whether a derivation shows the real numbers as well.

    Raises
    ------
    CodeError
        If it cannot be written out so.

    Examples
    --------
    >>> import numpy as np
    >>> from engine.expression import parse_expression
    >>> graph, y = parse_expression("square(x)", {"x": np.array(3.0)})
    >>> "grad_x = grad_y * (2 * x)" in written(graph, y, LANGUAGES["numpy"])
    True
    """
    return language.write(exported(graph, target), numbers).text
