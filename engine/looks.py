"""How a picture or a film may look, and what one is that has been painted."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable
from typing import Literal, Self, TypedDict

MIME = {
    "png": "image/png",
    "pdf": "application/pdf",
    "gif": "image/gif",
    "webp": "image/webp",
    "apng": "image/apng",
    "mp4": "video/mp4",
}

FORMS = {"pdf": '<embed src="{}" width="960" height="600">', "mp4": '<video controls src="{}">'}
PICTURE = '<img src="{}">'

Progress = Callable[[int, int], object]
"""Is told how many frames are painted, and how many there will be."""


class Look(TypedDict, total=False):
    """How a picture or a film looks.

    Attributes
    ----------
    size
        Width and height in pixels; without it, the graph has its own size.
    scale
        Dots a pixel.
    theme
        "light" or "dark".
    strip
        Whether the step is explained in a strip below the graph.
    transparent
        Whether the ground is left away.
    all_numbers
        Whether numbers are shown before the walk reaches them, too.
    by_gradient
        Whether blocks are coloured by the size of their gradients.
    depth
        How deeply steps are told, in the strip or else on a page beside the graph.
    beside
        A page of the window that stands beside the graph and is asked nothing: "step", "arrays" or
        "code". Or one of these stands there:
    plot, forward, paths, wrong, element, sizes
        The answer to a question, as `gradwalk walk` takes it: about a number such as "x[1, 0]", an
        input, a wrong rule, an element, or nothing.
    lit_path
        Which of the paths is lit, counted from 1.
    check
        Whether a badge on each block tells if its gradient agrees with a trial.
    predict
        Whether a number is asked for, and hidden, before its step is shown.
    """

    size: tuple[int, int]
    scale: float
    theme: Literal["light", "dark"]
    strip: bool
    transparent: bool
    all_numbers: bool
    by_gradient: bool
    depth: Literal["first", "student", "engineer"]
    beside: Literal["step", "arrays", "code"]
    plot: str
    forward: str
    paths: str
    wrong: str
    element: str
    sizes: bool
    lit_path: int
    check: bool
    predict: bool


class FilmLook(Look, total=False):
    """How a film looks, and goes.

    Attributes
    ----------
    steps
        The first and the last step, counted from 1; without it, the whole walk.
    fps
        Frames a second.
    speed
        Steps a second.
    step_is
        What a step of the film is: a block, a contribution, or a line of code.
    """

    steps: tuple[int, int]
    fps: float
    speed: float
    step_is: Literal["block", "contribution", "line"]


class Painted(bytes):
    """The content of a file with a picture or a film, which shows itself in a notebook.

    Attributes
    ----------
    kind
        What it is, such as "gif".
    """

    kind: str

    def __new__(cls, content: bytes, kind: str) -> Self:
        """Keep the content, and what it is."""
        made = super().__new__(cls, content)
        made.kind = kind
        return made

    def __repr__(self) -> str:
        return f"<{self.kind.upper()} of {len(self):,} bytes>"

    def _repr_html_(self) -> str:
        source = f"data:{MIME[self.kind]};base64,{b64encode(self).decode()}"
        return FORMS.get(self.kind, PICTURE).format(source)
