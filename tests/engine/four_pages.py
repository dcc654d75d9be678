"""The pages of the four graphs that every question is asked of, each written once."""

from functools import cache

import numpy as np

from engine.asking.differentiating import differentiate_by
from engine.expression import parse_expression
from engine.page.whole import page
from engine.recording import record
from tests.engine.reading import inside, read
from tests.four import TEXTS


@cache
def recorded(name):
    """Walk one of the four."""
    text, values = TEXTS[name]
    graph, target = parse_expression(text, {key: np.array(x) for key, x in values.items()})
    for _ in range(3 if name == "tanh'''" else 0):
        made = differentiate_by(graph, target, "x")
        graph, target = made.graph, made.target
    return record(graph, target)


class Shown:
    """A page, beside the recording that it was written from."""

    def __init__(self, name):
        self.name, self.recording = name, recorded(name)
        self.text = "".join(page(self.recording))
        self.elements = read(self.text)

    def panel(self, name):
        """Give what is in the answer to a question."""
        return inside(self.elements, next(e for e in self.elements if e.get("id") == name))

    def inputs(self):
        """List the inputs that something comes back to."""
        blocks, course = self.recording.blocks, self.recording.course
        return [b for b in course.order if not blocks[b].is_function and b in course.givers]


@cache
def shown(name):
    """Give the page of one of them."""
    return Shown(name)
