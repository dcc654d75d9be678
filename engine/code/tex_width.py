"""How wide a formula is in LaTeX, about: what is too wide for a page is to be told otherwise."""

from __future__ import annotations

import re

ROOM = 60.0
"""Digits that stand beside each other on a page, next to what is left of a sign of equality."""

MATRIX = re.compile(r"\\begin\{pmatrix\}((?:(?!\\begin\{pmatrix\}).)*?)\\end\{pmatrix\}")
FRACTION = re.compile(r"\\frac\{([^{}]*)\}\{([^{}]*)\}")
SPACED = re.compile(r"\\(?:cdot|times|qquad|quad)(?![a-zA-Z])|[=+]")
LETTERS = re.compile(r"\\(?:operatorname|mathrm|mathbf|mathit|texttt|text)(?![a-zA-Z])")
UNSEEN = re.compile(r"\\(?:left|right)(?![a-zA-Z])|\\[,;! ]")
SHAPING = re.compile(r"[{}^_\s]")
SIGN = re.compile(r"\\[a-zA-Z]+|\\.")

GAP, BRACKETS = 2.0, 3.0
"""Digits between two columns of a matrix, and of the brackets around it."""


def width(tex: str) -> float:
    r"""Estimate how many digits would be as wide as a formula.

    Examples
    --------
    >>> width("0.25"), width(r"2 \cdot 3"), width(r"\frac{\partial y}{\partial x}")
    (4.0, 5.0, 2.0)
    >>> width(r"\begin{pmatrix} 1 & 2.5 \\ 10 & 3 \end{pmatrix}")
    10.0
    """
    found = 0.0
    while matrix := MATRIX.search(tex):
        found += _width_of_matrix(matrix[1])
        tex = tex[: matrix.start()] + tex[matrix.end() :]
    while fraction := FRACTION.search(tex):
        above, below = (_plain_width(part) for part in fraction.groups())
        tex = tex[: fraction.start()] + "0" * int(max(above, below)) + tex[fraction.end() :]
    return found + _plain_width(tex)


def _width_of_matrix(inner: str) -> float:
    rows = [[_plain_width(cell) for cell in row.split("&")] for row in inner.split(r"\\")]
    columns = [max(cells) for cells in zip(*rows, strict=True)]
    return float(sum(columns)) + GAP * (len(columns) - 1) + BRACKETS


def _plain_width(tex: str) -> float:
    for what, seen in ((LETTERS, ""), (UNSEEN, ""), (SPACED, "000"), (SIGN, "0"), (SHAPING, "")):
        tex = what.sub(seen, tex)
    return float(len(tex))


DEEPER = re.compile(r"\\left(?![a-zA-Z])|\\begin|(?<!\\)\{")
HIGHER = re.compile(r"\\right(?![a-zA-Z])|\\end|(?<!\\)\}")
BREAK = re.compile(r" (?=(?:\\cdot|\+|-) )")


def broken(tex: str, room: float = ROOM) -> list[str]:
    r"""Break a formula that is too wide before its operations, but for those in brackets.

    Examples
    --------
    >>> broken(r"a \cdot \left(b + c\right) + d", 6.0)
    ['a', '\\cdot \\left(b + c\\right)', '+ d']
    """
    rows: list[str] = []
    at = 0
    for found in BREAK.finditer(tex) if width(tex) > room else ():
        part = tex[at : found.start()]
        if len(DEEPER.findall(part)) != len(HIGHER.findall(part)):
            continue
        if rows and width(rows[-1] + part) <= room:
            rows[-1] += f" {part}"
        else:
            rows.append(part)
        at = found.end()
    last = tex[at:]
    if rows and width(rows[-1] + last) <= room:
        return [*rows[:-1], f"{rows[-1]} {last}"]
    return [*rows, last]
