"""A step as equations: each a rule, and the same with the real numbers in it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from engine.graph import CONSTANT, Block, Wire, function_of
from engine.pulled_rule import pulled_rule
from engine.recording import BackwardStep, Contribution, ForwardStep, Recording
from engine.symbols import Symbol, local_formula
from engine.values import number_text
from engine.variable import Array
from engine.wording import (
    FINE,
    fine,
    fine_product,
    name_tex,
    operand_text,
    signed,
    tex_fraction,
    text_fraction,
)
from engine.writing import Term, number_term

TWICE = re.compile(r"\((\([0-9×]+\))\)")

LONGEST = 60
"""Characters of a rule with its numbers that is still easier to read than none."""


@dataclass(frozen=True, slots=True)
class Line:
    """One equation of a step: a rule and the same with numbers.

    Attributes
    ----------
    rule
        In plain text, such as `∂y/∂b = ∂y/∂y · 2b`.
    tex
        The same in TeX.
    numbers
        With the real numbers, such as `1 · 2 · 1.284 = 2.5681`.
    """

    rule: str
    tex: str
    numbers: str


def value_line(recording: Recording, step: ForwardStep, block: Block) -> Line:
    """Write how a block gets its value: that is the rule, and what came in the numbers."""
    sources = [recording.blocks[wire.source] for wire in step.inputs]
    formula = value_formula_of(block, sources)
    shown = _once(formula.write("text", _value_terms(recording, step.inputs)).text)
    result = fine(step.value)
    numbers = f"{shown} = {result}" if shown != result else result
    return Line(
        f"{block.name} = {formula}",
        f"{name_tex(block.name)} = {formula.write('tex', _name_terms(sources)).text}",
        numbers,
    )


def value_formula_of(block: Block, sources: list[Block]) -> Symbol:
    """Write a block's value in terms of the Variables that it uses."""
    operands = tuple(symbol_of(source) for source in sources)
    return Symbol(block.kind, operands)


def gradient_line(
    recording: Recording, step: BackwardStep, part: Contribution, target: str
) -> Line:
    """Write how one input gets its part of the gradient of a target."""
    block = recording.blocks[step.block]
    x = recording.blocks[part.wire.source]
    wires = recording.wires_into(step.block)
    sources = [recording.blocks[wire.source] for wire in wires]
    symbols = tuple(symbol_of(source) for source in sources)
    formula = local_formula(function_of(block), part.wire.port, symbols, block.settings)
    upstream = Symbol("∂")
    product = upstream * (formula if formula is not None else Symbol("∂∂"))
    tex_terms, text_terms = _name_terms(sources), dict[str, Term]()
    for terms, fraction in ((tex_terms, tex_fraction), (text_terms, text_fraction)):
        terms["∂"] = Term(fraction(target, block.name))
        terms["∂∂"] = Term(fraction(block.name, x.name))
    more = " + …" if len(recording.course.givers.get(x.id, ())) > 1 else ""
    tex_more = r" + \cdots" if more else ""
    text, tex = product.write("text", text_terms).text, product.write("tex", tex_terms).text
    pulled = pulled_rule(recording, step, part)
    if pulled is not None:
        text, tex = pulled.rule.text, pulled.rule.tex
    if pulled is not None and part.local is None and len(pulled.numbers) <= LONGEST:
        numbers = _sums(f"{pulled.numbers} = {fine(part.value)}", part)
    else:
        numbers = _product_numbers(recording, part, step, product, formula, wires)
    return Line(
        f"{text_fraction(target, x.name)} = {text}{more}",
        f"{tex_fraction(target, x.name)} = {tex}{tex_more}",
        numbers,
    )


def _product_numbers(
    recording: Recording,
    part: Contribution,
    step: BackwardStep,
    product: Symbol,
    formula: Symbol | None,
    wires: tuple[Wire, ...],
) -> str:
    upstream, result = operand_text(step.upstream), fine(part.value)
    # What is no product of two numbers, and has no rule either, is told as what comes of it.
    pieces = [f"{upstream} · {signed(operand_text(part.local))}"] if part.local is not None else []
    if formula is not None and formula.operands:
        terms = dict(_value_terms(recording, wires))
        terms["∂"] = _value_term(step.upstream)
        pieces.insert(0, _once(product.write("text", terms).text))
    local, copied = part.local, False
    if local is not None:
        copied = np.broadcast_shapes(step.upstream.shape, local.shape) != part.value.shape
    # Where the input was not broadcast, the product is what it gets: nothing is added up.
    pieces.append(fine_product(step.upstream, local) if copied and local is not None else result)
    text = " = ".join(dict.fromkeys(pieces))
    if copied:
        text += f";  added up = {result}"
    return _sums(text, part)


def _sums(text: str, part: Contribution) -> str:
    """Tell what is added to what was there, if anything was."""
    if part.before is None:
        return text
    return f"{text};  {fine(part.before)} + {signed(fine(part.value))} = {fine(part.after)}"


def _once(text: str) -> str:
    """Leave away parentheses around a shape that has its own.

    Examples
    --------
    >>> _once("tanh((4×3))²"), _once("matmul((4×3), (3×2))")
    ('tanh(4×3)²', 'matmul((4×3), (3×2))')
    """
    return TWICE.sub(r"\1", text)


def symbol_of(source: Block) -> Symbol:
    """Write a block as others use it: by name, and a constant as its number."""
    if source.kind == CONSTANT and source.value is not None and not source.value.ndim:
        return Symbol(float(source.value))
    return Symbol(source.name)


def _name_terms(sources: list[Block]) -> dict[str, Term]:
    return {source.name: Term(name_tex(source.name)) for source in sources}


def _value_terms(recording: Recording, wires: tuple[Wire, ...]) -> Mapping[str, Term]:
    terms = {}
    for wire in wires:
        value = recording.value(wire.source)
        if value is not None:
            terms[recording.blocks[wire.source].name] = _value_term(value)
    return terms


def _value_term(value: Array) -> Term:
    if value.ndim == 0:
        # Written as the products of numbers beside it are; what is raised to it, is to all of it.
        level = number_term(float(value), "text", FINE).level
        return Term(number_text(float(value), FINE), level)
    return Term(operand_text(value))
