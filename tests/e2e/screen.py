"""A real X server with a window manager, on a display of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.e2e.waiting import until

SIZE = "1400x900x24"
RULES = """<?xml version="1.0"?>
<openbox_config xmlns="http://openbox.org/3.4/rc">
  <focus><focusNew>yes</focusNew></focus>
  <desktops><number>1</number></desktops>
  <mouse>
    <context name="Client">
      <mousebind button="Left" action="Press">
        <action name="Focus"/><action name="Raise"/>
      </mousebind>
    </context>
  </mouse>
</openbox_config>
"""
"""What the window manager does with the mouse: no more than all of them do, so that Alt is ours."""

PROGRAMS = ("Xvfb", "openbox", "xdotool", "xclip", "xprop", "xwininfo")


def missing() -> list[str]:
    """Name the programs that are needed and not there."""
    return [program for program in PROGRAMS if shutil.which(program) is None]


@contextmanager
def x_server(folder: Path) -> Iterator[str]:
    """Start a server, and stop it in the end; gives the name of its display."""
    number, said = folder / "display", folder / "server.log"
    with number.open("wb") as told, said.open("wb") as log:
        server = subprocess.Popen(
            [
                "Xvfb",
                "-displayfd",
                str(told.fileno()),
                "-screen",
                "0",
                SIZE,
                "-nolisten",
                "tcp",
                "-noreset",
            ],
            pass_fds=[told.fileno()],
            stdout=log,
            stderr=log,
        )
        manager, rules = None, folder / "openbox.xml"
        rules.write_text(RULES, encoding="utf-8")
        try:
            until(lambda: number.read_text().endswith("\n"), "the X server has a display")
            display = f":{number.read_text().strip()}"
            manager = subprocess.Popen(
                ["openbox", "--sm-disable", "--config-file", str(rules)],
                stdout=log,
                stderr=log,
                env={**os.environ, "DISPLAY": display, "HOME": str(folder)},
            )
            until(lambda: _is_managed(display), "the window manager is there")
            yield display
        finally:
            for process in (manager, server):
                if process is not None:
                    process.terminate()
                    process.wait(10)


def _is_managed(display: str) -> bool:
    asked = subprocess.run(
        ["xprop", "-display", display, "-root", "_NET_SUPPORTING_WM_CHECK"],
        capture_output=True,
        text=True,
        check=False,
    )
    return "window id" in asked.stdout
