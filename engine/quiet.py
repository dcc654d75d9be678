"""Calling NumPy with its warnings off: infinity and NaN are results, which are shown.

`np.errstate` takes as long to enter and leave as NumPy takes for a small array. What it sets is a
context variable, so a context in which it has been set once does the same and costs nothing.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextvars import Context
from typing import Any

import numpy as np


class Quiet(threading.local):
    """A context in which NumPy does not warn; one a thread, as no two may be in one at a time.

    Attributes
    ----------
    run
        Calls a function in it. What is called must not call this again.

    Examples
    --------
    >>> print(QUIET.run(np.log, np.array([0.0])))
    [-inf]
    """

    def __init__(self) -> None:
        context = Context()
        context.run(np.seterr, all="ignore")
        self.run: Callable[..., Any] = context.run


QUIET = Quiet()
