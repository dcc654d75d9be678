"""Pictures of a canvas: as in the window, and as other programs show them."""

from __future__ import annotations

import re
import subprocess
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QPoint, QRectF, QSize
from PySide6.QtGui import QImage, QPainter, QRegion
from PySide6.QtWidgets import QApplication, QWidget

from engine.document import Document
from engine.errors import PictureError
from engine.graph import Block, Graph, Wire
from engine.moment import Moment
from gui.canvas.lighting import Light
from gui.document import OpenDocument
from gui.export.changes import pixels_of
from gui.export.formats import FORMATS
from gui.export.orders import Order, Work
from gui.export.pictures import write_pdf, write_png, write_svg, written
from gui.export.studio import Look, Studio
from gui.export.timing import Pace
from gui.layout import laid_out
from gui.theme import theme, themes
from tests.gui.builders import document_of
from tests.three import NET, NUMBERS

FEW = 0.02
"""Share of pixels in which two programs that draw the same may differ clearly."""


def seen(view):
    """Grab the canvas as it is in the window, without the widgets that stand on it."""
    viewport = view.viewport()
    image = QImage(viewport.size(), QImage.Format.Format_RGB32)
    painter = QPainter(image)
    viewport.render(painter, QPoint(), QRegion(), QWidget.RenderFlag(0))
    painter.end()
    return pixels_of(image)


def moments(recording, phases=(0.3, 1.0)):
    for cursor in range(len(recording)):
        for phase in phases:
            yield Moment(recording, cursor, phase)


@pytest.mark.parametrize(
    ("expression", "values"),
    [
        ("square(exp(square(x)))", {"x": 0.5}),
        ("a = square(x); a * a + a * w", {"x": [1, -2], "w": 3}),
    ],
)
def test_a_frame_is_the_picture_in_the_window_pixel_by_pixel(window, qtbot, expression, values):
    document = document_of(expression, **values)
    window.show_document(document)
    QApplication.processEvents()  # the row of tabs takes its place
    window.view.lens.want(wanted=False)
    window.view.fit()
    size = window.view.viewport().width(), window.view.viewport().height()
    studio = Studio(document, Look(size, lens=False))
    different = 0
    for moment in moments(document.recording):
        window.player.show(moment.cursor, moment.phase)
        image = studio.image(moment)
        different += int((pixels_of(image) != seen(window.view)).sum())
    assert different == 0
    assert len(np.unique(pixels_of(image))) > 100  # and there is something on it


def test_what_the_view_shows_is_pictured_where_it_is_and_as_large(window):
    window.view.set_zoom(1.3)
    window.view.shift(window.view.visible_rect().center() / 7)
    window.player.to_end()
    studio = Studio(window.document, Look(), framing=window.view.framing)
    image = studio.image(window.player.moment)
    assert (pixels_of(image) == seen(window.view)).all()


@pytest.mark.parametrize("hides", [False, True])
def test_what_is_dimmed_hidden_or_coloured_in_the_window_is_so_in_a_picture(window, hides):
    canvas = window.view.canvas
    first, second, *_ = canvas.reading_order()
    wires = window.document.graph.wires_from(first)
    light = Light(frozenset([first, second]), frozenset(wires), hides=hides)
    canvas.set_light(light)
    canvas.findings.set_heat(True)
    canvas.set_show_all(True)
    window.player.seek(5)
    look = Look(all_numbers=True, heat=True)
    studio = Studio(window.document, look, framing=window.view.framing, like=canvas)
    image = pixels_of(studio.image(window.player.moment))
    assert (image == seen(window.view)).all()
    plain = Studio(window.document, Look(), framing=window.view.framing)
    assert (image != pixels_of(plain.image(window.player.moment))).mean() > 0.01


def test_a_folded_group_is_pictured_as_in_the_window_and_is_one_stop_of_a_film(window):
    document, canvas = window.document, window.view.canvas
    _, *inner, _ = canvas.reading_order()
    group = document.group(inner, "Inside")
    assert group is not None
    window.view.fit()
    window.player.to_end()
    studio = Studio(document, Look(), framing=window.view.framing)
    image = studio.image(window.player.moment)
    assert (pixels_of(image) == seen(window.view)).all()
    work = Work(studio, Order(FORMATS["webp"], pace=Pace(rate=1, speed=1)), Path("unused"))
    assert work.film is not None
    assert [m.cursor for m, _ in work.film.timing] == list(canvas.stops())
    assert len(list(canvas.stops())) < len(document.recording)


