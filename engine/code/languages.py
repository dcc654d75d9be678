"""What a graph can be written out as: one table, for the command line and for the window."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Protocol

from engine.code.drawing import dot, mermaid
from engine.code.exported import exported
from engine.code.latex import Derivation
from engine.code.notebook import Notebook
from engine.code.numpy_code import numpy_code
from engine.code.python_code import python_code
from engine.code.script import CodeLine, Script
from engine.code.torch_code import torch_code
from engine.code.tutorial_code import tutorial_code
from engine.errors import CodeError
from engine.graph import Graph


class Written(Protocol):
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
        Writes a graph out, for a block that is differentiated; told whether real numbers are
        wanted.
    """

    name: str
    title: str
    suffix: str
    write: Callable[[Graph, str | None, bool], Written]

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

        def notebook(graph: Graph, target: str | None, numbers: bool) -> Written:  # noqa: FBT001 - as all that write
            page = write(graph, target, numbers)
            assert isinstance(page, Script)  # noqa: S101 - what runs is a script
            return Notebook(page)

        return replace(self, suffix=".ipynb", write=notebook)


ANY_SIZE = 2**63
"""Elements where arrays are told by their shapes."""


def _table() -> Mapping[str, Language]:
    python = Language("python", "Python", ".py", lambda g, y, _: python_code(exported(g, y)))
    languages = (
        python,
        Language("numpy", "NumPy", ".py", lambda g, y, _: numpy_code(exported(g, y))),
        Language("pytorch", "PyTorch", ".py", lambda g, y, _: torch_code(exported(g, y))),
        Language("tutorial", "Tutorial", ".py", lambda g, y, _: tutorial_code(exported(g, y))),
        replace(python.as_notebook(), name="notebook", title="Notebook"),
        Language("latex", "LaTeX", ".tex", lambda g, y, n: Derivation(exported(g, y, ANY_SIZE), n)),
        Language(
            "latex-fragment",
            "LaTeX, a fragment",
            ".tex",
            lambda g, y, n: Derivation(exported(g, y, ANY_SIZE), n, whole=False),
        ),
        Language("mermaid", "Mermaid", ".mmd", lambda g, y, n: mermaid(g, y, numbers=n)),
        Language("dot", "Graphviz DOT", ".dot", lambda g, y, n: dot(g, y, numbers=n)),
    )
    return {language.name: language for language in languages}


LANGUAGES = _table()

DEFAULT = next(iter(LANGUAGES.values()))
"""What a graph is written out as where nobody says otherwise."""

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
        Whether a derivation or a picture shows the real numbers as well.

    Raises
    ------
    CodeError
        If it cannot be written out so.

    Examples
    --------
    >>> import numpy as np
    >>> from engine.expression import parse_expression
    >>> graph, y = parse_expression("square(x)", {"x": np.array(3.0)})
    >>> "grad_x = grad_y * (2 * x)" in written(graph, y, LANGUAGES["python"])
    True
    """
    return language.write(graph, target, numbers).text
