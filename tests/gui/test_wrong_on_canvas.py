"""While the page of wrong rules is in front, the canvas marks what ends otherwise."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QRectF

from engine.asking.wrong_rules import walk_wrong
from gui.canvas import paint
from gui.canvas.hit import Hit
from gui.canvas.tips import tip
from gui.theme import theme
from tests.gui.builders import document_of


@pytest.fixture
def bench(window):
    """The window on a graph where the order counts, with the page of wrong rules in front."""
    window.show_document(document_of("a = square(x); square(a) + square(a)", x=2.0))
    window.actions_by_name["ask_mistakes"].trigger()
    window.side.page("mistakes").choose("stack")
    return window


def wrong_numbers(bench):
    """What is marked, by name."""
    blocks = bench.document.graph.blocks.values()
    found = {block.name: bench.view.canvas.findings.wrong_gradient(block.id) for block in blocks}
    return {name: float(number) for name, number in found.items() if number is not None}


def test_what_ends_otherwise_is_marked_beside_the_right_number(bench):
    bench.player.to_end()
    assert wrong_numbers(bench) == {"x": 96.0}
    x = bench.document.graph.named("x").id
    assert bench.player.moment.gradient(x) == 64.0
    assert "by the wrong rule: 96" in tip(bench.view.canvas, Hit(block=x))


def test_nothing_is_marked_before_the_walk_has_come_there(bench):
    bench.player.to_start()
    assert wrong_numbers(bench) == {}
    assert bench.view.canvas.findings.parting is None


def test_the_block_where_the_two_part_is_lit_once_they_have(bench):
    canvas, walk = bench.view.canvas, bench.side.page("mistakes").walk
    at = bench.player.recording.turn + walk.parted
    bench.player.seek(at - 1)
    assert canvas.findings.parting is None
    bench.player.seek(at)
    assert canvas.findings.parting == walk.steps[walk.parted].block


def test_it_is_seen_in_the_colour_for_what_is_wrong(bench):
    bench.player.to_end()
    bench.view.set_zoom(1.0)
    marked = bench.view.grab().toImage()
    bench.actions_by_name["ask_step"].trigger()
    plain = bench.view.grab().toImage()
    bad = theme().bad_bg
    assert _count(marked, bad) > 100 > _count(plain, bad)


def _count(image, colour):
    plain = image.convertToFormat(image.Format.Format_RGB32)  # its bits go with it
    pixels = np.frombuffer(plain.constBits(), np.uint32)
    return int((pixels & 0xFFFFFF == colour.rgb() & 0xFFFFFF).sum())


def test_another_page_in_front_takes_the_marks_away(bench):
    bench.player.to_end()
    bench.actions_by_name["ask_step"].trigger()
    assert wrong_numbers(bench) == {}
    bench.actions_by_name["ask_mistakes"].trigger()
    assert wrong_numbers(bench) == {"x": 96.0}


def test_another_rule_marks_other_numbers(bench):
    bench.player.to_end()
    bench.side.page("mistakes").choose("overwrite")
    assert wrong_numbers(bench) == {"x": 32.0, "a": 8.0}


def test_another_number_is_marked_anew(bench):
    bench.player.to_end()
    bench.document.set_value(bench.document.graph.named("x").id, np.array(1.0))
    assert wrong_numbers(bench) == {"x": 12.0}


def test_another_document_has_marks_of_its_own(bench):
    first = bench.document
    bench.player.to_end()
    bench.show_document(document_of("exp(x)", x=1.0))
    bench.player.to_end()
    assert wrong_numbers(bench) == {}
    bench.actions_by_name["ask_step"].trigger()
    bench.documents.bring_to_front(first)
    assert wrong_numbers(bench) == {}


@pytest.mark.parametrize("rule", ["overwrite", "stack", "uncleared", "unsummed"])
def test_at_the_end_all_that_differs_is_what_is_marked(window, rule):
    document = document_of("a = square(x); sum(square(a) + a * w)", x=[1.0, 2.0], w=3.0)
    walk = walk_wrong(document.recording, rule)
    last = len(document.recording) - 1
    for block in walk.differing():
        found, right = walk.gradient_at(block, last), document.recording.gradient(block)
        assert found is walk.gradients[block]
        assert found.shape != right.shape or not np.array_equal(found, right)
    assert walk.ends_otherwise == set(walk.differing())


def test_on_the_way_the_wrong_number_is_that_of_the_same_step(bench):
    walk, turn = bench.side.page("mistakes").walk, bench.player.recording.turn
    for at, step in enumerate(walk.steps[: len(bench.player.recording) - turn - 1]):
        for part in getattr(step, "contributions", ()):
            if [p.wire.source for p in step.contributions].count(part.wire.source) == 1:
                got = walk.gradient_at(part.wire.source, turn + at)
                assert got is not None
                assert got.tolist() == part.after.tolist()


def test_the_wrong_number_keeps_clear_of_the_ring_around_the_block(bench, monkeypatch):
    bench.show_document(document_of("a = x**2; y = a**2 + a**2", x=2.345))
    bench.side.page("mistakes").choose("stack")
    bench.player.to_end()
    canvas, painted, real = bench.view.canvas, [], paint.number

    def number(painter, centre, words, *colours, **options):
        if words.startswith("≠"):
            half = paint.number_width(words) / 2
            area = QRectF(centre.x() - half, centre.y() - 13, 2 * half, 26)
            painted.append(painter.worldTransform().mapRect(area))
        return real(painter, centre, words, *colours, **options)

    monkeypatch.setattr(paint, "number", number)
    bench.view.set_zoom(1.0)
    bench.view.grab()
    ring = canvas.block_rect(canvas.findings.parting).adjusted(-8, -8, 8, 8)
    placed = bench.view.viewportTransform().mapRect(ring)
    assert painted
    assert not any(placed.intersects(label) for label in painted)


def test_from_far_away_a_sign_marks_what_ends_otherwise(bench, monkeypatch):
    bench.player.to_end()
    bench.view.set_zoom(0.25)
    words, real = [], paint.text

    def text(painter, area, said, *how):
        words.append(said)
        return real(painter, area, said, *how)

    monkeypatch.setattr(paint, "text", text)
    bench.view.grab()
    assert "≠" in words
    bench.actions_by_name["ask_step"].trigger()
    words.clear()
    bench.view.grab()
    assert "x²" in words
    assert "≠" not in words