def test_what_covers_what_does_not_depend_on_where_a_person_has_looked_before(window):
    text = "a = sin(x); b = exp(w); a * b + b * a + a / b + square(b) * x"
    document = document_of(text, x=1.0, w=2.0)
    window.show_document(document)
    QApplication.processEvents()
    canvas, view = window.view.canvas, window.view
    view.lens.want(wanted=False)
    for block in reversed(canvas.reading_order()):
        view.fit(canvas.extent(block))  # items come and go
    view.fit()
    window.player.seek(12)
    studio = Studio(document, Look(lens=False), framing=view.framing)
    assert (pixels_of(studio.image(window.player.moment)) == seen(view)).all()


def test_a_wire_that_was_near_is_whole_again_from_farther_away(window):
    document = document_of("a = sin(x); a * w + exp(w) * a", x=1.0, w=2.0)
    window.show_document(document)
    QApplication.processEvents()
    canvas, view = window.view.canvas, window.view
    view.fit()
    before = seen(view)
    for block in canvas.reading_order():
        view.set_zoom(4.0)
        view.fit(canvas.block_rect(block).adjusted(30, 30, -30, -30))
        view.fit()
        assert (seen(view) == before).all()


def test_the_inside_of_a_group_that_was_entered_is_pictured(window):
    document, canvas = window.document, window.view.canvas
    _, *inner, _ = canvas.reading_order()
    window.view.enter_group(document.group(inner, "Inside"))
    window.player.to_end()
    studio = Studio(document, Look(), framing=window.view.framing)
    assert (pixels_of(studio.image(window.player.moment)) == seen(window.view)).all()


def test_the_dark_theme_can_be_pictured_while_the_window_is_light(tutorial):
    studio = Studio(tutorial, Look(dark=True))
    dark = pixels_of(studio.image(Moment(tutorial.recording, 7)))
    assert dark[-1, -1] & 0xFF < 0x40
    assert not theme().dark
    themes().choose("dark")
    assert dark[-1, -1] == theme().bg.rgb()


def test_a_picture_has_as_many_dots_as_its_scale_says(tutorial):
    end = Moment(tutorial.recording, 7)
    once, thrice = Studio(tutorial, Look()), Studio(tutorial, Look(scale=3))
    with Image.open(BytesIO(written(write_png, once, end))) as small:
        with Image.open(BytesIO(written(write_png, thrice, end))) as large:
            assert large.size == (3 * small.width, 3 * small.height)
            assert large.info["dpi"] == pytest.approx((288, 288), abs=0.1)
            again = np.asarray(large.convert("L").resize(small.size), float)
        assert np.abs(again - np.asarray(small.convert("L"), float)).mean() < 2


def test_a_picture_shows_everything_that_is_painted(tutorial):
    for cursor in range(8):
        pixels = pixels_of(Studio(tutorial, Look()).image(Moment(tutorial.recording, cursor)))
        edges = [pixels[0], pixels[-1], pixels[:, 0], pixels[:, -1]]
        ground = {theme().bg.rgb(), theme().grid.rgb()}
        plain = [np.isin(edge, list(ground)).mean() for edge in edges]
        assert min(plain) > 0.9  # nothing is cut off but a few dots of the ground


def test_without_a_ground_what_is_not_painted_shows_through(tutorial):
    studio = Studio(tutorial, Look(transparent=True))
    with Image.open(BytesIO(written(write_png, studio, Moment(tutorial.recording, 7)))) as picture:
        alpha = np.asarray(picture)[:, :, 3]
    assert alpha[-1, -1] == 0
    assert 0.2 < (alpha == 0).mean() < 0.9
    assert (alpha == 255).any()


def shown(program, content):
    """Let another program paint what was written."""
    done = subprocess.run(program, input=content, capture_output=True, check=True)
    with Image.open(BytesIO(done.stdout)) as picture:
        return np.asarray(picture.convert("RGB"), float)


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize(
    ("write", "program"),
    [
        (write_svg, ["rsvg-convert", "--format=png"]),
        (write_pdf, ["pdftoppm", "-png", "-r", "72", "-singlefile", "-"]),
    ],
)
def test_another_program_shows_the_same(tutorial, write, program, dark):
    studio = Studio(tutorial, Look((960, 540), dark=dark, strip=True))
    end = Moment(tutorial.recording, 6)
    content = written(write, studio, end)
    theirs = shown(program, content.encode() if isinstance(content, str) else content)
    with Image.open(BytesIO(written(write_png, studio, end))) as picture:
        ours = np.asarray(picture.convert("RGB"), float)
    assert theirs.shape == ours.shape
    assert (np.abs(theirs - ours).max(axis=2) > 96).mean() < FEW


