"""The palette offers every Function, finds it, and hands it over."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QLineEdit, QListView

from engine.functions import FUNCTIONS, register
from engine.variable import Function
from gui.mime import kind_of
from gui.panels.palette import BLOCK_MIME, Palette
from gui.theme import theme, themes

ROLE = Qt.ItemDataRole.AccessibleTextRole


def shown_palette(qtbot):
    palette = Palette()
    qtbot.addWidget(palette)
    palette.resize(200, 700)
    palette.show()
    qtbot.waitExposed(palette)
    return palette


@pytest.fixture
def palette(qtbot):
    return shown_palette(qtbot)


def named(parent, kind, name):
    (found,) = [w for w in parent.findChildren(kind) if w.accessibleName() == name]
    return found


@pytest.fixture
def search(palette):
    return named(palette, QLineEdit, "Search functions")


@pytest.fixture
def listed(palette):
    return named(palette, QListView, "Functions")


def rows(listed):
    model = listed.model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def entries(listed):
    model = listed.model()
    indexes = [model.index(row, 0) for row in range(model.rowCount())]
    return [index.data() for index in indexes if index.flags() & Qt.ItemFlag.ItemIsSelectable]


def test_inputs_come_first_then_a_group_for_each_family_of_functions(listed):
    shown = rows(listed)
    assert shown[:3] == ["Inputs", "Number or array", "Constant"]
    heads = [row for row in shown if row in {"Inputs", "Elementary", "Arithmetic"}]
    assert heads == ["Inputs", "Elementary", "Arithmetic"]
    offered = {function.__name__ for function in FUNCTIONS.values() if not function.inner}
    assert offered <= set(shown)
    assert not {"Scatter", "Fold", "Unfold"} & set(shown)


def test_a_new_function_appears_by_itself_under_its_own_head(qtbot):
    @register
    class Cube(Function):
        """The input to the third power."""

        group = "Experiments"

        def forward(self, x):
            return x**3

        def backward(self, gy):
            return 3 * self.input.data**2 * gy

    try:
        palette = shown_palette(qtbot)
    finally:
        del FUNCTIONS["cube"]
    listed = named(palette, QListView, "Functions")
    shown = rows(listed)
    place = shown.index("Experiments")
    assert shown[place + 1] == "Cube"
    model = listed.model()
    assert "third power" in model.index(place + 1, 0).data(Qt.ItemDataRole.ToolTipRole)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("squ", ["Square", "MeanSquaredError", "Squeeze"]),
        ("√", ["Sqrt"]),
        ("e^x", ["Exp", "Expm1"]),
        ("÷", ["Div"]),
        ("x₀ · x₁", ["Mul"]),
        ("TANH", ["Tanh"]),
        ("no such thing", []),
    ],
)
def test_typing_finds_by_name_symbol_and_formula(search, listed, text, found):
    search.insert(text)  # QTest types nothing beyond Latin
    assert entries(listed) == found


def test_the_name_of_a_group_finds_all_of_it(qtbot, search, listed):
    qtbot.keyClicks(search, "arith")
    assert "Add" in entries(listed)
    assert "Square" not in entries(listed)


def test_escape_shows_all_again(qtbot, search, listed):
    everything = rows(listed)
    qtbot.keyClicks(search, "zzz")
    assert rows(listed) == []
    qtbot.keyClick(search, Qt.Key.Key_Escape)
    assert rows(listed) == everything


def test_enter_in_the_search_chooses_the_first_match_and_shows_all(qtbot, palette, search, listed):
    everything = rows(listed)
    qtbot.keyClicks(search, "exp")
    told = []
    palette.chosen.connect(told.append)
    palette.found.connect(lambda: told.append("found"))
    qtbot.keyClick(search, Qt.Key.Key_Return)
    assert told == ["exp", "found"]
    assert search.text() == ""
    assert rows(listed) == everything


def test_enter_in_the_search_with_no_match_chooses_nothing(qtbot, palette, search):
    chosen = []
    palette.chosen.connect(chosen.append)
    palette.found.connect(lambda: chosen.append("found"))
    qtbot.keyClicks(search, "zzz")
    qtbot.keyClick(search, Qt.Key.Key_Return)
    assert chosen == []
    assert search.text() == "zzz"


def test_enter_in_the_list_chooses_the_entry(qtbot, palette, search, listed):
    qtbot.keyClicks(search, "exp")
    qtbot.keyClick(search, Qt.Key.Key_Down)
    assert listed.hasFocus()
    with qtbot.waitSignal(palette.chosen) as chosen:
        qtbot.keyClick(listed, Qt.Key.Key_Return)
    assert chosen.args == ["exp"]


def test_down_and_up_go_between_the_search_and_the_list(qtbot, search, listed):
    search.setFocus()
    qtbot.keyClick(search, Qt.Key.Key_Down)
    assert listed.currentIndex().data() == "Number or array"
    qtbot.keyClick(listed, Qt.Key.Key_Down)
    qtbot.keyClick(listed, Qt.Key.Key_Down)
    assert listed.currentIndex().data() == "Square", "a head is stepped over"
    for _ in range(3):
        qtbot.keyClick(listed, Qt.Key.Key_Up)
    assert search.hasFocus()


def test_letters_typed_in_the_list_go_to_the_name(qtbot, listed):
    listed.enter()
    qtbot.keyClicks(listed, "tan")
    assert listed.currentIndex().data() == "Tanh"


def test_a_double_click_chooses(qtbot, palette, listed):
    model = listed.model()
    index = next(i for r in range(model.rowCount()) if (i := model.index(r, 0)).data() == "Square")
    place = listed.visualRect(index).center()
    with qtbot.waitSignal(palette.chosen) as chosen:
        qtbot.mouseClick(listed.viewport(), Qt.MouseButton.LeftButton, pos=place)
        qtbot.mouseDClick(listed.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert chosen.args == ["square"]


def test_a_click_on_a_head_chooses_nothing(qtbot, palette, listed):
    place = listed.visualRect(listed.model().index(0, 0)).center()
    with qtbot.assertNotEmitted(palette.chosen):
        qtbot.mouseDClick(listed.viewport(), Qt.MouseButton.LeftButton, pos=place)
        qtbot.keyClick(listed, Qt.Key.Key_Return)
    assert not listed.currentIndex().isValid()


def test_a_drag_carries_the_kind_and_shows_the_card(qtbot, search, listed):
    qtbot.keyClicks(search, "square")
    listed.enter()
    drag = listed.drag()
    assert bytes(drag.mimeData().data(BLOCK_MIME).data()) == b"square"
    assert kind_of(drag.mimeData()) == "square"
    assert not drag.pixmap().isNull()
    drag.deleteLater()


def test_each_row_says_its_name_and_formula_to_a_screen_reader(listed):
    model = listed.model()
    spoken = {model.index(row, 0).data(ROLE) for row in range(model.rowCount())}
    assert {"Square, y = x²", "Exp, y = e^x", "Mul, y = x₀ · x₁"} <= spoken
    interface = QAccessible.queryAccessibleInterface(listed)
    said = {interface.child(at).text(QAccessible.Text.Name) for at in range(interface.childCount())}
    assert "Square, y = x²" in said


def test_the_tooltip_tells_the_derivative_rule(listed):
    model = listed.model()
    tips = [
        model.index(r, 0).data(Qt.ItemDataRole.ToolTipRole) or "" for r in range(model.rowCount())
    ]
    assert any("The input times itself." in tip and "∂y/∂x = 2x" in tip for tip in tips)


def test_it_is_painted_in_the_colours_of_the_theme(palette, listed):
    def ground():
        return palette.grab().toImage().pixelColor(4, 690)

    assert ground() == theme().panel
    themes().choose("dark")
    assert ground() == theme().panel
    assert theme().dark
