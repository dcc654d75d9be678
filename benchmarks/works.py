"""What the engine is measured on: each work done by hand, by Gradwalk, and by peers.

By hand is the floor: what is left to write, in Python or NumPy, when nobody keeps a graph.
"""

from __future__ import annotations

from collections.abc import Callable

from benchmarks.array_works import arrays, nets
from benchmarks.number_works import chains, fans, recordings, sliders
from benchmarks.work import Work

WORKS: tuple[Callable[[], list[Work]], ...] = (chains, arrays, fans, nets, sliders, recordings)
