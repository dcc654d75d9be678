"""A person at a desk: a mouse, a keyboard, a clipboard and eyes, all of them real to the app."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import numpy as np
from PIL import Image, ImageGrab

from tests.e2e.picture import Box, Point
from tests.e2e.waiting import until

LEFT, MIDDLE = 1, 2
"""Buttons of the mouse."""

STRIDE = 12
"""Pixels from one place of the mouse to the next while it is moved with a button held."""

HAND = "0.008"
"""Seconds from one place to the next: no hand is faster, and Qt sees each of them."""


class Desk:
    """What a person has in front of them.

    Parameters
    ----------
    display
        Name of the X display.
    """

    def __init__(self, display: str) -> None:
        self.display = display
        self._environment = {**os.environ, "DISPLAY": display, "LC_ALL": "C.UTF-8"}

    # The mouse

    def move(self, to: Point) -> None:
        """Put the mouse somewhere."""
        self._xdotool("mousemove", *map(str, to))

    def press(self, button: int = LEFT) -> None:
        """Press a button and hold it."""
        self._xdotool("mousedown", str(button))

    def release(self, button: int = LEFT) -> None:
        """Let a button go."""
        self._xdotool("mouseup", str(button))

    def click(self, at: Point, times: int = 1) -> None:
        """Click somewhere, once or more."""
        self.move(at)
        self._xdotool("click", "--repeat", str(times), "--delay", "40", "1")

    def click_middle(self, at: Point) -> None:
        """Click somewhere with the middle button."""
        self.move(at)
        self._xdotool("click", "2")

    def double_click(self, at: Point) -> None:
        """Click somewhere twice."""
        self.click(at, times=2)

    def glide(self, start: Point, end: Point) -> None:
        """Move the mouse step by step, as a hand does."""
        steps = max(abs(end[0] - start[0]), abs(end[1] - start[1])) // STRIDE + 2
        words: list[str] = []
        for step in range(1, steps + 1):
            share = step / steps
            x, y = (round(a + (b - a) * share) for a, b in zip(start, end, strict=True))
            words += ["mousemove", str(x), str(y), "sleep", HAND]
        self._xdotool(*words)

    def drag(self, start: Point, *ends: Point, button: int = LEFT, holding: str = "") -> None:
        """Press somewhere, move to one place after the other, and let go at the last."""
        self.carry(start, *ends, button=button, holding=holding)
        self.release(button)
        if holding:
            self.let_go(holding)

    def carry(self, start: Point, *ends: Point, button: int = LEFT, holding: str = "") -> None:
        """Press somewhere, move to one place after the other, and do not let go."""
        self.move(start)
        if holding:
            self.hold(holding)
        self.press(button)
        for end in ends:
            self.glide(start, end)
            start = end

    def turn_wheel(self, at: Point, notches: int) -> None:
        """Turn the wheel somewhere: away from you, or towards you where that is negative."""
        self.move(at)
        for _ in range(abs(notches)):
            self._xdotool("click", "4" if notches > 0 else "5")

    def drag_and_drop(self, start: Point, end: Point) -> None:
        """Drag a thing out of one widget into another, and let go once it hangs on the mouse."""
        self.move(end)
        before = self._seen_at(end)
        self.move(start)
        self.press()
        self.glide(start, end)

        def hangs_on() -> bool:
            self._xdotool("mousemove_relative", "1", "0", "mousemove", *map(str, end))
            return not np.array_equal(self._seen_at(end), before)

        try:
            until(hangs_on, f"what was dragged from {start} is seen at {end}")
        finally:
            self.release()

    # The keyboard

    def key(self, *keys: str) -> None:
        """Press keys one after the other, such as "ctrl+shift+c" or "Return"."""
        self._xdotool("key", "--delay", "20", *keys)

    def key_and_see(self, *keys: str) -> None:
        """Press keys in a menu: each once what the one before did is seen, as a person would."""
        for key in keys:
            before = self.look()
            self.key(key)
            until(lambda old=before: not np.array_equal(self.look(), old), f"{key} does something")

    def hold(self, key: str) -> None:
        """Press a key and hold it."""
        self._xdotool("keydown", key)

    def let_go(self, key: str) -> None:
        """Let a key go."""
        self._xdotool("keyup", key)

    def let_go_of_all(self) -> None:
        """Let go of what is still held: after a test that failed, the next could do nothing."""
        for key in ("alt", "shift", "ctrl"):
            self.let_go(key)
        for button in (LEFT, MIDDLE):
            self.release(button)

    def type(self, text: str) -> None:
        """Type a text."""
        self._xdotool("type", "--delay", "15", "--", text)

    # The clipboard

    def clipboard(self) -> str:
        """Paste what is on the clipboard."""
        pasted = subprocess.run(
            ["xclip", "-o", "-selection", "clipboard"],
            capture_output=True,
            env=self._environment,
            check=False,
            timeout=10,
        )
        return pasted.stdout.decode()

    def put_on_clipboard(self, text: str) -> None:
        """Copy a text."""
        subprocess.run(
            ["xclip", "-i", "-selection", "clipboard"],
            input=text.encode(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=self._environment,
            check=True,
            timeout=10,
        )
        until(lambda: self.clipboard() == text, "the clipboard holds what was copied")

    # The eyes

    def look(self) -> np.ndarray:
        """See the whole screen: rows, columns, and red, green and blue from 0 to 255."""
        return np.asarray(ImageGrab.grab(xdisplay=self.display).convert("RGB"))

    def take_picture(self, path: Path) -> None:
        """Keep what is on the screen in a file."""
        Image.fromarray(self.look()).save(path)

    def find_window(self, title: str) -> str | None:
        """Give the id of a window that can be seen, by the words that its title ends with."""
        found = self._ask("xdotool", "search", "--onlyvisible", "--name", f"{title}$").split()
        return found[0] if found else None

    def wait_for_window(self, title: str) -> str:
        """Wait until a window is there that has the keyboard; give its id."""

        def window() -> str | None:
            found = self.find_window(title)
            return found if found is not None and found == self.focused() else None

        return until(window, f"there is a window called “{title}”")

    def focused(self) -> str:
        """Give the id of the window that has the keyboard; "" if none has."""
        return self._ask("xdotool", "getwindowfocus").strip()

    def owner_of_keyboard(self) -> int | None:
        """Give the number of the process whose window has the keyboard."""
        told = self._ask("xdotool", "getwindowfocus", "getwindowpid").strip()
        return int(told) if told.isdigit() else None

    def title(self, window: str) -> str:
        """Read the title of a window."""
        return self._ask("xdotool", "getwindowname", window).strip()

    def box(self, window: str) -> Box:
        """See where a window is, without what the window manager puts around it."""
        told = self._ask("xwininfo", "-id", window)
        facts = dict(line.split(":", 1) for line in told.splitlines() if line.count(":") == 1)
        facts = {name.strip(): value.strip() for name, value in facts.items()}
        names = ("Absolute upper-left X", "Absolute upper-left Y", "Width", "Height")
        return Box(*(int(facts[name]) for name in names))

    # Inside

    def _seen_at(self, at: Point) -> np.ndarray:
        x, y = at
        return self.look()[y - 8 : y + 8, x - 8 : x + 8]

    def _xdotool(self, *words: str) -> None:
        subprocess.run(
            ["xdotool", *words],
            env=self._environment,
            check=True,
            timeout=60,
            capture_output=True,
        )

    def _ask(self, *words: str) -> str:
        asked = subprocess.run(
            words, capture_output=True, env=self._environment, check=False, timeout=10
        )
        return asked.stdout.decode()
