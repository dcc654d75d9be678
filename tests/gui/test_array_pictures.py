"""Arrays on the canvas: small pictures where they cannot be written out."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QRectF, QSizeF
from PySide6.QtGui import QColor, QPainter, QPixmap

from engine.picture import cells, sizes
from engine.picture.cells import shape_text
from gui.canvas import array_picture, paint
from gui.canvas.array_picture import is_pictured, paint_picture, picture_size
from gui.canvas.hit import Hit
from gui.canvas.tips import tip
from gui.cells import cell_ground
from gui.contrast import ink_on
from gui.pages.heat_grid import HeatGrid
from gui.theme import theme, themes
from tests.gui.builders import document_of
from tests.gui.test_panel_contrast import contrast

ROOM = QSizeF(120, 44)


def painted(value, zoom=4.0, *, backward=False):
    """Paint a picture; give it, and the size of it in scene units."""
    size = picture_size(value.shape, ROOM)
    pixels = QPixmap((size * zoom).toSize())
    pixels.fill(QColor("white"))
    painter = QPainter(pixels)
    painter.scale(zoom, zoom)
    paint_picture(painter, QRectF(0, 0, size.width(), size.height()), value, backward=backward)
    painter.end()
    return pixels.toImage(), size


def colour_of(image, size, value, row, column):
    """The colour near the upper left corner of a cell, where neither sign nor number is."""
    rows, columns = np.atleast_2d(value).shape
    width, height = (size.width() - 4) / columns, (size.height() - 4) / rows
    scale = image.width() / size.width()
    x, y = 2 + (column + 0.12) * width, 2 + (row + 0.12) * height
    return image.pixelColor(round(x * scale), round(y * scale))


@pytest.mark.parametrize(
    ("value", "room", "expected"),
    [
        (np.array(0.5), 70, False),
        (np.array([1.0, 2.0]), 120, False),
        (np.array([1.2345, 2.3456, 3.4567]), 60, True),
        (np.arange(5.0), 500, True),
        (np.ones((4, 3)), 500, True),
        (np.ones((1, 2, 1)), 500, True),
        (np.zeros(0), 120, False),
        (np.zeros((3, 0)), 120, False),
    ],
)
def test_what_can_be_written_out_is_written_out(qapp, value, room, expected):
    assert is_pictured(value, room) is expected


@pytest.mark.parametrize("backward", [False, True])
def test_a_cell_is_as_strong_as_its_element_is_large(qapp, backward):
    value = np.array([[0.0, 1.0, 2.0], [4.0, np.nan, np.inf]])
    image, size = painted(value, backward=backward)
    for (row, column), number in np.ndenumerate(value):
        expected = cell_ground(float(number), 4.0, theme(), backward=backward)
        assert colour_of(image, size, value, row, column) == expected


def test_the_page_and_the_canvas_colour_an_element_alike(qtbot, qapp):
    value = np.array([[1.0, 3.0]] * 3)
    image, size = painted(value)
    grid = HeatGrid()
    qtbot.addWidget(grid)
    grid.show_array("x", value, backward=False)
    grid.resize(120, grid.sizeHint().height())
    seen = grid.grab().toImage().pixelColor(4, 4)
    assert seen == colour_of(image, size, value, 0, 0)


def test_the_sign_of_an_element_is_seen(qapp):
    positive, _ = painted(np.ones((2, 3)), zoom=1.0)
    negative, _ = painted(-np.ones((2, 3)), zoom=1.0)
    assert positive != negative


def test_a_number_in_a_cell_is_not_struck_through_for_its_sign(qapp, monkeypatch):
    struck = []
    monkeypatch.setattr(array_picture, "cell_sign", lambda *_: struck.append(1))
    painted(np.full((2, 3), -1.5))
    assert not struck
    painted(np.full((2, 3), -1.5), zoom=1.0)
    assert len(struck) == 6


def test_from_near_the_cells_have_numbers(qapp):
    one, _ = painted(np.full((2, 3), 1.0))
    other, _ = painted(np.full((2, 3), 2.0))  # as strong, for it is the largest, too
    assert one != other
    far, _ = painted(np.full((2, 3), 1.0), zoom=1.0)
    also_far, _ = painted(np.full((2, 3), 2.0), zoom=1.0)
    assert far == also_far


@pytest.mark.parametrize(
    "shape", [(1, 1), (5,), (4, 3), (100, 1), (1, 1000), (10**6, 10**6), (2, 3, 4)]
)
def test_a_picture_of_any_shape_stays_in_its_room(qapp, shape):
    image, size = painted(np.broadcast_to(1.0, shape))
    assert size.width() <= ROOM.width()
    assert size.height() <= ROOM.height()
    assert not image.isNull()


def test_a_picture_is_drawn_once(qapp, monkeypatch):
    drawn = []
    real = array_picture._drawn
    monkeypatch.setattr(
        array_picture, "_drawn", lambda value, look: drawn.append(value) or real(value, look)
    )
    value = np.ones((4, 3))
    for _ in range(5):
        painted(value)
    assert len(drawn) == 1
    painted(np.ones((4, 3)))  # another array, even if its numbers are the same
    painted(value, backward=True)
    assert len(drawn) == 3


def test_a_shape_is_written(qapp):
    assert shape_text(np.ones((4, 3))) == "4×3"
    assert shape_text(np.broadcast_to(1.0, (10_000, 3))) == "10,000×3"


def test_values_gradients_and_inputs_are_pictures_on_the_canvas(window, monkeypatch):
    seen = []
    monkeypatch.setattr(
        array_picture._PICTURES,
        "get",
        lambda value, key, make: seen.append((id(value), bool(key[2]))) or make(),
    )
    values = {"x": np.arange(12.0).reshape(4, 3), "w": np.ones((3, 5))}
    window.show_document(document_of("sum(tanh(matmul(x, w)))", **values))
    window.player.to_end()
    window.view.grab()
    recording, graph = window.player.recording, window.document.graph
    for block in (graph.named("x"), graph.named("w")):
        assert (id(block.value), False) in seen
        assert (id(recording.gradient(block.id)), True) in seen
    matmul = next(b.id for b in graph.blocks.values() if b.kind == "matmul")
    assert (id(recording.value(matmul)), False) in seen
    assert (id(recording.gradient(matmul)), True) in seen


def test_an_input_grows_with_its_picture_and_shrinks_again(window):
    document, canvas = window.document, window.view.canvas
    x = document.graph.named("x").id
    before = canvas.block_rect(x).size()
    document.set_value(x, np.ones((4, 3)))
    assert canvas.block_rect(x).height() > before.height()
    document.undo_stack.undo()
    assert canvas.block_rect(x).size() == before


def test_a_table_is_told_row_by_row_where_the_pointer_rests(window):
    window.show_document(document_of("exp(x)", x=np.arange(20.0).reshape(4, 5)))
    told = tip(window.view.canvas, Hit(block=window.document.graph.named("x").id))
    assert "x = 4×5 array\n[0, 1, 2, 3, 4]\n[5, 6, 7, 8, 9]\n[10, " in told


@pytest.mark.parametrize("looked_at", [is_pictured, cells.is_pictured])
def test_a_matrix_whose_numbers_would_be_cut_is_a_picture_however_long_its_wire(qapp, looked_at):
    del qapp
    matrix = np.array([[0.21652, -1.36], [0.80991, 0.13909]])
    assert looked_at(matrix, sizes.WIDEST)
    assert not looked_at(np.eye(2), sizes.WIDEST)


def test_chips_of_arrays_stand_below_each_other_and_hide_no_number(window):
    window.show_document(document_of("sum(x * w)", x=[1.0, 2.0, 3.0], w=[1.0, 0.0, 1.0]))
    window.player.to_end()
    canvas = window.view.canvas
    block = window.player.moment.step.block
    item = canvas.block_item(block)
    values = window.player.moment.locals()
    widths = [paint.number_width(sizes.chip_words(value)) + 14 for value in values]
    spots = sizes.chip_spots(widths, stacked=True)
    for (x, y), width in zip(spots, widths, strict=True):
        chip = QRectF(x - width / 2, item.outline.bottom() + y - 13, width, 26)
        assert item.boundingRect().contains(chip)
        assert chip.left() > item.outline.left() - 20


@pytest.mark.parametrize("name", ["light", "dark"])
@pytest.mark.parametrize("backward", [False, True])
def test_the_number_in_a_cell_can_be_read_however_large_it_is(name, backward):
    themes().choose(name)
    c = theme()
    value = np.array([[1.0, -1.0]])
    image, _ = painted(value, backward=backward)
    ground = cell_ground(1.0, 1.0, c, backward=backward)
    assert contrast(ink_on(ground, c), ground) >= 4.5
    inside = range(12, image.width() // 2 - 12)
    dots = (image.pixelColor(x, y) for x in inside for y in range(12, image.height() - 12))
    assert max(contrast(QColor(name), ground) for name in {dot.name() for dot in dots}) > 3.4
