"""What stands beside the graph in a picture or a film, chosen in the dialog; and what it costs."""

from __future__ import annotations

import html
import re
from xml.etree import ElementTree as ET

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QSpinBox

from engine.asking.ask import Ask
from engine.moment import Moment
from gui.document import OpenDocument
from gui.export.beside import Beside
from gui.export.dialog import ExportDialog
from gui.export.formats import FORMATS
from gui.export.looked_at import looked_at
from gui.export.orders import Order, Work
from gui.export.pictures import write_svg, written
from gui.export.studio import Look, Studio
from gui.export.timing import Pace
from gui.panels.labels import Prose, Text
from tests.gui.builders import document_of, long_chain
from tests.gui.pages import named

FAN_OUT = "a = square(x); square(a) + square(a)"


@pytest.fixture
def fan_out(window, qtbot):
    """A window on a graph that a wrong rule walks otherwise."""
    window.documents.open(document_of(FAN_OUT, x=2))
    qtbot.waitUntil(window.view.window().isActiveWindow)
    window.player.to_end()
    return window


def open_dialog(window, action="export_picture"):
    window.actions_by_name[action].trigger()
    return next(d for d in window.window().findChildren(ExportDialog) if d.isVisible())


def beside(dialog):
    return named(dialog, "Beside the graph", QComboBox)


def copied():
    """Give the texts in the drawing on the clipboard."""
    drawing = bytes(QApplication.clipboard().mimeData().data("image/svg+xml").data()).decode()
    texts = re.findall(r"<text [^>]*>([^<]*)</text>", drawing)
    return html.unescape(" ".join(texts)).replace("\N{NO-BREAK SPACE}", " ")


def test_nothing_stands_beside_the_graph_until_it_is_chosen(fan_out):
    dialog = open_dialog(fan_out)
    assert beside(dialog).currentText() == "Nothing"
    dialog.copy()
    assert "Why do they add up?" not in copied()


def test_the_page_in_front_stands_there_as_it_was_asked(fan_out):
    page = fan_out.side.page("mistakes")
    fan_out.side.turn_to("mistakes")
    page.choose("stack")
    dialog = open_dialog(fan_out)
    beside(dialog).setCurrentText("The page in front")
    dialog.copy()
    assert "x gets 96 instead of 64" in copied()


def test_any_page_can_be_chosen_with_what_it_is_about(fan_out):
    fan_out.side.turn_to("paths")
    fan_out.side.page("paths")._choose(1)
    dialog = open_dialog(fan_out)
    beside(dialog).setCurrentText("Paths")
    dialog.copy()
    assert "y ← c ← a ← x" in copied()
    assert "The product as it grows".upper() in copied().upper()
    beside(dialog).setCurrentText("Sizes")
    dialog.copy()
    assert "Where does it die?" in copied()


def test_it_is_chosen_by_keyboard_and_proposed_the_next_time(fan_out, qtbot, tmp_path):
    dialog, path = open_dialog(fan_out), tmp_path / "a.svg"
    named(dialog, "Format", QComboBox).setCurrentText("SVG drawing")
    qtbot.waitUntil(dialog.isActiveWindow)
    QTest.keyClick(dialog, Qt.Key.Key_B, Qt.KeyboardModifier.AltModifier)
    field = beside(dialog)
    assert QApplication.focusWidget() is field
    before = QImage(dialog.preview.image)
    QTest.keyClicks(field, "Plot")
    assert field.currentText() == "Plot"
    assert dialog.preview.image != before
    dialog.make(path)
    qtbot.waitUntil(path.exists, timeout=30_000)
    assert "What does it look like?" in path.read_text("utf-8")
    qtbot.waitUntil(lambda: not QApplication.activeModalWidget())
    assert beside(open_dialog(fan_out)).currentText() == "Plot"


def test_the_strip_and_the_page_tell_steps_as_deeply_as_the_window(fan_out):
    fan_out.explanation.set_depth("engineer")
    dialog = open_dialog(fan_out)
    beside(dialog).setCurrentText("Step")
    dialog.copy()
    assert "vector × Jacobian" in copied()


