"""A question about a walk, by name: what is asked, and of what."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

QUESTIONS = ("wrong", "forward", "paths", "sizes", "plot", "element")
"""What can be asked of a walk, by the name of its option."""


class Ask(NamedTuple):
    """What is asked.

    Attributes
    ----------
    what
        Which question: one of `ANSWERS` in `answers.py`, or a page that is asked nothing.
    about
        The rule, the number, the input or the element that it is about; empty for none.
    path
        Which of the paths is lit, counted from 1; 0 for none.
    """

    what: str
    about: str = ""
    path: int = 0


def question_in(options: Mapping[str, Any]) -> Ask | None:
    """Read which question is asked: of the options of a command, or what is wished for in Python.

    Examples
    --------
    >>> question_in({"plot": None, "sizes": False, "paths": "x", "lit_path": 2})
    Ask(what='paths', about='x', path=2)
    """
    for what in QUESTIONS:
        about = options.get(what)
        if about is not None and about is not False:
            return Ask(what, "" if about is True else about, options.get("lit_path") or 0)
    return None


def beside_in(options: Mapping[str, Any]) -> Ask | None:
    """Read what is to stand beside a graph: the answer, or a page that is asked nothing.

    Examples
    --------
    >>> beside_in({"depth": "first", "strip": False}), beside_in({"depth": "first", "strip": True})
    (Ask(what='step', about='', path=0), None)
    """
    found, page = question_in(options), options.get("beside")
    path = options.get("lit_path") or 0
    if found is not None or page is not None:
        return found or Ask(str(page), path=path)
    if path:
        return Ask("paths", path=path)
    is_told = options.get("strip") or options.get("each_step")
    tells = options.get("depth") is not None and not is_told
    return Ask("step") if tells or options.get("predict") else None
