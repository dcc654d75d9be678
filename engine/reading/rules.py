"""What a block does and how it leads a gradient back, as expressions: read off its Function."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from engine.block import Block, instance_of, title
from engine.errors import CodeError
from engine.function import Function
from engine.reading.given import piece_of
from engine.reading.hints import Hints, noting
from engine.reading.written import Written
from engine.scalars import UNREADABLE


class _Held:
    """What stands for a Variable in a rule in the tutorial's style."""

    is_constant = False

    def __init__(self, data: Written) -> None:
        self.data = data
        self.generation = 0

    @property
    def shape(self) -> tuple[int, ...]:
        return self.data.shape


class Rule:
    """One block, read.

    Parameters
    ----------
    block
        The block.
    hints
        Where to note what its rule calls the values that it works with.
    """

    def __init__(self, block: Block, hints: Hints) -> None:
        self._block = block
        self._hints = hints
        self._function = instance_of(block)

    def value(self, xs: Sequence[Written]) -> Written:
        """Write its value.

        Raises
        ------
        CodeError
            If it does what cannot be written down.
        """
        settings = dict(self._function.settings)
        return self._read(lambda: self._function.forward(*xs, **settings))

    def contribution(self, port: int, gy: Written, y: Written, xs: Sequence[Written]) -> Written:
        """Write what one of its inputs gets.

        Raises
        ------
        CodeError
            If it does what cannot be written down.
        """
        function, settings = self._function, dict(self._function.settings)
        if type(function).backward is not Function.backward:
            return self._read(lambda: self._by_hand(port, gy, y, xs))
        return self._read(lambda: function.pull(port, gy, y, *xs, **settings))

    def steepness(self, port: int, gy: Written, y: Written, xs: Sequence[Written]) -> Written:
        """Write upstream gradient times local derivative, whatever the shapes."""
        settings = dict(self._function.settings)
        return self._read(lambda: gy * self._function.local[port](y, *xs, **settings))

    def _by_hand(self, port: int, gy: Written, y: Written, xs: Sequence[Written]) -> Any:
        function: Any = self._function
        function.inputs = tuple(map(_Held, xs))
        held = _Held(y)
        function.output_ref = lambda: held
        answer = function.backward(gy)
        return (answer if isinstance(answer, tuple) else (answer,))[port]

    def _read(self, made: Callable[[], Any]) -> Written:
        try:
            with np.errstate(all="ignore"), noting(self._hints, type(self._function).__module__):
                found = made()
            if isinstance(found, Written) and not found.number:
                return found
            piece = piece_of(np.asarray(getattr(found, "sample", found)))
            return Written(piece, getattr(found, "sample", found))
        except UNREADABLE:
            sentence = f"What {title(self._block)} does cannot be written down as code."
            raise CodeError(sentence, block=self._block.id) from None
