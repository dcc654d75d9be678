"""The `.gradwalk` file: a document as JSON that reads well in a diff and is trusted in nothing.

`file_writing` says what stands in it, and `file_reading` makes a document of that again. Numbers
keep all their digits. JSON has no NaN and no infinity, so these are written as text.
"""

from __future__ import annotations

from pathlib import Path

from engine.document import Document
from engine.file_reading import read_document
from engine.file_writing import dumps, pieces
from engine.files import digest_of, read_whole, write_whole

__all__ = ["SUFFIX", "dumps", "load", "load_with_digest", "loads", "pieces", "save"]

SUFFIX = ".gradwalk"


def loads(text: str | bytes) -> Document:
    """Read a document from text.

    Raises
    ------
    DocumentError
        If it is anything but a whole and legal document; the sentence says what and where.
    """
    content = text.encode(errors="surrogatepass") if isinstance(text, str) else text
    return read_document(content, "The document cannot be read")


def load(path: str | Path) -> Document:
    """Read a document from a file.

    Raises
    ------
    DocumentError
        If there is none, or as `loads` does; the sentence begins with the name of the file.
    """
    return load_with_digest(Path(path))[0]


def load_with_digest(path: Path) -> tuple[Document, str]:
    """Read a document from a file, and tell by what the file can be known again.

    Raises
    ------
    DocumentError
        As `load` does.
    """
    content = read_whole(path)
    return read_document(content, f"{path.name} cannot be opened"), digest_of(content)


def save(document: Document, path: str | Path) -> str:
    """Write a document to a file, which is the old one or the new one at any time, and whole.

    Returns
    -------
    str
        The digest of the file, by which it can be known again.

    Raises
    ------
    DocumentError
        If that is not possible; the file is as it was.
    """
    content = dumps(document).encode()
    write_whole(Path(path), content)
    return digest_of(content)
