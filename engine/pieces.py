"""The pieces of a text: what each statement of it names, and what it computes."""

from __future__ import annotations

import ast

from engine.errors import ExpressionError
from engine.syntax import Source
from engine.values import CONSTANTS

OPEN = "_"
"""What is written where nothing is plugged in, and for a value that is not told."""

Piece = tuple[ast.Name | None, ast.expr]
"""The name that a piece of an expression is given, if it is, and the piece."""


def named_pieces(source: Source) -> list[Piece]:
    """Parse a text into expressions, all but the last of which have a name.

    Raises
    ------
    ExpressionError
        If there is anything else in it.
    SyntaxError, ValueError, RecursionError, MemoryError
        As `Source.statements` does.
    """
    pieces: list[Piece] = []
    wanted = "An expression is wanted, such as square(exp(square(x))) or y = x**2 + 1."
    for statement in source.statements():
        if pieces and pieces[-1][0] is None:
            sentence = "Only the last expression may stand without a name; write a = … before it."
            raise ExpressionError(sentence, at=source.index(pieces[-1][1]))
        match statement:
            case ast.Expr(value=tree):
                pieces.append((None, tree))
            case ast.Assign(targets=[ast.Name() as name], value=tree):
                pieces.append((name, tree))
            case _:
                raise ExpressionError(wanted, at=source.index(statement))
    if not pieces:
        raise ExpressionError(wanted)
    return pieces


def is_value(tree: ast.expr) -> bool:
    """Tell whether a piece is the value of an input and not computed from anything."""
    if isinstance(tree, ast.Name) and tree.id == OPEN:
        return True
    known = (ast.Constant, ast.List, ast.Tuple, ast.UnaryOp, ast.BinOp, ast.Name)
    parts = [node for node in ast.walk(tree) if isinstance(node, ast.expr)]
    return all(
        isinstance(node, known) and (not isinstance(node, ast.Name) or node.id in CONSTANTS)
        for node in parts
    )
