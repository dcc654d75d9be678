"""Copying and pasting for real: between two windows, into other programs and out of them."""

from __future__ import annotations

import json
import shutil
import subprocess

import pytest

from tests.e2e.test_living import EXAMPLES

pytestmark = pytest.mark.e2e

EXPRESSION = "x = 0.5\ny = square(exp(square(x)))"


def as_form(desk, form):
    """Take what is on the clipboard in one form, as another program would."""
    return subprocess.run(
        ["xclip", "-o", "-selection", "clipboard", "-t", form, "-display", desk.display],
        capture_output=True,
        check=True,
        timeout=10,
    ).stdout


def copied(app, desk):
    """Copy everything, and wait until it is on the clipboard."""
    desk.put_on_clipboard("not yet")
    desk.key("ctrl+a", "ctrl+c")
    return app.until(lambda: (text := desk.clipboard()) != "not yet" and text, "it is copied")


def test_blocks_go_from_one_window_to_another_and_can_be_read_between(app, desk, start, tmp_path):
    assert copied(app, desk) == EXPRESSION
    document = json.loads(as_form(desk, "application/json"))
    assert {block["name"] for block in document["blocks"]} == {"x", "a", "b", "y"}
    assert as_form(desk, "application/x-gradwalk") == as_form(desk, "application/json")

    path = tmp_path / "other.gradwalk"
    shutil.copy(EXAMPLES / "tutorial.gradwalk", path)
    other = start(path)
    other.window = desk.wait_for_window("other — Gradwalk")
    desk.key("ctrl+a", "Delete")
    other.until(lambda: not other.cards(), "it is empty")
    desk.key("ctrl+v")
    other.until(lambda: len(other.cards()) == 3, "the blocks are there")
    desk.key("End")
    assert other.last_number() == 3.297442541400256
    desk.key("ctrl+z")
    other.until(lambda: not other.cards(), "one undo takes it all back")


def test_an_expression_from_a_chat_is_put_down_at_the_pointer(app, desk):
    desk.key("ctrl+n")
    app.until(lambda: not app.cards() and not app.pills(), "there is a new document")
    desk.put_on_clipboard("x = 2\ny = x * exp(x)")
    ground = app.canvas()
    spot = ground.at(0.5, 0.3)
    desk.move(spot)
    desk.key("ctrl+v")
    cards = app.until(lambda: len(app.cards()) == 2 and app.cards(), "the blocks are there")
    assert all(abs(card.centre[1] - spot[1]) < ground.height // 4 for card in cards)
    desk.key("End")
    assert app.last_number() == pytest.approx(3 * 2.718281828459045**2)


def test_blocks_are_duplicated_with_the_wires_between_them_and_cut_and_pasted(app, desk):
    desk.key("ctrl+a", "ctrl+d")
    app.until(lambda: app.heading() == "Forward · step 1 of 12", "there are twice as many values")
    assert len(app.cards()) == 6
    desk.key("ctrl+x")
    app.until(lambda: len(app.cards()) == 3, "the copies, which were selected, are cut")
    assert "square(exp(square(" in desk.clipboard()
    desk.key("ctrl+v")
    app.until(lambda: app.heading() == "Forward · step 1 of 12", "and pasted, with their wires")
    desk.key("ctrl+z", "ctrl+z", "ctrl+z")
    app.until(lambda: app.title == "Tutorial — Gradwalk", "three undos take all of it back")


@pytest.mark.parametrize(
    "text", ["The quick brown fox.", '{"format": "gradwalk", "blo', "y = square(x" * 4_000_000]
)
def test_what_cannot_become_blocks_says_so_and_changes_nothing(app, desk, text):
    subprocess.run(
        ["xclip", "-i", "-selection", "clipboard", "-display", desk.display],
        input=text.encode(),
        check=True,
        timeout=10,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    desk.move(app.canvas().at(0.5, 0.8))
    desk.key("ctrl+v")
    app.until(app.complaint, "there is a complaint")
    assert app.title == "Tutorial — Gradwalk"
    assert len(app.cards()) == 3


def test_an_image_cannot_become_blocks_and_says_so(app, desk, tmp_path):
    path = tmp_path / "picture.png"
    desk.take_picture(path)
    subprocess.run(
        [
            "xclip",
            "-i",
            "-selection",
            "clipboard",
            "-t",
            "image/png",
            "-display",
            desk.display,
            path,
        ],
        check=True,
        timeout=10,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    desk.move(app.canvas().at(0.5, 0.8))
    desk.key("ctrl+v")
    app.until(app.complaint, "there is a complaint")
    assert app.title == "Tutorial — Gradwalk"
    assert len(app.cards()) == 3


def test_the_text_of_a_document_goes_through_a_chat_and_keeps_the_places(app, desk):
    cards = app.cards()
    desk.drag(cards[1].at(0.5, 0.8), (cards[1].centre[0], cards[1].bottom + 100))
    shape = app.until(lambda: (now := app.cards())[1].top > cards[1].top + 50 and now, "one is low")
    desk.put_on_clipboard("not yet")
    desk.key("ctrl+a", "ctrl+alt+c")
    text = app.until(lambda: (now := desk.clipboard()) != "not yet" and now, "it is copied")
    assert json.loads(text)["format"] == "gradwalk"
    desk.put_on_clipboard(text)  # as a chat gives it back: nothing but text
    desk.key("ctrl+n")
    app.until(lambda: app.title == "Untitled — Gradwalk", "there is a new document")
    desk.key("ctrl+v")
    app.until(lambda: len(app.cards()) == 3, "the blocks are there")
    desk.key("ctrl+1")
    pasted = app.cards()
    one, two = pasted[1].top - pasted[0].top, pasted[1].left - pasted[0].left
    was_one, was_two = shape[1].top - shape[0].top, shape[1].left - shape[0].left
    assert one / two == pytest.approx(was_one / was_two, abs=0.03), "they stand as they stood"


def test_a_paste_and_a_duplicate_are_connected_to_what_is_there(app, desk):
    desk.put_on_clipboard("x * 3")
    desk.move(app.canvas().at(0.5, 0.8))
    desk.key("ctrl+shift+v")
    app.until(lambda: len(app.cards()) == 4, "the product is there")
    desk.key("ctrl+a", "ctrl+c")
    app.until(lambda: "x * 3" in desk.clipboard(), "of the x that is there")
    desk.key("ctrl+z")
    app.until(lambda: app.title == "Tutorial — Gradwalk", "one undo takes it away")

    desk.key("Escape")
    desk.click(app.cards()[1].at(0.5, 0.8))
    desk.key("ctrl+shift+d")
    app.until(lambda: len(app.cards()) == 4, "there are two exponentials")
    app.until(lambda: app.expression().count("exp(") == 2, "both of the same square")
    desk.key("ctrl+z")
    app.until(lambda: app.title == "Tutorial — Gradwalk", "one undo takes it away")
