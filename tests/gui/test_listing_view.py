"""The code stands there to be read, with the running line lit."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QTextEdit

from engine.listing import listing
from engine.moment import Moment
from gui.panels.listing_view import EDGE, LINE, ListingView
from gui.theme import theme
from tests.gui.builders import document_of


@pytest.fixture
def view(qtbot):
    made = ListingView()
    qtbot.addWidget(made)
    return made


def show(view, moment, width=324):
    view.show_listing(listing(moment), backward=moment.is_backward)
    view.resize(width, view.sizeHint().height())
    view.show()
    return view.findChild(QTextEdit)


def test_the_code_can_be_read_whole_and_not_changed(view, tutorial):
    moment = Moment(tutorial.recording, 6)
    code = show(view, moment)
    assert code.toPlainText().splitlines() == list(listing(moment).lines)
    assert code.isReadOnly()


@pytest.mark.parametrize(("cursor", "ground"), [(2, "blue_bg"), (6, "orange_bg")])
def test_the_running_line_is_lit_in_the_colour_of_its_direction(view, tutorial, cursor, ground):
    moment = Moment(tutorial.recording, cursor)
    show(view, moment)
    image = view.grab().toImage()
    lit = [
        line
        for line in range(len(listing(moment).lines))
        if image.pixelColor(310, EDGE + line * LINE + LINE // 2) == getattr(theme(), ground)
    ]
    assert lit == [listing(moment).running]


def test_lighting_another_line_leaves_the_text_alone(view, tutorial):
    code = show(view, Moment(tutorial.recording, 6, 0.0))
    code.selectAll()
    show(view, Moment(tutorial.recording, 6, 1.0))
    assert code.textCursor().hasSelection()


def test_the_loop_with_generations_fits_into_a_narrow_panel(view):
    recording = document_of("x*x + x", x=2).recording
    code = show(view, Moment(recording, len(recording) - 1), width=280)
    assert code.document().idealWidth() <= code.viewport().width() + 1


def test_without_code_nothing_is_shown(view):
    view.show_listing(None, backward=False)
    assert view.isHidden()