def test_a_film_goes_on_as_finely_as_it_is_walked(fan_out):
    fan_out.player.grain = "line"
    dialog = open_dialog(fan_out, "export_film")
    assert named(dialog, "A step is", QComboBox).currentText() == "A line of code"
    words = dialog._said.accessibleName()
    named(dialog, "A step is", QComboBox).setCurrentText("A block")
    assert (words, dialog._said.accessibleName()) == (
        "960 × 540 pixels, 640 frames, 34 s",
        "960 × 540 pixels, 200 frames, 12 s",
    )


def test_of_a_page_that_was_never_seen_the_first_answer_is_shown(fan_out):
    assert looked_at(fan_out).asks["Forward"] == Ask("forward")
    fan_out.side.turn_to("forward")
    assert looked_at(fan_out).asks["Forward"] == Ask("forward", "x")


def studio_of(document, what="step", **look):
    return Studio(document, Look((640, 360), beside=Ask(what), **look))


def test_a_film_lays_its_page_out_once_a_step_and_paints_it_once(qapp, monkeypatch):
    laid_out, painted = [], []
    for done, name in ((laid_out, "_settled"), (painted, "_paint_page")):
        whole = getattr(Beside, name)

        def counted(*given, done=done, whole=whole):
            done.append(1)
            return whole(*given)

        monkeypatch.setattr(Beside, name, counted)
    walked, plotted = (studio_of(document_of(FAN_OUT, x=2), what) for what in ("wrong", "plot"))
    for studio in (walked, plotted):
        for cursor in range(6, 10):
            studio.image(Moment(studio.recording, cursor, 0.2))
    laid_out.clear()
    painted.clear()
    for phase in (0.3, 0.4, 0.5):
        walked.image(Moment(walked.recording, 9, phase))
        plotted.image(Moment(plotted.recording, 7, phase))
    assert (len(laid_out), len(painted)) == (0, 0)
    walked.image(Moment(walked.recording, 8))
    assert (len(laid_out), len(painted)) == (1, 1)
    walked.let_go()
    plotted.let_go()


@pytest.mark.parametrize("what", ["step", "wrong", "paths"])
def test_a_moment_looks_the_same_whatever_was_shown_before(qapp, what):
    document = document_of(FAN_OUT, x=2)
    one, other = studio_of(document, what), studio_of(document, what)
    for studio in (one, other):
        studio.expect(range(10))
    for cursor in (9, 3, 6):
        other.image(Moment(other.recording, cursor))
    moment = Moment(document.recording, 7)
    assert one.image(moment) == other.image(moment)
    for studio in (one, other):
        studio.let_go()


def test_a_large_graph_is_gone_over_beside_the_window_and_the_page_is_there(qapp):
    document = document_of("sin(x)" + " + sin(x)" * 220, x=1)
    studio = studio_of(document, "sizes")
    image = studio.image(Moment(document.recording, 5))
    assert image.size() == studio.pixels
    texts = studio._beside._page.accessibleName(), studio._beside._page.nothing.isVisible()
    assert texts == ("Gradient map", False)
    studio.let_go()


def test_below_the_graph_where_a_picture_is_tall(qapp):
    document = document_of(FAN_OUT, x=2)
    tall = Studio(document, Look((600, 1000), beside=Ask("plot")))
    wide = Studio(document, Look((1000, 600), beside=Ask("plot")))
    assert (tall._room.page.top(), tall._room.page.width()) == (500, 600)
    assert (wide._room.page.left(), wide._room.page.width()) == (700, 300)
    for studio in (tall, wide):
        studio.let_go()


def test_a_handout_by_contributions_ends_where_the_walk_does(qapp, tmp_path):
    document = document_of(FAN_OUT, x=2)
    studio = studio_of(document)
    order = Order(FORMATS["pdf"], studio.look, pace=Pace(), each_step=True, grain="contribution")
    work = Work(studio, order, tmp_path / "a.pdf")
    assert work.moment(work.total - 1) == Moment(document.recording, 9, 1.0)
    studio.let_go()


def seen(studio, kind):
    """Give the texts of a kind of label that are in sight on the page."""
    page = studio._beside._page
    inside = page.rect()
    return [
        label.accessibleName()
        for label in page.findChildren(kind)
        if label.isVisible() and inside.contains(label.mapTo(page, label.rect().center()))
    ]


