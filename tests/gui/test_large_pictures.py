"""Large pictures are painted a little at a time: the window goes on, and they can be given up."""

from __future__ import annotations

from contextlib import suppress
from io import BytesIO

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QPushButton

from engine.errors import PictureError
from engine.moment import Moment
from gui.document import OpenDocument
from gui.errand_card import ErrandCard
from gui.export.changes import pixels_of
from gui.export.dialog import ExportDialog
from gui.export.formats import FORMATS
from gui.export.orders import Order, Work
from gui.export.pictures import write_png, written
from gui.export.pieces import aside, at_once
from gui.export.studio import Look, Studio
from gui.panels.warning_card import LinkButton
from gui.theme import theme
from tests.gui.test_large_graphs import grid

MANY = 600
STILLS = [known.name for known in FORMATS.values() if not known.moves]


@pytest.fixture
def document(qtbot):
    return OpenDocument(grid(MANY, 30))


@pytest.fixture
def bench(window, document):
    window.show_document(document)
    return window


@pytest.fixture
def dialog(bench):
    bench.actions_by_name["export_picture"].trigger()
    found = bench.window().findChild(ExportDialog)
    choose(found, "Dots a pixel", "1")
    yield found
    with suppress(RuntimeError):  # it is closed, and gone
        found.close()
    QApplication.processEvents()


def last(document):
    return Moment(document.recording, len(document.recording) - 1)


def choose(dialog, name, text):
    fields = dialog.findChildren(QComboBox)
    next(field for field in fields if field.accessibleName() == name).setCurrentText(text)


def words(dialog):
    return dialog._said.accessibleName()


def press(dialog, name):
    button = next(b for b in dialog.findChildren(QPushButton) if b.text().replace("&", "") == name)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


@pytest.mark.parametrize("kind", STILLS)
@pytest.mark.parametrize("until", [1, 30, 80])
def test_a_picture_that_is_given_up_half_way_leaves_the_old_file(document, tmp_path, kind, until):
    path = tmp_path / f"a.{kind}"
    path.write_bytes(b"as it was")
    pieces = iter(Work(Studio(document, Look((3000, 2400))), Order(FORMATS[kind]), path))
    while next(pieces) < until:
        assert len(list(tmp_path.iterdir())) == 2
    pieces.close()
    assert list(tmp_path.iterdir()) == [path]
    assert path.read_bytes() == b"as it was"


@pytest.mark.parametrize("kind", STILLS)
def test_it_tells_evenly_how_far_it_is(document, tmp_path, kind):
    work = Work(Studio(document, Look((3000, 2400))), Order(FORMATS[kind]), tmp_path / "a")
    told = list(work)
    assert told == sorted(told)
    assert told[-1] == work.total == 100
    assert len(set(told)) > 30
    assert (tmp_path / "a").stat().st_size == work.facts()["bytes"]


def test_while_a_picture_of_the_other_theme_is_painted_the_window_keeps_its_own(document):
    window = theme()
    studio = Studio(document, Look((3000, 2400), dark=not window.dark))
    pieces = studio.developed(last(document))
    assert all(theme() is window for _ in pieces)


def test_painted_in_pieces_or_in_a_film_it_has_the_same_dots(document):
    look = Look((1600, 1200), dark=True, strip=True)
    pieces, image = Studio(document, look).developed(last(document)), None
    other = Studio(document, look)
    for _ in pieces:
        if image is None:  # another one is painted in between
            image = other.image(last(document))
    again = Studio(document, look).image(last(document))
    assert (pixels_of(image) == pixels_of(again)).all()


@pytest.mark.parametrize("transparent", [False, True])
def test_a_png_that_is_packed_in_bands_holds_every_dot(document, transparent):
    studio = Studio(document, Look((1501, 997), transparent=transparent))
    image = pixels_of(studio.image(last(document)))
    content = written(write_png, studio, last(document))
    with Image.open(BytesIO(content)) as picture:
        assert picture.mode == ("RGBA" if transparent else "RGB")
        theirs = np.asarray(picture.convert("RGBA")).astype(np.uint32)
    red, green, blue, alpha = (theirs[:, :, at] for at in range(4))
    assert (image == (alpha << 24 | red << 16 | green << 8 | blue)).all()


def test_a_large_picture_is_given_up_in_the_dialog(bench, dialog, qtbot, tmp_path):
    path = tmp_path / "a.png"
    path.write_bytes(b"as it was")
    dialog.make(path)
    qtbot.waitUntil(lambda: words(dialog).partition(" ")[2].startswith("percent"))
    press(dialog, "Cancel")
    assert words(dialog) == "Given up. Nothing was made."
    assert list(tmp_path.iterdir()) == [path]
    assert path.read_bytes() == b"as it was"
    dialog.make(path)
    qtbot.waitUntil(lambda: path.read_bytes() != b"as it was", timeout=60_000)
    with Image.open(path) as picture:
        picture.verify()


def test_a_large_preview_comes_by_and_by_and_follows_what_is_chosen(dialog, qtbot):
    assert dialog.preview.image.isNull()
    choose(dialog, "Theme", "Dark")
    qtbot.waitUntil(lambda: not dialog.preview.image.isNull(), timeout=30_000)
    assert pixels_of(dialog.preview.image)[2, 2] & 0xFF < 64
    assert min(dialog.preview.image.width(), dialog.preview.image.height()) <= 1200


