"""The code that is being walked: the tutorial's own loop, or the one with generations."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from engine.moment import Moment
from engine.phases import chain_lines, generation_lines
from engine.recording import BackwardStep, ForwardStep, SeedStep

CALL = (
    "xs = [x.data for x in inputs]",
    "y = self.forward(*xs)",
    "output = Variable(as_array(y))",
    "output.set_creator(self)",
    "self.inputs = inputs",
    "return output",
)

CHAIN = (
    "self.grad = np.ones_like(self.data)",
    "funcs = [self.creator]",
    "while funcs:",
    "    f = funcs.pop()",
    "    x, y = f.input, f.output",
    "    x.grad = f.backward(y.grad)",
    "    if x.creator is not None:",
    "        funcs.append(x.creator)",
)

GENERATIONS = (
    "self.grad = np.ones_like(self.data)",
    "add_func(self.creator)",
    "while funcs:",
    "    f = funcs.pop()  # the youngest",
    "    gxs = f.backward(f.output.grad)",
    "    for x, gx in zip(f.inputs, gxs):",
    "        if x.grad is None:",
    "            x.grad = gx",
    "        else:",
    "            x.grad = x.grad + gx",
    "        if x.creator is not None:",
    "            add_func(x.creator)",
)


@dataclass(frozen=True, slots=True)
class Listing:
    """Lines of code and the one that is running.

    Attributes
    ----------
    lines
        The code.
    running
        Index of the line to light.
    """

    lines: tuple[str, ...]
    running: int


def listing(moment: Moment) -> Listing | None:
    """Give the code behind the step under the cursor, and the line that does it."""
    step, lines = moment.step, CHAIN if moment.recording.course.is_chain else GENERATIONS
    match step:
        case ForwardStep(inputs=()):
            return Listing(CALL, 0)
        case ForwardStep():
            return Listing(CALL, 1)
        case SeedStep():
            return Listing(lines, 0)
        case BackwardStep(contributions=parts):
            chain = lines is CHAIN
            if moment.phase >= 1 or not parts:
                adds = any(part.before is not None for part in parts)
                return Listing(lines, 5 if chain else 9 if adds else 7)
            running = chain_lines(step) if chain else generation_lines(step)
            at = bisect_right(running, moment.phase, key=lambda line: line.start) - 1
            return Listing(lines, running[at].line)
    return None
