"""The explanation tells the step under the cursor, whole, and nothing else."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QScrollArea, QTextEdit

from engine.graph import Graph
from engine.recording import record
from gui.document import OpenDocument
from gui.panels.explanation import ExplanationPanel
from gui.panels.formula import Formula
from gui.panels.panel_scroll import Fade
from gui.panels.step_room import StepRoom
from gui.panels.transcript import transcript
from gui.panels.typesetting import typesetter
from gui.player import Player
from gui.prediction import Prediction
from gui.theme import INTERFACE, theme, themes
from tests.gui.builders import checks_by, document_of
from tests.gui.hands import next_turn


def agreeing(_block):
    return True, "3.2974426", "agrees to 7 digits"


def shown_panel(qtbot, player, check=agreeing, width=364):
    panel = ExplanationPanel(player, checks_by(check), Prediction(player, OpenDocument))
    qtbot.addWidget(panel)
    panel.resize(width, 662)
    panel.show()
    qtbot.waitExposed(panel)
    return panel


@pytest.fixture(autouse=True)
def _fonts(qapp):
    if not QFontDatabase.hasFamily(INTERFACE):
        themes().dress()


@pytest.fixture
def player(tutorial):
    return Player(tutorial.recording)


@pytest.fixture
def panel(qtbot, player):
    return shown_panel(qtbot, player)


@pytest.fixture
def fan(qtbot):
    player = Player(document_of("x*x + 3*x - x/w", x=0.5, w=[1, 2, 3]).recording)
    return shown_panel(qtbot, player), player


def seen(panel, kind=QLabel):
    return [w for w in panel.findChildren(kind) if w.isVisible()]


def said(panel):
    """All that a person reads, or is read."""
    words = [label.accessibleName() or label.text() for label in seen(panel)]
    words += [w.accessibleName() for kind in (QAbstractButton, Formula) for w in seen(panel, kind)]
    return words


def button(panel, name):
    (found,) = [b for b in seen(panel, QAbstractButton) if b.accessibleName() == name]
    return found


def code(panel):
    (found,) = [w for w in panel.findChildren(QTextEdit) if w.accessibleName() == "Code"]
    return found


@pytest.mark.parametrize(
    ("cursor", "heading", "title", "rule", "running"),
    [
        (0, "Forward · step 1 of 8", "x is given", "x = 0.5", "xs = [x.data"),
        (1, "Forward · step 2 of 8", "Square gives a", "a = x²", "y = self.forward(*xs)"),
        (2, "Forward · step 3 of 8", "Exp gives b", "b = e^a", "y = self.forward(*xs)"),
        (3, "Forward · step 4 of 8", "Square gives y", "y = b²", "y = self.forward(*xs)"),
        (4, "Backward · step 5 of 8", "Start from y with 1", "∂y/∂y = 1", "self.grad = np.ones"),
        (
            5,
            "Backward · step 6 of 8",
            "Square passes the gradient on",
            "∂y/∂b = ∂y/∂y · 2b",
            "x.grad",
        ),
        (
            6,
            "Backward · step 7 of 8",
            "Exp passes the gradient on",
            "∂y/∂a = ∂y/∂b · e^a",
            "x.grad",
        ),
        (
            7,
            "Backward · step 8 of 8",
            "Square passes the gradient on",
            "∂y/∂x = ∂y/∂a · 2x",
            "x.grad",
        ),
    ],
)
def test_each_step_of_the_tutorial_is_told(player, panel, cursor, heading, title, rule, running):  # noqa: PLR0913
    player.seek(cursor)
    words = said(panel)
    assert {heading, title, rule} <= set(words)
    assert code(panel).accessibleDescription().startswith(f"Running: {running}")


def test_the_numbers_stand_under_the_rule_and_can_be_selected(player, panel):
    player.seek(7)
    (numbers,) = [w for w in seen(panel) if w.accessibleName().endswith("= 3.2974425")]
    assert "3.2974425 · 2 · 0.5" in numbers.accessibleName()
    flags = numbers.textInteractionFlags()
    assert flags & Qt.TextInteractionFlag.TextSelectableByMouse
    assert flags & Qt.TextInteractionFlag.TextSelectableByKeyboard
    assert theme().orange.name() in numbers.text()


def test_copying_a_step_gives_every_digit(player, panel):
    player.seek(7)
    copied = panel.copy_text()
    assert copied.startswith("Backward · step 8 of 8\nSquare passes the gradient on\n")
    assert "∂y/∂x = ∂y/∂a · 2x\n" in copied
    assert "∂y/∂x = 3.297442541400256\n" in copied


def test_copying_with_the_check_on_gives_the_verdict_too(qtbot, player, panel):
    player.seek(7)
    panel.toggle_check()
    qtbot.waitUntil(lambda: "numerical 3.2974426: agrees to 7 digits\n" in panel.copy_text())


def test_the_work_list_waits_until_the_walk_turns_round(player, panel):
    assert "funcs" not in said(panel)
    player.seek(4)
    assert "funcs" in said(panel)


def test_values_then_factors_are_gathered(player, panel):
    player.seek(2)
    assert {"x is 0.5", "a is 0.25", "b is 1.2840", "y is not known yet"} <= set(said(panel))
    player.seek(6)
    expected = {"∂y/∂b is 2.5681", "∂b/∂a is 1.2840", "∂a/∂x is not known yet"}
    assert expected <= set(said(panel))


def test_a_graph_that_is_no_chain_shows_its_gradients(fan):
    panel, player = fan
    panel.resize(364, 1000)
    player.seek(11)
    words = said(panel)
    assert "∂y/∂x is 12 so far, and more will be added" in words
    assert "∂y/∂w is not known yet" in words
    assert sum(word.startswith("∂y/∂x = ∂y/∂a") for word in words) == 2, "one rule for each input"


def test_a_card_that_is_clicked_points_at_its_block(qtbot, player, panel, tutorial):
    player.seek(6)
    with qtbot.waitSignal(panel.block_pointed) as pointed:
        qtbot.mouseClick(button(panel, "∂b/∂a is 1.2840"), Qt.MouseButton.LeftButton)
    assert tutorial.graph.block(pointed.args[0]).name == "b"
    popped = "Exp, which gives b: popped in this step"
    with qtbot.waitSignal(panel.block_pointed) as pointed:
        qtbot.keyClick(button(panel, popped), Qt.Key.Key_Space)
    assert tutorial.graph.block(pointed.args[0]).name == "b"


def test_an_empty_graph_says_what_to_do_and_nothing_more(qtbot):
    panel = shown_panel(qtbot, Player(record(Graph())))
    words = said(panel)
    assert "Place a block" in words
    assert not seen(panel, QAbstractButton)
    assert not seen(panel, QTextEdit)
    assert "Nothing to walk yet" in panel.copy_text()


def test_a_bad_number_is_told_with_a_way_to_it(qtbot):
    player = Player(document_of("exp(x) * square(z)", x=1000, z=2).recording)
    panel = shown_panel(qtbot, player)
    player.to_end()
    assert any("infinity" in word for word in said(panel))
    go = next(
        b for b in seen(panel, QAbstractButton) if b.accessibleName().startswith("Go to step")
    )
    qtbot.mouseClick(go, Qt.MouseButton.LeftButton)
    assert player.moment.cursor == player.recording.first_bad.step


def test_a_good_run_after_a_bad_one_takes_the_warning_away(qtbot):
    player = Player(document_of("exp(x)", x=1000).recording)
    panel = shown_panel(qtbot, player)
    player.set_recording(document_of("exp(x)", x=1).recording)
    assert not any("infinity" in word for word in said(panel))


def test_a_new_recording_is_told_at_once(player, panel):
    player.seek(7)
    player.set_recording(document_of("square(exp(square(x)))", x=1).recording)
    assert "∂y/∂x = 29.556224395722598\n" in panel.copy_text()
    assert any("29.556" in word for word in said(panel))


def test_while_a_step_is_being_shown_only_the_lit_line_changes(qtbot, player, panel, monkeypatch):
    player.seek(5)
    told = []
    monkeypatch.setattr(type(panel), "_explain", lambda self: told.append(1))
    player.step_on()
    assert code(panel).accessibleDescription() == "Running: f = funcs.pop()"
    for _ in range(30):
        player.advance()
        next_turn(qtbot)
    assert told == [1]


@pytest.mark.parametrize("width", [300, 320, 364, 520])
def test_nothing_is_wider_than_the_panel(qtbot, width):
    values = {"prediction_of_the_model": [1.5, 2, 3, 4, 5, 6], "target": [1, 1, 1, 1, 1, 1]}
    document = document_of("loss = square(prediction_of_the_model - target)", **values)
    player = Player(document.recording)
    panel = shown_panel(qtbot, player, width=width)
    panel.toggle_check()
    for cursor in range(len(player.recording)):
        player.seek(cursor)
        next_turn(qtbot)
        for kind in (QLabel, QAbstractButton, Formula):
            for widget in seen(panel, kind):
                corner = widget.mapTo(panel, widget.rect().topRight())
                assert corner.x() < width, widget.accessibleName()


def test_the_tutorial_fits_without_scrolling(qtbot, player, panel):
    panel.toggle_check()
    (scroll,) = panel.findChildren(QScrollArea)
    for cursor in range(8):
        player.seek(cursor)
        qtbot.waitUntil(lambda: bool(panel.copy_text()))
        typesetter().wait()
        next_turn(qtbot)
        assert scroll.verticalScrollBar().maximum() == 0, cursor


def test_the_colours_follow_the_theme(qtbot, player, panel):
    player.seek(6)
    typesetter().wait()

    def ground():
        return panel.grab().toImage().pixelColor(10, 650)

    assert ground() == theme().panel
    themes().choose("dark")
    assert theme().dark
    assert ground() == theme().panel
    (title,) = [w for w in seen(panel) if w.accessibleName() == "Exp passes the gradient on"]
    assert ink_is_in(title, theme().ink)
    (heading,) = [w for w in seen(panel) if w.text() == "Backward · step 7 of 8"]
    assert ink_is_in(heading, theme().orange)
    assert ink_is_in(code(panel).viewport(), theme().dim)


def ink_is_in(widget, colour):
    image = widget.grab().toImage()
    pixels = (image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height()))
    return any(
        sum(abs(a - b) for a, b in zip(pixel.getRgb(), colour.getRgb(), strict=True)) < 24
        for pixel in pixels
    )


def test_colours_survive_the_style_sheet_of_the_app(qtbot, qapp, player):
    panel = ExplanationPanel(player, checks_by(agreeing), Prediction(player, OpenDocument))
    qtbot.addWidget(panel)
    player.seek(6)
    themes().dress()
    panel.show()
    (heading,) = [w for w in seen(panel) if w.text() == "Backward · step 7 of 8"]
    assert ink_is_in(heading, theme().orange)


def test_the_depth_is_chosen_by_a_click_and_kept(qtbot, player, panel):
    player.seek(6)
    QTest.mouseClick(button(panel, "Student"), Qt.MouseButton.LeftButton)
    assert any("grad_a = grad_b * b" in text for text in said(panel))
    QTest.mouseClick(button(panel, "Engineer"), Qt.MouseButton.LeftButton)
    assert button(panel, "First contact")
    assert button(shown_panel(qtbot, player), "First contact")


def test_the_chain_is_in_sight_in_a_small_window(qtbot, panel, player):
    panel.resize(364, 580)  # what a window of 1280 x 764 leaves it
    player.seek(6)
    typesetter().wait()
    area = panel.findChild(QScrollArea).viewport()
    card = button(panel, "∂b/∂a is 1.2840")
    qtbot.waitUntil(lambda: area.rect().contains(card.mapTo(area, card.rect().bottomRight())))


def test_the_code_gives_lines_to_the_step_where_the_panel_is_low(qtbot, panel, player):
    player.seek(6)
    lines = []
    for height in (662, 560, 440):
        panel.resize(364, height)
        next_turn(qtbot)
        listing = panel.findChild(QTextEdit).parentWidget()
        lines.append((listing.sizeHint().height() - 16) // 20)
    assert lines == [6, 3, 1]


@pytest.mark.parametrize("depth", ["first", "student", "engineer"])
@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("a = x**2; a**2 + a**2", {"x": 2.0}),
        ("square(exp(square(x)))", {"x": 0.25}),
        ("sum(sigmoid(x) * 2)", {"x": [[1.5, 2.5, 0.25, 0.75]] * 3}),
    ],
)
def test_nothing_of_a_step_is_cut_in_a_window_of_1280_by_800(qtbot, text, values, depth):
    player = Player(document_of(text, **values).recording)
    panel = shown_panel(qtbot, player)
    panel.resize(363, 628)
    panel.set_depth(depth)
    bar = panel.findChild(QScrollArea).verticalScrollBar()
    for cursor in range(len(player.recording)):
        player.seek(cursor)
        for _ in range(2):
            typesetter().wait()
            next_turn(qtbot)
        assert bar.maximum() == 0, cursor


def test_the_room_is_shared_anew_when_only_the_work_list_grows(qtbot):
    player = Player(document_of("b = exp(square(x)); 1 * (2 * b) * b * (2 * x)", x=0.5).recording)
    panel = shown_panel(qtbot, player)
    panel.resize(363, 628)
    bar = panel.findChild(QScrollArea).verticalScrollBar()
    for cursor in range(player.recording.turn, len(player.recording)):
        player.seek(cursor)
        for _ in range(2):
            typesetter().wait()
            next_turn(qtbot)
        assert bar.maximum() == 0, cursor


@pytest.mark.parametrize("height", [1000, 628, 480])
def test_once_the_room_is_shared_nothing_is_laid_out_any_more(qtbot, fan, monkeypatch, height):
    panel, player = fan
    panel.resize(364, height)
    player.seek(11)
    for _ in range(5):
        typesetter().wait()
        next_turn(qtbot)
    shared = []
    monkeypatch.setattr(StepRoom, "share", lambda _: shared.append(1))
    for _ in range(5):
        next_turn(qtbot)
    assert not shared


def test_a_step_shares_the_room_out_and_looks_at_it_once_more(qtbot, player, panel, monkeypatch):
    for cursor in range(len(player.recording)):  # so that every rule has been typeset
        player.seek(cursor)
        typesetter().wait()
        next_turn(qtbot)
    shared, share = [], StepRoom.share
    monkeypatch.setattr(StepRoom, "share", lambda room: (shared.append(1), share(room)))
    for cursor in range(len(player.recording)):
        shared.clear()
        player.seek(cursor)
        QApplication.processEvents()
        assert 1 <= len(shared) <= 2
        next_turn(qtbot)


def test_what_is_known_gives_room_to_the_step_and_takes_it_back(qtbot, fan):
    panel, player = fan
    player.seek(11)
    shown = []
    for height in (1000, 680, 480):
        panel.resize(364, height)
        next_turn(qtbot)
        shown.append(sum(word.startswith("∂y/∂") and " is " in word for word in said(panel)))
    assert shown == [7, 3, 0]
    panel.resize(364, 1000)
    next_turn(qtbot)
    assert sum(word.startswith("∂y/∂") and " is " in word for word in said(panel)) == 7


def test_behind_another_page_it_waits_and_catches_up_when_it_is_turned_to(player, panel):
    panel.hide()
    player.seek(6)
    assert not any(w.text() == "Backward · step 7 of 8" for w in panel.findChildren(QLabel))
    panel.show()
    assert "Backward · step 7 of 8" in said(panel)


def test_a_step_is_copied_as_it_is_from_behind_another_page(player, panel):
    panel.hide()
    player.seek(6)
    assert panel.copy_text() == transcript(player.moment)


def test_a_check_goes_on_behind_another_page_so_that_verdicts_can_be_copied(player, panel):
    panel.toggle_check()
    panel.hide()
    player.seek(6)
    assert "numerical" in panel.copy_text()


@pytest.mark.parametrize("front", [True, False])
def test_a_screen_reader_hears_each_step_once_whichever_page_is_in_front(
    monkeypatch, player, panel, front
):
    heard = []
    monkeypatch.setattr(
        "gui.panels.explanation.QAccessible",
        SimpleNamespace(
            isActive=lambda: True, updateAccessibility=lambda event: heard.append(event.message())
        ),
    )
    panel.setVisible(front)
    player.seek(6)
    panel.hide()
    panel.show()
    assert [words.split(". ")[0] for words in heard] == ["Backward · step 7 of 8"]


def test_what_goes_on_beyond_an_edge_fades_there(qtbot, fan):
    panel, player = fan
    player.seek(11)
    panel.resize(364, 420)
    scroll = panel.findChild(QScrollArea)
    bar = scroll.verticalScrollBar()
    fades = scroll.findChildren(Fade)
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    seen = []
    for at in (0, bar.maximum() // 2, bar.maximum()):
        bar.setValue(at)
        seen.append([fade.isVisible() for fade in fades])
    assert seen == [[False, True], [True, True], [True, False]]
    panel.resize(364, 1000)
    qtbot.waitUntil(lambda: not any(fade.isVisible() for fade in fades))
