"""A screen reader at the desk: it listens on the accessibility bus, as Orca does, and sees nothing.

What it needs of D-Bus, jeepney speaks.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from jeepney import (
    DBusAddress,
    HeaderFields,
    MatchRule,
    MessageType,
    Properties,
    message_bus,
    new_method_call,
)
from jeepney.io.blocking import DBusConnection, Proxy, open_dbus_connection

from tests.e2e.waiting import until

ROOT = "/org/a11y/atspi/accessible/root"
REGISTRY = "org.a11y.atspi.Registry"
PATIENCE = 10.0

SERVICE = Path("/usr/share/dbus-1/services/org.a11y.Bus.service")
"""What lets a session start an accessibility bus."""

EVENTS = 1000
"""How many can wait to be heard."""


@dataclass(frozen=True)
class Part:
    """Something that can be read out: where on the bus it is."""

    name: str
    path: str


class ScreenReader:
    """What is read out of the apps on a bus.

    Parameters
    ----------
    session
        Address of the bus of the session.

    Attributes
    ----------
    session
        The same; the apps that are to be read need it, too.
    """

    def __init__(self, session: str) -> None:
        self.session = session
        with open_dbus_connection(session) as desk:
            where = DBusAddress("/org/a11y/bus", "org.a11y.Bus", "org.a11y.Bus")
            address = _asked(desk, new_method_call(where, "GetAddress"))[0]
            # This is what tells apps that somebody listens.
            status = DBusAddress("/org/a11y/bus", "org.a11y.Bus", "org.a11y.Status")
            for switch in ("IsEnabled", "ScreenReaderEnabled"):
                _asked(desk, Properties(status).set(switch, "b", value=True))
        self._bus = open_dbus_connection(address)
        self._heard = MatchRule(
            type="signal", interface="org.a11y.atspi.Event.Object", member="StateChanged"
        )
        Proxy(message_bus, self._bus).AddMatch(self._heard)
        self._listening = self._bus.filter(self._heard, bufsize=EVENTS)
        self._events = self._listening.__enter__()
        registry = DBusAddress("/org/a11y/atspi/registry", REGISTRY, REGISTRY)
        wanted = "object:state-changed:focused", [], ""
        _asked(self._bus, new_method_call(registry, "RegisterEvent", "sass", wanted))

    def close(self) -> None:
        """Stop listening."""
        self._listening.__exit__(None, None, None)
        self._bus.close()

    # What is there

    def find(self, name: str, role: str) -> Part:
        """Find what is called so and is such a thing, in any window, once it is there."""
        return until(lambda: self._search(name, role), f"a screen reader finds the {role} “{name}”")

    def parts(self, whole: Part) -> list[Part]:
        """List what something is made of."""
        return [Part(*found) for found in self._ask(whole, "Accessible", "GetChildren")[0]]

    def name(self, part: Part) -> str:
        """Read what something is called."""
        return self._property(part, "Name")

    def description(self, part: Part) -> str:
        """Read what else is said about it."""
        return self._property(part, "Description")

    def role(self, part: Part) -> str:
        """Read what kind of thing it is."""
        return self._ask(part, "Accessible", "GetRoleName")[0]

    def names(self, whole: Part) -> list[str]:
        """Read what the parts of something are called."""
        return [self.name(part) for part in self.parts(whole)]

    def part(self, whole: Part, name: str) -> Part:
        """Give the part that is called so."""
        return next(part for part in self.parts(whole) if self.name(part) == name)

    # What happens

    def hears_focus_at(self, name: str) -> None:
        """Wait until it is told that the keyboard has come to what is called so."""
        told: list[str] = []

        def is_told() -> bool:
            _asked(self._bus, message_bus.GetId())  # with the answer comes what was told before
            while self._events:
                event = self._events.popleft()
                if event.body[:2] == ("focused", 1):
                    fields = event.header.fields
                    sender, path = fields[HeaderFields.sender], fields[HeaderFields.path]
                    told.append(self.name(Part(sender, path)))
            return name in told

        try:
            until(is_told, f"the keyboard comes to “{name}”")
        except AssertionError as error:
            error.add_note(f"it was told of {told}")
            raise

    # Inside

    def _search(self, name: str, role: str) -> Part | None:
        waiting = [Part(REGISTRY, ROOT)]
        while waiting:
            part = waiting.pop(0)
            if self.role(part) == role and self.name(part) == name:
                return part
            waiting += self.parts(part)
        return None

    def _ask(self, part: Part, interface: str, method: str) -> tuple:
        address = DBusAddress(part.path, part.name, f"org.a11y.atspi.{interface}")
        return _asked(self._bus, new_method_call(address, method))

    def _property(self, part: Part, name: str) -> str:
        address = DBusAddress(part.path, part.name, "org.a11y.atspi.Accessible")
        return _asked(self._bus, Properties(address).get(name))[0][1]


def _asked(bus: DBusConnection, message: object) -> tuple:
    reply = bus.send_and_get_reply(message, timeout=PATIENCE)
    assert reply.header.message_type is MessageType.method_return, reply.body
    return reply.body


def missing() -> list[str]:
    """Name what a bus of a session needs and what is not there."""
    found = [] if shutil.which("dbus-daemon") else ["dbus-daemon"]
    return found if SERVICE.exists() else [*found, "at-spi2-core"]


@contextlib.contextmanager
def session_bus(display: str, folder: Path) -> Iterator[str]:
    """Run a bus of a session for a display, and give its address.

    Its accessibility bus is started by it, by name, when somebody asks for it.
    """
    runtime = folder / "runtime"
    runtime.mkdir(mode=0o700, parents=True)
    environment = {
        "PATH": os.environ["PATH"],
        "DISPLAY": display,
        "HOME": str(folder),
        "XDG_RUNTIME_DIR": str(runtime),
        "GSETTINGS_BACKEND": "memory",
    }
    with (folder / "bus.txt").open("wb") as said:
        bus = subprocess.Popen(
            ["dbus-daemon", "--session", "--nofork", "--nopidfile", "--print-address"],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=said,
            start_new_session=True,
        )
    assert bus.stdout is not None
    try:
        yield bus.stdout.readline().decode().strip()
    finally:
        os.killpg(bus.pid, signal.SIGTERM)  # with the bus that it has started
        bus.wait(PATIENCE)
        bus.stdout.close()