def test_in_a_drawing_a_lens_is_cut_off_at_its_edge(qapp):
    document = document_of(NET, **NUMBERS)
    studio = Studio(document, Look((960, 540)))
    drawing = ET.fromstring(written(write_svg, studio, Moment(document.recording, 16)))
    name = "{http://www.w3.org/2000/svg}"
    (group,) = (each for each in drawing.iter(f"{name}g") if each.get("clip-path"))
    (cut,) = drawing.iter(f"{name}clipPath")
    assert group.get("clip-path") == f"url(#{cut.get('id')})"
    (area,) = cut
    assert 100 < float(area.get("height")) < 400
    assert {"@", "Matmul", "Sub"} <= {text.text for text in group.iter(f"{name}text")}
    studio.let_go()


def test_an_svg_holds_its_text_and_lines_and_no_dots(tutorial):
    studio = Studio(tutorial, Look(strip=True))
    svg = written(write_svg, studio, Moment(tutorial.recording, 6)).decode()
    words = re.findall(r"<text [^>]*>([^<]*)</text>", svg)
    assert {"x", "0.5", "Square", "Exp", "3.2974"} <= set(words)
    assert "<image" not in svg
    assert svg.count('px" height="') == 1
    assert not re.search(r'<text (?!opacity="0")', svg)  # letters are drawn as outlines


def test_a_pdf_has_its_fonts_inside_and_text_that_can_be_copied(tutorial, tmp_path):
    path = tmp_path / "a.pdf"
    path.write_bytes(written(write_pdf, Studio(tutorial, Look()), Moment(tutorial.recording, 7)))
    text = subprocess.run(["pdftotext", path, "-"], capture_output=True, text=True, check=True)
    assert {"Square", "Exp", "3.2974"} <= set(text.stdout.split())
    fonts = subprocess.run(["pdffonts", path], capture_output=True, text=True, check=True)
    rows = fonts.stdout.splitlines()[2:]
    assert len(rows) >= 3
    assert all(re.search(r" yes (yes|no)  ?yes ", row) for row in rows)  # embedded, with letters
    info = subprocess.run(["pdfinfo", path], capture_output=True, text=True, check=True)
    assert re.search(r"Pages: +1\n", info.stdout)


def test_the_strip_stands_below_the_picture_and_changes_nothing_in_it(tutorial):
    end = Moment(tutorial.recording, 7)
    plain, told = Studio(tutorial, Look()), Studio(tutorial, Look(strip=True))
    above = pixels_of(told.image(end))[: plain.size.height()]
    assert (above == pixels_of(plain.image(end))).all()
    assert told.size.height() > plain.size.height() + 60


def test_a_picture_of_a_large_graph_from_far_away_shows_its_blocks(qtbot):
    names = [f"b{number}" for number in range(400)]
    blocks = [Block("x", "input", "x", np.array(1.0)), *(Block(b, "sin", b) for b in names)]
    wires = [Wire(a, b, 0) for a, b in zip(["x", *names], names, strict=False)]
    document = OpenDocument(laid_out(Graph.build(blocks, wires)))
    studio = Studio(document, Look((960, 540)))
    pixels = pixels_of(studio.image(Moment(document.recording, len(document.recording) - 1)))
    assert (pixels == theme().orange.rgb()).any()


def test_a_document_without_blocks_is_an_empty_picture(qtbot):
    studio = Studio(OpenDocument(Document()), Look())
    pixels = pixels_of(studio.image(Moment(studio.recording)))
    assert (pixels == theme().bg.rgb()).mean() > 0.8


@pytest.mark.parametrize(
    ("look", "sentence"),
    [
        (Look((8, 400)), "would be too small"),
        (Look((200, 60), strip=True), "would be too small"),
        (Look((30_000, 400)), "would be too large"),
        (Look(scale=100.0), "would be too large"),
    ],
)
def test_a_picture_that_nobody_could_use_is_refused(tutorial, look, sentence):
    with pytest.raises(PictureError, match=sentence):
        Studio(tutorial, look)


def test_an_area_is_pictured_in_life_size(tutorial):
    whole = Studio(tutorial, Look())
    block = whole.canvas.reading_order()[1]
    part = Studio(tutorial, Look(), area=whole.canvas.extent(block))
    assert part.size == QSize(330, part.size.height())
    assert part.size.height() < whole.size.height() + 1
    assert whole.canvas.extent(block) != QRectF()
