"""What Gradwalk puts on the clipboard, and what it makes of what others put there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QByteArray, QMimeData
from PySide6.QtGui import QGuiApplication

from engine.clip_text import LONGEST_JSON, read_clip, write_clip
from engine.clips import Clip, Feed
from engine.errors import ClipError
from engine.files import size_on_disk
from engine.storage import SUFFIX, dumps, load

CLIP_MIME, FEEDS_MIME = "application/x-gradwalk", "application/x-gradwalk-feeds"
"""The copied blocks as a document, and a line for each wire that came in from outside."""

JSON_MIME = "application/json"

WANTED = "copy blocks, an expression, a number or an array first."


@dataclass(frozen=True, slots=True)
class Written:
    """A clip as it is put on the clipboard.

    Attributes
    ----------
    document, feeds
        The copied blocks, and a line for each wire that came in from outside.
    text
        The same to be read, or put into a chat.
    """

    document: bytes
    feeds: bytes
    text: str

    @classmethod
    def of(cls, clip: Clip) -> Written:
        """Write a clip down in every form that it can be pasted in, on any thread."""
        feeds = "\n".join(f"{feed.name} {feed.target} {feed.port}" for feed in clip.feeds)
        return cls(dumps(clip.document).encode(), feeds.encode(), write_clip(clip))

    def mime(self) -> QMimeData:
        """Give all of it at once: what Qt asks Python for while the app ends comes too late."""
        data, document = QMimeData(), QByteArray(self.document)
        data.setData(CLIP_MIME, document)
        data.setData(FEEDS_MIME, QByteArray(self.feeds))
        data.setData(JSON_MIME, document)
        data.setText(self.text)
        return data


def put(written: Written) -> None:
    """Put a clip on the clipboard."""
    QGuiApplication.clipboard().setMimeData(written.mime())


def put_text(text: str) -> None:
    """Put a text on the clipboard."""
    data = QMimeData()
    data.setText(text)
    QGuiApplication.clipboard().setMimeData(data)


@dataclass(frozen=True, slots=True)
class Content:
    """What the clipboard holds, before anybody has looked into it.

    Attributes
    ----------
    length
        Characters or bytes that have to be read.
    read
        Makes a clip of it, on any thread; raises a ClipError or a DocumentError if it cannot become
        blocks.
    """

    length: int
    read: Callable[[], Clip]


def content() -> Content:
    """Take from the clipboard what may become blocks.

    Raises
    ------
    ClipError
        If nothing there can; the sentence says why.
    """
    # Where nothing was ever copied, some screens give no data at all.
    data = QGuiApplication.clipboard().mimeData() or QMimeData()
    if data.hasFormat(CLIP_MIME):
        return _own(data)
    for url in data.urls():
        if url.isLocalFile() and url.toLocalFile().endswith(SUFFIX):
            path = Path(url.toLocalFile())
            return Content(size_on_disk(path), partial(_read_file, path))
    if data.hasText():
        text = data.text()
        return Content(len(text), partial(read_clip, text))
    if not data.formats():
        raise ClipError(f"The clipboard is empty: {WANTED}")
    what = "an image" if data.hasImage() else "nothing that can become blocks"
    raise ClipError(f"The clipboard holds {what}: {WANTED}")


def _read_file(path: Path) -> Clip:
    return Clip(load(path))


def _own(data: QMimeData) -> Content:
    """Read what another window copied, which is trusted no more than anything else."""
    content = data.data(CLIP_MIME)
    if content.size() > LONGEST_JSON:
        sentence = "What was copied is too large to be pasted. Save it in a file and open that."
        raise ClipError(sentence)
    document, feeds = bytes(content.data()), bytes(data.data(FEEDS_MIME).data())
    return Content(len(document), partial(_read_own, document, feeds))


def _read_own(document: bytes, lines: bytes) -> Clip:
    clip, feeds = read_clip(_text(document)), []
    for line in _text(lines).splitlines():
        words = line.split()
        if len(words) == 3 and words[2].isdecimal() and len(words[2]) < 6:  # noqa: PLR2004
            feeds.append(Feed(words[0], words[1], int(words[2])))
    return Clip(clip.document, tuple(feeds))


def _text(content: bytes) -> str:
    return content.decode(errors="replace")
