"""What the questions are called, in the window and on a page: each has a tab of its own."""

from __future__ import annotations

from typing import NamedTuple


class Heading(NamedTuple):
    """What is written above the answer to a question.

    Attributes
    ----------
    tab
        The question in a word.
    tip
        What is to be seen there.
    title
        The question as a person asks it.
    """

    tab: str
    tip: str
    title: str


HEADINGS = {
    "step": Heading("Step", "The step of the walk, explained", "What happens here?"),
    "arrays": Heading(
        "Arrays", "The arrays of the step, element by element", "Which element feeds which?"
    ),
    "plot": Heading("Plot", "What does it look like, and is it true?", "What does it look like?"),
    "map": Heading(
        "Sizes", "Where does it die? Sizes of gradients over the graph", "Where does it die?"
    ),
    "paths": Heading(
        "Paths", "Why do they add up? Every path back to an input", "Why do they add up?"
    ),
    "forward": Heading("Forward", "Forward mode, and what it costs", "And forwards?"),
    "mistakes": Heading("Wrong", "What if the rule were wrong?", "What if the rule were wrong?"),
    "check": Heading("Checked", "Each gradient beside the one found by trial", "Is it true?"),
    "predict": Heading(
        "Predict", "Each number asked for before it is shown", "Can you tell before?"
    ),
    "code": Heading("Code", "The graph as code that runs by itself, or as text", "As code"),
}
"""By the name that the code has for them, in the order of their tabs in the window."""
