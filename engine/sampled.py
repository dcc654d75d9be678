"""What stands for an array in a rule that is read, and answers for its shape from one run."""

from __future__ import annotations

from typing import Any

import numpy as np


class Sampled:
    """Base class of what stands for an array.

    Attributes
    ----------
    sample
        Its value in the run that is read; a rule may look at its shape and at its type.
    """

    __slots__ = ()

    sample: Any

    @property
    def shape(self) -> tuple[int, ...]:
        """Shape of the value."""
        shape: tuple[int, ...] = self.sample.shape
        return shape

    @property
    def ndim(self) -> int:
        """Number of axes of the value."""
        ndim: int = self.sample.ndim
        return ndim

    @property
    def size(self) -> int:
        """Number of elements of the value."""
        size: int = self.sample.size
        return size

    @property
    def dtype(self) -> np.dtype[Any]:
        """Type of the elements of the value."""
        dtype: np.dtype[Any] = self.sample.dtype
        return dtype

    def __array__(self, *_: Any, **__: Any) -> Any:
        raise TypeError("what is written down must hold for all numbers")
