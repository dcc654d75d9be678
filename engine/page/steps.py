"""A walk on a page, step by step: its picture, the line of its steps, and what is told of each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from engine.depth import DEPTHS, details, narrate_at
from engine.equations import Line
from engine.moment import Moment, work_lists
from engine.narration import Narration, narrate
from engine.page.loop import loop, waiting_text
from engine.page.parts import formula
from engine.picture.piece import Piece, merged
from engine.picture.places import Standing
from engine.picture.reel import Reel
from engine.picture.still import about
from engine.recording import BackwardStep, Recording
from engine.values import value_text
from engine.wording import tex_fraction, text_fraction

MOST_DEEP = 500
"""Steps of a walk up to which each is told at every depth; those of a longer one, for a student."""

MOST_FACTORS = 8
"""Factors of the chain so far that are told, the last ones."""

BUTTONS = (
    ("First step", "M4 4h2v10H4zM14 4v10L7 9z"),
    ("Step back", "M13 3v12L4 9z"),
    ("Play", "M4 3l11 6-11 6z"),
    ("Step on", "M5 3v12l9-6z"),
    ("Last step", "M12 4h2v10h-2zM4 4v10l7-5z"),
)


def picture(recording: Recording, reel: Reel) -> Iterator[str]:
    """Draw the graph with the marks of all steps, and what lights its blocks and wires."""
    said = _said(reel.stand)
    yield _frame(reel, f"<title>{escape(about(recording))}; each step is told below</title>{said}")
    yield from _marks(reel.shapes(), len(recording))
    yield "".join(reel.lamps().svg())
    yield from _marks(reel.labels(), len(recording))
    yield "</svg></div>\n"


def still(recording: Recording, reel: Reel) -> Iterator[str]:
    """Draw the graph as it is after the last step, and what lights its blocks and wires."""
    last = len(recording) - 1
    yield _frame(reel, f"<title>{escape(about(recording))}</title>")
    yield from (piece.svg for piece in reel.shapes() if piece.is_seen(last))
    yield "".join(reel.lamps().svg())
    yield from (piece.svg for piece in reel.labels() if piece.is_seen(last))
    yield "</svg></div>\n"


def _frame(reel: Reel, words: str) -> str:
    left, top, width, height = reel.frame
    return (
        '<div class="picture" tabindex="0" role="group" aria-label="Picture">'
        f'<svg class="gw" viewBox="{left:g} {top:g} {width:g} {height:g}" role="img" '
        f'style="--w:{width:.0f}px">{words}'
    )


def _marks(pieces: Iterator[Piece], count: int) -> Iterator[str]:
    for piece in merged(pieces):
        kinds = f"k f{piece.first}" if piece.first else ""
        if piece.part:
            kinds += f" p{piece.part}"
        if piece.until is not None and piece.until < count:
            kinds += f" z u{piece.until}"
            kinds += f" q{piece.gone}" if piece.gone else ""
        yield f'<g class="{kinds.strip()}">{piece.svg}</g>' if kinds else piece.svg


def _said(stand: Standing) -> str:
    """Tell what frames and notes say, to those who do not see the picture."""
    words = "; ".join(mark.text for mark in stand.marks)
    return f"<desc>{escape(words)}</desc>" if words else ""


def walkway(recording: Recording, name: str, start: int) -> Iterator[str]:
    """Write the buttons and the line of all steps.

    Parameters
    ----------
    name
        What the row of radio buttons is called that the line is made of.
    start
        Index of the step that is chosen at first.
    """
    yield '<div class="walkway"><div class="buttons" hidden>'
    for words, path in BUTTONS:
        yield (
            f'<button type="button" aria-label="{words}" title="{words}">'
            f'<svg viewBox="0 0 18 18" aria-hidden="true"><path d="{path}"/></svg></button>'
        )
    yield '</div><div class="line" role="radiogroup" aria-label="Steps">'
    for step in range(len(recording)):
        told, way = narrate(Moment(recording, step)), "fw" if step < recording.turn else "bw"
        words = escape(f"{told.heading}: {told.title}")
        yield (
            f'<input type="radio" name="{name}" class="r{step} {way}" aria-label="{words}" '
            f'title="{words}"{" checked" if step == start else ""}>'
        )
    yield "</div></div>\n"


def tellings(recording: Recording, name: str) -> Iterator[str]:
    """Tell each step, at every depth that a person may choose.

    Parameters
    ----------
    name
        What the row of radio buttons is called that choose the depth.
    """
    deep = len(recording) <= MOST_DEEP
    if deep:
        yield '<div class="depths" role="radiogroup" aria-label="How deeply">'
        for depth, words in DEPTHS.items():
            checked = " checked" if depth == "student" else ""
            yield f'<label><input type="radio" name="{name}" class="to-{depth}"{checked}>'
            yield f"<span>{escape(words)}</span></label>"
        yield "</div>\n"
    yield '<div aria-live="polite">\n'
    for step, waiting in enumerate(work_lists(recording)):
        moment = Moment(recording, step)
        way = "fwd" if step < recording.turn else "bwd"
        told = narrate(moment)
        yield f'<section class="k s{step}"><p class="place {way}">{escape(told.heading)}</p>'
        yield f"<h2>{escape(told.title)}</h2>"
        yield from _told(moment, told) if deep else (f"<p>{escape(told.sentence)}</p>",)
        yield f'<div class="deep">{"".join(_rules(told.lines))}</div>'
        yield from _chain(moment, told) if deep else ()
        if recording.first_bad is not None and recording.first_bad.step == step:
            yield f'<p class="wrong">{escape(recording.first_bad.sentence)}</p>'
        yield from _details(moment) if deep else ()
        if step >= recording.turn:
            yield f'<p class="list deep">{escape(waiting_text(recording, waiting))}</p>'
        yield "</section>\n"
    yield "</div>\n"
    yield from loop(recording, f"{name}-grain") if deep else ()


def _told(moment: Moment, told: Narration) -> Iterator[str]:
    """Write the sentence of a step, and the one for a first contact where that is another."""
    first = narrate_at(moment, "first").sentence
    if first == told.sentence:
        yield f"<p>{escape(told.sentence)}</p>"
        return
    yield f'<p class="deep">{escape(told.sentence)}</p>'
    yield from (f'<p class="first">{escape(line)}</p>' for line in first.split("\n"))


def _chain(moment: Moment, told: Narration) -> Iterator[str]:
    """Write the chain rule so far: each factor by name and with its number, and the product."""
    recording, step = moment.recording, moment.step
    factors = told.chain[: moment.cursor - recording.turn] if told.chain else ()
    if not isinstance(step, BackwardStep) or not step.contributions or len(factors) < 1:
        return
    end = step.contributions[0]
    if any(factor.value is None or factor.value.ndim for factor in factors) or end.value.ndim:
        return
    shown = factors[-MOST_FACTORS:]
    yield '<p class="chain deep" aria-label="The chain so far">'
    yield "<span>… ·</span>" if len(shown) < len(factors) else ""
    for at, factor in enumerate(shown):
        yield "<span>·</span>" if at else ""
        fraction = formula(
            tex_fraction(factor.top, factor.bottom), text_fraction(factor.top, factor.bottom)
        )
        kind = "factor now" if factor.active else "factor"
        assert factor.value is not None  # noqa: S101 - asked for above
        number = escape(value_text(factor.value))
        yield f'<span class="{kind}">{fraction}<span class="num">{number}</span></span>'
    y = recording.blocks[recording.target or step.block].name
    x = recording.blocks[end.wire.source].name
    whole = formula(tex_fraction(y, x), text_fraction(y, x))
    number = escape(value_text(end.value))
    yield f'<span>=</span><span class="factor">{whole}<span class="num">{number}</span></span></p>'


def _details(moment: Moment) -> Iterator[str]:
    """Write what an engineer asks about a step."""
    found = details(moment)
    if found:
        yield '<dl class="engineer">'
        for detail in found:
            yield f"<div><dt>{escape(detail.what)}</dt><dd>{escape(detail.text)}</dd></div>"
        yield "</dl>"


def _rules(lines: Iterable[Line]) -> Iterator[str]:
    for line in lines:
        yield f'<div class="rule">{formula(line.tex, line.rule, "block")}</div>'
        if line.numbers:
            yield f'<p class="numbers">{escape(line.numbers)}</p>'
