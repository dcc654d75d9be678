"""Text in a panel: it is painted as Qt would paint it, and can be selected and copied."""

from __future__ import annotations

from html import escape
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from gui.panels.labels import APART, Prose, ink_of, laid_out, together
from gui.theme import font, theme, themes

SENTENCE = (
    "With h = 0.32 to both sides the secant has the slope 4.30142721, off by 30 %. "
    "A coarse h cuts across the bend; a fine one is lost in rounding."
)
TEXTS = (
    SENTENCE,
    "Short",
    "Two lines\nof which the second is long enough to be broken, once or twice: x < 0 & <b>so</b>",
    "  more   blanks\tthan are  shown  ",
    "aWordThatIsLongerThanTheLineAndThatIsNotBrokenAsThereIsNoPlaceForThatInIt and more",
    "one\n\nthree",
    "x² · ∂y/∂x → −∞",
    "At x[0, 0] = 1.62 the slope is the gradient ∂loss/∂weight[10, 2] of all that is given.",
)


def as_qt_paints_it(text, face, ink):
    """The same text in a label of Qt, as rich text with lines that stand apart."""
    label = QLabel()
    label.setFont(face)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.RichText)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    lines = "<br>".join(escape(together(line)) for line in text.splitlines())
    colour = ink_of(theme(), ink).name()
    label.setText(f'<p style="line-height:{APART}%; color:{colour}">{lines}</p>')
    return label


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("theme_name", ["light", "dark"])
def test_prose_is_painted_to_the_pixel_as_qt_paints_it(qapp, text, theme_name):
    themes().choose(theme_name)
    for face in (font(12), font(13), font(19, bold=True)):
        prose, theirs = Prose(face, "dim"), as_qt_paints_it(text, face, "dim")
        prose.show_text(text)
        for width in (200, 323):
            height = theirs.heightForWidth(width)
            assert prose.heightForWidth(width) == height
            for room in (height, height + 7):
                for label in (prose, theirs):
                    label.resize(width, room)
                assert prose.grab().toImage() == theirs.grab().toImage()


def test_prose_follows_its_text_its_ink_and_the_theme(qapp):
    prose = Prose(font(13), "ink")
    prose.resize(300, 60)
    seen = []
    for change in (
        lambda: prose.show_text("one"),
        lambda: prose.show_text("two"),
        lambda: prose.set_ink("bad"),
        lambda: themes().choose("dark"),
    ):
        change()
        seen.append(prose.grab().toImage())
    assert all(a != b for a, b in pairwise(seen))


def test_prose_is_selected_with_the_mouse_and_copied(qtbot):
    prose = Prose(font(13), "ink")
    qtbot.addWidget(prose)
    prose.show_text(SENTENCE)
    prose.resize(320, prose.heightForWidth(320))
    prose.show()
    plain = prose.grab().toImage()
    QTest.mouseDClick(prose, Qt.MouseButton.LeftButton, pos=QPoint(8, 8))
    assert prose.selectedText() == "With"
    assert prose.grab().toImage() != plain
    QTest.keySequence(prose, QKeySequence(QKeySequence.StandardKey.Copy))
    assert QApplication.clipboard().text() == "With"
    prose.show_text("Another.")
    prose.grab()
    assert prose.selectedText() == ""


def test_no_line_parts_a_short_formula_or_leaves_a_last_word_of_a_few_letters_alone(qapp):
    del qapp
    said = Prose(font(13), "ink")
    said.show_text(
        "It was used before, and that is added now as well: 8 + 8 = 16. It goes to x and w."
    )
    for width in range(150, 500, 5):
        lines = lines_of(said, width)
        assert any("8 + 8 = 16" in line for line in lines)
        assert lines[-1] != "w."
    long = " + ".join(["0.28582"] * 8)
    said.show_text(long)
    assert len(lines_of(said, 200)) > 2  # it may be broken, before a sign
    assert all(line.startswith("+ ") for line in lines_of(said, 200)[1:])


def lines_of(prose, width):
    layout = prose._lines(width).layout
    text = layout.text().replace("\u00a0", " ")
    lines = [layout.lineAt(at) for at in range(layout.lineCount())]
    return [text[line.textStart() :][: line.textLength()].strip() for line in lines]


def test_no_line_ends_within_a_derivative_or_the_name_of_an_element(qapp):
    text = "It is the gradient ∂loss/∂weight[10, 2] of the target."
    for width in range(120, 330, 5):
        layout = laid_out(together(text), font(13), width).layout
        ends = [
            layout.text()[line.textStart() : line.textStart() + line.textLength()].strip()
            for line in (layout.lineAt(at) for at in range(layout.lineCount()))
        ]
        assert not [end for end in ends if end.endswith(("/", "/\ufeff", ","))], width


def test_what_keeps_a_derivative_together_makes_no_line_higher(window):
    del window  # with it come the fonts
    text = "It is the gradient ∂y/∂x of the target."
    assert laid_out(together(text), font(13), 400).height == laid_out(text, font(13), 400).height
