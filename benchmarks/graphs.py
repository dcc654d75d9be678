"""The large graphs that the window is measured on, and a command that saves one to be opened.

    python -m benchmarks.graphs tanh /some/folder/tanh9.gradwalk
    python -m benchmarks.graphs chain /some/folder/chain.gradwalk --size 15000

The first is what the book draws in its step 35: the graph of a higher derivative of tanh at 1.
Nobody draws it by hand; the tape of `backward(create_graph=True)` is traced back into blocks.
"""

from __future__ import annotations

import argparse
import itertools
import os
from pathlib import Path

import numpy as np

from engine import Variable, tanh
from engine.document import Document
from engine.graph import Block, Graph, Wire
from engine.storage import save
from engine.tracing import trace

DERIVATIVE, LENGTH = 9, 15_000
"""Which derivative of tanh, and how many blocks a chain has, unless the command says so."""


def tanh_derivative(times: int = DERIVATIVE) -> tuple[Graph, str]:
    """Give the graph of a derivative of tanh at 1, and its target.

    The ninth has 7,329 Functions and 14,409 wires.
    """
    x = Variable(np.array(1.0), "x")
    y = tanh(x)
    for _ in range(times):
        x.cleargrad()
        y.backward(create_graph=True)
        y = x.grad
    graph, _, target = trace(y)
    return graph, target


def chain(length: int = LENGTH) -> tuple[Graph, str]:
    """Give a chain of so many blocks whose values neither grow nor die, and its target."""
    blocks = [Block("b1", "input", "x", np.array(0.5))]
    kinds = ("sin", "tanh", "cos")
    blocks += [Block(f"b{at + 1}", kinds[at % 3], f"v{at}") for at in range(1, length)]
    wires = [Wire(a.id, b.id, 0) for a, b in itertools.pairwise(blocks)]
    return Graph.build(blocks, wires), blocks[-1].id


GRAPHS = {"tanh": tanh_derivative, "chain": chain}


def document(name: str, size: int | None = None) -> Document:
    """Give one of the graphs, laid out as the app lays out what it opens."""
    from gui.layout import laid_out  # noqa: PLC0415 - the sizes of blocks ask for an app

    make = GRAPHS[name]
    return laid_out(*(make() if size is None else make(size)))


def main() -> None:
    """Save a graph."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("name", choices=GRAPHS)
    parser.add_argument("path", type=Path)
    parser.add_argument("--size", type=int, help="which derivative, or how many blocks")
    given = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from gui.app import make_app  # noqa: PLC0415 - after the platform is chosen

    app = make_app(["gradwalk"])
    save(document(given.name, given.size), given.path)
    app.quit()


if __name__ == "__main__":
    main()
