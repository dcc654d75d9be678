"""A graph as plain Python: single numbers with its own functions, arrays with NumPy.

Each line computes what the engine computed, by the same functions, so that no digit differs: those
of `math` on single numbers, and NumPy's on arrays and where Python raises an error. A graph of
single numbers needs nothing but Python.
"""

from __future__ import annotations

import inspect
import re

from engine.block import CONSTANT, instance_of
from engine.code.by_hand import ByHand
from engine.code.exported import Exported
from engine.code.number_pieces import NumbersForNumPy, formula_piece
from engine.code.script import ERF, CodeLine, Script, Section, plain
from engine.on_numbers import OnNumbers
from engine.reading.literals import number_text
from engine.reading.pieces import Piece, name
from engine.scalars import CALLS, Rules, rules_of, with_numbers
from engine.symbols import Symbol

HELPERS = tuple(
    known.__name__ for known in CALLS.values() if known.__module__ not in ("builtins", "math")
)
"""The functions of numbers that Python lacks."""

RESERVED = (*ByHand.own, *HELPERS)
"""Names that the program uses itself."""

UPSTREAM = Symbol("g")


def python_code(run: Exported) -> Script:
    """Write a graph out for Python.

    Raises
    ------
    CodeError
        If one of its Functions cannot be written down.
    """
    return _Writer(run).script()


class _Writer(ByHand):
    """Writes one graph out."""

    language = "Python"

    own = RESERVED

    def __init__(self, run: Exported) -> None:
        super().__init__(run)
        pieces = [(block, held.piece) for block, held in self._written.items()]
        pieces += self._upstream.items()
        numbers = [piece for block, piece in pieces if self._is_number(block)]
        self._numbers = NumbersForNumPy(numbers, self._hints)

    def _head(self, lines: list[CodeLine]) -> list[Section]:
        texts = [line.text for line in lines]
        helpers = [_source(helper) for helper in _needed(texts)]
        texts += [line for helper in helpers for line in helper]
        vectorized = any(re.search(r"(?<![\w.])erf\(", text) for text in texts)
        needs_math = vectorized or any("math." in text for text in texts)
        needs_numpy = vectorized or any("np." in text for text in texts)
        imports = ["import math"] * needs_math
        imports += [""] * (needs_math and needs_numpy) + ["import numpy as np"] * needs_numpy
        imports += ["", ERF] * vectorized
        return [Section("", plain(each)) for each in (imports, *helpers)]

    def _seed(self) -> str:
        return "1.0" if self._is_number(self._run.target) else super()._seed()

    def _constant(self, block: str) -> Piece:
        if not self._is_number(block):
            return super()._constant(block)
        return name(number_text(self._run.value(block).item(), "math"))

    def _value(self, block: str) -> Piece:
        numbers, xs = self._on_numbers(block), self._floats(block)
        if numbers is not None and numbers.value(xs) is not None:
            return self._formula(block, self._read(block).value)
        return self._numbers.line(self._written[block].piece, super()._value(block))

    def _parts(self, block: str) -> dict[int, Piece]:
        numbers, run = self._on_numbers(block), self._run
        gy, y = run.recording.gradient(block), run.value(block)
        assert gy is not None  # noqa: S101 - what passes a gradient on has one
        if numbers is None or numbers.parts(gy.item(), y.item(), self._floats(block)) is None:
            target = {
                wire.port: self._upstream[wire.source] for wire in run.course.receiving[block]
            }
            parts = super()._parts(block)
            return {port: self._numbers.line(target[port], part) for port, part in parts.items()}
        slopes = self._read(block).slopes
        ports = [wire.port for wire in run.course.receiving[block]]
        return {port: self._formula(block, UPSTREAM * slopes[port]) for port in ports}

    def _formula(self, block: str, formula: Symbol) -> Piece:
        known, names = {}, {"y": self._written[block].piece}
        if block in self._upstream:
            names["g"] = self._upstream[block]
        for port, source in enumerate(self._run.sources(block)):
            names[f"x{port}"] = self._written[source.id].piece
            if source.id in self._inlined:
                known[f"x{port}"] = self._run.value(source.id).item()
        return formula_piece(with_numbers(formula, known), names, self._numbers.of_numpy)

    def _on_numbers(self, block: str) -> OnNumbers | None:
        """Give what computes a Function on single numbers; None where it works on arrays."""
        sources = self._run.sources(block)
        function = instance_of(self._run.graph.block(block))
        constant = [source.kind == CONSTANT for source in sources]
        return OnNumbers.of(function, [self._run.value(b.id) for b in sources], constant)

    def _floats(self, block: str) -> list[float]:
        values = [self._run.value(source.id) for source in self._run.sources(block)]
        return [] if any(value.ndim for value in values) else [value.item() for value in values]

    def _read(self, block: str) -> Rules:
        function = instance_of(self._run.graph.block(block))
        rules = rules_of(type(function), function.settings)
        assert rules is not None  # noqa: S101 - what is computed on numbers has been read
        return rules

    def _is_number(self, block: str) -> bool:
        return not self._run.value(block).ndim


def _needed(texts: list[str]) -> list[str]:
    """Tell which functions lines call that Python lacks, those first that others call."""
    found: list[str] = []
    waiting = list(texts)
    while waiting:
        text = waiting.pop()
        for helper in HELPERS:
            if helper not in found and re.search(rf"(?<![\w.]){helper}\(", text):
                found.append(helper)
                waiting += _source(helper)
    return sorted(found, key=lambda helper: (helper == "clip", helper))


def _source(helper: str) -> list[str]:
    """Give the engine's own text of a function."""
    return inspect.getsource(CALLS[helper]).rstrip().split("\n")
