"""In a picture, each question is answered beside each kind of graph, and the numbers hold."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path

import numpy as np
import pytest

from engine.values import source_text
from tests.four import TEXTS, gradient
from tests.three import NUMBERS

TRUE = json.loads((Path(__file__).parents[1] / "data" / "numbers.json").read_text("utf-8"))
NUMBER = re.compile(r"−?\d+(?:\.\d+)?")


class Pictured:
    """A graph on the command line, and what is read on the page of a picture of it."""

    def __init__(self, name, run, path):
        self.name, self._run, self._path = name, run, path
        self.text, self.values = TEXTS[name]
        self.derived = ("--derive", "x") * 3 if name == "tanh'''" else ()

    def ask(self, *question):
        """Give the texts that stand on the page."""
        told = [f"--set={name}={source_text(np.array(x))}" for name, x in self.values.items()]
        size = ("--size", "1280x720", "--output", str(self._path))
        done = self._run("render", self.text, *told, *self.derived, *question, *size)
        assert done == (0, "", "")
        drawing = self._path.read_text("utf-8")
        assert "<image" not in drawing
        # The page is painted after the canvas, from its ground on.
        page = drawing[drawing.rindex('width="384" height="720"') :]
        return [html.unescape(text) for text in re.findall(r"<text [^>]*>([^<]*)</text>", page)]

    def right(self, by="x"):
        return gradient(self.name, self.values, by)

    @property
    def number(self):
        """The name of a single number of x, and the gradient by it."""
        if self.name == "net":
            return "x[1, 2]", self.right()[1, 2]
        return "x", float(self.right())


@pytest.fixture(params=list(TEXTS))
def pictured(request, run, tmp_path):
    return Pictured(request.param, run, tmp_path / "a.svg")


def numbers_in(texts):
    """All numbers that are written somewhere."""
    return [float(n.replace("−", "-")) for text in texts for n in NUMBER.findall(text)]


def tells(texts, right):
    """Whether a number is told, to as many digits as are shown: three in a cell, five in a text."""
    return any(abs(number - right) <= 6e-3 * abs(right) for number in numbers_in(texts))


def sentence(texts, begin):
    """Give what is said from some words on."""
    whole = " ".join(texts).replace("\N{NO-BREAK SPACE}", " ")
    return whole[whole.index(begin) :]


def test_what_it_looks_like(pictured):
    name, slope = pictured.number
    said = sentence(pictured.ask("--plot", name), "the slope")
    assert float(NUMBER.findall(said)[0].replace("−", "-")) == pytest.approx(slope, rel=1e-4)
    known = {"tutorial": TRUE["step09"]["grad"]["x"], "fan-out": TRUE["step16"]["grad"]}
    assert slope == pytest.approx(known.get(pictured.name, slope), rel=1e-12)


def test_why_they_add_up(pictured):
    texts = pictured.ask("--paths", "x")
    right = np.ravel(pictured.right())
    assert all(tells(texts, each) for each in right)
    if pictured.name == "fan-out":
        assert "32 + 32 = 64" in sentence(texts, "2 paths lead")


def test_and_forwards(pictured):
    name, slope = pictured.number
    assert tells(pictured.ask("--forward", name), slope)


def test_what_if_the_rule_were_wrong(pictured):
    texts = pictured.ask("--wrong", "uncleared")
    by = "b" if pictured.name == "net" else "x"
    assert all(tells(texts, each) for each in np.ravel(2 * pictured.right(by)))
    assert all(tells(texts, each) for each in np.ravel(pictured.right(by)))


def test_where_it_dies(pictured):
    said = sentence(pictured.ask("--sizes"), "The gradient")
    right = [0.5 * np.log10(np.mean(pictured.right(by) ** 2)) for by in pictured.values]
    if pictured.name == "net":
        assert len(right) == 5
        assert "neither vanishes nor explodes" in said
    else:
        assert any(abs(n - 10 ** right[0]) < 0.01 * 10 ** right[0] for n in numbers_in([said]))


def test_what_happens_in_the_step(pictured):
    texts = pictured.ask("--beside", "step", "--depth", "engineer")
    said = " ".join(texts)
    assert "step" in said.lower()
    assert "float64" in said
    if pictured.name != "net":
        assert tells(texts, float(pictured.right()))


def test_which_element_feeds_which(pictured):
    name = "w[1, 2]" if pictured.name == "net" else "x"
    texts = pictured.ask("--element", name)
    if pictured.name == "net":
        x, w, b, v, t = (np.array(NUMBERS[key]) for key in "xwbvt")
        h = np.tanh(x @ w + b)
        gy = 2 * (h @ v - t) @ v.T * (1 - h**2)
        assert all(tells(texts, each) for each in np.ravel(gy))
        assert all(tells(texts, each) for each in np.ravel(pictured.right("w")))
    else:
        assert tells(texts, float(pictured.right()))
