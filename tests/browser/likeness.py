"""How alike two pictures are that different programs have made of the same."""

from __future__ import annotations

import numpy as np

FEW = 0.02
"""Share of pixels in which two programs that draw the same may differ clearly."""


def differing(ours: np.ndarray, theirs: np.ndarray) -> float:
    """Tell the share of the pixels that are clearly not the same."""
    assert ours.shape == theirs.shape
    return float((np.abs(ours.astype(float) - theirs).max(axis=2) > 96).mean())
