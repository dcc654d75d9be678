"""Pictures and films out of the window: the dialog, the clipboard, and the mouse."""

from __future__ import annotations

import subprocess
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDoubleSpinBox,
    QLabel,
    QPushButton,
    QSpinBox,
)

from engine.moment import Moment
from gui.export.changes import pixels_of
from gui.export.dialog import ExportDialog
from gui.export.pictures import write_png, written
from gui.export.studio import Look, Studio


@pytest.fixture
def open_dialog(window, qtbot):
    """Open the dialog by its action; close it in the end."""
    opened = []

    def open_one(action):
        window.actions_by_name[action].trigger()
        dialog = next(d for d in window.window().findChildren(ExportDialog) if d.isVisible())
        opened.append(dialog)
        return dialog

    yield open_one
    for dialog in opened:
        try:
            dialog.close()
        except RuntimeError:  # it is closed, and gone
            continue
    QApplication.processEvents()


def named(dialog, kind, name):
    return next(found for found in dialog.findChildren(kind) if found.accessibleName() == name)


def press(dialog, name):
    button = next(b for b in dialog.findChildren(QPushButton) if b.text().replace("&", "") == name)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def words(dialog):
    return dialog._said.accessibleName()


def made(dialog, path, qtbot):
    dialog.make(path)
    qtbot.waitUntil(path.exists, timeout=30_000)


def test_a_picture_shows_the_step_at_which_the_walk_is(window, open_dialog, qtbot, tmp_path):
    window.player.seek(5)
    dialog, path = open_dialog("export_picture"), tmp_path / "a.png"
    made(dialog, path, qtbot)
    studio = Studio(window.document, Look(scale=2))
    assert path.read_bytes() == written(write_png, studio, window.player.moment)


def test_the_preview_follows_what_is_chosen(window, open_dialog):
    dialog = open_dialog("export_picture")
    light = pixels_of(dialog.preview.image)
    named(dialog, QComboBox, "Theme").setCurrentText("Dark")
    dark = pixels_of(dialog.preview.image)
    assert light.shape == dark.shape
    assert light[2, 2] & 0xFF > 200
    assert dark[2, 2] & 0xFF < 64
    named(dialog, QComboBox, "Size").setCurrentText("960 × 540")
    named(dialog, QComboBox, "Dots a pixel").setCurrentText("1")
    assert words(dialog) == "960 × 540 pixels"
    assert pixels_of(dialog.preview.image).shape == (540, 960)


def test_a_preview_of_a_film_plays(window, open_dialog, qtbot):
    dialog = open_dialog("export_film")
    first = pixels_of(dialog.preview.image)
    qtbot.waitUntil(lambda: not np.array_equal(pixels_of(dialog.preview.image), first))
    assert words(dialog) == "960 × 540 pixels, 160 frames, 10 s"


def test_with_reduced_motion_the_preview_of_a_film_stands_still(window, open_dialog):
    window.player.reduced_motion = True
    dialog = open_dialog("export_film")
    assert not dialog.playing.is_playing
    last = Studio(window.document, Look((960, 540), strip=True))
    window.player.to_end()
    shown = pixels_of(dialog.preview.image)
    assert (shown == pixels_of(last.image(window.player.moment))).all()


def test_a_film_is_made_while_the_window_goes_on_and_tells_how_far_it_is(
    open_dialog, qtbot, tmp_path
):
    dialog, path = open_dialog("export_film"), tmp_path / "a.webp"
    named(dialog, QComboBox, "Format").setCurrentText("WebP film")
    named(dialog, QDoubleSpinBox, "Steps a second").setValue(8)
    dialog.make(path)
    qtbot.waitUntil(lambda: words(dialog).startswith("Frame "))
    qtbot.waitUntil(path.exists, timeout=30_000)
    with Image.open(path) as film:
        assert film.size == (960, 540)
        assert film.n_frames > 10
    assert list(tmp_path.iterdir()) == [path]


def test_a_film_can_be_given_up_at_once(open_dialog, qtbot, tmp_path):
    dialog, path = open_dialog("export_film"), tmp_path / "a.gif"
    path.write_bytes(b"as it was")
    dialog.make(path)
    qtbot.waitUntil(lambda: words(dialog).startswith("Frame "))
    press(dialog, "Cancel")
    assert words(dialog) == "Given up. Nothing was made."
    assert list(tmp_path.iterdir()) == [path]
    assert path.read_bytes() == b"as it was"
    assert dialog.isVisible()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not QApplication.activeModalWidget())


