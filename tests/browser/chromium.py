"""A real browser without a screen, spoken to over a pair of pipes in its own protocol for programs.

Nothing but the browser itself is needed: no driver, no port, no library. The protocol is told at
https://chromedevtools.github.io/devtools-protocol/.
"""

from __future__ import annotations

import base64
import json
import os
import select
import shutil
import subprocess
import time
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import numpy as np
from PIL import Image

PROGRAMS = ("chromium-headless-shell", "chromium", "google-chrome", "google-chrome-stable")
"""Programs that all are the same browser; the first that is there is taken.

What Ubuntu calls chromium-browser is not among them: it is a snap, which sees no temporary files.
"""

OPTIONS = (
    "--headless",
    "--no-sandbox",  # which root has none of
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-sync",
    "--no-first-run",
    "--no-default-browser-check",
    "--no-proxy-server",
    "--host-resolver-rules=MAP * ~NOTFOUND",  # no name of another machine means anything to it
    "--hide-scrollbars",
    "--remote-debugging-pipe",
)

PIPES = 'exec "$@" 3<&0 4>&1 </dev/null >/dev/null'
"""It reads from and writes to pipes of these numbers."""

PATIENCE = 120.0
"""Seconds after which an answer will not come any more, on the slowest machine."""

KEYS = {
    "ArrowLeft": 37,
    "ArrowRight": 39,
    "ArrowUp": 38,
    "ArrowDown": 40,
    "Home": 36,
    "End": 35,
    "Enter": 13,
    "Tab": 9,
    " ": 32,
}


def program():
    """Name the browser that is installed."""
    found = next((name for name in PROGRAMS if shutil.which(name)), None)
    assert found is not None, (
        "These tests read what Gradwalk writes in a browser, and there is none: install "
        f"one that is started by one of {', '.join(PROGRAMS)}."
    )
    return found


class Browser:
    """A browser with a folder of its own; `tab` opens a page in it."""

    def __init__(self, folder: Path) -> None:
        command = [program(), *OPTIONS, f"--user-data-dir={folder / 'profile'}"]
        self._said = (folder / "browser.log").open("wb")
        self._process = subprocess.Popen(
            ["/bin/sh", "-c", PIPES, "sh", *command],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._said,
            bufsize=0,
            start_new_session=True,
        )
        self._held = b""
        self._number = 0
        self.events: dict[str, list[dict]] = {}

    def tab(self) -> Tab:
        """Open an empty page."""
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        found = self.call("Target.attachToTarget", targetId=target, flatten=True)
        return Tab(self, target, found["sessionId"])

    def call(self, method: str, session: str | None = None, **parameters):
        """Ask for something, and give the answer."""
        self._number += 1
        asked = {"id": self._number, "method": method, "params": parameters}
        if session is not None:
            asked["sessionId"] = session
        self._process.stdin.write(json.dumps(asked).encode() + b"\0")
        while (told := self._next()).get("id") != self._number:
            self.events.setdefault(told.get("sessionId", ""), []).append(told)
        assert "error" not in told, f"{method}: {told['error']['message']}"
        return told["result"]

    def until(self, session: str, method: str) -> dict:
        """Wait until a page tells of something; give what it tells."""
        kept = self.events.setdefault(session, [])
        at = 0
        while True:
            for event in kept[at:]:
                if event["method"] == method:
                    return event["params"]
            at = len(kept)
            told = self._next()
            self.events.setdefault(told.get("sessionId", ""), []).append(told)

    def _next(self) -> dict:
        deadline = time.monotonic() + PATIENCE
        out = self._process.stdout
        while b"\0" not in self._held:
            ready, _, _ = select.select([out], [], [], max(deadline - time.monotonic(), 0))
            assert ready, "the browser does not answer"
            piece = os.read(out.fileno(), 1 << 20)
            assert piece, f"the browser has ended: {Path(self._said.name).read_text()[-2000:]}"
            self._held += piece
        told, self._held = self._held.split(b"\0", 1)
        return json.loads(told)

    def close(self) -> None:
        """End it."""
        with suppress(AssertionError, BrokenPipeError):
            self.call("Browser.close")
        try:
            self._process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process.stdin.close()
        self._process.stdout.close()
        self._said.close()


