"""Numbers about many things, in one array, of which those of one thing are changed quickly."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from typing import Generic, TypeAlias, TypeVar

import numpy as np
import numpy.typing as npt

Floats: TypeAlias = npt.NDArray[np.float64]
Bools: TypeAlias = npt.NDArray[np.bool_]
Ints: TypeAlias = npt.NDArray[np.int64]

Key = TypeVar("Key", bound=Hashable)


class Table(Generic[Key]):
    """A row of numbers for each of many things; adding, changing and dropping one touch one row.

    Parameters
    ----------
    columns
        How many numbers a row has.
    """

    def __init__(self, columns: int) -> None:
        self._rows: dict[Key, int] = {}
        self._keys: list[Key] = []
        self._numbers: Floats = np.zeros((64, columns))

    def __len__(self) -> int:
        return len(self._keys)

    def __contains__(self, key: object) -> bool:
        return key in self._rows

    def __getitem__(self, key: Key) -> Floats:
        found: Floats = self._numbers[self._rows[key]]
        return found

    @property
    def keys(self) -> Sequence[Key]:
        """What the rows are about, in their order, which dropping one may change."""
        return self._keys

    @property
    def numbers(self) -> Floats:
        """All rows, shape (things, columns)."""
        return self._numbers[: len(self._keys)]

    def row(self, key: Key) -> int:
        """Give the row of one thing."""
        return self._rows[key]

    def rows(self, keys: Iterable[Key]) -> list[int]:
        """Give the rows of those of some things that it has."""
        known = self._rows
        return [known[key] for key in keys if key in known]

    def put(self, key: Key, numbers: Sequence[float]) -> None:
        """Note the numbers of one thing, new or known."""
        row = self._rows.get(key)
        if row is None:
            row = self._rows[key] = len(self._keys)
            self._keys.append(key)
            if row == len(self._numbers):
                self._numbers = np.concatenate((self._numbers, np.zeros_like(self._numbers)))
        self._numbers[row] = numbers

    def put_all(self, keys: Iterable[Key], numbers: Sequence[Sequence[float]] | Floats) -> None:
        """Fill an empty table."""
        self._keys = list(keys)
        self._rows = {key: row for row, key in enumerate(self._keys)}
        if self._keys:
            self._numbers = np.array(numbers, dtype=np.float64)

    def drop(self, key: Key) -> None:
        """Forget one thing; the last row takes its place."""
        row, last = self._rows.pop(key), self._keys.pop()
        if row < len(self._keys):
            self._keys[row] = last
            self._rows[last] = row
            self._numbers[row] = self._numbers[len(self._keys)]

    def chosen(self, which: Bools) -> list[Key]:
        """List what a mask chooses."""
        keys = self._keys
        return [keys[row] for row in np.flatnonzero(which).tolist()]
