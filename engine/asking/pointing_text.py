"""An element and all that it has to do with, for people and for programs."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import Any

import numpy as np

from engine.asking.element_names import element_name
from engine.asking.pointing import Meeting, Partner, Pointed
from engine.graph import title
from engine.tints import BLUE, BOLD, GLUE, NARROWEST, ORANGE, Paint
from engine.values import json_line, plain_value, value_text
from engine.wording import signed, text_fraction

MOST = 12
"""Elements that are listed in a step; of more, it is said how many there are."""


def pointing_lines(found: Pointed, width: int, paint: Paint) -> Iterator[str]:
    r"""Write the steps of an element line by line: what feeds it, what it feeds, and back.

    Parameters
    ----------
    width
        Columns of the terminal.
    paint
        Sets a text in a colour, given by its escape sequence, or leaves it.

    Examples
    --------
    >>> from engine.asking.pointing import point_at
    >>> from engine.expression import parse_expression
    >>> from engine.recording import record
    >>> values = {"x": np.array([[1.0, 2.0]]), "w": np.array([[3.0, 5.0], [4.0, 6.0]])}
    >>> graph, y = parse_expression("sum(square(matmul(x, w)))", values)
    >>> lines = pointing_lines(point_at(record(graph, y), "a[0, 1]"), 80, lambda text, _: text)
    >>> print("\n".join(lines))
    <BLANKLINE>
    The element a[0, 1] = 17
    3 →  Matmul a  is made of x[0, 0] = 1, x[0, 1] = 2, w[0, 1] = 5, w[1, 1] = 6
    4 →  Square b  feeds b[0, 1] = 289
    8 ←  Square b  from b[0, 1] comes 1 · 34 = 34
    9 ←  Matmul a  to x[0, 0] goes 34 · w[0, 1] = 34 · 5 = 170
                   to x[0, 1] goes 34 · w[1, 1] = 34 · 6 = 204
                   to w[0, 1] goes 34 · x[0, 0] = 34 · 1 = 34
                   to w[1, 1] goes 34 · x[0, 1] = 34 · 2 = 68
    <BLANKLINE>
    ∂y/∂a[0, 1] = 34
    """
    recording, meetings = found.recording, list(found.meetings())
    at_work = [recording.blocks[met.block] for met in meetings]
    heads = [f"{title(block)} {block.name}" for block in at_work]
    number, wide = len(str(len(recording))), max(map(len, heads), default=0)
    indent = " " * (number + len(" →  ") + wide + 2)
    yield ""
    what = "element" if found.at else "number"
    yield paint(f"The {what} {found.name} = {_text(found.value)}", BOLD + BLUE)
    for met, head in zip(meetings, heads, strict=True):
        sign, tint = ("←", ORANGE) if met.step > recording.turn else ("→", BLUE)
        first = paint(f"{met.step + 1:>{number}} {sign}  {head:<{wide}}", tint) + "  "
        for said in said_of(found, met):
            for line in _wrapped(said, max(width - len(indent), NARROWEST)):
                yield f"{first}{line}"
                first = indent
    gradient = found.gradient
    if gradient is not None:
        yield ""
        y = recording.blocks[recording.target or found.block].name
        yield f"{text_fraction(y, found.name)} = {value_text(np.asarray(gradient), None)}"


def pointing_json(found: Pointed) -> Iterator[str]:
    """Write the steps of an element as JSON: an object a step, and one about the element."""
    blocks = found.recording.blocks
    for met in found.meetings():
        facts: dict[str, Any] = {
            "step": met.step + 1,
            "block": met.block,
            "name": blocks[met.block].name,
            "relation": met.relation,
            "elements": [_facts(found, partner) for partner in met.partners],
        }
        if met.after is not None:
            facts["before"] = None if met.before is None else _plain(met.before)
            facts["after"] = _plain(met.after)
        if met.more:
            facts["more"] = met.more
        if met.refusal:
            facts["refusal"] = met.refusal
        yield json_line(facts)
    gradient = found.gradient
    ending = {
        "element": blocks[found.block].name,
        "index": list(found.at),
        "value": _plain(found.value),
        "gradient": None if gradient is None else _plain(gradient),
    }
    yield json_line(ending)


def _facts(found: Pointed, partner: Partner) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "name": found.recording.blocks[partner.source].name,
        "index": list(partner.at),
    }
    if partner.local is None or partner.product is None:
        return facts | {"value": _plain(partner.number)}
    upstream, local, product = map(_plain, (partner.number, partner.local, partner.product))
    facts |= {"upstream": upstream, "local": local, "product": product}
    if partner.times is not None:
        source, at = partner.times
        facts["times"] = {"name": found.recording.blocks[source].name, "index": list(at)}
    return facts


def said_of(found: Pointed, met: Meeting) -> Iterator[str]:
    """Write what the element has to do with others in a step, a line or several."""
    if met.refusal:
        yield met.refusal
        return
    shown = met.partners[:MOST]
    more = len(met.partners) - len(shown) + met.more
    if met.relation in ("fed by", "feeds"):
        words = "is made of" if met.relation == "fed by" else "feeds"
        listed = [f"{_name(found, each)} = {_text(each.number)}" for each in shown]
        listed += [f"and {more:,} more"] if more else []
        yield f"{words} {', '.join(each.replace(' ', GLUE) for each in listed) or 'nothing'}"
        return
    back = met.relation == "comes back from"
    for each in shown:
        factors = [f"{_text(each.number)} · {signed(_text(each.local))}", _text(each.product)]
        if each.times is not None:
            by = element_name(found.recording, *each.times)
            factors.insert(0, f"{_text(each.number)} · {by}")
        product = " = ".join(factors)
        name = _name(found, each)
        yield f"from {name} comes {product}" if back else f"to {name} goes {product}"
    if more:
        yield f"and {more:,} more"
    if not shown:
        yield "nothing comes back: it feeds nothing here" if back else "nothing goes back"
    if back:
        yield from _sums(met)


def _sums(met: Meeting) -> Iterator[str]:
    """Write what comes of several products, and of what was there before."""
    total = met.total or 0.0
    if len(met.partners) > 1:
        yield f"added up: {_text(total)}"
    if met.before is not None:
        added = f"{_text(met.before)} + {signed(_text(total))} = {_text(met.after)}"
        yield f"before + contribution = after: {added}"


def _name(found: Pointed, partner: Partner) -> str:
    return element_name(found.recording, partner.source, partner.at)


def _text(number: float | None) -> str:
    return value_text(np.asarray(number))


def _plain(number: float) -> Any:
    return plain_value(np.asarray(number))


def _wrapped(text: str, width: int) -> list[str]:
    lines = textwrap.wrap(text, width, subsequent_indent="  ", break_on_hyphens=False)
    return [line.replace(GLUE, " ") for line in lines]
