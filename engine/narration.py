"""A step in words, as a rule, and with its real numbers.

The window, the terminal and every export say what is said here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import overload

import numpy as np

from engine.graph import CONSTANT, Block, Wire, function_of, title
from engine.moment import Moment
from engine.pulled_rule import pulled_rule
from engine.recording import BackwardStep, Contribution, ForwardStep, Recording, SeedStep
from engine.symbols import Symbol, local_formula
from engine.values import value_text
from engine.variable import Array
from engine.wording import (
    FINE,
    fine,
    listed,
    name_tex,
    signed,
    tex_fraction,
    text_fraction,
    value_tex,
)
from engine.writing import Dialect, Term, number_term

__all__ = ["FINE", "Factor", "Line", "Narration", "name_tex", "narrate", "value_formula_of"]


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


@dataclass(frozen=True, slots=True)
class Factor:
    """One factor of the chain rule along a chain.

    Attributes
    ----------
    top, bottom
        Names of the Variables: ∂top/∂bottom.
    value
        The local derivative; None until the walk reaches it.
    active
        Whether the cursor stands on it.
    """

    top: str
    bottom: str
    value: Array | None
    active: bool


@dataclass(frozen=True)
class Narration:
    """A step, told.

    Attributes
    ----------
    heading
        Where the walk is, such as "Backward · step 6 of 8".
    title
        What happens, in a few words.
    sentence
        What happens, in one sentence, with the numbers.
    lines
        The rules and their numbers, one an input.
    """

    heading: str
    title: str
    sentence: str
    lines: tuple[Line, ...] = ()
    _back: Moment | None = field(default=None, repr=False)

    @cached_property
    def chain(self) -> Sequence[Factor]:
        """The factors of the chain rule so far, from the target to the input.

        Empty on the way forward, and unless the graph is a chain.
        """
        if self._back is None or not self._back.recording.course.is_chain:
            return ()
        return Factors(self._back)


def narrate(moment: Moment) -> Narration:
    """Tell the step under the cursor."""
    recording, step = moment.recording, moment.step
    place = f"step {moment.cursor + 1} of {len(recording)}"
    match step:
        case ForwardStep():
            return _forward(recording, step, f"Forward · {place}")
        case SeedStep():
            return _seed(recording, step, f"Backward · {place}", moment)
        case BackwardStep():
            return _backward(recording, step, f"Backward · {place}", moment)
    return Narration("Nothing to walk yet", "Place a block", _waiting(recording))


def _waiting(recording: Recording) -> str:
    if recording.problems:
        return recording.problems[0].sentence
    return "Drag a function from the list onto the canvas, or press Enter on one."


def _forward(recording: Recording, step: ForwardStep, heading: str) -> Narration:
    block, value = recording.blocks[step.block], value_text(step.value)
    if not block.is_function:
        sentence = f"The walk begins with a value that is given: {block.name} is {value}."
        line = Line(
            f"{block.name} = {value}", f"{name_tex(block.name)} = {value_tex(step.value)}", value
        )
        return Narration(heading, f"{block.name} is given", sentence, (line,))
    came_in = listed([_named_value(recording, wire) for wire in step.inputs])
    sentence = f"{title(block)} takes {came_in} and gives {block.name} = {value}."
    line = _value_line(recording, step, block)
    return Narration(heading, f"{title(block)} gives {block.name}", sentence, (line,))


def _value_line(recording: Recording, step: ForwardStep, block: Block) -> Line:
    sources = [recording.blocks[wire.source] for wire in step.inputs]
    formula = value_formula_of(block, sources)
    shown = formula.write("text", _value_terms(recording, step.inputs)).text
    result = fine(step.value)
    numbers = f"{shown} = {result}" if shown != result else result
    return Line(
        f"{block.name} = {formula}",
        f"{name_tex(block.name)} = {formula.write('tex', _name_terms(sources)).text}",
        numbers,
    )


def value_formula_of(block: Block, sources: list[Block]) -> Symbol:
    """Write a block's value in terms of the Variables that it uses."""
    operands = tuple(_source_symbol(source) for source in sources)
    return Symbol(block.kind, operands)


def _seed(recording: Recording, step: SeedStep, heading: str, moment: Moment) -> Narration:
    y = recording.blocks[step.block].name
    sentence = (
        f"Here the walk turns round. {y} changes exactly as fast as itself, so it starts with 1."
    )
    tex = rf"\frac{{\partial {name_tex(y)}}}{{\partial {name_tex(y)}}} = 1"
    line = Line(f"∂{y}/∂{y} = 1", tex, "1")
    return Narration(heading, f"Start from {y} with 1", sentence, (line,), moment)


def _backward(recording: Recording, step: BackwardStep, heading: str, moment: Moment) -> Narration:
    block = recording.blocks[step.block]
    target = recording.blocks[recording.target or step.block].name
    lines = tuple(_gradient_line(recording, step, part, target) for part in step.contributions)
    sentence = _backward_sentence(recording, step, block)
    return Narration(heading, f"{title(block)} passes the gradient on", sentence, lines, moment)


