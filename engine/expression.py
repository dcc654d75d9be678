"""From a line of text to a graph, and back.

The text is parsed with Python's own parser and then read against a white list
(`engine.reader`). Nothing of it is ever run as Python.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from engine.errors import ExpressionError, UnknownBlockError
from engine.graph import INPUT, Block, Graph, forward_order
from engine.notation import ATOM
from engine.pieces import named_pieces
from engine.reader import NOTHING, Reader
from engine.settings import told_settings
from engine.syntax import Source, place, shown
from engine.values import frozen, source_text, value_text
from engine.variable import Array
from engine.writing import PYTHON, Term, compose, item_term

LONGEST_EXPRESSION = 100_000
"""Characters; longer graphs come as documents."""

LONGEST_LINE = 200
"""Characters of a term, past which `expression_of` gives it a line of its own."""


UNREADABLE = "The expression holds a character that cannot stand in one."


def parse_expression(text: str, values: Mapping[str, Array] | None = None) -> tuple[Graph, str]:
    """Read an expression into a graph.

    Parameters
    ----------
    text
        Such as `square(exp(square(x)))`, or with a name for the result: `y = x**2 + 1`. Pieces
        may be named first, on lines of their own or before a semicolon: `a = square(x); a + a`.
        A line like `x = 0.5` gives an input its value, and `_` stands for what is not told yet.
    values
        Value of each input by name.

    Returns
    -------
    tuple
        The graph, and the id of the block that gives the result. An input without a value
        holds None.

    Raises
    ------
    ExpressionError
        With a sentence, and the place it is about.

    Examples
    --------
    >>> graph, result = parse_expression("y = square(exp(square(x)))")
    >>> [block.name for block in graph.blocks.values()]
    ['x', 'a', 'b', 'y']
    """
    reader = reader_of(text, values)
    result = reader.read()
    if result is None:
        raise ExpressionError(NOTHING)
    return reader.graph, result


def reader_of(text: str, values: Mapping[str, Array] | None = None) -> Reader:
    """Parse an expression, to be read into a graph; see `parse_expression`.

    Raises
    ------
    ExpressionError
        If it is too long, empty, or no expression.
    """
    if len(text) > LONGEST_EXPRESSION:
        sentence = (
            f"This expression has {len(text):,} characters; {LONGEST_EXPRESSION:,} is the most."
        )
        raise ExpressionError(sentence)
    if "\0" in text:  # Python's own word on it changes from one release to the next
        raise ExpressionError(UNREADABLE)
    if not text.strip():
        sentence = "The expression is empty; try square(exp(square(x)))."
        raise ExpressionError(sentence)
    source = Source.of(text)
    try:
        pieces = named_pieces(source)
    except SyntaxError as error:
        at = source.index_of_error(error)
        end = "" if error.msg[-1:] in ".?!" else "."
        sentence = f"The expression cannot be read at {place(text, at)}: {error.msg}{end}"
        raise ExpressionError(sentence, at=at) from None
    except (RecursionError, MemoryError):
        sentence = "The expression is nested too deeply; build it from smaller pieces."
        raise ExpressionError(sentence) from None
    except ValueError:
        raise ExpressionError(UNREADABLE) from None
    return Reader(source, pieces, values or {})


def expression_of(graph: Graph, target: str) -> str:
    """Write the expression of a block in terms of its inputs.

    A Variable that is used more than once, or that a piece of text would grow too long with, is
    written by its name and explained on a line of its own, before its first use.

    Examples
    --------
    >>> graph, y = parse_expression("a = square(x)")
    >>> expression_of(graph, y)
    'a = square(x)'
    """
    return "\n".join(lines_of(graph, (target,)))


def lines_of(graph: Graph, targets: Collection[str]) -> list[str]:
    """Write a line for each block that is not written inside another; see `expression_of`."""
    needed = set(targets).union(*(graph.ancestors(target) for target in targets))
    terms: dict[str, Term] = {}
    lines: list[str] = []
    for block in (graph.block(node) for node in forward_order(graph) if node in needed):
        if not block.is_function:
            terms[block.id] = leaf_term(block)
            continue
        operands = [
            terms[wire.source] if wire is not None else Term("_")
            for wire in graph.wires_into(block.id)
        ]
        term = call_term(block, operands)
        shared = len(graph.wires_from(block.id)) > 1
        if block.id in targets or shared or len(term.text) > LONGEST_LINE:
            lines.append(f"{block.name} = {term.text}")
            term = Term(block.name)
        terms[block.id] = term
    return lines


def own_line(graph: Graph, block: str) -> str:
    """Write what one block does, in terms of the Variables it uses.

    Examples
    --------
    >>> graph, y = parse_expression("y = square(exp(x))")
    >>> own_line(graph, y)
    'y = square(a)'
    """
    facts = graph.block(block)
    if not facts.is_function:
        return facts.name if facts.value is None else f"{facts.name} = {value_text(facts.value)}"
    operands = [
        Term("_" if wire is None else graph.block(wire.source).name)
        for wire in graph.wires_into(block)
    ]
    return f"{facts.name} = {call_term(facts, operands).text}"


def call_term(block: Block, operands: list[Term]) -> Term:
    """Write the call of a Function on the terms of its inputs."""
    if block.kind == "neg" and operands[0].number:
        return Term(f"neg({operands[0].text})")  # -2 would be read as a number
    if block.kind == "getitem":
        return item_term(operands[0], block.settings)
    told = told_settings(block.settings)
    return compose(block.kind, [*operands, Term(told)] if told else operands, "python")


def leaf_term(block: Block) -> Term:
    """Write an input by its name, and a constant by its value."""
    if block.kind == INPUT or block.value is None:
        return Term(block.name)
    text = source_text(block.value)
    return Term(text, ATOM if text[0] != "-" else PYTHON["neg"][1], number=block.value.ndim == 0)


def set_values(graph: Graph, values: Mapping[str, Array]) -> None:
    """Give inputs their values by name.

    Raises
    ------
    UnknownBlockError
        If there is no input of that name; the sentence lists those there are.
    """
    inputs = {block.name: block for block in graph.blocks.values() if block.kind == INPUT}
    for name in values:
        if name not in inputs:
            known = ", ".join(inputs) or "none"
            sentence = f"There is no input called {shown(name)}; the inputs are: {known}."
            raise UnknownBlockError(sentence)
    for name, value in values.items():
        graph.replace(replace(inputs[name], value=frozen(value)))
