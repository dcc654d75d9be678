"""Files read whole or not at all, and written whole or not at all."""

from __future__ import annotations

import errno
import hashlib
import os
import secrets
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from fnmatch import fnmatchcase
from pathlib import Path
from typing import BinaryIO

from engine.errors import DocumentError
from engine.locks import lock

LARGEST = 64 * 1024 * 1024
"""Bytes of the largest file that is opened."""

STRAY = ".gradwalk-{}.tmp"
"""What a file is called until it is whole."""

STRAY_AGE = 60
"""Seconds after which such a file may be one that nobody is writing any more."""

NO_WAITING = getattr(os, "O_NONBLOCK", 0)
AS_IT_IS = getattr(os, "O_BINARY", 0)
"""What one system has and another does not: not to wait for a pipe, not to change line ends."""

REASONS = {
    errno.ENOENT: "there is no such file or folder",
    errno.ENOTDIR: "there is no such folder",
    errno.EACCES: "you have no permission",
    errno.EPERM: "you have no permission",
    errno.EROFS: "the disk is read-only",
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "your share of the disk is full",
    errno.EFBIG: "the file grows too large",
    errno.EISDIR: "it is a folder",
    errno.ENAMETOOLONG: "its name is too long",
    errno.ELOOP: "its links lead in a circle",
}


def read_whole(path: Path) -> bytes:
    """Read a regular file; anything else that has a path is refused before it is opened.

    Raises
    ------
    DocumentError
        If that is not possible; the sentence says why.
    """
    with _as_sentence(f"{path.name} cannot be opened"):
        _check_regular(path.stat())
        # Should a pipe have come in its place by now, opening it must not wait for a writer.
        handle = os.open(path, os.O_RDONLY | NO_WAITING | AS_IT_IS)
        with os.fdopen(handle, "rb") as file:
            _check_regular(os.fstat(handle))
            content = file.read(LARGEST + 1)
            _check_size(len(content))
            return content


def digest_of(content: bytes) -> str:
    """Give what a content can be known again by."""
    return hashlib.blake2b(content, digest_size=16).hexdigest()


def digest_on_disk(path: Path) -> str | None:
    """Give the digest of a file as it is now; None if it cannot be read."""
    try:
        return digest_of(read_whole(path))
    except DocumentError:
        return None


def size_on_disk(path: Path) -> int:
    """Tell how many bytes a file holds; 0 if that cannot be told: whoever reads it says why."""
    try:
        return path.stat().st_size
    except OSError:
        return 0


def write_whole(path: Path, content: bytes) -> None:
    """Put new content in the place of a file, so that it is the old one or the new one, whole.

    Raises
    ------
    DocumentError
        If that is not possible; the sentence says why, and the old file is as it was.
    """
    with whole_file(path) as file:
        file.write(content)


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """Give a file to write to, which takes the place of another once all is written.

    What is written goes beside the file and takes its place once it is safe on the disk. A link
    stays a link, and the file keeps its permissions. Whatever is raised meanwhile leaves the old
    file as it was, and nothing beside it.

    Raises
    ------
    DocumentError
        If that is not possible; the sentence says why.
    """
    what = f"{path.name} cannot be saved"
    with _as_sentence(what):
        place = Path(os.path.realpath(path))
        old = _facts(place)
        beside = place.with_name(STRAY.format(secrets.token_hex(8)))
    try:
        with _as_sentence(what):
            file = _beside(beside, old)
        try:
            with file:
                yield file
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise _sentence(what, error) from error
        with _as_sentence(what):
            beside.replace(place)
    except BaseException:
        with suppress(OSError):
            beside.unlink()
        raise
    _sync_folder(place.parent)
    _sweep(place.parent)


def _facts(place: Path) -> os.stat_result | None:
    try:
        old = place.stat()
    except FileNotFoundError:
        return None
    _check_regular(old)
    if not os.access(place, os.W_OK, effective_ids=os.access in os.supports_effective_ids):
        raise DocumentError("it is write-protected")
    return old


def _beside(path: Path, like: os.stat_result | None) -> BinaryIO:
    """Open a new file that has the owner and the permissions of another."""
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | AS_IT_IS
    file = os.fdopen(os.open(path, flags, 0o666), "w+b")
    if like is not None:
        if hasattr(os, "chown"):
            with suppress(OSError):  # only the superuser may give a file away
                os.chown(path, like.st_uid, like.st_gid)
        path.chmod(stat.S_IMODE(like.st_mode))
    lock(file.fileno())
    return file


def _sweep(folder: Path) -> None:
    """Take away what was being written when somebody died of it: nobody holds its lock."""
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if not fnmatchcase(entry.name, STRAY.format("*")):
                continue
            with suppress(OSError):
                if time.time() - entry.stat(follow_symlinks=False).st_mtime > STRAY_AGE:
                    _sweep_one(Path(entry.path))


def _sweep_one(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY | NO_WAITING | getattr(os, "O_NOFOLLOW", 0))
    try:
        is_stray = lock(handle)
    finally:
        os.close(handle)
    if is_stray:
        path.unlink()


def _sync_folder(folder: Path) -> None:
    """See to it that the new name of the file survives a power cut, where a system can."""
    if os.name != "posix":
        return
    with suppress(OSError):  # the file is in place, and some file systems cannot do this
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _check_regular(facts: os.stat_result) -> None:
    if stat.S_ISDIR(facts.st_mode):
        raise DocumentError("it is a folder")
    if not stat.S_ISREG(facts.st_mode):
        raise DocumentError("it is a device or a pipe, and not a file")
    _check_size(facts.st_size)


def _check_size(size: int) -> None:
    if size > LARGEST:
        most = LARGEST // 1024**2
        raise DocumentError(f"it is larger than {most} MB, the most that is read")


@contextmanager
def _as_sentence(what: str) -> Iterator[None]:
    try:
        yield
    except DocumentError as error:
        raise DocumentError(f"{what}: {error.sentence}.") from None
    except OSError as error:
        raise _sentence(what, error) from error
    except ValueError as error:  # a path with a null character in it
        raise DocumentError(f"{what}: {error}.") from error


def _sentence(what: str, error: OSError) -> DocumentError:
    reason = REASONS.get(error.errno or 0) or (error.strerror or str(error)).lower()
    return DocumentError(f"{what}: {reason}.")
