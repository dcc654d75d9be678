"""The pictures of README.md and docs/guide.md, taken of the real window.

Run with `script/pictures`, which takes all, or those that are named.
The window is opened without a screen, at twice the pixels, led through
the app's own signals and mouse events, and grabbed. Nothing is painted over afterwards; the only
thing done to a picture is to store its colours in a palette, which makes the file small.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QSettings

from docs import pictures_of_asking as asking
from docs import pictures_of_building as building
from docs.camera import (
    PICTURES,
    close,
    opened,
    take,
    tell,
    with_few_colours,
)
from gui.app import make_app
from gui.theme import RESOURCES, Choice, themes

LARGEST_FILM = 400_000
"""Bytes of the largest film."""


def walk(name: str, theme: Choice) -> None:
    """The tutorial in the middle of the backward pass."""
    themes().choose(theme)
    window, bench = opened()
    bench.player.seek(6)
    take(window, name)
    close(window, bench)


def film(name: str, theme: Choice) -> None:
    """The walk through the tutorial, as anybody would film it."""
    path = PICTURES / f"{name}.gif"
    source = str(RESOURCES / "examples" / "tutorial.gradwalk")
    look = ["--strip", "--theme", theme, "--size", "800x400", "--scale", "2", "--speed", "0.7"]
    subprocess.run(
        [sys.executable, "main.py", "render", source, "--output", path, *look], check=True
    )
    tell(path, LARGEST_FILM)


def beside(name: str) -> None:
    """A picture with a page beside the graph, at the step where it tells most."""
    path = PICTURES / f"{name}.png"
    source = str(RESOURCES / "examples" / "fan-out.gradwalk")
    look = ["--wrong", "overwrite", "--step", "9", "--size", "960x540", "--scale", "2"]
    subprocess.run(
        [sys.executable, "main.py", "render", source, "--output", path, *look], check=True
    )
    with_few_colours(path)


TAKEN: dict[str, Callable[[], None]] = {
    "walk-dark": partial(film, "walk-dark", "dark"),
    "walk": partial(film, "walk", "light"),
    "window-dark": partial(walk, "window-dark", "dark"),
    "window-light": partial(walk, "window-light", "light"),
    "build": building.wire,
    "add": building.add,
    "snap": building.snap,
    "fan-out": asking.fan_out,
    "check": asking.check,
    "badges": asking.badges,
    "bad-number": asking.bad_number,
    "wrong-rule": asking.wrong_rule,
    "predict": asking.predict,
    "predict-element": asking.predict_element,
    "element-on-canvas": asking.element_on_canvas,
    "arrays": asking.arrays,
    "paths": asking.paths,
    "path-of-arrays": asking.path_of_arrays,
    "plot": asking.plot,
    "derivative": asking.derivative,
    "what-if": asking.what_if,
    "forward": asking.forward,
    "vanishing": asking.vanishing,
    "plane": asking.plane,
    "code": asking.code,
    "lens": asking.lens,
    "export": building.export,
    "beside": partial(beside, "beside"),
    "groups": building.groups,
    "marks": building.marks,
}
"""How each picture is taken."""


def main() -> None:
    """Take the pictures that are named on the command line, or all of them."""
    os.environ |= {"QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": "2"}
    # Nobody's settings, drafts or blocks of their own are to be seen.
    with tempfile.TemporaryDirectory() as home:
        os.environ |= {f"XDG_{name}_HOME": home for name in ("CONFIG", "DATA", "STATE", "CACHE")}
        QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, home)
        app = make_app(["gradwalk"])
        for name in sys.argv[1:] or TAKEN:
            themes().choose("light")
            TAKEN[name]()
        app.quit()


if __name__ == "__main__":
    main()
