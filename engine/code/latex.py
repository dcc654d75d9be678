"""A graph as LaTeX: the function, its derivatives, and the whole derivation step by step."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from engine.block import Block, Wire, function_of
from engine.code.exported import Exported
from engine.code.script import CodeLine, Direction, Page
from engine.code.tex_signs import LITERAL, plain_tex
from engine.code.tex_values import array_tex, on_rows, value_term
from engine.code.tex_width import ROOM, broken, width
from engine.equations import symbol_of, value_formula_of
from engine.pulled_rule import pulled_rule
from engine.recording import BackwardStep, Contribution
from engine.settings import told_settings
from engine.symbols import Symbol, local_formula
from engine.wording import name_tex, tex_fraction
from engine.writing import Term

LONGEST = 24
"""Names and operations of a formula, past which a part of it gets a line of its own."""

BEFORE = (
    r"\documentclass{article}",
    r"\usepackage{amsmath}",
    r"\usepackage[margin=25mm]{geometry}",
    r"\allowdisplaybreaks",
    "",
)

THEN = r"\qquad "
"""What a row begins with that tells no further equality, but what comes next."""


@dataclass(frozen=True, slots=True)
class Equation:
    """One equation.

    Attributes
    ----------
    left
        What stands before the first sign of equality.
    right
        What stands behind it, and behind each further one, a row each.
    block, direction
        The block that it is about, and which way the walk goes there; None where it turns round.
    """

    left: str
    right: tuple[str, ...]
    block: str
    direction: Direction | None


@dataclass(frozen=True)
class Derivation:
    """A graph in LaTeX.

    Attributes
    ----------
    run
        The graph.
    numbers
        Whether each equation is shown with its numbers, too.
    whole
        Whether it is a document of its own, and no piece to put into another.
    """

    run: Exported
    numbers: bool = False
    whole: bool = True

    @property
    def text(self) -> str:
        """The whole, as it stands in a file."""
        return Page(self.lines).text

    @cached_property
    def lines(self) -> tuple[CodeLine, ...]:
        """Its lines."""
        derivatives = "The derivative" if len(self._asked) == 1 else "The derivatives"
        parts = (
            ("The function", self._function()),
            (derivatives, self._derivatives()),
            ("Forward", self._forward()),
            ("Backward", self._backward()),
        )
        found: list[CodeLine] = []
        if self.whole:
            found += [CodeLine(text) for text in (*BEFORE, r"\begin{document}")]
        for title, equations in parts:
            found += self._part(title, list(equations))
        if self.whole:
            found += [CodeLine(""), CodeLine(r"\end{document}")]
        return tuple(found)

    def _part(self, title: str, equations: list[Equation]) -> Iterator[CodeLine]:
        if not equations:
            return
        if self.whole:
            yield CodeLine("")
            yield CodeLine(rf"\section*{{{title}}}")
        else:
            yield CodeLine(f"% {title}")
        yield CodeLine(r"\begin{align*}")
        for equation in equations:
            end = "" if equation is equations[-1] else r" \\"
            rows = list(_rows(equation))
            for row in rows:
                stop = end if row is rows[-1] else r" \\"
                text = f"  {plain_tex(row)}{stop}"
                starts = equation.direction is None
                yield CodeLine(text, (equation.block,), equation.direction, starts=starts)
        yield CodeLine(r"\end{align*}")

    # The function

    def _function(self) -> Iterator[Equation]:
        """Write the function; what is used twice, or is long, has a line of its own."""
        run = self.run
        nested: dict[str, Symbol] = {}
        needed = run.graph.ancestors(run.target) | {run.target}
        for block in run.functions:
            if block.id not in needed:
                continue
            operands = tuple(
                nested[source.id] if source.id in nested else symbol_of(source)
                for source in run.sources(block.id)
            )
            formula = Symbol(block.kind, operands)
            shared = len(run.graph.wires_from(block.id)) > 1
            if block.id == run.target or shared or self._is_long(formula, self._name_terms):
                text = formula.write("tex", self._name_terms).text
                yield Equation(name_tex(block.name), (text,), block.id, "forward")
            else:
                nested[block.id] = formula

    # The derivatives

    @cached_property
    def _asked(self) -> tuple[Block, ...]:
        return tuple(b for b in self.run.inputs if b.id in self.run.course.givers)

    def _derivatives(self) -> Iterator[Equation]:
        """Write the derivative by each input as the sum of what comes along all ways."""
        run = self.run
        y = run.graph.block(run.target).name
        terms = dict(self._name_terms)
        known: dict[str, Symbol] = {run.target: Symbol(1.0)}
        for block in run.course.popped:
            if self._is_long(known[block], terms):
                known[block] = Symbol(f"∂{block}")
                terms[f"∂{block}"] = Term(tex_fraction(y, run.graph.block(block).name))
            for wire in run.course.receiving[block]:
                local = self._local(wire)
                if local is None:
                    local = Symbol(f"∂{block}∂{wire.port}")
                    names = (run.graph.block(at).name for at in (block, wire.source))
                    terms[str(local.head)] = Term(tex_fraction(*names))
                part = known[block] * local
                before = known.get(wire.source)
                known[wire.source] = part if before is None else before + part
        for x in self._asked:
            right = [known[x.id].write("tex", terms).text]
            if self.numbers:
                right.append(self._gradient(x.id))
            yield Equation(tex_fraction(y, x.name), tuple(right), x.id, "backward")

    def _local(self, wire: Wire) -> Symbol | None:
        block = self.run.graph.block(wire.target)
        symbols = tuple(map(symbol_of, self.run.sources(block.id)))
        return local_formula(function_of(block), wire.port, symbols, block.settings)

    # Step by step

    def _forward(self) -> Iterator[Equation]:
        run = self.run
        for block in (run.graph.block(block) for block in run.course.order):
            value = array_tex(run.value(block.id))
            left = name_tex(block.name)
            if not block.is_function:
                if self.numbers:
                    yield Equation(left, (value,), block.id, "forward")
                continue
            formula = value_formula_of(block, list(run.sources(block.id)))
            told = told_settings(block.settings).translate(LITERAL)
            note = rf" \qquad (\texttt{{{told}}})" if told else ""
            right = [formula.write("tex", self._name_terms).text + note]
            if self.numbers:
                shown = formula.write("tex", self._value_terms).text
                right += on_rows(shown, value)
            yield Equation(left, tuple(right), block.id, "forward")

    def _backward(self) -> Iterator[Equation]:
        run = self.run
        y = run.graph.block(run.target).name
        yield Equation(tex_fraction(y, y), ("1",), run.target, None)
        for step in run.recording.steps[run.recording.turn + 1 :]:
            assert isinstance(step, BackwardStep)  # noqa: S101 - behind the turn are no others
            for part in step.contributions:
                yield self._contribution(step, part, y)

    def _contribution(self, step: BackwardStep, part: Contribution, y: str) -> Equation:
        run, wire = self.run, part.wire
        block, x = run.graph.block(step.block), run.graph.block(wire.source)
        local = self._local(wire)
        product = Symbol("∂") * (Symbol("∂∂") if local is None else local)
        terms = {
            **self._name_terms,
            "∂": Term(tex_fraction(y, block.name)),
            "∂∂": Term(tex_fraction(block.name, x.name)),
        }
        more = r" + \cdots" if len(run.course.givers[x.id]) > 1 else ""
        pulled = pulled_rule(run.recording, step, part)
        rule = product.write("tex", terms).text if pulled is None else pulled.rule.tex
        right = [rule + more]
        if self.numbers:
            right += self._with_numbers(step, part, product if local is not None else None)
        return Equation(tex_fraction(y, x.name), tuple(right), block.id, "backward")

    def _with_numbers(
        self, step: BackwardStep, part: Contribution, product: Symbol | None
    ) -> list[str]:
        result = array_tex(part.value)
        rows = [result]
        if product is not None:
            terms = {**self._value_terms, "∂": value_term(step.upstream)}
            rows = on_rows(product.write("tex", terms).text, result)
        if part.before is not None:
            before, after = array_tex(part.before), array_tex(part.after)
            added = rf"\left({result}\right)" if result.startswith(("-", "−")) else result
            adds = f"{before} + {added} = {after}"
            if width(f"{rows[-1]}, {THEN}{adds}") <= ROOM:
                rows[-1] += f", {THEN}{adds}"
            else:
                rows += [THEN + (adds if width(adds) <= ROOM else after)]
        return rows

    @staticmethod
    def _is_long(formula: Symbol, terms: Mapping[str, Term]) -> bool:
        """Tell whether a formula is to have a line of its own."""
        return _size(formula) > LONGEST or width(formula.write("tex", terms).text) > ROOM / 2

    # Terms

    @cached_property
    def _name_terms(self) -> Mapping[str, Term]:
        return {block.name: Term(name_tex(block.name)) for block in self.run.graph.blocks.values()}

    @cached_property
    def _value_terms(self) -> Mapping[str, Term]:
        run = self.run
        found = (*run.inputs, *run.constants, *run.functions)
        return {block.name: value_term(run.value(block.id)) for block in found}

    def _gradient(self, block: str) -> str:
        gradient = self.run.recording.gradient(block)
        assert gradient is not None  # noqa: S101 - it is asked of what has one
        return array_tex(gradient)


def _rows(equation: Equation) -> Iterator[str]:
    """Write an equation, each row as wide as a page at most, if it can be broken."""
    left = f"{equation.left} "
    for right in equation.right:
        first, *more = broken(right)
        yield f"{left}&{'' if first.startswith(THEN) else '= '}{first}"
        yield from (f"    &{THEN}{part}" for part in more)
        left = "    "


def _size(formula: Symbol) -> int:
    """Count names and operations, as far as it matters."""
    count, waiting = 0, [formula]
    while waiting and count <= LONGEST:
        found = waiting.pop()
        count += 1
        waiting += found.operands
    return count