def _backward_sentence(recording: Recording, step: BackwardStep, block: Block) -> str:
    upstream = value_text(step.upstream)
    if not step.contributions:
        return f"{title(block)} uses constants only, so the gradient {upstream} ends here."
    parts = step.contributions
    first = parts[0]
    if len(parts) == 1 and first.local is not None:
        sentence = (
            f"What came in from above, {upstream}, is multiplied by how steeply {title(block)} "
            f"rises at {_named_value(recording, first.wire)}: {value_text(first.local)}."
        )
    else:
        names = listed([recording.blocks[part.wire.source].name for part in parts])
        sentence = f"What came in from above, {upstream}, goes to {names}"
        local = [value_text(part.local) for part in parts if part.local is not None]
        sentence += f", multiplied by {listed(local)}." if len(local) == len(parts) else "."
    for part in parts:
        if part.before is not None:
            name = recording.blocks[part.wire.source].name
            sentence += (
                f" {name} was used before: {value_text(part.before)} + "
                f"{signed(value_text(part.value))} = {value_text(part.after)}."
            )
    return sentence


def _gradient_line(
    recording: Recording, step: BackwardStep, part: Contribution, target: str
) -> Line:
    block = recording.blocks[step.block]
    x = recording.blocks[part.wire.source]
    wires = recording.wires_into(step.block)
    sources = [recording.blocks[wire.source] for wire in wires]
    symbols = tuple(_source_symbol(source) for source in sources)
    formula = local_formula(function_of(block), part.wire.port, symbols, block.settings)
    upstream = Symbol("∂")
    product = upstream * (formula if formula is not None else Symbol("∂∂"))
    tex_terms, text_terms = _name_terms(sources), dict[str, Term]()
    for terms, fraction in ((tex_terms, tex_fraction), (text_terms, text_fraction)):
        terms["∂"] = Term(fraction(target, block.name))
        terms["∂∂"] = Term(fraction(block.name, x.name))
    numbers = _product_numbers(recording, part, step, product, formula, wires)
    more = " + …" if len(recording.course.givers.get(x.id, ())) > 1 else ""
    tex_more = r" + \cdots" if more else ""
    text, tex = product.write("text", text_terms).text, product.write("tex", tex_terms).text
    pulled = pulled_rule(recording, step, part)
    if pulled is not None:
        text, tex = pulled.text, pulled.tex
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
    upstream, result = fine(step.upstream), fine(part.value)
    pieces = [f"{upstream} · {signed(fine(part.local))}" if part.local is not None else upstream]
    if formula is not None and formula.operands:
        terms = dict(_value_terms(recording, wires))
        terms["∂"] = _value_term(step.upstream)
        pieces.insert(0, product.write("text", terms).text)
    with np.errstate(all="ignore"):
        whole = part.value if part.local is None else np.asarray(step.upstream * part.local)
    pieces.append(fine(whole))
    text = " = ".join(dict.fromkeys(pieces))
    if whole.shape != part.value.shape:  # the input was broadcast
        text += f";  added up = {result}"
    if part.before is not None:
        text += f";  {fine(part.before)} + {signed(result)} = {fine(part.after)}"
    return text


class Factors(Sequence[Factor]):
    """The factors of the chain rule along a chain, each put together when it is looked at."""

    def __init__(self, moment: Moment) -> None:
        self._moment = moment
        course = moment.recording.course
        # Only the last of a chain can have nobody to pass its gradient on to.
        self._length = len(course.popped)
        while self._length and not course.receiving[course.popped[self._length - 1]]:
            self._length -= 1

    def __len__(self) -> int:
        return self._length

    @overload
    def __getitem__(self, index: int) -> Factor: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[Factor, ...]: ...

    def __getitem__(self, index: int | slice) -> Factor | tuple[Factor, ...]:
        if isinstance(index, slice):
            return tuple(self[at] for at in range(*index.indices(len(self))))
        at = range(len(self))[index]
        recording, cursor = self._moment.recording, self._moment.cursor
        place = recording.turn + 1 + at
        step = recording.steps[place]
        assert isinstance(step, BackwardStep)  # noqa: S101 - as the course has it
        (part,) = step.contributions
        return Factor(
            recording.blocks[step.block].name,
            recording.blocks[part.wire.source].name,
            part.local if place <= cursor else None,
            place == cursor,
        )


def _source_symbol(source: Block) -> Symbol:
    if source.kind == CONSTANT and source.value is not None and source.value.ndim == 0:
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


def _value_term(value: Array, dialect: Dialect = "text") -> Term:
    if value.ndim == 0:
        term = number_term(float(value), dialect, FINE)
        return Term(term.text, term.level)
    return Term(value_text(value))


def _named_value(recording: Recording, wire: Wire) -> str:
    block, value = recording.blocks[wire.source], recording.value(wire.source)
    text = "?" if value is None else value_text(value)
    return text if block.kind == CONSTANT else f"{block.name} = {text}"
