"""What paints a recording of another process: it comes in, and a picture or a film goes out.

`engine.painted` starts it. On stdin come a line of wishes and the recording, stdout is the file to
write, and on stderr stands a line of JSON for each frame, or for what went wrong.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from pathlib import Path
from typing import Any

from engine.asking.ask import beside_in
from engine.errors import GradwalkError
from engine.parcel import Parcel, stood, unpack
from gui.document import OpenDocument
from gui.export.command import make_app_once
from gui.export.formats import FORMATS
from gui.export.orders import Order, Work
from gui.export.studio import Look, Studio
from gui.export.timing import Pace
from gui.layout import laid_out


def main() -> int:
    """Paint what comes in; give the exit status."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever started it ends it
    head, _, content = sys.stdin.buffer.read().partition(b"\n")
    try:
        # A file of its own: Python's stdout would not go back to its beginning.
        with os.fdopen(os.dup(sys.stdout.fileno()), "w+b") as file:
            work = _work(json.loads(head), unpack(content))
            before = None
            for done in work.write(file):
                if done != before:
                    _say(says="frame", done=done, total=work.total)
                before = done
    except GradwalkError as error:
        _say(says="sentence", kind=type(error).__name__, sentence=error.sentence)
        return 2
    except OSError as error:
        _say(says="system", number=error.errno, reason=error.strerror)
        return 2
    return 0


def _work(wishes: dict[str, Any], parcel: Parcel) -> Work:
    """Make an order of what is wished for, and have it ready to be carried out."""
    make_app_once()
    each_step = wishes.get("each_step", False)
    beside = beside_in(wishes)
    tells = beside is not None and beside.what == "step"
    look = Look(
        size=tuple(wishes["size"]) if "size" in wishes else None,
        scale=wishes.get("scale", 1.0),
        dark=wishes.get("theme") == "dark",
        transparent=wishes.get("transparent", False),
        strip=wishes.get("strip", False) or (each_step and not tells),
        all_numbers=wishes.get("all_numbers", False),
        heat=wishes.get("by_gradient", False),
        beside=beside,
        depth=wishes.get("depth", "student"),
        check=wishes.get("check", False),
        predict=wishes.get("predict", False),
    )
    step, steps = wishes.get("step"), wishes.get("steps")
    default = Pace()
    order = Order(
        FORMATS[wishes["to"]],
        look,
        (step, step) if step is not None else None if steps is None else tuple(steps),
        pace=Pace(wishes.get("fps", default.rate), wishes.get("speed", default.speed)),
        each_step=each_step,
        grain=wishes.get("step_is", "block"),
        phase=0.0 if look.predict else 1.0,
    )
    if wishes["standing"] is None:
        document = laid_out(parcel.graph, parcel.recording.target)
    else:
        document = stood(wishes["standing"], parcel)
    opened = OpenDocument(document, recording=parcel.recording)
    opened.fold_large()
    told = parcel.told
    studio = Studio(opened, look, tell=lambda moment: told[moment.cursor])
    return Work(studio, order, Path())


def _say(**facts: object) -> None:
    sys.stderr.write(json.dumps(facts) + "\n")
    sys.stderr.flush()
