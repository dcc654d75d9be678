"""Predicting on a page: the questions with all that there is to say to an answer, for a script.

The script reads what is typed and compares it, as `judge` does; every number and every sentence
comes from here.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import numpy as np

from engine.asking.predict_text import ABOUT, RIGHT, TELL_ME, score, tables
from engine.asking.predicting import questions
from engine.asking.question import CLOSE, COARSEST, STEP_ON, WRONG_SIGN, Question
from engine.moment import Moment
from engine.page.parts import Asked, said
from engine.values import CONSTANTS, not_a_value, plain_value, uneven
from engine.variable import Array

MOST_QUESTIONS = 300
"""Numbers that are asked for."""

MOST_CELLS = 200
"""Elements of all arrays that a question is about; one about more is not asked."""

PLACE = "%"
"""What stands in a sentence for what a script puts in."""

WIDE = 80
"""Characters of the tables of a question."""


def predict_panel(asked: Asked) -> Iterator[str]:
    """Write the form that takes an answer, and the questions of all steps."""
    found = _questions(asked)
    yield said(ABOUT, kind="dim")
    yield (
        '<form class="quiz" hidden><div class="question" aria-live="polite"><p class="prompt"></p>'
        '<pre class="tables"></pre></div><p class="answer-line"><label><span class="symbol"></span>'
        '<input type="text" autocomplete="off" spellcheck="false" maxlength="200" '
        'aria-label="Your answer" placeholder="number"></label>'
        '<button type="submit">Answer</button><button type="button" class="tell">Show me</button>'
        '<button type="button" class="on">Step on</button></p>'
        '<p class="reply" role="status"></p><p class="score dim"></p></form>\n'
    )
    yield f'<script type="application/json" class="quiz-data">{_data(found)}</script>\n'


def _questions(asked: Asked) -> dict[int, list[dict[str, Any]]]:
    """Give the questions by step, as far as there is room; what comes after those is just shown."""
    found: dict[int, list[dict[str, Any]]] = {}
    count = 0
    for step in range(len(asked.recording)):
        every = questions(Moment(asked.recording, step))
        wanted = [question for question in every if _cells(question) <= MOST_CELLS]
        count += len(wanted)
        if count > MOST_QUESTIONS:
            break
        if wanted:
            found[step] = [_facts(asked, step, question) for question in wanted]
    return found


def _is_typed(trap: Array) -> bool:
    """Tell whether anybody would type so many numbers."""
    return trap.size <= MOST_CELLS


def _cells(question: Question) -> int:
    return sum(picture.array.size for picture in question.arrays)


def _facts(asked: Asked, step: int, question: Question) -> dict[str, Any]:
    """Give a question as a script can hold it."""
    block = asked.recording.steps[step].block
    return {
        "prompt": question.prompt,
        "tables": "\n".join(tables(question, "", WIDE)),
        "symbol": question.symbol,
        "answer": plain_value(question.answer),
        "why": question.explanation,
        "traps": [[plain_value(trap), hint] for trap, hint in question.traps if _is_typed(trap)],
        "misfit": question.misfit,
        "not": question.not_yet,
        "lights": "" if asked.lamps is None else asked.lamps.block(block),
    }


def _data(found: dict[int, list[dict[str, Any]]]) -> str:
    told = {
        "steps": found,
        "close": CLOSE,
        "coarsest": COARSEST,
        "constants": {name: plain_value(np.array(value)) for name, value in CONSTANTS.items()},
        "words": {
            "tell": TELL_ME,
            "on": STEP_ON,
            "right": RIGHT,
            "sign": WRONG_SIGN,
            "nothing": not_a_value(PLACE),
            "uneven": uneven(PLACE),
            "score": score(f"{PLACE}t", f"{PLACE}a", f"{PLACE}o"),
        },
    }
    # No tag of HTML can begin in it.
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