def test_of_a_long_page_what_it_comes_to_stays_in_sight_with_the_row_of_the_step(qapp):
    document = document_of("a = x * x; b = a * a; c = b * b; d = c * c; d * d + d", x=1.1)
    studio = studio_of(document, "wrong")
    for cursor in (len(document.recording) // 2 + 2, len(document.recording) - 1):
        studio.image(Moment(document.recording, cursor))
        page = studio._beside._page
        assert "What if the rule were wrong?" in seen(studio, Prose)
        lit = page.beside.lit_area.toRect()
        top = page.beside.mapTo(page, lit.topLeft()).y()
        assert 0 < top < top + lit.height() <= page.height()
    studio.let_go()


def test_where_a_gradient_ends_is_listed_at_once(qapp):
    studio = studio_of(document_of("exp(x) * relu(y)", x=800, y=-2), "sizes")
    studio.image(Moment(studio.recording, 3))
    assert any(said.startswith("Exp gave infinity at x = 800") for said in seen(studio, Prose))
    studio.let_go()


def test_while_a_person_predicts_a_film_asks_before_each_step(fan_out):
    fan_out.actions_by_name["predict"].trigger()
    dialog = open_dialog(fan_out, "export_film")
    beside(dialog).setCurrentText("Step")
    assert "360 frames" in dialog._said.accessibleName()
    dialog.playing.show_frame(20)
    assert "Can you tell before?" in " ".join(
        label.text() for label in dialog._studio._beside._page.findChildren(Text)
    )
    dialog.close()
    fan_out.actions_by_name["predict"].trigger()


def test_badges_that_are_shown_are_in_the_picture_and_the_step_tells_of_them(fan_out):
    fan_out.actions_by_name["check_all"].trigger()
    dialog = open_dialog(fan_out)
    beside(dialog).setCurrentText("Step")
    dialog.copy()
    assert "numerical 64" in copied()
    dialog.close()
    fan_out.actions_by_name["check_all"].trigger()


def test_in_a_drawing_nothing_goes_beyond_its_edge_and_it_is_well_formed(qapp):
    document = document_of("exp(square(x))", x=1)
    studio = studio_of(document, "plot")
    drawing = written(write_svg, studio, Moment(document.recording, 5)).decode()
    root = ET.fromstring(drawing)
    name = "{http://www.w3.org/2000/svg}"
    cut = {
        group: group.get("clip-path")[5:-1]
        for group in root.iter(f"{name}g")
        if group.get("clip-path")
    }
    areas = {path.get("id"): path.find(f"{name}rect") for path in root.iter(f"{name}clipPath")}
    assert set(cut.values()) <= areas.keys()
    curve = [group for group in cut if list(group.iter(f"{name}polyline"))]
    heights = sorted(float(areas[cut[group]].get("height")) for group in curve)
    assert len(heights) == 3, "one for each plot, in that of the page"
    assert heights[1] < 200 < heights[2] <= 360
    studio.let_go()


def test_of_very_many_rows_the_one_of_the_step_is_there_at_once(qapp):
    document = OpenDocument(long_chain(700))
    studio = studio_of(document, "forward")
    for cursor in (400, len(document.recording) - 1):
        studio.image(Moment(document.recording, cursor))
        page = studio._beside._page
        at = min(cursor, 699)
        area = page.beside.row_area(at).toRect()
        assert page.rect().contains(page.beside.mapTo(page, area.center()))
    studio.let_go()


def test_a_page_that_was_given_up_half_way_is_whole_the_next_time(qapp):
    document = OpenDocument(long_chain(700))
    one, other = studio_of(document, "wrong"), studio_of(document, "wrong")
    moment = Moment(document.recording, 900)
    for pieces in (1, 3):
        begun = other.developed(moment)
        for _ in range(pieces):
            next(begun)
        begun.close()
    assert other.image(moment) == one.image(moment)
    for studio in (one, other):
        studio.let_go()


def test_what_was_before_a_number_was_slid_is_in_the_picture_of_that_step_alone(fan_out):
    graph = fan_out.document.graph
    fan_out.view.canvas.selection.choose([graph.named("x").id])
    fan_out.commands.slide_up()
    assert fan_out.view.canvas.findings.ghost is not None
    dialog = open_dialog(fan_out)
    dialog.copy()
    assert re.search(r"\b64\b", copied()), "the gradient that x had"
    named(dialog, "Step", QSpinBox).setValue(1)
    dialog.copy()
    assert not re.search(r"\b64\b", copied())
    assert fan_out.view.canvas.findings.ghost is not None, "the canvas keeps it"
