"""What a picture or a film can be written as."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from engine.errors import PictureError
from engine.syntax import shown


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file.

    Attributes
    ----------
    name
        What it is called on the command line; also the ending of its files.
    title
        What it is called in a dialog.
    moves
        Whether it is a film.
    has_soft_alpha
        Whether the ground can be left away.
    is_sharp
        Whether it is made of lines and text, and not of dots.
    """

    name: str
    title: str
    moves: bool
    has_soft_alpha: bool = True
    is_sharp: bool = False

    @property
    def suffix(self) -> str:
        """The ending of its files."""
        return f".{self.name}"


FORMATS = {
    made.name: made
    for made in (
        Format("png", "PNG picture", moves=False),
        Format("svg", "SVG drawing", moves=False, is_sharp=True),
        Format("pdf", "PDF page", moves=False, is_sharp=True),
        Format("gif", "GIF film", moves=True, has_soft_alpha=False),
        Format("webp", "WebP film", moves=True),
        Format("apng", "APNG film", moves=True),
        Format("mp4", "MP4 film", moves=True, has_soft_alpha=False),
    )
}


def format_for(name: str | None, path: Path | None) -> Format:
    """Find the format that was named, or that the ending of a file stands for.

    Raises
    ------
    PictureError
        If there is none; the sentence lists those that there are.
    """
    suffix = "" if path is None else path.suffix
    wanted = name or suffix.removeprefix(".").lower()
    if wanted in FORMATS:
        return FORMATS[wanted]
    known = ", ".join(FORMATS)
    if not wanted:
        raise PictureError(f"Say what to make; --to takes one of {known}.")
    if name is not None:
        raise PictureError(f"There is no format {shown(name)}; --to takes one of {known}.")
    raise PictureError(
        f"Nothing is known of files that end in {shown(suffix)}; take one of {known}."
    )
