"""Saving a large document: it is written beside the window, which goes on to answer."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from engine.document import Document
from engine.files import digest_of, write_whole
from engine.graph import Graph
from engine.storage import dumps
from gui.document import OpenDocument
from gui.errands import Errand, Reach
from gui.garbage import collecting_waits

AT_ONCE, AT_ONCE_ELEMENTS = 1_500, 20_000
"""Blocks, and elements of given values, up to which a document is written within a blink."""


def is_long(graph: Graph) -> bool:
    """Tell whether writing a graph down would keep the window from answering."""
    if len(graph) > AT_ONCE:
        return True
    given = [block.value.size for block in graph.blocks.values() if block.value is not None]
    return sum(given) > AT_ONCE_ELEMENTS


def saving(
    document: OpenDocument,
    path: Path,
    take: Callable[[], None],
    fail: Callable[[str], None],
) -> Errand[str]:
    """Give the errand that saves a document as it is when its turn comes, and is to be sent.

    Parameters
    ----------
    take
        Called in the window when it is saved.
    fail
        Called in the window with the sentence, if it cannot be.
    """
    held: list[tuple[Document, int]] = []
    document.saves_on_the_way += 1

    def begin() -> None:
        held[:] = [(document.kept(), document.version)]

    def work(reach: Reach) -> str:
        return _write(document, *held[0], path, reach)

    def end() -> None:
        document.saves_on_the_way -= 1

    def not_done(sentence: str) -> None:
        end()
        fail(sentence)

    def done(digest: str) -> None:
        end()
        if not document.is_let_go and not document.has_written(path, held[0][1]):
            document.take_as_saved(path, digest, *held[0])
            take()

    words = (f"Saving {path.name} …",)
    return Errand("Saving", words, work, done, not_done, end, begin=begin)


def _write(document: OpenDocument, kept: Document, version: int, path: Path, reach: Reach) -> str:
    """Write what a document was at a version, on the thread; give the digest of that.

    If the window has written something newer meanwhile, that stays.
    """
    reach(0, 0.0)
    with collecting_waits():
        content = dumps(kept).encode()
    reach(0, 0.8)
    digest = digest_of(content)
    with document.writing:
        if not document.has_written(path, version):
            document.digest_written = digest
            write_whole(path, content)
    return digest
