"""How a recording shows itself in a notebook, and what it can be written out as.

What does so is looked up only once somebody asks: a run needs none of it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from engine.inquiring import Inquiring

if TYPE_CHECKING:
    from typing import Unpack

    from engine.document import Document
    from engine.looks import FilmLook, Look, Painted, Progress

WRITERS: list[Callable[[], Any]] = []
"""What gives the module that writes things out: it knows all of the engine, and none of that knows
it, so the engine puts it in here once it is put together."""


class Showing(Inquiring):
    """The ways out of a recording: texts, pictures and films, and none opens a window.

    Pictures and films are painted as the window paints, which needs PySide6. What may be chosen of
    them stands in `engine.looks.Look` and `FilmLook`, and is called as `gradwalk render` calls
    it.
    """

    __slots__ = ()

    def to_html(self, path: Path | str | None = None, *, document: Document | None = None) -> str:
        """Write a page of the walk: one HTML file that needs nothing else.

        Parameters
        ----------
        path
            A file to write it to as well.
        document
            The document that was run: the graph stands as there, with its groups, frames and
            notes. Without it, the graph is laid out.

        Raises
        ------
        CodeError
            If the walk has no steps, or more than a page can hold.
        PictureError
            If the document holds other blocks than were walked.
        DocumentError
            If the file cannot be written.
        """
        text: str = exports().html(self, path, document)
        return text

    def to_svg(
        self,
        step: int | None = None,
        theme: Literal["light", "dark"] = "light",
        *,
        document: Document | None = None,
    ) -> str:
        """Draw the graph as it is after a step.

        Parameters
        ----------
        step
            Number of the step, the first being 1; None for the last.
        theme
            Whether the ground is light or dark.
        document
            As for `to_html`.

        Raises
        ------
        RunError
            If the walk has no such step.
        PictureError
            If the document holds other blocks than were walked.
        """
        text: str = exports().svg(self, step, theme, document)
        return text

    def to_png(
        self,
        path: Path | str | None = None,
        *,
        step: int | None = None,
        document: Document | None = None,
        **look: Unpack[Look],
    ) -> Painted:
        """Paint the graph as it is after a step, in dots.

        Parameters
        ----------
        path
            A file to write it to as well.
        step
            Number of the step, the first being 1; None for the last.
        document
            As for `to_html`: with it, this is the picture that the window makes.
        look
            As `engine.looks.Look` has it.

        Returns
        -------
        Painted
            The content of the file; in a notebook it shows itself.

        Raises
        ------
        PictureError
            If it cannot be made so, the document holds other blocks than were walked, or PySide6 is
            not installed.
        DocumentError
            If the file cannot be written; the old one is as it was.
        """
        return self._painted("png", path, {**look, "step": step}, document)

    def to_pdf(
        self,
        path: Path | str | None = None,
        *,
        step: int | None = None,
        each_step: bool = False,
        step_is: Literal["block", "contribution", "line"] = "block",
        document: Document | None = None,
        **look: Unpack[Look],
    ) -> Painted:
        """Paint the graph after a step as a page, in lines and text; the rest is as for `to_png`.

        Parameters
        ----------
        path, step, document, look
            As `to_png` takes them.
        each_step
            Whether there is a page for each step, explained below the graph.
        step_is
            What a step is then: a block, a contribution, or a line of code.
        """
        wishes = {**look, "step": step, "each_step": each_step, "step_is": step_is}
        return self._painted("pdf", path, wishes, document)

    def to_gif(
        self,
        path: Path | str | None = None,
        *,
        progress: Progress | None = None,
        document: Document | None = None,
        **look: Unpack[FilmLook],
    ) -> Painted:
        """Film the walk as a GIF.

        Parameters
        ----------
        path
            A file to write it to as well.
        progress
            Called after each frame with the frames that are painted, and how many there will be.
        document
            As for `to_html`: with it, this is the film that the window makes.
        look
            As `engine.looks.FilmLook` has it.

        Returns
        -------
        Painted
            The content of the file; in a notebook it plays.

        Raises
        ------
        PictureError
            If it cannot be made so, the document holds other blocks than were walked, or PySide6 is
            not installed.
        DocumentError
            If the file cannot be written; the old one is as it was.
        """
        return self._painted("gif", path, look, document, progress)

    def to_webp(
        self,
        path: Path | str | None = None,
        *,
        progress: Progress | None = None,
        document: Document | None = None,
        **look: Unpack[FilmLook],
    ) -> Painted:
        """Film the walk as an animated WebP, without loss; the rest is as for `to_gif`."""
        return self._painted("webp", path, look, document, progress)

    def to_apng(
        self,
        path: Path | str | None = None,
        *,
        progress: Progress | None = None,
        document: Document | None = None,
        **look: Unpack[FilmLook],
    ) -> Painted:
        """Film the walk as an animated PNG, without loss; the rest is as for `to_gif`."""
        return self._painted("apng", path, look, document, progress)

    def to_mp4(
        self,
        path: Path | str | None = None,
        *,
        progress: Progress | None = None,
        document: Document | None = None,
        **look: Unpack[FilmLook],
    ) -> Painted:
        """Film the walk as an MP4, which needs PyAV; the rest is as for `to_gif`."""
        return self._painted("mp4", path, look, document, progress)

    def to_json(self) -> str:
        """Write the walk for programs: an object a line for each step, every number in full."""
        text: str = exports().json_lines(self)
        return text

    def to_python(self, language: str = "python") -> str:
        """Write the graph as a program that gives the same numbers.

        Parameters
        ----------
        language
            "python", "numpy", "pytorch", "tutorial", or "notebook" for a notebook.

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

    def _painted(
        self,
        kind: str,
        path: Path | str | None,
        wishes: Mapping[str, Any],
        document: Document | None,
        progress: Progress | None = None,
    ) -> Painted:
        made: Painted = exports().painted(self, kind, path, wishes, document, progress)
        return made

    def _repr_html_(self) -> str | None:
        """Show the walk in a notebook: the picture, and a slider over the steps."""
        shown: str | None = exports().widget(self)
        return shown

    def _repr_svg_(self) -> str:
        """Show the graph with all numbers where only pictures are shown."""
        text: str = exports().svg(self, None, "light", None)
        return text


def exports() -> Any:
    """Give the module that writes things out."""
    return WRITERS[-1]()
