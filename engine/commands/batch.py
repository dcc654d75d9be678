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
        with ProcessPoolExecutor(processes, context, _let_ctrl_c_end_it) as pool:
            try:
                for source, result in zip(sources, pool.map(work, sources), strict=True):
                    yield source, result
                    went_on(1)
            except BrokenProcessPool:
                raise DocumentError(
                    "One of the processes at work was ended from outside."
                ) from None
            finally:
                pool.shutdown(wait=False, cancel_futures=True)


def _let_ctrl_c_end_it() -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)


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