def test_closing_the_dialog_leaves_nothing_half_made(open_dialog, qtbot, tmp_path):
    dialog = open_dialog("export_film")
    dialog.make(tmp_path / "a.gif")
    qtbot.waitUntil(lambda: words(dialog).startswith("Frame "))
    dialog.close()
    assert list(tmp_path.iterdir()) == []


def test_what_cannot_be_made_is_told_in_the_dialog(open_dialog, qtbot, tmp_path):
    dialog = open_dialog("export_film")
    dialog.make(tmp_path / "no" / "a.gif")
    qtbot.waitUntil(lambda: "cannot be saved" in words(dialog))
    assert words(dialog) == "a.gif cannot be saved: there is no such file or folder."
    named(dialog, QDoubleSpinBox, "Frames a second").setValue(90)
    assert words(dialog) == "A GIF has at most 50 frames a second."
    assert not next(
        b for b in dialog.findChildren(QPushButton) if b.text() == "&Export…"
    ).isEnabled()
    named(dialog, QComboBox, "Format").setCurrentText("WebP film")
    assert words(dialog).startswith("960 × 540 pixels")


@pytest.mark.parametrize("action", ["export_picture", "export_film"])
def test_each_field_and_button_has_a_letter_of_its_own(open_dialog, action):
    dialog = open_dialog(action)
    labelled = [*dialog.findChildren(QLabel), *dialog.findChildren(QAbstractButton)]
    letters = [QKeySequence.mnemonic(each.text()).toString() for each in labelled]
    letters = [letter for letter in letters if letter]
    assert len(letters) >= 11
    assert len({*letters}) == len(letters)


def pages_of(path):
    done = subprocess.run(["pdftotext", path, "-"], capture_output=True, text=True, check=True)
    return done.stdout.rstrip("\f").split("\f")


def choose_pages(dialog):
    """Choose them by keyboard: they are the last of the formats."""
    formats = named(dialog, QComboBox, "Format")
    QTest.keyClick(formats, Qt.Key.Key_End)
    assert formats.currentText() == "PDF, a page a step"


def test_a_pdf_with_a_page_for_each_step_is_made_by_keyboard(window, open_dialog, qtbot, tmp_path):
    window.player.seek(5)
    dialog, path = open_dialog("export_picture"), tmp_path / "a.pdf"
    assert not named(dialog, QSpinBox, "First step").isVisible()
    assert named(dialog, QSpinBox, "Step").value() == 6
    choose_pages(dialog)
    assert named(dialog, QSpinBox, "First step").isVisible()
    size = Studio(window.document, Look(strip=True)).pixels
    told = f"8 pages of {size.width()} × {size.height()} pixels, sharp at any size"
    assert words(dialog) == told
    named(dialog, QSpinBox, "First step").setValue(3)
    assert words(dialog).startswith("6 pages of")
    made(dialog, path, qtbot)
    assert [f"STEP {n} OF 8" in page for n, page in enumerate(pages_of(path), 3)] == [True] * 6


def test_the_preview_turns_the_pages_and_stands_still_with_reduced_motion(
    window, open_dialog, qtbot
):
    dialog = open_dialog("export_picture")
    choose_pages(dialog)
    studio = Studio(window.document, Look(strip=True))

    def is_shown(step):
        page = studio.image(Moment(window.document.recording, step - 1))
        return np.array_equal(pixels_of(dialog.preview.image), pixels_of(page))

    assert is_shown(1)
    qtbot.waitUntil(lambda: is_shown(2))
    dialog.close()
    window.player.reduced_motion = True
    dialog = open_dialog("export_picture")
    choose_pages(dialog)
    assert is_shown(8)
    assert not dialog.playing.is_playing


def test_pages_can_be_given_up_and_tell_how_far_they_are(open_dialog, qtbot, tmp_path):
    dialog, path = open_dialog("export_picture"), tmp_path / "a.pdf"
    path.write_bytes(b"as it was")
    choose_pages(dialog)
    dialog.make(path)
    qtbot.waitUntil(lambda: words(dialog).startswith("Page "))
    press(dialog, "Cancel")
    assert words(dialog) == "Given up. Nothing was made."
    assert list(tmp_path.iterdir()) == [path]
    assert path.read_bytes() == b"as it was"


