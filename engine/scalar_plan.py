"""A graph of single numbers as straight-line Python: one line a block, there and back.

Nothing is looked up, dispatched or remembered while it runs, which is what most of the time of a
run over live Variables goes into.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from engine.block import CONSTANT, Block
from engine.course import Course
from engine.functions import FUNCTIONS
from engine.scalars import exactly, rules_of, scalar_text, with_numbers
from engine.symbols import Symbol

UPSTREAM = Symbol("g")

LARGEST = 60
"""How many times a factor may double before it is applied, lest what it is taken out of vanish."""

HALF = 0.5

PLACES = re.compile(r"\b(x\d+|y|g)\b")


class Part(NamedTuple):
    """A contribution: a factor that is applied at the end, and the rest of it.

    A factor of ±2ᵏ changes no digit, so it makes no difference when it is applied; in between it
    costs nothing.
    """

    factor: float
    text: str


class Forms(NamedTuple):
    """How a block is written, with a place for each name.

    Attributes
    ----------
    value
        Its value.
    parts
        The contribution to each input; None for a constant.
    first
        The same where the upstream gradient is one.
    """

    value: str
    parts: tuple[Part | None, ...]
    first: tuple[Part | None, ...]


class ScalarText(NamedTuple):
    """The source of a graph of single numbers.

    Attributes
    ----------
    lines
        Its lines: first forward, then back.
    values, gradients
        What to write for what each block has and gets.
    """

    lines: tuple[str, ...]
    values: Mapping[str, str]
    gradients: Mapping[str, str]


def scalar_text_of(
    course: Course, blocks: Mapping[str, Block], wanted: frozenset[str] | None = None
) -> ScalarText | None:
    """Write a graph of single numbers down; None if one of its Functions is none for these.

    Parameters
    ----------
    course, blocks
        The order of its blocks, and they themselves.
    wanted
        The inputs whose gradients are asked for; without it, all values and gradients are.
    """
    forms = _all_forms(course, blocks)
    return None if forms is None else _Writer(course, forms, wanted).write()


def _all_forms(course: Course, blocks: Mapping[str, Block]) -> dict[str, Forms] | None:
    forms: dict[str, Forms] = {}
    known: dict[Any, Forms | None] = {}  # a graph of thousands has few that differ
    for block in course.order:
        found = blocks[block]
        if found.is_function:
            numbers = tuple(_number(blocks[wire.source]) for wire in course.inputs[block])
            key = found.kind, tuple(found.settings.items()), numbers
            if key not in known:
                known[key] = forms_of(found, numbers)
            form = known[key]
            if form is None:
                return None
            forms[block] = form
    return forms


class _Writer:
    """Writes one graph down."""

    def __init__(
        self, course: Course, forms: Mapping[str, Forms], wanted: frozenset[str] | None
    ) -> None:
        self._course = course
        self._forms = forms
        self._useful = None if wanted is None else course.leading_to(wanted)
        self._names = {block: f"v{at}" for at, block in enumerate(course.order)}
        self._gradient_names = {block: f"g{at}" for at, block in enumerate(course.order)}
        self._gradients: dict[str, Part] = {}
        self._lines: list[str] = []

    def write(self) -> ScalarText:
        """Write all lines."""
        known: dict[str, str] = {}
        for block, form in self._forms.items():
            text = form.value.format_map(self._terms(block))
            if text in known:  # no name is given twice, so it is the same number
                self._names[block] = known[text]
            else:
                known[text] = self._names[block]
                self._lines.append(f"{self._names[block]} = {text}")
        target = self._course.target
        if target is not None:
            self._gradients[target] = Part(1.0, "1.0")
            for block in self._course.popped:
                if block in self._gradients:  # else nothing that is asked for lies behind it
                    self._back(block)
        gradients = {block: _scaled(part) for block, part in self._gradients.items()}
        return ScalarText(tuple(self._lines), self._names, gradients)

    def _back(self, block: str) -> None:
        form = self._forms[block]
        parts = form.first if self._gradients[block].text == "1.0" else form.parts
        for wire in self._course.receiving[block]:
            if self._useful is None or wire.source in self._useful:
                part = parts[wire.port]
                assert part is not None  # noqa: S101 - what receives is no constant
                self._add(block, wire.source, part)

    def _add(self, block: str, source: str, part: Part) -> None:
        upstream = self._gradients[block]
        terms = {**self._terms(block), "g": upstream.text}
        text = part.text.format_map(terms)
        total = _sum(self._gradients.get(source), Part(upstream.factor * part.factor, text))
        if self._useful is None or abs(math.log2(abs(total.factor))) > LARGEST:
            total = Part(1.0, _scaled(total))
        if total.text != "1.0" and not total.text.isidentifier():
            name = self._gradient_names[source]
            self._lines.append(f"{name} = {total.text}")
            total = Part(total.factor, name)
        self._gradients[source] = total

    def _terms(self, block: str) -> dict[str, str]:
        wires = self._course.inputs[block]
        terms = {f"x{wire.port}": self._names.get(wire.source, "") for wire in wires}
        terms["y"] = self._names[block]
        return terms


def _sum(before: Part | None, added: Part) -> Part:
    if before is None:
        return added
    if before == added:
        return Part(2 * added.factor, added.text)
    if before.factor == added.factor:
        return Part(added.factor, f"{before.text} + {added.text}")
    return Part(1.0, f"{_scaled(before)} + {_scaled(added)}")


def _scaled(part: Part) -> str:
    text = part.text
    if part.factor == 1.0:
        return text
    if text == "1.0":
        return repr(part.factor)
    return f"-{text}" if part.factor == -1.0 else f"{part.factor!r} * {text}"


def _number(block: Block) -> float | None:
    if block.kind != CONSTANT or block.value is None:
        return None
    return float(block.value)


def forms_of(block: Block, numbers: tuple[float | None, ...]) -> Forms | None:
    """Write a Function for single numbers, some of which are known.

    Examples
    --------
    >>> form = forms_of(Block("A", "pow", "a"), (None, 2.0))
    >>> form.value, form.parts
    ('pow({x0}, 2.0)', (Part(factor=2.0, text='({g} * {x0})'), None))
    """
    rules = rules_of(FUNCTIONS[block.kind], block.settings)
    if rules is None:
        return None
    known = {f"x{port}": number for port, number in enumerate(numbers) if number is not None}
    asked = [
        None if number is not None else with_numbers(slope, known)
        for slope, number in zip(rules.slopes, numbers, strict=True)
    ]
    return Forms(
        _form(with_numbers(rules.value, known)),
        tuple(None if slope is None else _part(slope, UPSTREAM) for slope in asked),
        tuple(None if slope is None else _part(slope, Symbol(1.0)) for slope in asked),
    )


def _part(slope: Symbol, upstream: Symbol) -> Part:
    factor, rest = factored(slope)
    return Part(factor, _form(exactly("mul", (upstream, rest))))


def factored(formula: Symbol) -> tuple[float, Symbol]:
    """Take the sign and the power of 2 out of a product.

    Examples
    --------
    >>> factor, rest = factored(-2 * Symbol("x"))
    >>> factor, str(rest)
    (-2.0, 'x')
    """
    number = formula.number
    if number is not None:
        exact = number != 0 and math.frexp(abs(number))[0] == HALF
        return (number, Symbol(1.0)) if exact else (1.0, formula)
    if formula.head == "neg":
        factor, rest = factored(formula.operands[0])
        return -factor, rest
    if formula.head in ("mul", "div"):
        (a, left), (b, right) = map(factored, formula.operands)
        factor = a * b if formula.head == "mul" else a / b
        return factor, exactly(formula.head, (left, right))
    return 1.0, formula


def _form(formula: Symbol) -> str:
    return PLACES.sub(r"{\1}", scalar_text(formula, {}))
