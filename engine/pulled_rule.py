"""The rule of a Function that does not work element by element, as a formula."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from engine.errors import CodeError
from engine.graph import Wire, function_of
from engine.reading.pieces import name as named
from engine.reading.rules import Rule
from engine.reading.typeset import ATOM, POWER, SIGN, Set, typeset
from engine.reading.written import Written
from engine.recording import Recording
from engine.steps import BackwardStep, Contribution
from engine.variable import Array
from engine.wording import name_tex, operand_text, tex_fraction, text_fraction

LARGEST = 20_000
"""Elements up to which a rule is read: reading it runs it once."""


class Pulled(NamedTuple):
    """What one input gets.

    Attributes
    ----------
    rule
        In terms of the upstream gradient and of the values.
    numbers
        The same with what these are: numbers, and of larger arrays the shapes.
    """

    rule: Set
    numbers: str


def pulled_rule(recording: Recording, step: BackwardStep, part: Contribution) -> Pulled | None:
    """Set what one input gets, in terms of the upstream gradient and of the values.

    Returns
    -------
    Pulled or None
        None where a local derivative says it all, where the rule has no form as a formula, and
        where the arrays are very large.

    Examples
    --------
    >>> import numpy as np
    >>> from engine.expression import parse_expression
    >>> from engine.recording import record
    >>> x = np.ones((1, 2))
    >>> graph, y = parse_expression("sum(matmul(x, w))", {"x": x, "w": np.ones((2, 1))})
    >>> recording = record(graph, y)
    >>> step = recording.steps[-1]
    >>> [pulled_rule(recording, step, part).rule.text for part in step.contributions]
    ['∂y/∂a wᵀ', 'xᵀ ∂y/∂a']
    >>> [pulled_rule(recording, step, part).numbers for part in step.contributions]
    ['[[1]] [[1], [1]]ᵀ', '[[1, 1]]ᵀ [[1]]']
    """
    block = recording.blocks[step.block]
    if function_of(block).is_elementwise() and part.value.shape == step.upstream.shape:
        return None  # its local derivative is a formula of its own
    sources = [recording.blocks[wire.source].name for wire in recording.wires_into(step.block)]
    target = recording.blocks[recording.target or block.id].name
    names = {source: Set(name_tex(source), source) for source in (*sources, block.name)}
    fraction = tex_fraction(target, block.name), text_fraction(target, block.name)
    names[f"grad_{block.name}"] = Set(*fraction, POWER)
    try:
        code = rule_as_code(recording, step, part)
        numbers = typeset(code, _numbers(recording, step)).text
        if "broadcast_to" in code:  # which a formula leaves to its reader
            numbers += f", copied to {'×'.join(map(str, part.value.shape))}"
        return Pulled(typeset(code, names), numbers)
    except CodeError:
        return None


def _numbers(recording: Recording, step: BackwardStep) -> dict[str, Set]:
    """Say what stands for the names in a rule: a value, or of a larger array its shape."""
    blocks = (step.block, *(wire.source for wire in recording.wires_into(step.block)))
    found = {}
    for block in blocks:
        value = recording.value(block)
        if value is not None:
            found[recording.blocks[block].name] = _number(value)
    found[f"grad_{recording.blocks[step.block].name}"] = _number(step.upstream)
    return found


def _number(value: Array) -> Set:
    text = operand_text(value)
    return Set(text, text, SIGN if text[0] in "−-" else ATOM)


def rule_as_code(recording: Recording, step: BackwardStep, part: Contribution) -> str:
    """Write what one input gets as a line of NumPy, such as `grad_y @ w.T`.

    Raises
    ------
    CodeError
        If it does what cannot be written down, or the arrays are very large.
    """
    called = f"grad_{recording.blocks[step.block].name}"
    return rule_along(recording, part.wire, step.upstream, called)


def rule_along(recording: Recording, wire: Wire, upstream: Array, called: str) -> str:
    """Write what comes back along a wire as a line of NumPy, from any upstream gradient.

    Parameters
    ----------
    upstream
        Of the shape of the value of the block that it comes from.
    called
        What the line calls it.

    Raises
    ------
    CodeError
        If it does what cannot be written down, or the arrays are very large.
    """
    block = recording.blocks[wire.target]
    wires = recording.wires_into(wire.target)
    blocks = (block.id, *(each.source for each in wires))
    value, *values = [_small(recording, found) for found in blocks]
    xs = [
        Written(named(recording.blocks[each.source].name), x)
        for each, x in zip(wires, values, strict=True)
    ]
    gy, y = Written(named(called), upstream), Written(named(block.name), value)
    return Rule(block, {}).contribution(wire.port, gy, y, xs).piece.text({})


def _small(recording: Recording, block: str) -> Array:
    value = None if np.size(recording.values.get(block, 0)) > LARGEST else recording.value(block)
    if value is None or value.size > LARGEST:
        raise CodeError("These arrays are too large to read the rule off a run.", block=block)
    return value