class Tab:
    """A page in the browser, with the hands and the eyes that a person has for it."""

    def __init__(self, browser: Browser, target: str, session: str) -> None:
        self._browser, self._target, self._session = browser, target, session
        for domain in ("Page", "Runtime", "Network", "Log"):
            self._call(f"{domain}.enable")

    def _call(self, method: str, **parameters):
        return self._browser.call(method, self._session, **parameters)

    def open(self, path: Path) -> None:
        """Open a file, and wait until all of it is there."""
        self.go(path.resolve().as_uri())

    def go(self, address: str) -> None:
        """Go to an address, and wait until all of it is there."""
        self._told().clear()
        assert "errorText" not in self._call("Page.navigate", url=address)
        self._browser.until(self._session, "Page.loadEventFired")

    def close(self) -> None:
        """Close the page."""
        self._browser.call("Target.closeTarget", targetId=self._target)

    # What has happened

    def _told(self) -> list[dict]:
        return self._browser.events.setdefault(self._session, [])

    def requests(self) -> list[str]:
        """List what the page has asked for since it was opened, itself first.

        What it holds itself, as an address that begins with `data:`, is not asked of anybody.
        """
        self.ask("0")  # what was told until now has arrived
        sent = [e["params"] for e in self._told() if e["method"] == "Network.requestWillBeSent"]
        asked = [request["request"]["url"] for request in sent]
        return [address for address in asked if not address.startswith("data:")]

    def complaints(self) -> list[str]:
        """List all that the page or the browser has written on the console, and all errors."""
        self.ask("0")
        kinds = ("Runtime.exceptionThrown", "Runtime.consoleAPICalled", "Log.entryAdded")
        return [json.dumps(e["params"]) for e in self._told() if e["method"] in kinds]

    # Eyes

    def ask(self, expression: str):
        """Give what a JavaScript expression gives, awaited if it is a promise."""
        found = self._call(
            "Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True
        )
        assert "exceptionDetails" not in found, found["exceptionDetails"]
        return found["result"].get("value")

    def wait(self, expression: str) -> None:
        """Wait until a JavaScript expression is true."""
        deadline = time.monotonic() + PATIENCE
        while not self.ask(expression):
            assert time.monotonic() < deadline, f"waited in vain for {expression}"
            time.sleep(0.02)

    def picture(self) -> np.ndarray:
        """Take a picture of what is in sight: rows, columns, red, green and blue."""
        content = self._call("Page.captureScreenshot", format="png")["data"]
        with Image.open(BytesIO(base64.b64decode(content))) as picture:
            return np.asarray(picture.convert("RGB"))

    def print(self) -> bytes:
        """Print the page; give the PDF."""
        found = self._call("Page.printToPDF", printBackground=True, preferCSSPageSize=True)
        return base64.b64decode(found["data"])

    # How it is looked at

    def window(self, width: int, height: int, scale: float = 1.0) -> None:
        """Give the window a size in pixels."""
        self._call(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=scale,
            mobile=False,
        )

    def prefer(self, *, dark: bool = False, still: bool = False, media: str = "") -> None:
        """Prefer dark colours or little motion; look at it as on paper with the media "print"."""
        features = [
            {"name": "prefers-color-scheme", "value": "dark" if dark else "light"},
            {"name": "prefers-reduced-motion", "value": "reduce" if still else "no-preference"},
        ]
        self._call("Emulation.setEmulatedMedia", media=media, features=features)

    def without_scripts(self) -> None:
        """Run no script that is in a page."""
        self._call("Emulation.setScriptExecutionDisabled", value=True)

    # Hands

    def press(self, key: str, *, shift: bool = False) -> None:
        """Press a key and let it go."""
        facts = {"key": key, "code": "Space" if key == " " else key, "modifiers": 8 * shift}
        facts["windowsVirtualKeyCode"] = KEYS[key]
        text = {" ": " ", "Enter": "\r"}.get(key)
        down = {"type": "keyDown", "text": text} if text else {"type": "rawKeyDown"}
        self._call("Input.dispatchKeyEvent", **down, **facts)
        self._call("Input.dispatchKeyEvent", type="keyUp", **facts)

    def type(self, text: str) -> None:
        """Type some text where the keyboard is."""
        self._call("Input.insertText", text=text)

    def click(self, selector: str) -> None:
        """Click into the middle of what a selector of CSS finds."""
        found = json.dumps(selector)
        x, y = self.ask(
            f"(() => {{ const it = document.querySelector({found});"
            "it.scrollIntoView({ block: 'nearest' });"
            "const box = it.getBoundingClientRect();"
            "return [box.left + box.width / 2, box.top + box.height / 2] })()"
        )
        facts = {"x": x, "y": y, "button": "left", "clickCount": 1}
        for kind in ("mousePressed", "mouseReleased"):
            self._call("Input.dispatchMouseEvent", type=kind, **facts)
