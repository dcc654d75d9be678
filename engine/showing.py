"""How a recording shows itself in a notebook, and what it can be written out as.

What does so is looked up only once somebody asks: a run needs none of it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal


class Showing:
    """The ways out of a recording: each gives a text, and none opens a window."""

    __slots__ = ()

    def to_html(self, path: Path | str | None = None) -> str:
        """Write a page of the walk: one HTML file that needs nothing else.

        Parameters
        ----------
        path
            A file to write it to as well.

        Raises
        ------
        CodeError
            If the walk has no steps, or more than a page can hold.
        DocumentError
            If the file cannot be written.
        """
        text: str = exports().html(self, path)
        return text

    def to_svg(self, step: int | None = None, theme: Literal["light", "dark"] = "light") -> str:
        """Draw the graph as it is after a step.

        Parameters
        ----------
        step
            Number of the step, the first being 1; None for the last.
        theme
            Whether the ground is light or dark.

        Raises
        ------
        RunError
            If the walk has no such step.
        """
        text: str = exports().svg(self, step, theme)
        return text

    def to_json(self) -> str:
        """Write the walk for programs: an object a line for each step, every number in full."""
        text: str = exports().json_lines(self)
        return text

    def to_python(self, language: str = "numpy") -> str:
        """Write the graph as a program that gives the same numbers.

        Parameters
        ----------
        language
            "numpy", "pytorch", "tutorial", or "notebook" for a notebook.

        Raises
        ------
        CodeError
            If it cannot be written so.
        """
        text: str = exports().text(self, language)
        return text

    def to_latex(self, *, numbers: bool = False) -> str:
        """Write the whole derivation in LaTeX, with the real numbers if wanted.

        Raises
        ------
        CodeError
            If it cannot be written so.
        """
        text: str = exports().text(self, "latex", numbers=numbers)
        return text

    def to_mermaid(self, *, numbers: bool = True) -> str:
        """Write the graph for Markdown."""
        text: str = exports().text(self, "mermaid", numbers=numbers)
        return text

    def to_dot(self, *, numbers: bool = True) -> str:
        """Write the graph for Graphviz."""
        text: str = exports().text(self, "dot", numbers=numbers)
        return text

    def records(self) -> list[dict[str, Any]]:
        """Give the steps as a table: a flat dict a row, all with the same columns.

        A step back has a row for each contribution. Values are arrays, those of another column
        None. `pandas.DataFrame(recording.records())` is a data frame, `csv.DictWriter` a file.
        """
        rows: list[dict[str, Any]] = exports().records(self)
        return rows

    def _repr_html_(self) -> str | None:
        """Show the walk in a notebook: the picture, and a slider over the steps."""
        shown: str | None = exports().widget(self)
        return shown

    def _repr_svg_(self) -> str:
        """Show the graph with all numbers where only pictures are shown."""
        text: str = exports().svg(self, None, "light")
        return text


def exports() -> Any:
    """Give the module that writes things out."""
    from engine import exports as module  # noqa: PLC0415 - see above

    return module
