"""Gradwalk as it runs on a desk: where its parts are, found by looking, and what it says."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np

from tests.e2e.desk import Desk
from tests.e2e.picture import Box, Point, area, is_colour, is_near, islands, longest_stretch
from tests.e2e.waiting import PATIENCE, Found, until

ROOT = Path(__file__).resolve().parents[2]
COLOURS = json.loads((ROOT / "resources" / "tokens.json").read_text(encoding="utf-8"))
NOTHING = "nothing was copied yet"
PASSED = "#FFF6F0"
"""Fill of a card that the gradient has passed: half of orange_bg on card, in the light theme."""

LARGE = 100
"""Pixels of its ground in a row or column that goes through the canvas."""

AROUND = 12
"""How far from a card the line around it may be, in pixels."""

OUTLINED = 0.6
"""Share of its height along which the line is seen; ports and wires cover the rest."""

FILLED = 0.4
"""Share of a piece of text that shows its ground; of a field that has a frame, far less is."""

SMALLEST = 30
"""Shortest side of a block, in pixels; ports and numbers are smaller."""


class Gradwalk:
    """One run of the app, with its window.

    Parameters
    ----------
    desk
        Who uses it.
    home
        Folder where it keeps its settings.
    files
        What it is to open.
    bus
        Address of the bus of the session; none without one.
    """

    def __init__(self, desk: Desk, home: Path, *files: Path, bus: str = "") -> None:
        self.desk = desk
        self._errors = home / "stderr.txt"
        runtime = home / "runtime"
        runtime.mkdir(mode=0o700, exist_ok=True)
        kept = {
            name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH") if name in os.environ
        }
        environment = {
            **kept,
            "DISPLAY": desk.display,
            "QT_QPA_PLATFORM": "xcb",
            "HOME": str(home),
            "XDG_CONFIG_HOME": str(home / "config"),
            "XDG_DATA_HOME": str(home / "data"),
            "XDG_RUNTIME_DIR": str(runtime),
            "LC_ALL": "C.UTF-8",
            **({"DBUS_SESSION_BUS_ADDRESS": bus} if bus else {}),
        }
        with self._errors.open("ab") as errors:
            self._process = subprocess.Popen(
                [sys.executable, str(ROOT / "main.py"), *map(str, files)],
                env=environment,
                cwd=home,
                stdin=subprocess.DEVNULL,
                stdout=errors,
                stderr=errors,
            )
        self.window = ""

    # Its life

    def arrive(self) -> None:
        """Wait until it is there, painted and with the keyboard; a message may stand before it."""
        # The first start on a machine reads all of Qt from the disk and compiles all of ours.
        self.window = self.until(
            lambda: self.desk.find_window(" — Gradwalk"), "it has a window", 5 * PATIENCE
        )

        def is_painted() -> bool:
            return bool(self.cards()) or self.desk.find_window("Not opened") is not None

        self.until(is_painted, "the tutorial is painted")
        self.until(
            lambda: self.desk.owner_of_keyboard() == self._process.pid, "it has the keyboard"
        )

    def until(self, condition: Callable[[], Found], what: str, patience: float = PATIENCE) -> Found:
        """Wait until something is so; give up at once if the app ends or prints anything."""

        def check() -> Found:
            said = self.said()
            assert not said, f"the app printed: {said}"
            assert self._process.poll() is None, "the app has ended"
            return condition()

        return until(check, what, patience)

    def said(self) -> str:
        """Read what it printed."""
        return self._errors.read_text()

    def quit(self) -> int:
        """Close it with Ctrl+Q, when there is nothing to ask; give its exit status."""
        self.desk.key("ctrl+q")
        return self.ended()

    def ended(self) -> int:
        """Wait until it has ended; give its exit status."""
        return self._process.wait(PATIENCE)

    def kill(self) -> None:
        """End it if it still runs."""
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait(10)

    # Its parts

    @property
    def title(self) -> str:
        """The title of its window."""
        return self.desk.title(self.window)

    @property
    def is_dark(self) -> bool:
        """Whether the ground of the canvas is dark."""
        seen = self.desk.look()
        dark = is_colour(seen, COLOURS["dark"]["bg"]).sum()
        return bool(dark > is_colour(seen, COLOURS["light"]["bg"]).sum())

    def canvas(self) -> Box:
        """Where the canvas is."""
        found = area(self._ground(self.desk.look()), LARGE)
        assert found is not None, "there is no canvas"
        return found

    def cards(self) -> list[Box]:
        """Where Functions stand, from left to right."""
        return self._blocks(round_ones=False)

    def selected_cards(self) -> list[Box]:
        """Where those of them are that have a line around them."""
        line = is_near(self.desk.look(), *(theme["blue"] for theme in COLOURS.values()))

        def is_outlined(box: Box) -> bool:
            rows = slice(box.top + box.height // 4, box.bottom - box.height // 4)
            beside = line[rows, box.left - AROUND : box.left], line[rows, box.right :][:, :AROUND]
            return all(side.any(axis=1).mean() > OUTLINED for side in beside)

        return [box for box in self.cards() if is_outlined(box)]

    def marked_text(self) -> Box | None:
        """Where the expression stands out because it is selected on the canvas, if any does."""
        seen, canvas = self.desk.look(), self.canvas()
        ground = is_colour(seen, *(theme["line"] for theme in COLOURS.values()))
        above = ground[: canvas.top]
        found = [
            box
            for box in islands(above, 8)
            if above[box.top : box.bottom, box.left : box.right].mean() > FILLED
        ]
        return found[0] if found else None

    def pills(self) -> list[Box]:
        """Where inputs stand and, last, the pill at the end of a chain, from left to right."""
        return self._blocks(round_ones=True)

    def entry(self) -> Point:
        """Where the first entry in the palette is, below the search field."""
        window, panel = self.desk.box(self.window), self.canvas().left
        field = is_colour(self.desk.look(), COLOURS["light"]["sel"], COLOURS["dark"]["sel"])
        left = islands(field[:, window.left : panel], 20)[0]
        return window.left + 100, left.bottom + 60

    def timeline(self) -> tuple[Point, Point]:
        """Where its first and its last step are."""
        window, seen = self.desk.box(self.window), self.desk.look()
        bar = seen[window.bottom - 72 : window.bottom - 8, window.left : window.right]
        found = longest_stretch(~is_colour(bar, *(c["panel"] for c in COLOURS.values())), 14)
        assert found is not None, "there is no timeline"
        y = window.bottom - 72 + found.top
        return (window.left + found.left + 8, y), (window.left + found.right - 8, y)

    def complaint(self) -> Box | None:
        """Where the canvas says why something may not be done, if it does.

        The sentence may lie over the edge of the canvas, so it is looked for beside it, too.
        """
        seen, canvas = self.desk.look(), self.canvas()
        filled = is_colour(seen, *(theme["bad_bg"] for theme in COLOURS.values()))
        filled[: canvas.top] = False
        found = islands(filled, 20)
        wide = [box for box in found if box.width > 4 * box.height or box.width > 250]
        begun = [box for box in wide if canvas.left <= box.left < canvas.right]
        return begun[0] if begun else None

    # Using it

    def search(self, words: str) -> None:
        """Search the palette by keyboard."""
        self.desk.key("slash")
        self.desk.type(words)

    def drop(self, words: str, at: Point) -> None:
        """Drag the entry that these words find from the palette to a place on the canvas."""
        self.search(words)
        self.desk.drag_and_drop(self.entry(), at)

    def append(self, words: str) -> None:
        """Append the entry that these words find, by keyboard."""
        self.search(words)
        self.desk.key("Return")

    def set_value(self, pill: Box, text: str) -> None:
        """Type another value into an input."""
        self.desk.double_click(pill.centre)
        self.desk.type(text)
        self.desk.key("Return")

    def step(self) -> str:
        """Copy the step under the cursor, and give it as text."""
        self.desk.put_on_clipboard(NOTHING)
        self.desk.key("ctrl+shift+c")

        def copied() -> str:
            text = self.desk.clipboard()
            return "" if text == NOTHING else text

        return self.until(copied, "the step is copied")

    def expression(self) -> str:
        """Copy the text above the canvas, and leave it as it is."""
        self.desk.put_on_clipboard(NOTHING)
        self.desk.key("ctrl+t", "ctrl+a", "ctrl+c", "Escape")
        return self.until(
            lambda: (text := self.desk.clipboard()) != NOTHING and text, "the text is copied"
        )

    def heading(self) -> str:
        """Copy the step under the cursor, and give its first line."""
        return self.step().splitlines()[0]

    def last_number(self) -> float:
        """Read the number at the end of the step under the cursor."""
        return float(self.step().rsplit("=", 1)[1])

    def save_as(self, path: Path) -> None:
        """Save for the first time: Ctrl+S, and the name of the file."""
        self.desk.key("ctrl+s")
        self.desk.wait_for_window("Save As")
        self.desk.type(str(path))
        self.desk.key("Return")
        self.until(path.is_file, "the file is there")

    # Inside

    def _ground(self, seen: np.ndarray) -> np.ndarray:
        return is_colour(seen, *(theme["bg"] for theme in COLOURS.values()))

    def _on_canvas(self, *colours: str) -> tuple[np.ndarray, Box]:
        """Tell which pixels of the canvas have one of some colours, and where the canvas is."""
        seen = self.desk.look()
        canvas = area(self._ground(seen), LARGE) or Box(0, 0, 0, 0)
        here = slice(canvas.top, canvas.bottom), slice(canvas.left, canvas.right)
        found = np.zeros(seen.shape[:2], bool)
        found[here] = is_colour(seen[here], *colours)
        return found, canvas

    def _blocks(self, *, round_ones: bool) -> list[Box]:
        fills = [theme[name] for theme in COLOURS.values() for name in ("card", "bad_bg")]
        filled, canvas = self._on_canvas(*fills, PASSED)
        overview = canvas.right - 30, canvas.bottom - 30
        return [
            box
            for box in islands(filled, SMALLEST)
            if box.width < 3 * box.height
            and not box.contains(overview)
            and _is_round(filled, box) == round_ones
        ]


def _is_round(filled: np.ndarray, box: Box) -> bool:
    """Tell a pill from a card: near its corner, a pill is not there."""
    inset = round(0.08 * box.height)
    return not filled[box.top + inset, box.left + inset]


def walked(path: Path) -> list[dict]:
    """Walk a saved document in a terminal; give its steps."""
    told = subprocess.run(
        [sys.executable, str(ROOT / "main.py"), "walk", str(path), "--json"],
        capture_output=True,
        text=True,
        check=True,
    )
    return [json.loads(line) for line in told.stdout.splitlines()]