def test_another_format_after_pages_is_of_the_step_where_the_walk_is(window, open_dialog):
    window.player.seek(3)
    dialog = open_dialog("export_picture")
    choose_pages(dialog)
    named(dialog, QComboBox, "Format").setCurrentText("SVG drawing")
    assert not named(dialog, QSpinBox, "First step").isVisible()
    assert named(dialog, QSpinBox, "Step").value() == 4
    size = Studio(window.document, Look()).pixels
    assert words(dialog) == f"{size.width()} × {size.height()} pixels, sharp at any size"


def test_the_selection_alone_can_be_pictured(window, open_dialog):
    canvas = window.view.canvas
    canvas.selection.choose(canvas.reading_order()[1:2])
    dialog = open_dialog("export_picture")
    whole = dialog.preview.image.size()
    named(dialog, QComboBox, "Show").setCurrentText("Selection")
    assert dialog.preview.image.width() < whole.width() / 2


def test_the_view_can_be_pictured_as_it_is(window, open_dialog):
    window.view.set_zoom(1.7)
    dialog = open_dialog("export_picture")
    named(dialog, QComboBox, "Show").setCurrentText("View")
    named(dialog, QComboBox, "Dots a pixel").setCurrentText("1")
    assert dialog.preview.image.size() == window.view.viewport().size()


def test_a_picture_is_copied_for_any_program(window, qtbot):
    window.player.seek(3)
    window.actions_by_name["copy_as_picture"].trigger()
    data = QApplication.clipboard().mimeData()
    studio = Studio(window.document, Look(scale=2))
    assert bytes(data.data("image/png").data()) == written(write_png, studio, window.player.moment)
    assert bytes(data.data("image/svg+xml").data()).startswith(b"<?xml")
    assert data.hasImage()


def test_the_dialog_copies_what_it_shows(open_dialog):
    dialog = open_dialog("export_film")
    press(dialog, "Copy")
    assert QApplication.clipboard().mimeData().hasImage()
    assert words(dialog) == "Copied: paste it into a document."


def test_the_preview_can_be_dragged_into_a_document(open_dialog, monkeypatch):
    dialog, carried = open_dialog("export_picture"), []
    monkeypatch.setattr(
        "gui.export.preview.QDrag.exec", lambda drag, action: carried.append(drag.mimeData())
    )
    preview = dialog.preview
    QTest.mousePress(preview, Qt.MouseButton.LeftButton, pos=QPoint(50, 50))
    QTest.mouseMove(preview, QPoint(52, 50))
    assert not carried
    QTest.mouseMove(preview, QPoint(90, 70))
    (data,) = carried
    assert data.hasImage()
    path = Path(data.urls()[0].toLocalFile())
    with Image.open(path) as picture:
        assert picture.size == (
            dialog.preview.image.width(),
            dialog.preview.image.height(),
        )
    QTest.mouseRelease(preview, Qt.MouseButton.LeftButton, pos=QPoint(90, 70))


def test_there_is_no_film_of_an_empty_document(window):
    window.actions_by_name["new"].trigger()
    window.actions_by_name["export_film"].trigger()
    assert not window.window().findChildren(ExportDialog)
    assert "There is no walk to film yet" in window.view._bubble.text()


def test_what_was_chosen_is_proposed_the_next_time(open_dialog, qtbot, tmp_path):
    dialog, path = open_dialog("export_picture"), tmp_path / "a.svg"
    named(dialog, QComboBox, "Format").setCurrentText("SVG drawing")
    made(dialog, path, qtbot)
    qtbot.waitUntil(lambda: not QApplication.activeModalWidget())
    again = open_dialog("export_picture")
    assert named(again, QComboBox, "Format").currentText() == "SVG drawing"
    assert "sharp at any size" in words(again)


def test_fields_for_numbers_are_as_high_as_lists_to_choose_from(open_dialog):
    dialog = open_dialog("export_film")
    heights = {field.height() for field in dialog.findChildren(QAbstractSpinBox)}
    lists = {field.height() for field in dialog.findChildren(QComboBox)}
    assert heights == lists