def test_a_large_picture_is_copied_while_a_card_tells_of_it_and_can_be_given_up(bench, qtbot):
    clipboard = QApplication.clipboard()
    clipboard.setText("as it was")
    bench.actions_by_name["copy_as_picture"].trigger()
    qtbot.waitUntil(lambda: card(bench) is not None)
    qtbot.waitUntil(lambda: any("percent" in label.text() for label in labels(bench)))
    qtbot.mouseClick(card(bench).findChild(LinkButton), Qt.MouseButton.LeftButton)
    assert card(bench) is None
    assert clipboard.text() == "as it was"
    moment = bench.player.moment
    bench.actions_by_name["copy_as_picture"].trigger()
    bench.document.rename(bench.document.graph.named("v5").id, "other")
    qtbot.waitUntil(lambda: clipboard.mimeData().hasImage(), timeout=60_000)
    svg = bytes(clipboard.mimeData().data("image/svg+xml").data()).decode()
    assert ">v5<" in svg  # as it was when it was copied
    assert "other" not in svg
    assert moment.recording.blocks


@pytest.mark.parametrize("how", ["given up", "failed"])
def test_what_is_not_copied_after_all_lets_the_document_go(bench, qtbot, monkeypatch, how):
    gone, clipboard = [], QApplication.clipboard()
    clipboard.setText("as it was")
    let_go = Studio.let_go

    def note(studio):
        gone.append(studio)
        let_go(studio)

    def fail(*_):
        yield 0.5
        raise PictureError("Too large for a clipboard.")

    monkeypatch.setattr(Studio, "let_go", note)
    if how == "failed":
        monkeypatch.setattr("gui.export.carrying.write_svg", fail)
    bench.actions_by_name["copy_as_picture"].trigger()
    before = len(gone)
    qtbot.waitUntil(lambda: any("percent" in label.text() for label in labels(bench)))
    if how == "given up":
        bench.actions_by_name["give_up"].trigger()
    qtbot.waitUntil(lambda: not bench.errands.busy, timeout=60_000)
    assert len(gone) == before + 1
    assert clipboard.text() == "as it was"


@pytest.mark.parametrize("what", ["export_picture", "export_film"])
def test_the_dialog_waits_beside_the_window_for_a_run_that_is_behind(window, qtbot, what):
    document = OpenDocument(grid(1_500))
    window.show_document(document)
    qtbot.waitUntil(lambda: not document.is_behind)
    before = document.latest
    document.append("exp", "b1499")
    window.actions_by_name[what].trigger()
    assert document.latest is before  # nobody has waited for the new one
    assert window.window().findChild(ExportDialog) is None
    qtbot.waitUntil(lambda: window.window().findChild(ExportDialog) is not None)
    found = window.window().findChild(ExportDialog)
    assert not document.is_behind
    assert found._document.recording.blocks.keys() == document.graph.blocks.keys()
    found.close()
    QApplication.processEvents()


def test_a_graph_of_any_size_can_be_copied(bench, qtbot):
    clipboard = QApplication.clipboard()
    clipboard.setText("as it was")
    bench.show_document(OpenDocument(grid(600, 3)))  # 30,000 pixels high
    bench.actions_by_name["copy_as_picture"].trigger()
    qtbot.waitUntil(lambda: clipboard.mimeData().hasImage(), timeout=60_000)
    image = clipboard.image()
    assert image.width() * image.height() <= 50_000_000
    assert image.height() == 20_000


def labels(window):
    return card(window).findChildren(QLabel)


def card(window):
    return next((c for c in window.findChildren(ErrandCard) if c.isVisible()), None)


def test_a_large_picture_is_made_before_it_is_dragged(dialog, qtbot, monkeypatch):
    carried = []
    monkeypatch.setattr(
        "gui.export.preview.QDrag.exec", lambda drag, action: carried.append(drag.mimeData())
    )

    def drag():
        preview = dialog.preview
        QTest.mousePress(preview, Qt.MouseButton.LeftButton, pos=QPoint(50, 50))
        QTest.mouseMove(preview, QPoint(90, 70))
        QTest.mouseRelease(preview, Qt.MouseButton.LeftButton, pos=QPoint(90, 70))

    drag()
    assert not carried
    qtbot.waitUntil(lambda: words(dialog) == "Ready: drag it into a document.", timeout=60_000)
    drag()
    (data,) = carried
    assert data.hasImage()


def test_sizes_of_gradients_that_the_window_knows_are_not_looked_for_again(bench, monkeypatch):
    bench.view.canvas.findings.set_heat(on=True)
    found = bench.view.canvas.findings

    def refuse(_):
        raise AssertionError

    studio = Studio(bench.document, Look((1000, 900), heat=True))
    plain = studio.image(last(bench.document))
    found.take_heat(studio.canvas.findings.heat)
    monkeypatch.setattr("gui.export.studio.sizes_in", refuse)
    again = Studio(bench.document, Look((1000, 900), heat=True), like=bench.view.canvas)
    assert (pixels_of(again.image(last(bench.document))) == pixels_of(plain)).all()


def test_what_goes_wrong_on_the_other_thread_is_raised_where_it_is_waited_for():
    def fail():
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        at_once(aside(fail, 0))
