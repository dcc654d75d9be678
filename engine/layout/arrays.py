"""Names for the types that the layout computes with."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Floats32 = npt.NDArray[np.float32]
Bools = npt.NDArray[np.bool_]

Places = Mapping[str, tuple[float, float]]
"""The x and y of the centre of blocks, by their names."""
