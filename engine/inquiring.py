"""The questions that a recording can be asked, in the words of the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from engine.recording import Recording
    from engine.shown import Shown

RuleName = Literal["overwrite", "stack", "uncleared", "unsummed"]


class Inquiring:
    """The questions. Each answer shows itself in a notebook, and prints as the terminal tells it.

    Examples
    --------
    >>> import numpy as np
    >>> import engine
    >>> graph, y = engine.parse_expression("x * square(x)", {"x": np.array(3.0)})
    >>> recording = engine.record(graph, y)
    >>> print(recording.paths("x").answer.sentence[-12:])
    9 + 18 = 27.
    """

    __slots__ = ()

    def paths(self, name: str) -> Shown:
        """Tell every path from the target back to an input, and what they add up to.

        Parameters
        ----------
        name
            Name of the input.

        Raises
        ------
        RunError
            If no path leads back to an input of that name.
        """
        return _asked(self, "paths", name)

    def plot(self, name: str, other: str = "") -> Shown:
        """Plot the target along a number, with the tangent and how far trials are off.

        Parameters
        ----------
        name
            Such as x or x[1, 0].
        other
            A second number: the target is seen from above then, with the gradient as an arrow.

        Raises
        ------
        RunError
            If there is no such number that the target depends on, or the arrays are too large.
        """
        return _asked(self, "plot", name, other)

    def sizes(self) -> Shown:
        """Tell how large values and gradients are, and where a gradient ends."""
        return _asked(self, "sizes", "")

    def wrong(self, rule: RuleName) -> Shown:
        """Walk by a wrong rule, beside the right one.

        Raises
        ------
        RunError
            If there is no such rule, or nothing to walk back.
        """
        return _asked(self, "wrong", rule)

    def forward(self, name: str) -> Shown:
        """Walk forwards from a number, and tell what that costs.

        Parameters
        ----------
        name
            Such as x or x[1, 0].

        Raises
        ------
        RunError
            If there is no such number that the target depends on.
        """
        return _asked(self, "forward", name)

    def element(self, name: str) -> Shown:
        """Tell what feeds an element, and what it feeds, there and back.

        Parameters
        ----------
        name
            Such as a[0, 2], or x for a single number.

        Raises
        ------
        RunError
            If there is no such Variable or element.
        """
        return _asked(self, "element", name)

    def checked(self, name: str = "") -> Shown:
        """Hold a gradient against the one that is found by trial.

        Parameters
        ----------
        name
            Name of a Variable; without one, the gradients of all inputs are checked.

        Raises
        ------
        RunError
            If there is no such gradient, or the arrays are too large.
        """
        return _asked(self, "checked", name)

    def predict(self) -> Shown:
        """Walk, and ask for each number before it is shown.

        Answers are typed in a notebook; what is printed is the questions.
        """
        from engine.showing import exports  # noqa: PLC0415 - it knows this module

        found: Shown = exports().asking(self)
        return found

    def derive(self, name: str) -> Recording:
        """Walk the derivative of the target by an input, which is a graph of its own.

        Examples
        --------
        >>> import numpy as np
        >>> import engine
        >>> run = engine.record(*engine.parse_expression("tanh(x)", {"x": np.array(1.0)}))
        >>> third = run.derive("x").derive("x").derive("x")
        >>> print(f"{third.value(third.target):.12f}")
        0.621626680771

        Raises
        ------
        RunError
            If there is no such input, or the target cannot be differentiated by it.
        """
        from engine.showing import exports  # noqa: PLC0415 - it knows this module

        found: Recording = exports().derived(self, name)
        return found


def _asked(recording: Inquiring, what: str, *about: str) -> Shown:
    from engine.showing import exports  # noqa: PLC0415 - it knows this module

    found: Shown = exports().asked(recording, what, *about)
    return found
