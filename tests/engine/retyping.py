"""Expressions that are typed anew at random, and what of a drawing then lies in the way."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

from engine.picture import sizes
from engine.picture.places import Standing
from engine.picture.seen import Seen

LEAVES = ("x", "x", "z", "w", "2", "0.5")
ONE, TWO = ("exp", "sin", "tanh", "square"), ("+", "*", "-", "/")


def grown(rnd, depth):
    """Grow a random expression, as a tree: a leaf, or a Function with what it is applied to."""
    if depth == 0 or rnd.random() < 0.15:
        return rnd.choice(LEAVES)
    if rnd.random() < 0.5:
        return (rnd.choice(ONE), grown(rnd, depth - 1))
    return (rnd.choice(TWO), grown(rnd, depth - 1), grown(rnd, depth - 1))


def said(tree):
    """Write a tree as it is typed."""
    if isinstance(tree, str):
        return tree
    if len(tree) == 2:
        return f"{tree[0]}({said(tree[1])})"
    return f"({said(tree[1])} {tree[0]} {said(tree[2])})"


def retyped(rnd, tree):
    """Change a tree somewhere: as a person does who types another piece in a place of it."""
    if isinstance(tree, str) or rnd.random() < 0.25:
        way = rnd.randrange(4)
        if way == 0:
            return (rnd.choice(ONE), tree)
        if way == 1:
            return (rnd.choice(TWO), tree, grown(rnd, 1))
        if way == 2:
            return grown(rnd, 2)
        return tree[-1] if isinstance(tree, tuple) else rnd.choice(LEAVES)
    at = rnd.randrange(1, len(tree))
    if len(tree) == 3 and rnd.random() < 0.1:
        return (tree[0], tree[2], tree[1])
    return (*tree[:at], retyped(rnd, tree[at]), *tree[at + 1 :])


def typed_anew(rnd, tree):
    """Change a tree into another that has a Function at its root."""
    while isinstance(found := retyped(rnd, tree), str):
        pass
    return found


@dataclass
class Clashes:
    """What lies in the way of what.

    Attributes
    ----------
    behind
        Wires and the blocks that they pass behind.
    meet
        Pairs of Variables whose labels meet.
    overlap
        Pairs of blocks that stand on each other.
    """

    behind: list
    meet: list
    overlap: list


INSIDE = 4.0
"""How far into a block a wire must come to pass behind it, in scene units."""


def clashes(document):
    """Find what lies in the way of what in the drawing of a document."""
    graph = document.graph
    drawing = Seen(graph, Standing(document.places, document.bends))
    rects = {}
    for block in graph.blocks.values():
        (x, y), (width, height) = document.places[block.id], sizes.size(block)
        rects[block.id] = (x - width / 2, y - height / 2, x + width / 2, y + height / 2)
    behind = [
        (wire, block)
        for wire in graph.wires()
        for block, (left, top, right, bottom) in rects.items()
        if any(
            left + INSIDE < x < right - INSIDE and top + INSIDE < y < bottom - INSIDE
            for x, y in drawing.line(wire).points()
        )
    ]
    labels = {b: box for b in graph.blocks if (box := label(drawing, graph.block(b)))}
    meet = [(a, b) for a, b in combinations(labels, 2) if cross(labels[a], labels[b])]
    overlap = [(a, b) for a, b in combinations(rects, 2) if cross(rects[a], rects[b])]
    return Clashes(behind, meet, overlap)


def label(drawing, block):
    """The box of the value and the gradient of a Variable, where these stand at a wire."""
    uses = drawing.uses(block.id)
    if not block.is_function:
        return None  # it stands in the pill
    if len(uses) == 1:
        x, y = drawing.line(uses[0]).label
    else:
        x, y = drawing.output(block.id)
        x += sizes.STEM
    half = sizes.number_width("0.12345") / 2
    return (x - half, y - sizes.LABEL_GAP - 24, x + half, y + sizes.LABEL_GAP + 24)


def cross(one, two):
    return one[0] < two[2] and two[0] < one[2] and one[1] < two[3] and two[1] < one[3]
