"""The rule of a Function that does not work element by element, as a formula."""

from __future__ import annotations

from engine.errors import CodeError
from engine.graph import function_of
from engine.reading.pieces import name as named
from engine.reading.rules import Rule
from engine.reading.typeset import POWER, Set, typeset
from engine.reading.written import Written
from engine.recording import Recording
from engine.steps import BackwardStep, Contribution
from engine.wording import name_tex, tex_fraction, text_fraction

LARGEST = 20_000
"""Elements up to which a rule is read: reading it runs it once."""


def pulled_rule(recording: Recording, step: BackwardStep, part: Contribution) -> Set | None:
    """Set what one input gets, in terms of the upstream gradient and of the values.

    Returns
    -------
    Set or None
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
    >>> [pulled_rule(recording, step, part).text for part in step.contributions]
    ['∂y/∂a wᵀ', 'xᵀ ∂y/∂a']
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
        return typeset(rule_as_code(recording, step, part), names)
    except CodeError:
        return None


def rule_as_code(recording: Recording, step: BackwardStep, part: Contribution) -> str:
    """Write what one input gets as a line of NumPy, such as `grad_y @ w.T`.

    Raises
    ------
    CodeError
        If it does what cannot be written down, or the arrays are very large.
    """
    block = recording.blocks[step.block]
    wires = recording.wires_into(step.block)
    value, values = recording.value(block.id), [recording.value(w.source) for w in wires]
    if value is None or any(x is None or x.size > LARGEST for x in (value, *values)):
        raise CodeError("These arrays are too large to read the rule off a run.", block=block.id)
    upstream = Written(named(f"grad_{block.name}"), step.upstream)
    xs = [
        Written(named(recording.blocks[wire.source].name), x)
        for wire, x in zip(wires, values, strict=True)
    ]
    y = Written(named(block.name), value)
    return Rule(block, {}).contribution(part.wire.port, upstream, y, xs).piece.text({})
