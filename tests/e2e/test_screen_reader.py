"""Building and walking with a screen reader, through the real accessibility bus."""

from __future__ import annotations

import pytest

from tests.e2e.conftest import need
from tests.e2e.screen_reader import ScreenReader, missing, session_bus

pytestmark = pytest.mark.e2e


@pytest.fixture
def reader(display, tmp_path):
    need(missing())
    with session_bus(display, tmp_path / "session") as address:
        reader = ScreenReader(address)
        yield reader
        reader.close()


@pytest.fixture
def app(start, reader):
    """The app as it opens, on the tutorial, in a session with a screen reader."""
    return start(bus=reader.session)


@pytest.fixture
def canvas(app, reader):
    """The canvas as the screen reader has it."""
    assert app.cards()
    return reader.find("Canvas", "canvas")


def test_it_reads_out_blocks_ports_and_wires(reader, canvas):
    assert reader.names(canvas) == ["x", "Square → a", "Exp → b", "Square → y"]
    square = reader.part(canvas, "Square → a")
    assert reader.role(square) == "list item"
    assert reader.names(square) == ["Input x of Square, takes x", "a"]
    port = reader.part(square, "Input x of Square, takes x")
    assert reader.role(port) == "push button"
    assert reader.names(port) == ["Wire from x to a"]


def test_it_follows_the_walk_step_by_step(app, desk, reader, canvas):
    def told(name):
        return reader.description(reader.part(canvas, name)).split("\n")

    def port_of_exp():
        return reader.part(reader.part(canvas, "Exp → b"), "Input x of Exp, takes a")

    desk.key("Home")
    app.until(lambda: told("Square → a") == [""], "nothing is known of a yet")
    assert told("x") == ["x = 0.5"]
    desk.key("Right")
    app.until(lambda: "a = 0.25" in told("Square → a"), "a has its value")
    assert told("Exp → b") == [""]
    desk.key("End", "Left")
    app.until(lambda: "∂y/∂a = 3.297442541400256" in told("Square → a"), "a has its gradient")
    assert told("x") == ["x = 0.5"]
    (wire,) = reader.parts(port_of_exp())
    assert reader.name(wire) == "Wire from a to b"
    assert "contribution 3.297442541400256" in reader.description(wire)
    desk.key("Right")
    app.until(lambda: "∂y/∂x = 3.297442541400256" in told("x"), "x has its gradient")
    desk.key("Home")
    app.until(lambda: told("x") == ["x = 0.5"], "which is taken back with the steps")


def test_it_is_told_where_the_keyboard_goes_and_what_is_built(app, desk, reader, canvas):
    desk.key("alt+Right", "alt+Right")
    reader.hears_focus_at("Square → a")
    desk.key("Down")
    reader.hears_focus_at("Input x of Square, takes x")
    app.append("exp")
    app.until(lambda: "Exp → c" in reader.names(canvas), "the new block is read out")
    desk.key("ctrl+z")
    app.until(lambda: "Exp → c" not in reader.names(canvas), "and is gone again")
    # A menu and what stands at the side are read out, too.
    reader.find("To the End", "menu item")
    reader.find("Code", "page tab")
