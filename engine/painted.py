"""Pictures and films of a recording, painted by what paints the window.

The engine knows no screen. So a process of its own paints: it is given the recording, and the file
to write to, and this one stays as it was. What has been written so far is gone when that process
ends early, whatever ended it.
"""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any, get_type_hints

import msgspec
import numpy as np

from engine import errors
from engine.asking.answers import check
from engine.asking.ask import QUESTIONS, beside_in
from engine.block import function_of
from engine.document import Document
from engine.errors import PictureError
from engine.files import whole_file
from engine.looks import FilmLook, Painted, Progress
from engine.parcel import pack, standing_of
from engine.recording import Recording
from engine.servant import QUIETLY
from engine.wording import listed

PAINTER = """
import sys
if sys.argv[1] not in sys.path:
    sys.path.insert(0, sys.argv[1])
from gui.export.painter import main
sys.exit(main())
"""
"""What is run to paint, given where it is found if it is not installed."""

MISSING = (
    "Pictures and films are painted by PySide6, which is not installed: "
    "pip install PySide6-Essentials."
)


def paint(
    recording: Recording,
    kind: str,
    path: Path | str | None,
    wishes: Mapping[str, Any],
    *,
    document: Document | None = None,
    progress: Progress | None = None,
) -> Painted:
    """Paint a recording into a file, and give the content of that file.

    Parameters
    ----------
    kind
        "png", "pdf", "gif", "webp", "apng" or "mp4".
    path
        Where to; None for nowhere.
    wishes
        What differs from the defaults of `gradwalk render`.
    document
        What was run: it stands as there, with its groups, frames and notes.
    progress
        Is told after each frame how far it is. What it raises gives the film up.

    Raises
    ------
    PictureError
        If it cannot be made so, or PySide6 is not installed.
    DocumentError
        If the file cannot be written; the old one is as it was.
    """
    asked = {name: _wish(name, value) for name, value in wishes.items() if value is not None}
    if find_spec("PySide6") is None:
        raise PictureError(MISSING)
    _check_page(recording, asked)
    telling = bool(asked.get("strip") or asked.get("each_step"))
    head = {"to": kind, **asked, "standing": None if document is None else standing_of(document)}
    depth = asked.get("depth", "student") if telling else None
    content = json.dumps(head).encode() + b"\n" + pack(recording, telling=depth)
    with _target(path, kind) as target, whole_file(target) as file:
        _paint(content, file, progress or (lambda *_: None))
        file.seek(0)
        return Painted(file.read(), kind)


def _check_page(recording: Recording, asked: Mapping[str, Any]) -> None:
    """Raise why no such page can stand beside the graph; return if it can, or none is wished for.

    Raises
    ------
    GradwalkError
        If the question cannot be asked of this walk, there are several, or what paints cannot know
        what a Function does.
    """
    several = [name for name in (*QUESTIONS, "beside") if asked.get(name)]
    if len(several) > 1:
        raise PictureError(f"One page stands beside the graph: choose one of {listed(several)}.")
    ask = beside_in(asked)
    if ask is None and not asked.get("check"):
        return
    functions = (function_of(block) for block in recording.blocks.values() if block.is_function)
    own = next((function.__name__ for function in functions if function.foreign), None)
    if own is not None:
        raise PictureError(
            f"{own} is a Function of your own, and what paints is another process, which cannot "
            "call it: no page can stand beside its graph. A strip below it explains each step."
        )
    if ask is not None:
        check(recording, ask)


WISHES = get_type_hints(FilmLook) | {"step": int, "each_step": bool}


def _wish(name: str, value: Any) -> Any:
    """Hold a wish against its type."""
    if name not in WISHES:
        raise TypeError(f"there is no “{name}” to choose; there are: {', '.join(WISHES)}")
    plain = value.item() if isinstance(value, np.generic) else value
    try:
        made = msgspec.convert(plain, WISHES[name])
    except msgspec.ValidationError:
        raise PictureError(f"{name} cannot be {value!r}.") from None
    if isinstance(made, float) and not 0 < made < math.inf:
        raise PictureError(f"{name} cannot be {value!r}: it is a number above 0.")
    return made


@contextmanager
def _target(path: Path | str | None, kind: str) -> Iterator[Path]:
    if path is not None:
        yield Path(path)
        return
    with TemporaryDirectory() as folder:
        yield Path(folder) / f"walk.{kind}"


def _paint(content: bytes, file: IO[bytes], progress: Progress) -> None:
    """Let another process paint into an open file."""
    root = str(Path(__file__).parents[1])
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONIOENCODING": "utf-8"}
    process = subprocess.Popen(  # noqa: S603 - our own module
        [sys.executable, "-P", "-c", PAINTER, root],
        stdin=subprocess.PIPE,
        stdout=file,
        stderr=subprocess.PIPE,
        env=environment,
        creationflags=QUIETLY,
    )
    assert process.stdin is not None  # noqa: S101 - as it was asked for
    assert process.stderr is not None  # noqa: S101 - the same
    try:
        with suppress(BrokenPipeError), process.stdin:  # what ended it is told below
            process.stdin.write(content)
        told = _follow(process.stderr, progress)
        if process.wait() or told:
            raise PictureError(f"What paints has ended before it was done. {told}".rstrip())
    finally:
        process.kill()
        process.wait()
        process.stderr.close()


def _follow(stream: IO[bytes], progress: Progress) -> str:
    """Hand on how far it is, and raise what is told; give the last line that is nothing of that."""
    last, done = "", False
    for line in stream:
        text = line.decode(errors="replace").strip()
        try:
            facts = json.loads(text)
            words = facts["says"]
        except (ValueError, TypeError, KeyError):
            last = text or last
            continue
        if words == "frame":
            progress(facts["done"], facts["total"])
            done = facts["done"] == facts["total"]
        elif words == "system":
            raise OSError(facts["number"], facts["reason"])
        else:
            raise getattr(errors, facts["kind"])(facts["sentence"])
    return "" if done else last
