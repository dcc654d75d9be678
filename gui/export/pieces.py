"""Long work in pieces: between two of them, whoever asked for it may look up, or give it up."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import closing
from threading import Thread
from typing import Generic, TypeVar

Share = TypeVar("Share")
Told = TypeVar("Told")
Result = TypeVar("Result")

FEW = 1_000_000
"""Pixels that are gone over within a blink."""

BREATH = 0.02
"""Seconds between two looks whether what is done on another thread is done."""


def at_once(pieces: Generator[object, None, Result]) -> Result:
    """Do all pieces, one after the other; give what comes of them.

    Examples
    --------
    >>> def count():
    ...     yield 0.5
    ...     return "done"
    >>> at_once(count())
    'done'
    """
    while True:
        try:
            next(pieces)
        except StopIteration as end:
            result: Result = end.value
            return result


def retold(
    pieces: Generator[Share, None, Result], told: Callable[[Share], Told]
) -> Generator[Told, None, Result]:
    """Do the same pieces, and tell something else after each of them."""
    with closing(pieces):
        while True:
            try:
                share = next(pieces)
            except StopIteration as end:
                result: Result = end.value
                return result
            yield told(share)


def between(
    start: float, end: float, pieces: Generator[float, None, Result]
) -> Generator[float, None, Result]:
    """Take the share that is done of some work as a part of a longer work.

    Examples
    --------
    >>> list(between(0.5, 1.0, (share for share in (0.0, 0.5))))
    [0.5, 0.75]
    """
    return retold(pieces, lambda share: start + (end - start) * share)


def aside(work: Callable[[], Result], told: Told) -> Generator[Told, None, Result]:
    """Do on another thread what has no pieces; give `told` from time to time until it is done.

    Given up, it comes to an end there for nobody. It may touch nothing of Qt.
    """
    doing = _Doing(work)
    while not doing.is_done():
        yield told
    return doing.result()


def aside_if_large(
    pixels: int, work: Callable[[], Result], told: Told
) -> Generator[Told, None, Result]:
    """Do on another thread what goes over many pixels, and at once what goes over few."""
    if pixels <= FEW:
        return work()
    return (yield from aside(work, told))


class _Doing(Generic[Result]):
    """Something that is being done on a thread which nobody has to wait for."""

    def __init__(self, work: Callable[[], Result]) -> None:
        self._work = work
        self._found: list[Result] = []
        self._error: BaseException | None = None
        self._thread = Thread(target=self._do, name="gradwalk-aside", daemon=True)
        self._thread.start()

    def is_done(self) -> bool:
        """Wait a little; tell whether it is done."""
        self._thread.join(BREATH)
        return not self._thread.is_alive()

    def result(self) -> Result:
        """Give what came of it, or raise what went wrong."""
        if self._error is not None:
            raise self._error
        return self._found[0]

    def _do(self) -> None:
        try:
            self._found.append(self._work())
        except BaseException as error:  # noqa: BLE001 - it is raised where it is waited for
            self._error = error
