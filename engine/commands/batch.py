"""Many files at once: on as many processes as there are cores, with how far it is on stderr."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import TypeVar

from engine.errors import DocumentError
from engine.files import REASONS
from engine.storage import SUFFIX

Result = TypeVar("Result")

SOON = 0.3
"""Seconds in which something is done so soon that nobody need be told how far it is."""


def each(
    work: Callable[[str], Result], sources: Sequence[str], doing: str = ""
) -> Iterator[tuple[str, Result]]:
    """Do the same for each source; give each with what came of it, in order.

    Parameters
    ----------
    work
        What is done; it has to be a function of a module, or a partial one, and so has its result,
        because both go from process to process.
    doing
        What it is called where it is shown how far it is; "" where what comes of it is shown.

    Raises
    ------
    DocumentError
        If stdin is one of several, or one of the processes was ended from outside.
    """
    if "-" in sources and len(sources) > 1:
        raise DocumentError("What comes from stdin can only be asked about alone.")
    processes = min(len(sources), os.cpu_count() or 1)
    with progress(doing, len(sources)) as went_on:
        if processes < 2:  # noqa: PLR2004 - another process would only take its time to start
            for source in sources:
                yield source, work(source)
                went_on(1)
            return
        # A process that was forked off would have half of the thread that shows the progress.
        context = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(processes, context, _watch) as pool:
            try:
                with _ctrl_c_held():  # until they can take it
                    results = pool.map(partial(_do, work), sources)
                for source, result in zip(sources, results, strict=True):
                    yield source, result
                    went_on(1)
            except BrokenProcessPool:
                raise DocumentError(
                    "One of the processes at work was ended from outside."
                ) from None
            except BaseException:  # Ctrl-C, which may have been meant for this process alone
                for process in multiprocessing.active_children():
                    if process.pid is not None:
                        os.kill(process.pid, signal.SIGINT)
                raise
            finally:
                # They end soon, and until then there may be parts of files.
                pool.shutdown(cancel_futures=True)


class _Worker:
    """What a process at work knows of Ctrl-C: once it was pressed, nothing more is begun.

    It does not end by the signal: then its fellows would be ended too, in the middle of a file.
    """

    def __init__(self) -> None:
        self.is_busy = self.is_stopped = False

    def watch(self) -> None:
        """Take note of Ctrl-C from now on."""
        signal.signal(signal.SIGINT, lambda *_: self.stop())
        if hasattr(signal, "pthread_sigmask"):
            signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})

    def stop(self) -> None:
        """Give up what is being done, and do nothing more."""
        self.is_stopped = True
        if self.is_busy:
            raise KeyboardInterrupt

    def do(self, work: Callable[[str], Result], source: str) -> Result:
        """Do one piece of work."""
        if self.is_stopped:
            raise KeyboardInterrupt
        self.is_busy = True
        try:
            return work(source)
        except KeyboardInterrupt:
            self.is_stopped = True
            raise
        finally:
            self.is_busy = False


_worker = _Worker()
"""The one that this process is, if it is one."""


def stop_if_given_up() -> None:
    """End what is done for one of several files, if Ctrl-C was pressed since it began.

    What calls from C into Python may have taken no notice.

    Raises
    ------
    KeyboardInterrupt
        If it was.
    """
    if _worker.is_stopped:
        raise KeyboardInterrupt


def _watch() -> None:
    _worker.watch()


def _do(work: Callable[[str], Result], source: str) -> Result:
    return _worker.do(work, source)


@contextmanager
def _ctrl_c_held() -> Iterator[None]:
    """Let Ctrl-C wait, here and in the processes that are started meanwhile."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def progress(doing: str, total: int) -> Iterator[Callable[[int], None]]:
    """Show how far it is where somebody watches, and take it away at the end."""
    if not doing or total < 2 or not sys.stderr.isatty():  # noqa: PLR2004 - one is soon done
        yield lambda _: None
        return
    began, done = time.monotonic(), 0
    with ExitStack() as shown:
        advance: Callable[[int], None] | None = None

        def went_on(by: int) -> None:
            nonlocal advance, done
            done += by
            if advance is not None:
                advance(by)
            elif time.monotonic() - began > SOON:
                advance = shown.enter_context(_bar(doing, total))
                advance(done)

        yield went_on


@contextmanager
def _bar(doing: str, total: int) -> Iterator[Callable[[int], None]]:
    from rich import progress as rich_progress  # noqa: PLC0415 - only who watches waits for it
    from rich.console import Console  # noqa: PLC0415

    columns = (
        rich_progress.TextColumn(doing),
        rich_progress.BarColumn(),
        rich_progress.MofNCompleteColumn(),
        rich_progress.TimeRemainingColumn(),
    )
    console = Console(stderr=True)
    show = partial(rich_progress.Progress, console=console, transient=True)
    # What is wrong with one of them is told above the bar; what is asked for goes where it goes.
    with show(*columns, redirect_stdout=False) as bar:
        task = bar.add_task(doing, total=total)
        yield lambda by: bar.advance(task, by)


def placed_in(folder: Path, sources: Sequence[str], suffix: str) -> dict[str, Path]:
    """Say which file each source is written to; the folder is made if it is not there.

    Raises
    ------
    DocumentError
        If the folder cannot be made, a source has no name, or two would go to the same file.
    """
    targets = {source: folder / (_stem(source) + suffix) for source in sources}
    twice = [path for path, count in Counter(targets.values()).items() if count > 1]
    if twice or len(targets) < len(sources):
        name = twice[0].name if twice else targets[Counter(sources).most_common(1)[0][0]].name
        raise DocumentError(f"Two of the files would be written to {name}.")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = REASONS.get(error.errno or 0) or (error.strerror or str(error)).lower()
        if isinstance(error, FileExistsError):
            reason = "there is a file of that name"
        raise DocumentError(f"The folder {folder} cannot be made: {reason}.") from None
    return targets


def _stem(source: str) -> str:
    if not source.endswith(SUFFIX):
        raise DocumentError(f"Into a folder go files that end in {SUFFIX}, and no expressions.")
    return Path(source).stem


def named(source: str, sentence: str) -> str:
    """Say of which of several sources a sentence is."""
    name = Path(source).name
    return sentence if sentence.startswith(name) else f"{name}: {sentence}"
