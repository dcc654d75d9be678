"""Formulas are typeset while nobody waits, and kept."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from gui.panels import typesetting
from gui.panels.formula import Formula
from gui.panels.tex import INK, Setting, typeset
from gui.panels.typesetting import Typesetter, typesetter
from gui.theme import theme, themes
from tests.gui.hands import next_turn

CHAIN_RULE = r"\frac{\partial y}{\partial a} = \frac{\partial y}{\partial b} \cdot e^{a}"


@pytest.fixture
def fresh(qapp):
    made = Typesetter()
    yield made
    made.wait()
    made.deleteLater()


def test_a_formula_becomes_an_svg_that_qt_can_draw():
    svg = typeset(Setting(CHAIN_RULE, 19))
    assert svg.startswith(b"<svg")
    assert INK.encode() in svg
    assert b"<symbol" not in svg, "QtSvg draws no SVG 2"


def test_tex_that_cannot_be_read_becomes_nothing():
    assert typeset(Setting(r"\frac{", 19)) == b""


def test_what_is_asked_for_first_is_there_later(qtbot, fresh):
    setting = Setting("x^{2}", 19)
    assert fresh.find(setting, "#112233") is None
    qtbot.waitUntil(lambda: fresh.find(setting, "#112233") is not None)
    assert b"#112233" in fresh.find(setting, "#112233").data()
    assert b"#445566" in fresh.find(setting, "#445566").data(), "another colour costs nothing"


def test_what_is_asked_for_again_and_again_comes_no_later(qtbot, fresh):
    fresh.find(Setting("x", 19), "#112233")
    fresh.wait()
    next_turn(qtbot)
    asked = Setting("x^{3}", 19)
    # Each time that it looks, it asks: more often than a hand that drags lets formulas rest.
    qtbot.waitUntil(lambda: fresh.find(asked, "#112233") is not None)


def test_what_is_looked_at_goes_before_what_is_prepared(fresh):
    made = []
    fresh.prepare(Setting("a", 19))
    fresh.prepare(Setting("b", 19))
    fresh.find(Setting("c", 19), "#000000")
    fresh.ready.connect(lambda: made.append(list(fresh._kept)[-1].tex))
    fresh.wait()
    assert made == ["c", "a", "b"]


def test_someone_who_scrubs_past_many_steps_waits_for_few(fresh):
    for number in range(300):
        fresh.find(Setting(f"x_{{{number}}}", 19), "#000000")
    fresh.wait()
    assert len(fresh._kept) < 40
    assert fresh.find(Setting("x_{299}", 19), "#000000") is not None


def test_formulas_are_made_by_another_process(qtbot, fresh, monkeypatch):
    monkeypatch.setattr(typesetting, "typeset", lambda _: b"made here")
    setting = Setting("z^{7}", 19)
    fresh.find(setting, "#000000")
    qtbot.waitUntil(lambda: fresh.find(setting, "#000000") is not None)
    assert fresh.find(setting, INK).data() == typeset(setting)


def test_the_other_process_finds_what_this_one_finds(tmp_path):
    # As with `pip install --user`: what is set up so is seen by no isolated Python.
    mine = tmp_path / "ziamath"
    mine.mkdir()
    (mine / "__init__.py").touch()
    (mine / "config.py").write_text("class config: svg2 = None")
    made = "class Latex:\n    def __init__(*_, **__): pass\n    def svg(self): return 'mine'"
    (mine / "zmath.py").write_text(made)
    program = (
        "from gui.panels.tex import Setting, question\n"
        "from gui.panels.typesetting import _servant\n"
        "print(_servant.ask(question(Setting('x', 19))).decode())"
    )
    root = Path(typesetting.__file__).parents[2]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join((str(tmp_path), str(root)))}
    run = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True
    )
    assert run.stdout == "mine\n"


def test_a_process_that_has_died_is_no_loss(qtbot, fresh):
    for number in range(3):
        setting = Setting(f"w^{{{number}}}", 19)
        fresh.find(setting, "#000000")
        qtbot.waitUntil(lambda setting=setting: fresh.find(setting, "#000000") is not None)
        assert fresh.find(setting, INK).data() == typeset(setting)
        if typesetting._servant.process is not None:
            typesetting._servant.process.kill()
            typesetting._servant.process.wait()


def test_without_a_python_to_start_it_is_made_all_the_same(qtbot, fresh, monkeypatch):
    typesetting._servant.end()
    monkeypatch.setattr(sys, "executable", "")
    setting = Setting("v^{2}", 19)
    fresh.find(setting, "#000000")
    qtbot.waitUntil(lambda: fresh.find(setting, "#000000") is not None)
    assert fresh.find(setting, INK).data() == typeset(setting)


def test_the_window_answers_while_a_long_formula_is_made(qtbot, fresh):
    long = " + ".join(f"\\frac{{a_{{{n}}}^{{{n}}}}}{{b_{{{n}}}}}" for n in range(60))
    fresh.find(Setting("warm", 19), "#000000")
    qtbot.waitUntil(lambda: fresh.find(Setting("warm", 19), "#000000") is not None)
    began = time.thread_time()
    fresh.find(Setting(long, 19), "#000000")
    qtbot.waitUntil(lambda: fresh._making is not None)
    qtbot.waitUntil(lambda: fresh.find(Setting(long, 19), "#000000") is not None)
    spent = time.thread_time() - began
    began = time.thread_time()
    typeset(Setting(long, 19))
    assert spent < (time.thread_time() - began) / 2


@pytest.fixture
def formula(qtbot):
    made = Formula()
    qtbot.addWidget(made)
    made.resize(300, 60)
    made.show_formula(CHAIN_RULE, "∂y/∂a = ∂y/∂b · e^a")
    return made


def is_typeset(formula):
    """One that is drawn has a size of its own."""
    return formula.sizeHint() != Formula().sizeHint()


def test_the_plain_text_stands_until_the_formula_is_there(qtbot, formula):
    assert formula.accessibleName() == "∂y/∂a = ∂y/∂b · e^a"
    formula.show()
    qtbot.waitUntil(lambda: is_typeset(formula))


def test_one_that_was_set_while_it_was_hidden_is_there_when_it_is_shown(qtbot, formula):
    formula.show()
    qtbot.waitUntil(lambda: is_typeset(formula))
    kept = Formula()
    qtbot.addWidget(kept)
    kept.show_formula(r"\frac{x}{y}", "x / y")
    kept.show()
    qtbot.waitUntil(lambda: is_typeset(kept))
    formula.hide()
    formula.show_formula(r"\frac{x}{y}", "x / y")
    formula.show()
    qtbot.waitUntil(lambda: is_typeset(formula), timeout=2000)


def ink_in(formula):
    image = formula.grab().toImage()
    across = [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())]
    return theme().ink in across


def test_it_is_drawn_in_the_ink_of_the_theme(qtbot, formula):
    formula.show()
    qtbot.waitUntil(lambda: is_typeset(formula))
    assert ink_in(formula)
    themes().choose("dark")
    assert ink_in(formula)


def test_the_plain_text_stays_where_the_tex_cannot_be_read(qtbot, formula):
    formula.show()
    formula.show_formula(r"\frac{", "what it says")
    formula.grab()
    typesetter().wait()
    next_turn(qtbot)
    assert not is_typeset(formula)
    assert ink_in(formula)
